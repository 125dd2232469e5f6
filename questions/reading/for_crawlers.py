"""What programs that go through the whole site are told: the sitemap, robots.txt, and where to report a weakness."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.models import Episode, Show, Topic
from questions.models.episode import EpisodeQuerySet
from questions.models.topic import lineage
from questions.reading.addresses import absolute
from questions.visibility import public_episodes, public_topics

ADDRESSES_IN_SITEMAP = 50_000
"""What the protocol allows in one file (sitemaps.org); more become an index of several."""
ALWAYS_THERE = ("home", "episodes", "topics", "about", "privacy", "house-rules", "feeds", "your-device")
"""The pages that are there before there is any episode, but for those that ask not to be indexed."""
REPORTS_ARE_READ_DAYS = 180


@require_safe
def sitemap(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Every page to be found, and when an episode on it last changed for readers.

    The further pages of lists are left out: whatever stands on them is listed itself, and each new episode moves all.
    """
    pages = sorted(_changes(timezone.now()).items())
    parts = [pages[start : start + ADDRESSES_IN_SITEMAP] for start in range(0, len(pages), ADDRESSES_IN_SITEMAP)]
    if number is None and len(parts) > 1:
        addresses = [absolute(reverse("reading:sitemap-page", args=[part])) for part in range(1, len(parts) + 1)]
        return render(request, "reading/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")
    part = 1 if number is None else number
    if not 1 <= part <= len(parts):
        raise Http404
    listed = [(absolute(address), changed) for address, changed in parts[part - 1]]
    return render(request, "reading/sitemap.xml", {"pages": listed}, content_type="application/xml")


def _changes(now: datetime) -> dict[str, datetime | None]:
    """When each page last changed, as far as episodes go; None where none of them stands on it."""
    released = public_episodes(now)
    rows = released.order_by().values_list("pk", "slug", "release_at", "changed_at")
    changed = {pk: max(released_at, changed_at) for pk, _slug, released_at, changed_at in rows if released_at}
    changes: dict[str, datetime | None] = {
        reverse("reading:episode", args=[slug]): changed[pk] for pk, slug, _released_at, _changed_at in rows
    }
    topics = {topic.pk: topic for topic in public_topics(now)}
    changes |= _newest_on_lists(released, changed, topics)
    for name in ALWAYS_THERE:
        changes.setdefault(reverse(f"reading:{name}"), None)
    # Lists that are still there have changed as well when an episode was taken from them.
    retracted = Episode.objects.retracted().filter(release_at__lte=now)
    taken_down = {pk: at for pk, at in retracted.values_list("pk", "retracted_at") if at}
    for address, at in _newest_on_lists(retracted, taken_down, topics).items():
        if before := changes.get(address):
            changes[address] = max(before, at)
    return changes


def _newest_on_lists(
    episodes: EpisodeQuerySet, moments: dict[int, datetime], topics: dict[int, Topic]
) -> dict[str, datetime]:
    """For each list on which some of these episodes stand its address, and the latest of their moments.

    It reads names and numbers only, in as many queries however many episodes there are.
    """
    newest: dict[str, datetime] = {}

    def note(address: str, pk: int) -> None:
        newest[address] = max(newest.get(address, moments[pk]), moments[pk])

    for pk in [max(moments, key=lambda pk: moments[pk])] if moments else []:
        note(reverse("reading:home"), pk)
        note(reverse("reading:episodes"), pk)
    episodes = episodes.filter(release_at__isnull=False).order_by()
    for pk, season, verdict in _latest_first(episodes.values_list("pk", "season__number", "verdict__slug"), moments):
        note(reverse("reading:season", args=[season]), pk)
        if verdict:
            note(reverse("reading:verdict", args=[verdict]), pk)
    for pk, slug in _latest_first(episodes.values_list("pk", "credits__person__slug"), moments):
        if slug:
            note(reverse("reading:person", args=[slug]), pk)
    for pk, topic in _latest_first(episodes.values_list("pk", "topics"), moments):
        for above in lineage(topics[topic], topics) if topic in topics else ():
            note(above.get_absolute_url(), pk)
    return newest


def _latest_first(rows: Iterable[tuple[Any, ...]], moments: dict[int, datetime]) -> Iterator[tuple[Any, ...]]:
    """Of the rows that are alike but for the episode's number, which comes first, the one with the latest moment."""
    latest: dict[tuple[Any, ...], int] = {}
    for pk, *kind in rows:
        if pk in moments and (tuple(kind) not in latest or moments[latest[tuple(kind)]] < moments[pk]):
            latest[tuple(kind)] = pk
    return ((pk, *kind) for kind, pk in latest.items())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the pages of askers and hosts, and the endless results of searches."""
    address = absolute(reverse("reading:sitemap"))
    return render(request, "reading/robots.txt", {"sitemap": address}, content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has named somebody; the same bytes all day."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    show = Show.objects.current()
    today = datetime.combine(timezone.now().astimezone(UTC), time(), UTC)
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": (today + timedelta(days=REPORTS_ARE_READ_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(dict.fromkeys([show.language, "en"])),
        "Canonical": absolute(reverse("reading:security")),
    }
    words = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
