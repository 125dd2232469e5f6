"""What programs that go through the whole site are told: the sitemap, robots.txt, and where to report a weakness."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

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
from questions.showing import last_change
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
    changes: dict[str, datetime | None] = {}
    topics = {topic.pk: topic for topic in public_topics(now)}
    for episode in _bare(public_episodes(now)):
        changed = last_change(episode)
        for address in (episode.get_absolute_url(), *_lists_with(episode, topics)):
            changes[address] = max(changes.get(address) or changed, changed)
    for name in ALWAYS_THERE:
        changes.setdefault(reverse(f"reading:{name}"), None)
    # Lists that are still there have changed as well when an episode was taken from them.
    for episode in _bare(Episode.objects.retracted().filter(release_at__lte=now)):
        for address in _lists_with(episode, topics):
            if before := changes.get(address):
                changes[address] = max(before, episode.retracted_at or before)
    return changes


def _bare(episodes: EpisodeQuerySet) -> EpisodeQuerySet:
    """The episodes without their words, which can be long."""
    related = episodes.select_related("season", "verdict").prefetch_related("topics", "credits__person")
    return related.defer("draft_script", "aired_script")


def _lists_with(episode: Episode, topics: dict[int, Topic]) -> Iterator[str]:
    yield from (reverse("reading:home"), reverse("reading:episodes"))
    yield episode.season.get_absolute_url()
    if episode.verdict:
        yield episode.verdict.get_absolute_url()
    for topic in episode.topics.all():
        yield from (each.get_absolute_url() for each in lineage(topic, topics))
    for credit in episode.credits.all():
        yield credit.person.get_absolute_url()


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
