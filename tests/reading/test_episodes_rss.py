"""The RSS feed: whole episodes, the note first, names that never change, newest first."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import ContentLevel, Show
from tests.factories import approved_answer, host, published_episode, the_time, verdict

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FULL_TEXT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def channel_of(client: Client) -> ElementTree.Element:
    response = client.get("/feeds/episodes.rss")
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - it is our own
    assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
    channel = root.find("channel")
    assert channel is not None
    return channel


def test_an_empty_show_has_an_empty_feed(client: Client) -> None:
    channel = channel_of(client)
    assert channel.findtext("title") == "Querent"
    assert channel.findall("item") == []


def test_the_channel_says_what_it_is_and_where(client: Client) -> None:
    Show.objects.create(name="It’s & You", tagline="One <question>.", language="de")
    episode = published_episode(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    with the_time(datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)):
        correct(episode, bodies=["Nap."], words="Less.", by=acting(host()), seen=episode.version)
    channel = channel_of(client)
    texts = {name: channel.findtext(name) for name in ("title", "link", "description", "language")}
    assert texts == {
        "title": "It’s & You",
        "link": "http://testserver/",
        "description": "One <question>.",
        "language": "de",
    }
    assert channel.findtext("lastBuildDate") == "Tue, 03 Feb 2026 04:05:06 +0000"
    link = channel.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib == {"rel": "self", "href": "http://testserver/feeds/episodes.rss"}


def test_items_come_newest_first_under_names_that_stay(client: Client) -> None:
    older = published_episode("Older", slug="older", at=datetime(2026, 1, 1, tzinfo=UTC))
    newer = published_episode("Newer", slug="newer", at=datetime(2026, 1, 2, 9, 30, tzinfo=UTC))
    items = channel_of(client).findall("item")
    assert [item.findtext("title") for item in items] == ["Newer", "Older"]
    assert [item.findtext("link") for item in items] == [
        "http://testserver/episodes/newer/",
        "http://testserver/episodes/older/",
    ]
    guids = [item.find("guid") for item in items]
    assert [guid.text for guid in guids if guid is not None] == [
        f"urn:uuid:{newer.ref}",
        f"urn:uuid:{older.ref}",
    ]
    assert {guid.attrib["isPermaLink"] for guid in guids if guid is not None} == {"false"}
    assert parsedate_to_datetime(items[0].findtext("pubDate", "")) == newer.release_at
    assert [item.find("enclosure") for item in items] == [None, None]


def test_an_item_begins_with_its_note_and_has_the_whole_text_with_links_that_work_elsewhere(
    client: Client,
) -> None:
    body = "See [the other](/episodes/other/).[^1]\n\n# Listen\n\nThen talk.\n\n[^1]: A note."
    published_episode(
        slug="beds", answers=[approved_answer("Two beds?", "Wide Awake", body=body)], note="Frank.",
        text_level=ContentLevel.RACY, verdict=verdict().words, verdict_reason="Because.", summary="On beds.",
    )  # fmt: skip
    [item] = channel_of(client).findall("item")
    assert item.findtext("description") == "On beds."
    text = item.findtext(FULL_TEXT, "")
    assert text.startswith("<p><strong>What to expect:</strong> Text racy for work. No video. No pictures. Frank.</p>")
    for piece in ("Two beds?", "— Wide Awake", "<h2>Part One: Listen</h2>", "Then talk.", "Because."):
        assert piece in text
    assert 'href="http://testserver/episodes/other/"' in text
    assert 'href="http://testserver/episodes/beds/#' in text
    assert 'href="/' not in text
    assert 'href="#' not in text


def test_what_is_not_safe_is_described_by_its_note(client: Client) -> None:
    published_episode(
        "Naps", summary="All about it.", note="Explicit from the first line.",
        text_level=ContentLevel.NOT_SAFE, video_level=ContentLevel.RACY,
    )  # fmt: skip
    [item] = channel_of(client).findall("item")
    assert item.findtext("description") == (
        "Text not safe for work. Video racy for work. No pictures. Explicit from the first line."
    )
