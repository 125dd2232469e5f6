"""Programs that people really read feeds with find every item in ours: names, titles, text, times, the next page."""

import json
import os
import shutil
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from django.test import Client

from questions.models import ContentLevel, Episode
from questions.reading.feeds.answering import ITEMS_A_PAGE
from tests.factories import approved_answer
from tests.reading.feed_documents import FORMATS, Entry, entries
from tests.reading.many_episodes import publish_many

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

TOOLS = Path(__file__).parents[1] / "tools"
BODY = 'Two words: *ask* & listen.\n\n# Kürbis, نوم, 💤\n\n> 1 < 2, ]]> "quoted"\n\n::: checklist Do\n- Nap\n:::'


@dataclass(frozen=True)
class Read:
    """What a reader made of an item; None is what it has no word for."""

    id: str
    title: str
    address: str
    html: str
    released_at: datetime | None
    author: str | None = "Tomas Reyl"


@pytest.fixture
def feeds(client: Client, tmp_path: Path) -> Path:
    """The newest page of the show's feeds as files, with one episode more than fits on it."""
    answer = approved_answer("Is it rude?\n\nReally?", "Drowsy & <shy>", body=BODY)
    publish_many(ITEMS_A_PAGE + 1, answers=[answer], summary="A <b> & more.", text_level=ContentLevel.RACY)
    for format in FORMATS:
        (tmp_path / f"episodes.{format}").write_bytes(client.get(f"/feeds/episodes.{format}").content)
    return tmp_path


def expected(client: Client) -> list[Read]:
    """What they should find, taken from the feed that says least of itself."""
    released = {f"urn:uuid:{episode.ref}": episode.release_at for episode in Episode.objects.exclude(release_at=None)}
    found: list[Entry] = entries(client, "json")
    assert len(found) == ITEMS_A_PAGE
    return [Read(item.id, item.title, item.address, item.html, released[item.id]) for item in found]


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_feedparser(client: Client, feeds: Path, format: str) -> None:
    # It is to show what it was given; it could also write the HTML anew.
    read = feedparser.parse(
        (feeds / f"episodes.{format}").read_bytes(), sanitize_html=False, resolve_relative_uris=False
    )
    assert (read.bozo, read.version) == (False, {"rss": "rss20", "atom": "atom10"}[format])
    assert [link.href for link in read.feed.links if link.rel == "next"] == [next_page(format)]
    assert {tag.get("label") or tag.term for item in read.entries for tag in item.tags} == {"Sleep"}
    assert [
        Read(item.id, item.title, item.link, item.content[0].value,
             datetime.fromtimestamp(timegm(item.published_parsed), UTC), item.author)
        for item in read.entries
    ] == expected(client)  # fmt: skip


def test_podcastparser(client: Client, feeds: Path) -> None:
    address = "http://testserver/feeds/episodes.rss"
    read = podcastparser.parse(address, BytesIO((feeds / "episodes.rss").read_bytes()))
    assert (read["title"], read["paged_feed_next"]) == ("Querent", next_page("rss"))
    assert [
        Read(item["guid"], item["title"], item["link"], item["description_html"],
             datetime.fromtimestamp(item["published"], UTC))
        for item in read["episodes"]
    ] == expected(client)  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_feedsmith(client: Client, feeds: Path, format: str) -> None:
    if not (TOOLS / "node_modules/feedsmith").exists() or not shutil.which("node"):
        skip_loudly("feedsmith, which npm installs into tests/tools")
    command = ["node", TOOLS / "read_feed.mjs", feeds / f"episodes.{format}"]
    printed = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    read = json.loads(printed.stdout)
    assert read["format"] == format
    feed = read["feed"]
    assert {"rss": from_rss, "atom": from_atom, "json": from_json}[format](feed) == expected(client)
    assert next_page(format) in printed.stdout


def from_rss(feed: dict[str, Any]) -> list[Read]:
    return [
        Read(item["guid"]["value"], item["title"], item["link"], item["content"]["encoded"], moment(item["pubDate"]),
             item["dc"]["creators"][0])
        for item in feed["items"]
    ]  # fmt: skip


def from_atom(feed: dict[str, Any]) -> list[Read]:
    return [
        Read(item["id"], words(item["title"]), item["links"][0]["href"], words(item["content"]),
             moment(item["published"]), item["authors"][0]["name"])
        for item in feed["entries"]
    ]  # fmt: skip


def from_json(feed: dict[str, Any]) -> list[Read]:
    return [
        Read(item["id"], item["title"], item["url"], item["content_html"], moment(item["date_published"]),
             item["authors"][0]["name"])
        for item in feed["items"]
    ]  # fmt: skip


def words(construct: Any) -> str:
    return str(construct["value"]) if isinstance(construct, dict) else str(construct)


def moment(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return datetime.strptime(written, "%a, %d %b %Y %H:%M:%S %z")


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_newsboat(client: Client, feeds: Path, format: str) -> None:
    if not shutil.which("newsboat"):
        skip_loudly("newsboat, a package of Debian")
    (feeds / "urls").write_text(f"file://{feeds}/episodes.{format}\n")
    command = ["newsboat", "-u", feeds / "urls", "-c", feeds / "cache.db", "-x", "reload", "print-unread"]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=True,
        env={**os.environ, "HOME": str(feeds)},
    )  # fmt: skip
    assert done.stdout.split()[0] == str(ITEMS_A_PAGE)
    assert list(newsboat_items(feeds / "cache.db")) == expected(client)


def newsboat_items(cache: Path) -> Iterator[Read]:
    rows = sqlite3.connect(cache)
    try:
        columns = "select guid, title, url, content, pubDate, author from rss_item order by pubDate desc"
        for guid, title, url, content, published, author in rows.execute(columns):
            yield Read(guid, title, url, content, datetime.fromtimestamp(published, UTC), author)
    finally:
        rows.close()


def next_page(format: str) -> str:
    return f"http://testserver/feeds/episodes/page/2.{format}"


def skip_loudly(what: str) -> None:
    missing = f"NOT TESTED: feeds as real readers read them, for want of {what}"
    assert os.environ.get("CI") != "true", missing
    pytest.skip(missing)
