"""JSON Feed 1.1."""

import json
from typing import Any

from questions.reading.feeds.feed import Author, Feed, Item, rfc_3339
from questions.rendering.source import tidy

CONTENT_TYPE = "application/feed+json"


def write(feed: Feed) -> bytes:
    document = _said(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        home_page_url=feed.page,
        feed_url=feed.here,
        description=feed.description,
        next_url=feed.next,
        authors=[_author(feed.author)],
        language=feed.language,
    )
    # Also a feed of nothing has items.
    document["items"] = [_item(item) for item in feed.items]
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(item: Item) -> dict[str, Any]:
    return _said(
        id=item.id,
        url=item.address,
        title=item.title,
        summary=item.summary,
        content_html=item.html,
        date_published=rfc_3339(item.released_at),
        date_modified=rfc_3339(item.changed_at),
        authors=[_author(author) for author in item.authors],
        tags=[tidy(category.name) for category in item.categories],
        language=item.language,
    )


def _author(author: Author) -> dict[str, Any]:
    return _said(name=author.name, url=author.address)


def _said(**fields: Any) -> dict[str, Any]:
    """The fields that say something, as JSON can carry them."""
    carriable = {key: tidy(value) if isinstance(value, str) else value for key, value in fields.items()}
    return {key: value for key, value in carriable.items() if value}
