"""The number that changes whenever anything public changes, and what this machine knows of it without asking."""

from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from questions.mirror import Mirror, Standing
from questions.models import Edition, Episode

MOST_RELEASES = 200
"""Releases to come that are known without the database; more are read when the first of them have passed."""


def advance(*, only_adds: bool = False) -> None:
    """Begin a new edition. Call it inside the transaction that changes something public.

    `only_adds` says that nothing was taken away or changed, so that pages of earlier editions may still be shown when
    the database cannot be reached. Every process of this machine knows of it when the transaction has ended.
    """
    changes = {"number": F("number") + 1} | ({} if only_adds else {"floor": F("number") + 1})
    if not Edition.objects.filter(pk=1).update(**changes):
        # Without a row the number counts as 1, so the first change makes it 2.
        Edition.objects.get_or_create(pk=1, defaults={"number": 2, "floor": 1 if only_adds else 2})
    # What was done stands, whatever becomes of the folder: a server looks for itself every half second.
    transaction.on_commit(follow, robust=True)


def current() -> int:
    """The number of the edition that readers get now."""
    return Edition.objects.values_list("number", flat=True).filter(pk=1).first() or 1


def standing() -> Standing:
    """The same with what time will change about it, by a few short queries."""
    number, floor = Edition.objects.values_list("number", "floor").filter(pk=1).first() or (1, 1)
    now = timezone.now()
    passed = Episode.objects.released(now).aggregate(at=Max("release_at"))["at"]
    coming = Episode.objects.upcoming(now).values_list("release_at", flat=True)[:MOST_RELEASES]
    moments = [passed or datetime.fromtimestamp(0, UTC), *(at for at in coming if at)]
    return Standing(number, floor, tuple(moment.timestamp() for moment in moments))


@cache
def mirror() -> Mirror:
    """What this machine knows of the edition without the database."""
    return Mirror(settings.PRESS)


def follow() -> None:
    """Let this machine know what the database says. Raises OSError where the folder cannot be written."""
    mirror().follow(standing)
