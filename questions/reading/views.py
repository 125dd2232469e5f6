"""The pages that readers see. Every one of them asks `visibility`, and none looks at who is reading."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions import showing
from questions.models import Caller, CrisisLine, Show, Topic
from questions.models.episode import EpisodeQuerySet
from questions.models.topic import lineage
from questions.promises import by_section
from questions.reading.beside import beside
from questions.reading.metadata import show_page
from questions.reading.topic_tree import tree_of
from questions.visibility import (
    answer_counts,
    public_episodes,
    public_people,
    public_seasons,
    public_topics,
    public_verdicts,
    shown_resources,
    translations_of,
    was_public,
    within,
)

EPISODES_A_PAGE = 20
EARLIER_ON_HOME = 5
TOPICS_ON_HOME = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    released = public_episodes(now)
    newest = released.for_lists().prefetch_related("videos")[: EARLIER_ON_HOME + 1]
    rows = showing.rows(newest)
    return show_page(
        request, "reading/home.html", _("Home"),
        lead=next(iter(rows), None), earlier=rows[1:], count=released.count(), verdicts=public_verdicts(now),
        topics=_most_frequent(public_topics(now)),
    )  # fmt: skip


def _most_frequent(topics: list[Topic]) -> list[Topic]:
    """A handful of topics, those with the most answers first."""
    return sorted(topics, key=lambda topic: (-topic.episode_count, topic.name))[:TOPICS_ON_HOME]


@require_safe
def episodes(request: HttpRequest, number: int | None = None) -> HttpResponse:
    if number == 1:
        return redirect("reading:episodes", permanent=True)
    now = timezone.now()
    title = _("All episodes")
    return show_page(
        request, "reading/episodes.html", _numbered(title, number),
        heading=title, page=_page(public_episodes(now), number), seasons=public_seasons(now),
    )  # fmt: skip


@require_safe
def episode(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    whole = public_episodes(now).for_readers().prefetch_related("videos", "resources", "corrections")
    found = whole.filter(slug=slug).first()
    if found is None:
        if was_public(slug, now):
            return show_page(request, "reading/gone.html", _("Taken down"), status=410)
        raise Http404
    resources = shown_resources(found, now)
    around = beside(found, resources, now)
    page = showing.Page(
        found, found.script, resources, earlier=around.earlier, translations=translations_of(found, now)
    )
    return show_page(
        request, "reading/episode.html", page.title, page.description, about=page, page=page, beside=around
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    every_topic = public_topics(timezone.now())
    prefetch_related_objects(every_topic, "synonyms")
    return show_page(request, "reading/topics.html", _("Topics"), tree=tree_of(every_topic))


@require_safe
def topic(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    if number == 1:
        return redirect("reading:topic", slug, permanent=True)
    now = timezone.now()
    every_topic = public_topics(now)
    here = next((topic for topic in every_topic if topic.slug == slug), None)
    if here is None:
        return _moved_topic(slug, number, every_topic)
    _here, *wider = lineage(here, {topic.pk: topic for topic in every_topic})
    return show_page(
        request, "reading/topic.html", _numbered(here.name, number), here.description,
        about=here, topic=here, page=_page(public_episodes(now).filed_under(within(here, every_topic)), number),
        wider=wider[::-1], narrower=[topic for topic in every_topic if topic.parent_id == here.pk],
    )  # fmt: skip


def _moved_topic(slug: str, number: int | None, every_topic: list[Topic]) -> HttpResponse:
    """The way from a former address of a topic to its own; raises Http404 where readers may not know of that topic."""
    moved = Topic.objects.once_at(slug)
    if moved not in every_topic:
        raise Http404
    address = reverse("reading:topic", args=[moved.slug])
    if number is not None:
        address = reverse("reading:topic-page", args=[moved.slug, number])
    return HttpResponsePermanentRedirect(address)


@require_safe
def season(request: HttpRequest, season_number: int, number: int | None = None) -> HttpResponse:
    if number == 1:
        return redirect("reading:season", season_number, permanent=True)
    now = timezone.now()
    seasons = public_seasons(now)
    here = next((season for season in seasons if season.number == season_number), None)
    if here is None:
        raise Http404
    title = f"{here}: {here.title}" if here.title else str(here)
    return show_page(
        request, "reading/season.html", _numbered(title, number),
        about=here, season=here, page=_page(public_episodes(now).filter(season=here), number),
        others=[season for season in seasons if season != here],
    )  # fmt: skip


@require_safe
def person(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    if number == 1:
        return redirect("reading:person", slug, permanent=True)
    now = timezone.now()
    here = get_object_or_404(public_people(now), slug=slug)
    found = public_episodes(now).with_part_of(here)
    count, answered = found.count(), answer_counts(now)[here.pk]
    return show_page(
        request, "reading/person.html", _numbered(here.name, number),
        about=here, person=here, page=_page(found, number), answered_count=answered, helped_count=count - answered,
    )  # fmt: skip


@require_safe
def verdict(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    if number == 1:
        return redirect("reading:verdict", slug, permanent=True)
    now = timezone.now()
    verdicts = public_verdicts(now)
    here = next((verdict for verdict in verdicts if verdict.slug == slug), None)
    if here is None:
        raise Http404
    return show_page(
        request, "reading/verdict.html", _numbered(here.words, number),
        verdict=here, page=_page(public_episodes(now).filter(verdict=here), number), verdicts=verdicts,
    )  # fmt: skip


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    counts = answer_counts(now)
    people = [(person, counts[person.pk]) for person in public_people(now)]
    return show_page(request, "reading/about.html", _("About"), people=people)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    sections = by_section(Show.objects.current())
    return show_page(request, "reading/privacy.html", _("Privacy"), sections=sections)


@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    return show_page(request, "reading/house_rules.html", _("House rules"))


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Lines for people who need help now: for each kind of caller by country, the show's own language first."""
    language = Show.objects.current().language
    lines = list(CrisisLine.objects.order_by("pk"))
    sections = [(caller, _by_country([line for line in lines if line.caller == caller], language)) for caller in Caller]
    return show_page(
        request, "reading/help_now.html", _("Notes"),
        sections=[(caller, countries) for caller, countries in sections if countries],
        has_unchecked=any(line.checked_on is None for line in lines),
    )  # fmt: skip


def _by_country(lines: list[CrisisLine], language: str) -> list[tuple[str, list[CrisisLine]]]:
    """The lines under their countries' names: first the one that the show's language names, then all that speak it."""
    home = language.partition("-")[2].upper()
    countries: dict[str, list[CrisisLine]] = {}
    for line in sorted(lines, key=lambda line: (line.country != home, not line.speaks(language), line.country_name)):
        countries.setdefault(line.country_name, []).append(line)
    return list(countries.items())


def _page(episodes: EpisodeQuerySet, number: int | None) -> Page[Any]:
    """One page of a list of episodes; raises Http404 beyond the last."""
    paginator: Paginator[Any] = Paginator(episodes.for_lists(), EPISODES_A_PAGE)
    try:
        page = paginator.page(1 if number is None else number)
    except EmptyPage as beyond:
        raise Http404 from beyond
    page.object_list = showing.rows(page.object_list)
    return page


def _numbered(title: str, number: int | None) -> str:
    return _("%(title)s, page %(number)d") % {"title": title, "number": number} if number else title
