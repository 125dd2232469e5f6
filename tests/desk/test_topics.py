"""The list of topics at the desk: names, words and addresses that never lead to two things at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.topics import TopicFacts, delete_topic, set_topic
from questions.desk.records.words import words_of
from questions.models import HOUSE_REF, Event, FormerAddress, Synonym, Topic
from tests import cast, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def added(name: str, **facts: Any) -> Topic:
    return set_topic(Topic(), TopicFacts(name, **facts), by=acting(cast.tomas()))


def page_of(topic: Topic) -> str:
    return reverse("desk:edit-topic", args=[topic.pk])


def sent(topic: Topic, **changes: Any) -> dict[str, Any]:
    """What the page of a topic sends when somebody changes that much."""
    words = "\n".join(topic.synonyms.values_list("word", flat=True))
    parent = topic.parent_id or ""
    return {
        "name": topic.name, "slug": topic.slug, "description": topic.description, "parent": parent, "synonyms": words,
    } | changes  # fmt: skip


def test_a_topic_is_added_with_its_words_and_gets_an_address_of_its_name(desk: Client) -> None:
    before = edition.current()
    typed = {
        "name": "Staying friends",
        "description": "After.",
        "synonyms": "exes\n\n  old   flames ",
        "parent": "",
        "slug": "",
    }
    response = desk.post(reverse("desk:new-topic"), typed)
    assert response.headers["Location"] == reverse("desk:topics")
    topic = Topic.objects.get()
    assert (topic.name, topic.slug, topic.description) == ("Staying friends", "staying-friends", "After.")
    assert [synonym.word for synonym in topic.synonyms.all()] == ["exes", "old flames"]
    assert edition.current() == before + 1
    event = Event.objects.of(HOUSE_REF).get()
    assert (event.verb, event.person, event.details["what"], event.details["deed"]) == (
        "set",
        cast.tomas(),
        "topic",
        "added",
    )
    assert event.details["slug"] == "staying-friends"


def test_the_list_counts_open_questions_and_released_episodes(desk: Client) -> None:
    sleep = added("Sleep", synonyms=("naps",))
    added("Short sleep", parent=sleep)
    factories.asked().topics.add(sleep)
    declined = factories.asked("Is it rude?")
    declined.topics.add(sleep)
    type(declined).objects.filter(pk=declined.pk).update(state="withdrawn", text=None, sign_off=None)
    factories.published_episode(topics=[sleep])
    factories.scheduled_episode("Later", topics=[sleep])
    lines = desk.get(reverse("desk:topics")).context["lines"]
    assert [(topic.name, topic.open_count, topic.episode_count, parent) for topic, parent in lines] == [
        ("Sleep", 1, 1, None), ("Short sleep", 0, 0, sleep),
    ]  # fmt: skip


def test_another_name_keeps_the_address(desk: Client) -> None:
    topic = added("Sleep")
    assert desk.post(page_of(topic), sent(topic, name="Sleeping")).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Sleeping", "sleep")
    assert not FormerAddress.objects.exists()


def test_another_address_leaves_a_way_from_the_old_one_and_can_be_taken_back(desk: Client) -> None:
    topic = added("Sleep")
    desk.post(page_of(topic), sent(topic, slug="sleeping"))
    desk.post(page_of(topic), sent(topic, slug="dozing"))
    topic.refresh_from_db()
    assert topic.slug == "dozing"
    assert set(topic.former_addresses.values_list("slug", flat=True)) == {"sleep", "sleeping"}
    desk.post(page_of(topic), sent(topic, slug="sleep"))
    topic.refresh_from_db()
    assert topic.slug == "sleep"
    assert set(topic.former_addresses.values_list("slug", flat=True)) == {"sleeping", "dozing"}


def test_an_address_never_leads_to_two_topics(desk: Client) -> None:
    sleep, rest = added("Sleep"), added("Rest")
    desk.post(page_of(sleep), sent(sleep, slug="dozing"))
    for slug, words in (("dozing", "Another topic has this address."), ("sleep", "which had it once")):
        for address, typed in (
            (page_of(rest), sent(rest, slug=slug)),
            (reverse("desk:new-topic"), {"name": "New", "slug": slug}),
        ):
            response = desk.post(address, typed)
            assert response.status_code == 422
            assert words in response.content.decode()
    # Also where nobody has typed the address: it would be made of the name.
    assert desk.post(reverse("desk:new-topic"), {"name": "Sleep!", "slug": ""}).status_code == 422
    assert Topic.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "SLEEP", "finds “Sleep” already"), ("name", " sleep ", "finds “Sleep” already"),
        ("name", "Naps", "finds “Sleep” already"), ("name", "SIÉSTA", "finds “Sleep” already"),
        ("synonyms", "sléep", "finds “Sleep” already"), ("synonyms", "new\nnaps", "“naps” finds “Sleep” already"),
        ("synonyms", "one\nOne", "“One” is there twice."), ("synonyms", "rest", "“rest” is there twice."),
        ("synonyms", "\u0301", "has no letter in it"), ("synonyms", "x" * 61, "longer than a word may be: 60"),
        ("synonyms", "\n".join(map(str, range(61))), "61 words are more than we can keep; 60 is the most."),
        ("synonyms", "a\x00b", "Null characters"), ("name", "", "required"), ("name", "x" * 61, "at most 60"),
        ("slug", "a b", "Only letters from a to z"), ("slug", "ä", "Only letters"), ("slug", "../x", "Only letters"),
        ("parent", "4711", "valid choice"), ("parent", "9" * 30, "valid choice"), ("parent", "x", "valid choice"),
        ("description", "x" * 241, "at most 240"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Client, field: str, value: str, words: str
) -> None:
    added("Sleep", synonyms=("naps", "siesta"))
    rest = added("Rest", description="Lying down.")
    before = edition.current()
    response = desk.post(page_of(rest), sent(rest, description="Typed just now.") | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in response.content.decode()
    assert "Typed just now." in response.content.decode() or field == "description"
    assert (edition.current(), Topic.objects.get(pk=rest.pk).description) == (before, "Lying down.")


def test_a_name_without_latin_letters_wants_an_address(desk: Client) -> None:
    typed = {"name": "Ревность", "slug": ""}
    response = desk.post(reverse("desk:new-topic"), typed)
    assert response.status_code == 422
    assert "this name gives none" in response.content.decode()
    assert desk.post(reverse("desk:new-topic"), typed | {"slug": "jealousy"}).status_code == 302


def test_no_topic_stands_below_itself(desk: Client) -> None:
    talking = added("Talking")
    asking = added("Asking", parent=talking)
    texting = added("Texting", parent=asking)
    for below in (talking, asking, texting):
        response = desk.post(page_of(talking), sent(talking, parent=below.pk))
        assert response.status_code == 422
        with pytest.raises(Refused, match="stands below this one itself"):
            set_topic(talking, TopicFacts("Talking", parent=below), by=acting(cast.tomas()))
    assert desk.post(page_of(texting), sent(texting, parent=talking.pk)).status_code == 302


def test_saving_what_stands_writes_nothing(desk: Client) -> None:
    topic = added("Sleep", synonyms=("naps",))
    before = (edition.current(), Event.objects.of(HOUSE_REF).count())
    assert desk.post(page_of(topic), sent(topic)).status_code == 302
    assert (edition.current(), Event.objects.of(HOUSE_REF).count()) == before


def test_two_hosts_at_one_topic_are_told_of_each_other_and_lose_nothing(desk: Client) -> None:
    topic = added("Sleep")
    shown = desk.get(page_of(topic)).context["form"].initial["shown"]
    set_topic(topic, TopicFacts("Rest", synonyms=("naps",)), by=acting(cast.noor()))
    response = desk.post(page_of(topic), sent(topic, name="Slumber", synonyms="", shown=shown))
    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "Noor Haddad changed this" in page
    assert '<dt>Name</dt><dd dir="auto">Rest</dd>' in page
    assert '<dt>Other words for it</dt><dd dir="auto">naps</dd>' in page
    assert 'value="Slumber"' in page
    assert Topic.objects.get().name == "Rest"
    again = response.context["form"].data["shown"]
    assert desk.post(page_of(topic), sent(topic, name="Slumber", shown=again)).status_code == 302
    assert Topic.objects.get().name == "Slumber"


def test_words_typed_for_a_topic_that_is_gone_are_kept(desk: Client) -> None:
    topic = added("Sleep")
    page = page_of(topic)
    delete_topic(topic, by=acting(cast.noor()))
    response = desk.post(page, {"name": "Slumber", "slug": ""})
    assert response.status_code == 409
    assert f'action="{reverse("desk:new-topic")}"' in response.content.decode()
    assert 'value="Slumber"' in response.content.decode()
    assert desk.get(page).headers["Location"] == reverse("desk:topics")


def test_only_an_unused_topic_is_deleted(desk: Client) -> None:
    used, free = added("Sleep"), added("Rest", synonyms=("naps",))
    factories.asked().topics.add(used)
    assert "Merge it" in desk.get(reverse("desk:delete-topic", args=[used.pk])).content.decode()
    refused = desk.post(reverse("desk:delete-topic", args=[used.pk]))
    assert refused.status_code == 409
    assert "is in use" in refused.content.decode()
    assert desk.post(reverse("desk:delete-topic", args=[free.pk])).status_code == 302
    assert list(Topic.objects.all()) == [used]
    assert not Synonym.objects.exists()
    assert Event.objects.of(HOUSE_REF).last().details["deed"] == "removed"  # type: ignore[union-attr]


def test_a_guest_changes_nothing_even_past_the_door() -> None:
    topic, by = added("Sleep"), acting(cast.ines())
    for deed in (lambda: set_topic(topic, TopicFacts("Rest"), by=by), lambda: delete_topic(topic, by=by)):
        with pytest.raises(Refused):
            deed()
    assert Topic.objects.get().name == "Sleep"


def test_the_history_of_the_house_reads_like_a_sentence(desk: Client) -> None:
    topic = added("Sleep", synonyms=("naps",))
    set_topic(topic, TopicFacts("Sleep", "dozing", synonyms=("naps",)), by=acting(cast.noor()))
    delete_topic(topic, by=acting(cast.tomas()))
    assert [words_of(event) for event in Event.objects.of(HOUSE_REF)] == [
        "added: topic “sleep”", "changed: topic “dozing” (slug)", "removed: topic “dozing”",
    ]  # fmt: skip
