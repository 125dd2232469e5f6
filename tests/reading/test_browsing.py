"""Topics, seasons, people and verdicts have a page as soon as one of their episodes can be read."""

import pytest
from django.test import Client

from questions.models import Credit, CreditRole, Season, Synonym, Topic
from tests import cast
from tests.factories import approved_answer, published_episode, retracted_episode, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db


def test_topics_are_a_tree_with_other_words_for_them_and_each_counts_what_is_below_it(client: Client) -> None:
    talking = topic("Talking")
    asking = topic("Asking", parent=talking)
    for word in ("permission", "consent"):
        Synonym.objects.create(topic=asking, word=word)
    published_episode(topics=[talking, asking])
    published_episode(topics=[asking, topic("Zoos", parent=topic("Bears", parent=topic("Animals")))])
    topic("Nobody asked")
    response = client.get("/topics/")
    [whole, *narrower] = seen.with_class(response, "leaders")
    assert whole == "Animals 1 Bears 1 Zoos 1 Talking 2 Asking 2 Also: consent, permission"
    assert narrower == ["Bears 1 Zoos 1", "Zoos 1", "Asking 2 Also: consent, permission"]


def test_topics_that_go_round_in_a_circle_break_nothing(client: Client) -> None:
    one, other = topic("One"), topic("Other")
    Topic.objects.filter(pk=one.pk).update(parent=other)
    Topic.objects.filter(pk=other.pk).update(parent=one)
    published_episode(topics=[one])
    assert client.get("/topics/one/").status_code == 200
    assert seen.with_class(client.get("/topics/"), "leaders") == ["One 1 Other 1"]


def test_a_topic_shows_its_episodes_and_its_place_among_topics(client: Client) -> None:
    talking = topic("Talking", description="The words.", parent=topic("Life"))
    asking = topic("Asking", parent=talking)
    Synonym.objects.create(topic=asking, word="permission")
    published_episode("A question of words", slug="words", topics=[asking, talking])
    narrow, wide = client.get("/topics/asking/"), client.get("/topics/talking/")
    assert seen.with_class(narrow, "row__title") == ["A question of words"]
    assert seen.with_class(narrow, "trail") == ["Topics Life Talking Asking"]
    assert seen.with_class(narrow, "also") == ["Also: permission"]
    assert seen.with_class(wide, "lead") == ["The words."]
    assert seen.links(wide)["Asking"] == "/topics/asking/"
    assert seen.with_class(wide, "also") == []


def test_what_is_filed_under_a_narrower_topic_is_found_under_the_wide_one_once(client: Client) -> None:
    talking = topic("Talking")
    asking, texting = topic("Asking", parent=talking), topic("Texting", parent=talking)
    published_episode("Both", topics=[asking, texting])
    published_episode("Elsewhere", topics=[topic("Sleep")])
    for address in ("/topics/talking/", "/topics/asking/"):
        assert seen.with_class(client.get(address), "row__title") == ["Both"]


def test_a_season_shows_its_own_episodes_and_the_other_seasons(client: Client) -> None:
    published_episode("Early", season=Season.objects.create(number=1).number)
    published_episode("Late", season=Season.objects.create(number=2, title="The talk").number)
    Season.objects.create(number=3, title="Still secret")
    response = client.get("/seasons/2/")
    assert seen.only(response, "h1") == "The talk"
    assert seen.with_class(response, "row__title") == ["Late"]
    assert seen.links(response)["Season 1"] == "/seasons/1/"
    assert "Still secret" not in response.content.decode()
    assert seen.links(client.get("/episodes/"))["Season 2: The talk"] == "/seasons/2/"


def test_a_person_shows_who_they_are_and_all_they_answered(client: Client) -> None:
    ines = cast.ines()
    ines.bio, ines.disclosure, ines.pronouns = "Writes *letters*.", "No doctor.", "she/her"
    ines.save()
    asked = Credit(person=cast.noor(), role=CreditRole.ASKED)
    published_episode("As a guest", answers=[approved_answer(answerer=ines)],
                      credits=[asked, Credit(person=ines, role=CreditRole.GUEST)])  # fmt: skip
    published_episode("By name", credits=[Credit(person=ines, role=CreditRole.ANSWERED)])
    published_episode("Filmed only", credits=[Credit(person=ines, role=CreditRole.FILMED)])
    published_episode("Not hers")
    response = client.get("/people/ines/")
    assert seen.only(response, "h1") == "Ines Okafor"
    assert seen.with_class(response, "prose") == ["Writes letters."]
    assert seen.with_class(response, "disclosure") == ["In their own words. No doctor."]
    assert seen.with_class(response, "block__title") == ["2 answers", "Had a hand in 1 other"]
    assert seen.with_class(response, "row__title") == ["By name", "As a guest", "Filmed only"]
    as_guest, filmed = seen.with_class(response, "row__by")[1:]
    assert as_guest.startswith("Answered by Ines Okafor,")
    assert filmed.startswith("Filmed by Ines Okafor. ")
    [people] = seen.with_class(client.get("/about/"), "cast")
    assert "Ines Okafor 2 answers Writes letters." in people


def test_a_verdict_shows_where_it_was_given(client: Client) -> None:
    published_episode("Bed", verdict=verdict().words)
    cat = verdict("It’s the cat.", "cat").words
    published_episode("Cat", verdict=cat, verdict_reason="It sat on the alarm.")
    response = client.get("/verdicts/cat/")
    assert seen.only(response, "h1") == "Verdict It’s the cat."
    assert seen.with_class(response, "row__title") == ["Cat"]
    assert seen.with_class(response, "lead") == ["Said once so far."]
    assert seen.with_class(response, "row__why") == ["It sat on the alarm."]
    assert seen.with_class(client.get("/episodes/"), "row__why") == []


def test_nothing_has_a_page_before_somebody_can_read_an_episode_of_it(client: Client) -> None:
    retracted_episode(topics=[topic("Sleep")], verdict=verdict().words)
    for address in ("/topics/sleep/", "/seasons/1/", "/people/tomas/", "/verdicts/you/"):
        assert client.get(address).status_code == 404, address
    published_episode(topics=[topic("Sleep")], verdict=verdict().words)
    for address in ("/topics/sleep/", "/seasons/1/", "/people/tomas/", "/verdicts/you/"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("number", ["0", "99999", "9" * 30, "9" * 5000])
def test_a_season_that_does_not_exist_is_not_found(client: Client, number: str) -> None:
    published_episode()
    assert client.get(f"/seasons/{number}/").status_code == 404
