"""Feeds: every episode whole, its content note first, under a name that never changes."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from questions import showing
from questions.models import Show
from questions.reading.metadata import show_page
from questions.visibility import public_episodes, shown_resources

NEWEST_IN_FEED = 50

# What XML cannot carry at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCAL_LINK = re.compile(r'(?<=\shref=")(?=[#/])(#?)')


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    return show_page(request, "reading/feeds.html", _("Feeds"))


class FullTextFeed(Rss201rev2Feed):
    """RSS 2.0 with the whole text of each item."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])

    def latest_post_date(self) -> datetime:
        return self.feed["changed_at"] or super().latest_post_date()


@require_safe
def episodes_rss(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    show = Show.objects.current()
    newest = list(public_episodes(now).for_page()[:NEWEST_IN_FEED])
    feed = FullTextFeed(
        title=_for_xml(show.name),
        link=request.build_absolute_uri(reverse("reading:home")),
        description=_for_xml(show.tagline or show.name),
        language=_for_xml(show.language),
        feed_url=request.build_absolute_uri(reverse("reading:episodes-rss")),
        changed_at=max(map(showing.last_change, newest), default=None),
    )
    with timezone.override(show.zone):
        for episode in newest:
            page = showing.Page(episode, episode.script, shown_resources(episode, now))
            _add_item(feed, page, request.build_absolute_uri(episode.get_absolute_url()))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _add_item(feed: FullTextFeed, page: showing.Page, address: str) -> None:
    html = render_to_string("reading/_feed_item.html", {"page": page, "address": address})
    feed.add_item(
        title=_for_xml(page.title),
        link=address,
        description=_for_xml(page.description),
        unique_id=f"urn:uuid:{page.episode.ref}",
        unique_id_is_permalink=False,
        pubdate=page.episode.release_at,
        categories=[_for_xml(topic.name) for topic in page.episode.topics.all()],
        full_text=_for_xml(absolute_links(html, address)),
    )


def absolute_links(html: str, address: str) -> str:
    """The HTML of the page at `address` with links that also work elsewhere."""
    site = "/".join(address.split("/")[:3])
    return _LOCAL_LINK.sub(lambda link: f"{address}#" if link[1] else site, html)


def _for_xml(text: str) -> str:
    return _NOT_XML.sub("", text)
