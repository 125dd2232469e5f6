"""What a feed holds, whatever its format. Nothing here knows of a database or of a request."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from questions.rendering.source import tidy

_REFERENCE = re.compile("&(?=#|[A-Za-z]{2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that never had an item: formats that ask for a time get this one, which does not move."""


@dataclass(frozen=True)
class Author:
    name: str
    address: str = ""


@dataclass(frozen=True)
class Category:
    name: str
    slug: str


@dataclass(frozen=True)
class Item:
    """One episode. `id` is the same in every format and for ever; `language` is empty where it is the feed's own.

    `title` and `summary` are plain text, `html` is the whole text with absolute links.
    """

    id: str
    address: str
    title: str
    summary: str
    html: str
    released_at: datetime
    changed_at: datetime
    authors: list[Author]
    categories: list[Category]
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """One page of a feed, newest first. All its addresses are absolute; those of pages that do not exist are empty.

    `page` is the HTML page that shows the same; `id` is shared by all pages of the feed.
    """

    id: str
    title: str
    description: str
    language: str
    author: Author
    home: str
    page: str
    here: str
    first: str
    last: str
    items: list[Item]
    next: str = ""
    previous: str = ""

    @property
    def changed_at(self) -> datetime:
        return max((item.changed_at for item in self.items), default=NEVER)

    @property
    def links(self) -> list[tuple[str, str]]:
        """This document and the pages around it by the names of RFC 5005, which calls none of them "prev"."""
        named = (
            ("self", self.here),
            ("first", self.first),
            ("last", self.last),
            ("next", self.next),
            ("previous", self.previous),
        )
        return [(relation, address) for relation, address in named if address]


def line(text: str) -> str:
    """The text on one line, without what no feed can carry."""
    return " ".join(tidy(text).split())


def language_tag(code: str) -> str:
    """The code if it has the form of a language tag, or an empty string."""
    return code if _LANGUAGE.fullmatch(code) else ""


def unmistakable(text: str) -> str:
    """Plain text that reads the same to whoever takes it for HTML: RSS does not say which of both its titles are."""
    return _REFERENCE.sub("＆", text.replace("<", "‹").replace(">", "›"))


def rfc_3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
