"""Feeds taken apart by parsers that know nothing of how ours are written."""

import json
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from django.test import Client

FORMATS = ("rss", "atom", "json")
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True)
class Entry:
    """What every format says of an episode."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    authors: list[str]
    tags: list[str]
    language: str


def entries(client: Client, format: str, feed: str = "/feeds/episodes") -> list[Entry]:
    response = client.get(f"{feed}.{format}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, TYPES[format])
    read = {"rss": _from_rss, "atom": _from_atom, "json": _from_json}[format]
    return read(response.content)


def xml(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - it is our own


def _from_rss(content: bytes) -> list[Entry]:
    return [
        Entry(
            id=item.findtext("guid", ""),
            address=item.findtext("link", ""),
            title=item.findtext("title", ""),
            summary=item.findtext("description", ""),
            html=item.findtext(f"{CONTENT}encoded", ""),
            authors=[author.text or "" for author in item.findall(f"{DC}creator")],
            tags=[tag.text or "" for tag in item.findall("category")],
            language=item.findtext(f"{DC}language", ""),
        )
        for item in xml(content).iter("item")
    ]


def _from_atom(content: bytes) -> list[Entry]:
    return [
        Entry(
            id=entry.findtext(f"{ATOM}id", ""),
            address=next(link.attrib["href"] for link in entry.iter(f"{ATOM}link")),
            title=entry.findtext(f"{ATOM}title", ""),
            summary=entry.findtext(f"{ATOM}summary", ""),
            html=entry.findtext(f"{ATOM}content", ""),
            authors=[author.findtext(f"{ATOM}name", "") for author in entry.iter(f"{ATOM}author")],
            tags=[tag.attrib["label"] for tag in entry.iter(f"{ATOM}category")],
            language=entry.attrib.get(f"{XML}lang", ""),
        )
        for entry in xml(content).iter(f"{ATOM}entry")
    ]


def _from_json(content: bytes) -> list[Entry]:
    return [_entry(item) for item in json.loads(content)["items"]]


def _entry(item: dict[str, Any]) -> Entry:
    return Entry(
        id=item["id"],
        address=item["url"],
        title=item["title"],
        summary=item["summary"],
        html=item["content_html"],
        authors=[author["name"] for author in item.get("authors", [])],
        tags=item.get("tags", []),
        language=item.get("language", ""),
    )


def links(client: Client, address: str) -> dict[str, str]:
    """Where a feed's own links lead, by what they are: self, first, last, next, previous, alternate."""
    content = client.get(address).content
    if address.endswith(".json"):
        document = json.loads(content)
        named = {"self": document["feed_url"], "next": document.get("next_url"), "alternate": document["home_page_url"]}
        return {relation: address for relation, address in named.items() if address}
    root = xml(content)
    whole = root.find("channel") if root.tag == "rss" else root
    assert whole is not None
    found = {link.attrib["rel"]: link.attrib["href"] for link in whole.findall(f"{ATOM}link")}
    return found | ({"alternate": whole.findtext("link", "")} if root.tag == "rss" else {})
