"""Where readers fetch books: an episode, a topic's episodes, a season."""

from datetime import datetime
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.models import Episode, Show, Topic
from questions.models.episode import EpisodeQuerySet
from questions.reading.books.collecting import of_episode, of_season, of_topic
from questions.reading.books.epub import Book, bound
from questions.reading.metadata import show_page
from questions.showing import last_change
from questions.visibility import public_episodes, public_seasons, public_topics, was_public, within


@require_safe
def episode_epub(request: HttpRequest, slug: str) -> HttpResponse:
    now, show = timezone.now(), Show.objects.current()
    found = public_episodes(now).for_page().filter(slug=slug).first()
    if found is None:
        if was_public(slug, now):
            return show_page(request, "reading/gone.html", _("Taken down"), status=410)
        raise Http404
    name = f"season-{found.season.number}-episode-{found.number}"
    return _answer(request, of_episode(found, show, now), show, name, changed_at=last_change(found))


@require_safe
def topic_epub(request: HttpRequest, slug: str) -> HttpResponse:
    now, show = timezone.now(), Show.objects.current()
    every_topic = public_topics(now)
    here = next((topic for topic in every_topic if topic.slug == slug), None)
    if here is None:
        moved = Topic.objects.once_at(slug)
        if moved not in every_topic:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("reading:topic-epub", args=[moved.slug]))
    # From the first to the last, as a book is read: the later ones refer to the earlier.
    episodes = _whole(public_episodes(now).filed_under(within(here, every_topic)).order_by("release_at", "pk"))
    return _answer(request, of_topic(here, episodes, show, now), show, f"topic-{here.slug}")


@require_safe
def season_epub(request: HttpRequest, season_number: int) -> HttpResponse:
    now, show = timezone.now(), Show.objects.current()
    here = next((season for season in public_seasons(now) if season.number == season_number), None)
    if here is None:
        raise Http404
    episodes = _whole(public_episodes(now).filter(season=here).order_by("number"))
    return _answer(request, of_season(here, episodes, show, now), show, f"season-{here.number}")


def _whole(episodes: EpisodeQuerySet) -> list[Episode]:
    found = list(episodes.for_page())
    if not found:
        # The last one was taken down since the list above it was read.
        raise Http404
    return found


def _answer(
    request: HttpRequest, book: Book, show: Show, name: str, changed_at: datetime | None = None
) -> HttpResponse:
    """The book as a file. `name` lies in a folder that others may see, so it says by numbers what the book is.

    A topic has none, and who takes several topics along has to tell them apart. A collection has no `changed_at`: it
    also changes by what leaves it, which no date of its episodes tells, so it is compared by its bytes alone.
    """
    with timezone.override(show.zone):
        content = bound(book, show)
    response = HttpResponse(content, content_type="application/epub+zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.epub"'
    response.headers["Link"] = f'<{book.source}>; rel="canonical"'
    response.headers["ETag"] = etag = quote_etag(sha256(content).hexdigest()[:32])
    since = int(changed_at.timestamp()) if changed_at else None
    if since is not None:
        response.headers["Last-Modified"] = http_date(since)
    conditional = get_conditional_response(request, etag, since, response)
    assert isinstance(conditional, HttpResponse)
    return conditional
