"""What stands beside an episode on its page: those before and after it, related ones, and what its cards lead to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from questions.likeness import Related, related_to
from questions.models import Episode, Resource
from questions.showing import Row, rows
from questions.visibility import public_episodes, slug_of_episode

MOST_RELATED = 3


@dataclass(frozen=True)
class Neighbour(Row):
    """An episode beside another one, and why it may concern the same reader; empty where nothing is known."""

    reason: str = ""


@dataclass(frozen=True)
class Beside:
    """Everything beside one episode. What stands next to it anyway is not among the related ones."""

    newer: Neighbour | None
    older: Neighbour | None
    related: list[Neighbour]
    earlier: dict[str, Row]
    """The episodes that its resources point to, by slug."""


def beside(here: Episode, resources: list[Resource], now: datetime) -> Beside:
    """What readers can see beside an episode at `now`, in a fixed number of queries."""
    released = public_episodes(now)
    newer = released.newer_than(here).values_list("pk", flat=True).first()
    older = released.older_than(here).values_list("pk", flat=True).first()
    related = {each.key: each for each in related_to(here, now, MOST_RELATED + 2)}
    slugs = {slug_of_episode(resource.url) for resource in resources}
    keys = {key for key in (newer, older, *related) if key is not None}
    found = rows(released.for_readers().filter(Q(pk__in=keys) | Q(slug__in=slugs - {""})))
    around = {row.episode.pk: _neighbour(here, row, related.get(row.episode.pk)) for row in found}
    return Beside(
        newer=around.get(newer or 0),
        older=around.get(older or 0),
        related=[around[key] for key in related if key in around and key not in (newer, older)][:MOST_RELATED],
        earlier={row.episode.slug: row for row in found if row.episode.slug in slugs},
    )


def _neighbour(here: Episode, row: Row, related: Related | None) -> Neighbour:
    return Neighbour(row.episode, row.script, related.reason(here, row.episode) if related else "")
