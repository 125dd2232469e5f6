"""What programs are told about the pages: each page's title, description and address; sitemap and robots."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.models import Episode, Show
from questions.showing import last_change
from questions.visibility import public_episodes


@dataclass(frozen=True)
class Metadata:
    """The head of a page. What other sites preview is never more explicit than what the page shows first."""

    title: str
    description: str
    address: str
    shared_title: str
    kind: str = "website"


def show_page(
    request: HttpRequest,
    template: str,
    title: str,
    description: str = "",
    *,
    shared_title: str = "",
    kind: str = "website",
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """A reader's page, in the show's own time zone: the same bytes for whoever asks for this address."""
    show = Show.objects.current()
    address = request.build_absolute_uri(request.path)
    meta = Metadata(title, description or show.tagline, address, shared_title or title, kind)
    with timezone.override(show.zone):
        return render(request, template, {**context, "show": show, "meta": meta}, status=status)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address; `lastmod` is when something on that page last changed for readers."""
    changes: dict[str, datetime | None] = {}
    every_episode = public_episodes(timezone.now()).select_related("season", "verdict")
    for episode in every_episode.prefetch_related("topics", "credits__person").defer("draft_script", "aired_script"):
        changed = last_change(episode)
        for address in _pages_showing(episode):
            changes[address] = max(changes.get(address) or changed, changed)
    for name in ("home", "episodes", "topics", "about", "privacy", "house-rules", "help-now", "feeds"):
        changes.setdefault(reverse(f"reading:{name}"), None)
    pages = [(request.build_absolute_uri(address), changes[address]) for address in sorted(changes)]
    return render(request, "reading/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _pages_showing(episode: Episode) -> Iterator[str]:
    yield from (reverse("reading:home"), reverse("reading:episodes"))
    yield episode.get_absolute_url()
    yield episode.season.get_absolute_url()
    if episode.verdict:
        yield episode.verdict.get_absolute_url()
    for topic in episode.topics.all():
        yield topic.get_absolute_url()
    for credit in episode.credits.all():
        yield credit.person.get_absolute_url()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the pages of askers and hosts."""
    address = request.build_absolute_uri(reverse("reading:sitemap"))
    return render(request, "reading/robots.txt", {"sitemap": address}, content_type="text/plain")
