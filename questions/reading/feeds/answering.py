"""One page of a feed as a response, or that it is still the one the program has."""

from datetime import datetime
from hashlib import sha256

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from questions import showing
from questions.lifecycle import Verb
from questions.models import HOUSE_REF, Episode, Event
from questions.models.episode import EpisodeQuerySet
from questions.reading.addresses import absolute
from questions.reading.feeds import atom, json_feed, rss
from questions.reading.feeds.channels import Channel
from questions.reading.feeds.feed import Author, Feed, language_tag, line
from questions.reading.feeds.items import item_of
from questions.visibility import safe_episodes, shown_resources_of

ITEMS_A_PAGE = 20
"""Months of a weekly show, so that nobody who looks now and then misses one; few enough that a reader which has to
fetch the page again gets some hundred kilobytes and not megabytes. Everything older is on the further pages."""

_UNSEEN = (Verb.INVITE, Verb.JOIN, Verb.APPOINT, Verb.OFFBOARD, Verb.END_SESSIONS, Verb.SHARE, Verb.REVOKE)
"""What is done in the house that no reader sees, and whose time is nobody else's business."""

_FORMATS = {"rss": rss, "atom": atom, "json": json_feed}


def answered(
    request: HttpRequest, channel: Channel, episodes: EpisodeQuerySet, format: str, number: int | None
) -> HttpResponse:
    """The page of this number, the newest if there is none; raises Http404 beyond the last."""
    if number == 1:
        return HttpResponsePermanentRedirect(channel.path(format))
    try:
        found = safe_episodes(episodes) if channel.is_safe else episodes
        page = Paginator(found.for_page(), ITEMS_A_PAGE).page(1 if number is None else number)
    except EmptyPage as beyond:
        raise Http404 from beyond
    with timezone.override(channel.show.zone):
        body = _FORMATS[format].write(_feed(channel, page, format))
    return _unless_unchanged(request, body, f"{_FORMATS[format].CONTENT_TYPE}; charset=utf-8")


def _feed(channel: Channel, page: Page[Episode], format: str) -> Feed:
    show, home, episodes = channel.show, absolute("/"), list(page.object_list)
    resources = shown_resources_of(episodes, timezone.now())
    pages = [showing.Page(each, each.script, resources[each.pk], leaves_out=True) for each in episodes]
    return Feed(
        id=channel.id,
        title=line(channel.title) or home,
        description=line(channel.description) or home,
        language=language_tag(show.language),
        author=Author(line(show.name) or home, home),
        home=home,
        page=absolute(channel.page),
        here=channel.address(format, page.number),
        first=channel.address(format),
        last=channel.address(format, page.paginator.num_pages),
        next=channel.address(format, page.next_page_number()) if page.has_next() else "",
        previous=channel.address(format, page.previous_page_number()) if page.has_previous() else "",
        items=[item_of(each, show) for each in pages],
    )


def _unless_unchanged(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """The bytes, or 304 for a program that has them or asks for what has changed since."""
    response = HttpResponse(body, content_type=content_type)
    etag, changed_at = quote_etag(sha256(body).hexdigest()[:32]), _last_public_change(timezone.now())
    response.headers["ETag"] = etag
    if changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    since = int(changed_at.timestamp()) if changed_at else None
    conditional = get_conditional_response(request, etag, since, response)
    assert isinstance(conditional, HttpResponse)
    return conditional


def _last_public_change(now: datetime) -> datetime | None:
    """When anything was last done that readers can see: to an episode that is or was out, or to the house.

    Taking down and undoing count too, of which the episodes that are left say nothing.
    """
    out = Episode.objects.filter(release_at__lte=now)
    seen = Event.objects.filter(Q(subject=HOUSE_REF) | Q(subject__in=out.values("ref")), is_quiet=False, at__lte=now)
    seen = seen.exclude(verb__in=_UNSEEN)
    moments = [seen.aggregate(at=Max("at"))["at"], out.aggregate(at=Max("release_at"))["at"]]
    return max((moment for moment in moments if moment), default=None)
