"""Atom 1.0 (RFC 4287), its pages linked by RFC 5005."""

from questions.reading.feeds.feed import Author, Feed, Item, rfc_3339
from questions.reading.feeds.xml import Document

CONTENT_TYPE = "application/atom+xml"


def write(feed: Feed) -> bytes:
    document = Document()
    whole = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language, "xml:base": feed.home}
    with document.inside("feed", whole):
        document.element("id", feed.id)
        document.element("title", feed.title)
        document.element("subtitle", feed.description)
        document.element("updated", rfc_3339(feed.changed_at))
        _write_author(document, feed.author)
        for relation, address in feed.links:
            kind = CONTENT_TYPE if relation == "self" else ""
            document.element("link", attributes={"rel": relation, "type": kind, "href": address})
        document.element("link", attributes={"rel": "alternate", "type": "text/html", "href": feed.page})
        for item in feed.items:
            with document.inside("entry", {"xml:lang": item.language}):
                _write_entry(document, item)
    return document.to_bytes()


def _write_entry(document: Document, item: Item) -> None:
    document.element("id", item.id)
    document.element("title", item.title)
    document.element("link", attributes={"rel": "alternate", "type": "text/html", "href": item.address})
    document.element("published", rfc_3339(item.released_at))
    document.element("updated", rfc_3339(item.changed_at))
    for author in item.authors:
        _write_author(document, author)
    for category in item.categories:
        document.element("category", attributes={"term": category.slug, "label": category.name})
    document.element("summary", item.summary)
    document.element("content", item.html, {"type": "html"})


def _write_author(document: Document, author: Author) -> None:
    with document.inside("author"):
        document.element("name", author.name)
        if author.address:
            document.element("uri", author.address)
