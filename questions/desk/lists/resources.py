"""Everything that episodes point to: what it is, where it is used, and what is there twice."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.desk.access import hosts_only
from questions.models import Episode, Resource, ResourceKind

MOST = 300
"""So many are shown at a time; more can be found by their words."""


@dataclass(frozen=True)
class Pointed:
    """One thing to watch, read or visit. Rows with the same link are the same thing, whatever they call it."""

    first: Resource
    uses: list[tuple[Resource, Episode, str]]


@hosts_only
@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """All resources by kind, filtered by kind and by words. They are edited in their episodes."""
    kind, words = request.GET.get("kind", ""), request.GET.get("words", "").replace("\0", "").strip()
    found = Resource.objects.for_house().about(words)
    if kind in ResourceKind.values:
        found = found.filter(kind=kind)
    shown = list(found[: MOST + 1])
    titles = _titles({resource.episode_id for resource in shown})
    things = [_pointed(group, titles) for group in _by_link(shown[:MOST])]
    of_kind = {value: [thing for thing in things if thing.first.kind == value] for value in ResourceKind.values}
    context = {
        "sections": [(label, of_kind[value]) for value, label in ResourceKind.choices if of_kind[value]],
        "kinds": ResourceKind.choices, "kind": kind, "words": words, "most": MOST, "is_cut": len(shown) > MOST,
    }  # fmt: skip
    return render(request, "desk/resources.html", context)


def _titles(keys: set[int]) -> dict[int, str]:
    """The titles of episodes: reading one may mean to unseal it, so each is read once."""
    return {episode.pk: episode.title for episode in Episode.objects.for_lists().filter(pk__in=keys)}


def _by_link(found: list[Resource]) -> list[list[Resource]]:
    """Resources with the same link and kind together, in the order of their titles; those without one stay alone."""
    key = lambda resource: (resource.kind, _link(resource) or f" {resource.pk}")  # noqa: E731
    groups = [list(group) for _key, group in groupby(sorted(found, key=key), key=key)]
    return sorted(groups, key=lambda group: group[0].title.casefold())


def _link(resource: Resource) -> str:
    """The address without what makes no difference: the protocol, a last slash, capitals of the host."""
    return resource.url.strip().partition("://")[2].rstrip("/").casefold() or resource.url.strip()


def _pointed(group: list[Resource], titles: dict[int, str]) -> Pointed:
    return Pointed(group[0], [(resource, resource.episode, titles.get(resource.episode_id, "")) for resource in group])
