"""The feeds say the same in three formats: whole episodes, the note first, names that stay, nothing that is gated."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.lifecycle import Role
from questions.models import ContentLevel, Credit, CreditRole, Episode, Person, Resource, Show, Topic, Video
from tests import cast
from tests.factories import approved_answer, host, published_episode, scheduled_episode, the_time, topic, verdict
from tests.reading.feed_documents import ATOM, FORMATS, XML, entries, xml

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("format", FORMATS)]


def test_an_empty_show_has_an_empty_feed(client: Client, format: str) -> None:
    assert entries(client, format) == []


def test_items_come_newest_first_under_names_that_stay(client: Client, format: str) -> None:
    older = published_episode("Older", slug="older", at=datetime(2026, 1, 1, tzinfo=UTC))
    newer = published_episode("Newer", slug="newer", at=datetime(2026, 1, 2, 9, 30, tzinfo=UTC))
    scheduled_episode("Coming", slug="coming")
    found = entries(client, format)
    assert [entry.title for entry in found] == ["Newer", "Older"]
    assert [entry.address for entry in found] == [f"http://testserver/episodes/{slug}/" for slug in ("newer", "older")]
    assert [entry.id for entry in found] == [f"urn:uuid:{newer.ref}", f"urn:uuid:{older.ref}"]


def test_a_name_survives_a_new_address_new_words_and_a_new_format(client: Client, format: str) -> None:
    episode = published_episode("Before", slug="before")
    before = [entry.id for each in FORMATS for entry in entries(client, each)]
    correct(episode, bodies=["Nap."], words="Less.", by=acting(host()), seen=episode.version)
    Episode.objects.update(slug="after")
    [entry] = entries(client, format)
    assert {entry.id} == set(before)
    assert entry.address.endswith("/after/")


def test_an_item_begins_with_its_note_and_has_the_whole_text_with_links_that_work_elsewhere(
    client: Client, format: str
) -> None:
    body = (
        "See [the other](/episodes/other/).[^1]\n\nWrite `href=\"/x\"`.\n\n"
        "# Listen\n\n::: checklist Do\n1. Ask\n:::\n\n"
        "Then talk.\n\n[^1]: A footnote."
    )  # fmt: skip
    published_episode(
        slug="beds", answers=[approved_answer("Two beds?", "Wide Awake", body=body)], note="Frank.",
        text_level=ContentLevel.RACY, verdict=verdict().words, verdict_reason="Because.", summary="On beds.",
        topics=[topic("Sleep"), topic("Beds & pillows", slug="beds")],
        resources=[Resource(kind="book", title="Bed", maker="A. Sleeper", note="Long.")],
    )  # fmt: skip
    [entry] = entries(client, format)
    assert entry.summary == "On beds."
    assert entry.authors == ["Tomas Reyl"]
    assert entry.tags == ["Beds & pillows", "Sleep"]
    assert entry.html.startswith(
        '<p dir="ltr"><strong>What to expect:</strong> Text racy for work. No video. No pictures. '
        '<span lang="en" dir="ltr">Frank.</span></p>'
    )
    for piece in (
        "Two beds?", "— Wide Awake", "<h2>Part One: Listen</h2>", "<h3>Do</h3>", "<li>Ask</li>", "Then talk.",
        "Because.", "A footnote.", "Book: Bed, A. Sleeper. Long.",
    ):  # fmt: skip
        assert piece in entry.html
    assert 'href="http://testserver/episodes/other/"' in entry.html
    assert 'href="http://testserver/episodes/beds/#' in entry.html
    assert '<code>href="/x"</code>' in entry.html
    for ours in ('<a href="/', '<a href="#', "<input", "class=", " id=", "↩", "play"):
        assert ours not in entry.html


def test_what_is_gated_is_a_note_and_a_link(client: Client, format: str) -> None:
    body = "Open.\n\n# Inside\n\nStill open.\n\n::: expect not safe | sex\nVery frank.\n:::\n\nHidden words."
    published_episode(
        slug="part", answers=[approved_answer(body=body)], video_level=ContentLevel.NOT_SAFE,
        videos=[Video(url="https://vimeo.com/76979871", title="The film", level=ContentLevel.NOT_SAFE)],
    )  # fmt: skip
    [entry] = entries(client, format)
    assert "Text fine at work, a part of it not safe. Video not safe for work." in entry.html
    assert "Still open." in entry.html
    assert "<strong>Not safe for work: sex.</strong> Very frank." in entry.html
    assert 'href="http://testserver/episodes/part/#part-inside"' in entry.html
    assert "Hidden words" not in entry.html
    assert "vimeo" not in entry.html


def test_an_episode_that_is_gated_as_a_whole_is_its_name_its_note_and_a_link(client: Client, format: str) -> None:
    published_episode(
        "Naps", slug="naps", summary="All about it.", note="Explicit from the first line.", kinds=["sex"],
        text_level=ContentLevel.NOT_SAFE, verdict=verdict().words, verdict_reason="Because of you.",
        answers=[approved_answer("A frank question?", "Frank", body="A frank answer.\n\n# A frank part")],
        resources=[Resource(kind="book", title="A frank book")],
    )  # fmt: skip
    [entry] = entries(client, format)
    note = "Text not safe for work. No video. No pictures. Because of: sex. "
    assert (entry.title, entry.summary) == ("Naps", f"{note}Explicit from the first line.")
    assert entry.html.startswith(f'<p dir="ltr"><strong>What to expect:</strong> {note}<span')
    assert '<a href="http://testserver/episodes/naps/"' in entry.html
    assert "It’s probably you." in entry.html
    assert not [word for word in ("frank", "Frank", "All about", "Because of you") if word in entry.html]


@pytest.mark.parametrize(
    "unsafe",
    [
        {"text_level": ContentLevel.NOT_SAFE},
        {"pictures_level": ContentLevel.NOT_SAFE},
        {"videos": [Video(url="https://vimeo.com/76979871", title="Film", level=ContentLevel.NOT_SAFE)]},
        {"body": "Open.\n\n::: expect not safe | sex\n:::\n\nHidden."},
    ],
    ids=["text", "pictures", "video", "part"],
)
def test_the_safe_feeds_leave_out_whatever_has_something_gated_in_it(
    client: Client, format: str, unsafe: dict[str, Any]
) -> None:
    facts = dict(unsafe)
    answer = approved_answer(body=str(facts.pop("body", "Nap.")))
    published_episode("Secret title", slug="unsafe", answers=[answer], topics=[topic()], **facts)
    published_episode("Racy", slug="racy", text_level=ContentLevel.RACY, topics=[topic()])
    for feed in ("episodes", "topics/sleep", "people/tomas"):
        assert [entry.title for entry in entries(client, format, f"/feeds/{feed}")] == ["Racy", "Secret title"]
        assert [entry.title for entry in entries(client, format, f"/feeds/safe/{feed}")] == ["Racy"]
        assert b"Secret" not in client.get(f"/feeds/safe/{feed}.{format}").content


def test_each_topic_has_a_feed_of_what_its_page_shows(client: Client, format: str) -> None:
    sleep = topic("Sleep")
    naps = Topic.objects.create(name="Naps", slug="naps", parent=sleep)
    published_episode("Wide", slug="wide", topics=[sleep])
    published_episode("Narrow", slug="narrow", topics=[naps])
    published_episode("Other", slug="other")
    topic("Never aired")
    assert [entry.title for entry in entries(client, format, "/feeds/topics/sleep")] == ["Narrow", "Wide"]
    assert [entry.title for entry in entries(client, format, "/feeds/topics/naps")] == ["Narrow"]
    assert client.get(f"/feeds/topics/never-aired.{format}").status_code == 404


def test_each_person_has_a_feed_of_what_they_answer_and_have_a_hand_in(client: Client, format: str) -> None:
    ines = cast.ines()
    answered = [Credit(person=ines, role=CreditRole.ANSWERED)]
    published_episode("Answers", slug="answers", credits=answered, at=datetime(2026, 1, 1, tzinfo=UTC))
    filmed = [Credit(person=host(), role=CreditRole.ANSWERED), Credit(person=ines, role=CreditRole.FILMED)]
    published_episode("Films", slug="films", credits=filmed, at=datetime(2026, 1, 2, tzinfo=UTC))
    published_episode("Neither", slug="neither", at=datetime(2026, 1, 3, tzinfo=UTC))
    assert [entry.title for entry in entries(client, format, "/feeds/people/ines")] == ["Films", "Answers"]
    Person.objects.create(name="Nobody", slug="nobody", role=Role.GUEST)
    assert client.get(f"/feeds/people/nobody.{format}").status_code == 404


def test_an_item_in_another_language_says_so_and_runs_its_own_way(client: Client, format: str) -> None:
    published_episode("نوم", slug="arabic", language="ar", note="كن حذرا", answers=[approved_answer("هل أنام؟")])
    published_episode("Sleep", slug="english")
    english, arabic = entries(client, format)
    assert (english.language, arabic.language) == ("", "ar")
    assert '<div lang="ar" dir="rtl">' in arabic.html
    assert '<span lang="ar" dir="rtl">كن حذرا</span>' in arabic.html
    assert 'dir="rtl"' not in english.html


def test_the_whole_feed_says_what_it_is_in_which_language_and_when_it_changed(client: Client, format: str) -> None:
    Show.objects.create(name="It’s & You", tagline="Two & two.", language="de")
    episode = published_episode(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    with the_time(datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)):
        correct(episode, bodies=["Nap."], words="Less.", by=acting(host()), seen=episode.version)
    content = client.get(f"/feeds/episodes.{format}").content
    if format == "json":
        whole = json.loads(content)
        [item] = whole.pop("items")
        assert whole == {
            "version": "https://jsonfeed.org/version/1.1", "title": "It’s & You", "description": "Two & two.",
            "language": "de", "home_page_url": "http://testserver/",
            "feed_url": "http://testserver/feeds/episodes.json",
            "authors": [{"name": "It’s & You", "url": "http://testserver/"}],
        }  # fmt: skip
        assert (item["date_published"], item["date_modified"]) == ("2026-01-02T03:04:05Z", "2026-02-03T04:05:06Z")
    elif format == "atom":
        whole = xml(content)
        texts = [whole.findtext(f"{ATOM}{name}") for name in ("title", "subtitle", "updated")]
        assert texts == ["It’s & You", "Two & two.", "2026-02-03T04:05:06Z"]
        assert (whole.attrib[f"{XML}lang"], whole.attrib[f"{XML}base"]) == ("de", "http://testserver/")
        times = [whole.findtext(f"{ATOM}entry/{ATOM}{name}") for name in ("published", "updated")]
        assert times == ["2026-01-02T03:04:05Z", "2026-02-03T04:05:06Z"]
    else:
        [channel] = xml(content)
        texts = [channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate")]
        assert texts == ["It’s & You", "http://testserver/", "Two & two.", "de", "Tue, 03 Feb 2026 04:05:06 +0000"]
        assert channel.findtext("item/pubDate") == "Fri, 02 Jan 2026 03:04:05 +0000"
        [guid] = channel.iter("guid")
        assert guid.attrib == {"isPermaLink": "false"}
