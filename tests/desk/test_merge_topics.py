"""Two topics become one: everything moves, every address still leads somewhere, and there is no way back."""

import pytest
from django.test import Client
from django.urls import reverse

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.merge_topics import merge_topics
from questions.actions.tag import tag
from questions.actions.topics import TopicFacts, set_topic
from questions.actions.undo import undo
from questions.models import HOUSE_REF, Event, Topic
from tests import cast, factories

pytestmark = pytest.mark.django_db


def added(name: str, *, parent: Topic | None = None, synonyms: tuple[str, ...] = (), slug: str = "") -> Topic:
    return set_topic(Topic(), TopicFacts(name, slug, "", parent, synonyms), by=acting(cast.tomas()))


def merged(topic: Topic, into: Topic) -> Event:
    return merge_topics(topic, into=into, by=acting(cast.tomas()))


def test_everything_moves_and_what_stood_under_both_stands_there_once() -> None:
    naps, sleep = added("Naps", synonyms=("siesta",)), added("Sleep")
    below = added("Short naps", parent=naps)
    one, both = factories.asked("One?"), factories.asked("Both?")
    one.topics.add(naps)
    both.topics.add(naps, sleep)
    episode = factories.published_episode(topics=[naps])
    before = edition.current()
    event = merged(naps, sleep)
    assert [list(question.topics.all()) for question in (one, both)] == [[sleep], [sleep]]
    assert list(episode.topics.all()) == [sleep]
    below.refresh_from_db()
    assert below.parent == sleep
    assert set(sleep.synonyms.values_list("word", flat=True)) == {"Naps", "siesta"}
    assert [address.slug for address in sleep.former_addresses.all()] == ["naps"]
    assert not Topic.objects.filter(slug="naps").exists()
    assert edition.current() == before + 1
    assert (event.verb, event.details["slug"], event.details["into_slug"]) == ("merge_topics", "naps", "sleep")
    assert (event.details["questions"], event.details["episodes"]) == (2, 1)


def test_the_page_says_what_moves_and_that_there_is_no_way_back() -> None:
    desk = cast.signed_in(cast.tomas())
    naps, sleep = added("Naps"), added("Sleep")
    factories.asked().topics.add(naps)
    address = reverse("desk:merge-topic", args=[naps.pk])
    assert "There is no way back." not in desk.get(address).content.decode()
    page = desk.get(address, {"into": sleep.pk}).content.decode()
    assert "1 question, open or closed" in page
    assert "0 episodes" in page
    assert "There is no way back." in page
    assert Topic.objects.count() == 2
    response = desk.post(address, {"into": sleep.pk}, follow=True)
    assert "“Naps” is another word for “Sleep” now." in response.content.decode()
    assert list(Topic.objects.all()) == [sleep]


@pytest.mark.parametrize("into", ["", "4711", "9" * 30, "-1", "x", "\x00", "itself"])
def test_a_topic_that_is_not_there_takes_nothing_in(into: str) -> None:
    desk = cast.signed_in(cast.tomas())
    naps = added("Naps")
    typed = {"into": naps.pk if into == "itself" else into}
    assert desk.post(reverse("desk:merge-topic", args=[naps.pk]), typed).status_code == 422
    assert desk.get(reverse("desk:merge-topic", args=[naps.pk]), typed).status_code in (200, 422)
    assert list(Topic.objects.all()) == [naps]


def test_addresses_that_led_to_the_first_lead_on_through_a_second_merge() -> None:
    naps, sleep, rest = added("Naps"), added("Sleep"), added("Rest")
    merged(naps, sleep)
    merged(sleep, rest)
    assert {address.slug for address in rest.former_addresses.all()} == {"naps", "sleep"}
    assert set(rest.synonyms.values_list("word", flat=True)) == {"Naps", "Sleep"}


def test_a_topic_can_go_into_one_that_stands_below_it() -> None:
    top = added("Top")
    wide = added("Wide", parent=top)
    middle = added("Middle", parent=wide)
    narrow = added("Narrow", parent=middle)
    merged(wide, narrow)
    for topic in (middle, narrow):
        topic.refresh_from_db()
    assert (narrow.parent, middle.parent) == (top, narrow)


def test_a_decision_about_a_merged_topic_can_still_be_taken_back() -> None:
    """What was tagged with the topic that is gone is tagged with the one that took it in."""
    naps, sleep, by = added("Naps"), added("Sleep"), acting(cast.tomas())
    question = factories.asked()
    tag(question, topics=[naps], by=by)
    event = tag(question, topics=[], by=by)
    merged(naps, sleep)
    undo(event, by=by)
    assert list(question.topics.all()) == [sleep]


def test_merging_is_never_undone_and_never_done_twice() -> None:
    naps, sleep = added("Naps"), added("Sleep")
    event = merged(naps, sleep)
    with pytest.raises(Refused, match="cannot be undone"):
        undo(event, by=acting(cast.noor()))
    with pytest.raises(Refused, match="both there"):
        merged(naps, sleep)
    assert Event.objects.of(HOUSE_REF).filter(verb="merge_topics").count() == 1


def test_a_guest_merges_nothing_even_past_the_door() -> None:
    naps, sleep = added("Naps"), added("Sleep")
    with pytest.raises(Refused):
        merge_topics(naps, into=sleep, by=acting(cast.ines()))
    assert Topic.objects.count() == 2


def test_a_merged_topic_has_no_page_at_the_desk(client: Client) -> None:
    naps, sleep = added("Naps"), added("Sleep")
    merged(naps, sleep)
    desk = cast.signed_in(cast.tomas())
    assert desk.get(reverse("desk:merge-topic", args=[naps.pk])).status_code == 404
    assert desk.get(reverse("desk:delete-topic", args=[naps.pk])).status_code == 302


def test_a_saved_view_of_a_merged_topic_shows_the_one_that_took_it_in() -> None:
    naps, sleep = added("Naps"), added("Sleep")
    factories.asked("Asked of sleep?").topics.add(sleep)
    factories.asked("Asked of nothing?")
    merged(naps, sleep)
    page = cast.signed_in(cast.tomas()).get("/desk/", {"topic": "naps"}).content.decode()
    assert "Asked of sleep?" in page
    assert "Asked of nothing?" not in page
