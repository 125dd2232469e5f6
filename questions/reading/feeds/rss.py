"""RSS 2.0 with the whole text (content:encoded), authors (dc:creator) and the links of RFC 5005 (atom:link)."""

from django.utils.feedgenerator import rfc2822_date

from questions.reading.feeds.feed import NEVER, Feed, Item, unmistakable
from questions.reading.feeds.xml import Document

CONTENT_TYPE = "application/rss+xml"

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def write(feed: Feed) -> bytes:
    document = Document()
    with document.inside("rss", {"version": "2.0", **_NAMESPACES}), document.inside("channel"):
        document.element("title", unmistakable(feed.title))
        document.element("link", feed.page)
        document.element("description", unmistakable(feed.description))
        if feed.language:
            document.element("language", feed.language)
        if feed.changed_at > NEVER:
            document.element("lastBuildDate", rfc2822_date(feed.changed_at))
        for relation, address in feed.links:
            kind = CONTENT_TYPE if relation == "self" else ""
            document.element("atom:link", attributes={"rel": relation, "type": kind, "href": address})
        for item in feed.items:
            with document.inside("item"):
                _write_item(document, item)
    return document.to_bytes()


def _write_item(document: Document, item: Item) -> None:
    document.element("title", unmistakable(item.title))
    document.element("link", item.address)
    document.element("guid", item.id, {"isPermaLink": "false"})
    document.element("pubDate", rfc2822_date(item.released_at))
    for author in item.authors:
        document.element("dc:creator", unmistakable(author.name))
    if item.language:
        document.element("dc:language", item.language)
    for category in item.categories:
        document.element("category", unmistakable(category.name))
    # Some readers take whichever of these two comes last for the text, so the whole text does.
    document.element("description", unmistakable(item.summary))
    document.element("content:encoded", item.html)
