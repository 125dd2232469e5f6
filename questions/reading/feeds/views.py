"""The feeds' addresses, and the page that says which feed is for whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.models import Show, Topic
from questions.reading.feeds.answering import answered
from questions.reading.feeds.channels import of_everything, of_person, of_topic
from questions.reading.metadata import show_page
from questions.visibility import public_episodes, public_people, public_topics, within

View = Callable[..., HttpResponse]


def open_to_every_site(view: View) -> View:
    """Let readers that run in a browser, on a site of their own, fetch what everybody may read."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return opened


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    now, show = timezone.now(), Show.objects.current()
    return show_page(
        request, "reading/feeds.html", _("Feeds"),
        everything=of_everything(show),
        topics=[(topic.name, of_topic(topic, show)) for topic in public_topics(now)],
        people=[(person.name, of_person(person, show)) for person in public_people(now)],
    )  # fmt: skip


@require_safe
@open_to_every_site
def feed(request: HttpRequest, format: str, number: int | None = None, is_safe: bool = False) -> HttpResponse:
    channel = of_everything(Show.objects.current()).made(is_safe)
    return answered(request, channel, public_episodes(timezone.now()), format, number)


@require_safe
@open_to_every_site
def topic_feed(
    request: HttpRequest, slug: str, format: str, number: int | None = None, is_safe: bool = False
) -> HttpResponse:
    now, show = timezone.now(), Show.objects.current()
    every_topic = public_topics(now)
    here = next((topic for topic in every_topic if topic.slug == slug), None)
    if here is None:
        channel = of_topic(_moved_topic(slug, every_topic), show).made(is_safe)
        return HttpResponsePermanentRedirect(channel.path(format, number or 1))
    episodes = public_episodes(now).filed_under(within(here, every_topic))
    return answered(request, of_topic(here, show).made(is_safe), episodes, format, number)


def _moved_topic(slug: str, every_topic: list[Topic]) -> Topic:
    """The topic that a former address leads to; raises Http404 where readers may not know of it."""
    moved = Topic.objects.once_at(slug)
    if moved is None or moved not in every_topic:
        raise Http404
    return moved


@require_safe
@open_to_every_site
def person_feed(
    request: HttpRequest, slug: str, format: str, number: int | None = None, is_safe: bool = False
) -> HttpResponse:
    now = timezone.now()
    here = get_object_or_404(public_people(now), slug=slug)
    channel = of_person(here, Show.objects.current()).made(is_safe)
    return answered(request, channel, public_episodes(now).with_part_of(here).newest_first(), format, number)
