"""Topics, seasons, people and verdicts have a page as soon as one of their episodes can be read."""

import pytest
from django.test import Client

from questions.models import Credit, CreditRole, Season, Topic
from tests import cast
from tests.factories import approved_answer, published_episode, retracted_episode, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db


def test_topics_are_listed_below_the_wider_ones_with_their_counts(client: Client) -> None:
    talking = topic("Talking")
    published_episode(topics=[talking, topic("Asking", parent=talking)])
    published_episode(topics=[topic("Asking"), topic("Zoos", parent=topic("Animals"))])
    topic("Nobody asked")
    response = client.get("/topics/")
    [leaders] = seen.with_class(response, "leaders")
    assert leaders == "Animals 0 Animals: Zoos 1 Talking 1 Talking: Asking 2"


def test_topics_that_go_round_in_a_circle_break_nothing(client: Client) -> None:
    one, other = topic("One"), topic("Other")
    Topic.objects.filter(pk=one.pk).update(parent=other)
    Topic.objects.filter(pk=other.pk).update(parent=one)
    published_episode(topics=[one])
    assert client.get("/topics/one/").status_code == 200
    assert len(seen.with_class(client.get("/topics/"), "leaders__count")) == 2


def test_a_topic_shows_its_episodes_and_its_place_among_topics(client: Client) -> None:
    talking = topic("Talking", description="The words.")
    asking = topic("Asking", parent=talking)
    published_episode("A question of words", slug="words", topics=[asking])
    narrow, wide = client.get("/topics/asking/"), client.get("/topics/talking/")
    assert seen.with_class(narrow, "row__title") == ["A question of words"]
    assert seen.with_class(narrow, "trail") == ["Topics Talking Asking"]
    assert seen.with_class(wide, "row__title") == []
    assert seen.with_class(wide, "lead") == ["The words."]
    assert seen.with_class(wide, "leaders") == ["Asking 1"]


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
    assert seen.with_class(response, "row__by")[1].startswith("Answered by Ines Okafor,")


def test_a_verdict_shows_where_it_was_given(client: Client) -> None:
    published_episode("Bed", verdict=verdict().words)
    published_episode("Cat", verdict=verdict("It’s the cat.", "cat").words)
    response = client.get("/verdicts/cat/")
    assert seen.only(response, "h1") == "Verdict It’s the cat."
    assert seen.with_class(response, "row__title") == ["Cat"]
    assert seen.with_class(response, "lead") == ["Said once so far."]


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
