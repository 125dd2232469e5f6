"""What a queue can be sifted by: what the asker allows, what stands out about a question, how urgent it is."""

from collections.abc import Callable
from datetime import date
from typing import Self, TypeVar

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import QuestionState, Verb
from questions.models.history import Event
from questions.models.person import Person
from questions.models.topic import Topic

Row = TypeVar("Row", bound=models.Model)


class Airing(models.TextChoices):
    """What the asker allows."""

    PREVIEW = "preview", _("Yes, once I have seen the wording")
    FREELY = "freely", _("Yes, word it as you think best")
    PRIVATE = "private", _("No, please answer only me")


class Hold(models.TextChoices):
    """Why a waiting question is held until a host has looked."""

    SPAM = "spam", _("Suspected spam")
    UNDER_18 = "under-18", _("May be under 18")
    TOO_FAST = "too-fast", _("Sent too fast")


class Rank(models.IntegerChoices):
    """How soon a question wants to be read: the order of the queue before the day on which it came."""

    HELP = 0, _("Call for help")
    YOUNG = 1, _("May be under 18")
    OTHERS = 2, _("All others")


class Flag(models.TextChoices):
    """What stands out about a question."""

    HELP = "help", _("Call for help")
    UNDER_18 = "under-18", _("May be under 18")
    CLUES = "clues", _("Clues to who")
    SPAM = "spam", _("Suspected spam")
    HELD = "held", _("Held for whatever reason")
    WANTS_CHANGE = "wants-change", _("Asker wants a change")


class Consent(models.TextChoices):
    """What the asker says to airing, with a later no counted."""

    FREELY = "freely", _("Airs freely")
    WORDING = "wording", _("Wants to see the wording")
    PRIVATE = "private", _("Private answer")
    NO = "no", _("Said no to airing")


def _wants_change() -> Q:
    """The asker's last word about the wording asks for another one."""
    last = Event.objects.filter(subject=OuterRef("ref")).about_the_wording().order_by("-seq").values("verb")[:1]
    return Q(Exact(Subquery(last), Verb.ASK_CHANGE.value))


FLAGGED: dict[str, Callable[[], Q]] = {
    Flag.HELP: lambda: Q(rank=Rank.HELP),
    Flag.UNDER_18: lambda: Q(held=Hold.UNDER_18),
    Flag.CLUES: lambda: Q(clue_count__gt=0),
    Flag.SPAM: lambda: Q(held=Hold.SPAM),
    Flag.HELD: lambda: ~Q(held=""),
    Flag.WANTS_CHANGE: _wants_change,
}

CONSENTING: dict[str, Q] = {
    Consent.FREELY: Q(airing=Airing.FREELY, objected=False),
    Consent.WORDING: Q(airing=Airing.PREVIEW, objected=False),
    Consent.PRIVATE: Q(airing=Airing.PRIVATE),
    Consent.NO: Q(objected=True) & ~Q(airing=Airing.PRIVATE),
}


class _Row(models.Func):
    """Several values that are compared as one, so that a place in the queue is one range of the index.

    Django's own tuples would be taken apart on SQLite, where the index then finds only the state.
    """

    template = "(%(expressions)s)"
    output_field = models.TextField()


_PLACE = _Row("rank", "arrived_on", "number")


def _place(rank: int, arrived_on: date, number: int) -> _Row:
    return _Row(models.Value(rank), models.Value(arrived_on), models.Value(number))


class SiftedQuerySet(models.QuerySet[Row]):
    """Questions by their place in the queue and by what they are sifted by."""

    def from_place(self, rank: int, arrived_on: date, number: int) -> Self:
        """From that place of the queue on, itself included: a range of the index at any depth."""
        return self.filter(GreaterThanOrEqual(_PLACE, _place(rank, arrived_on, number)))

    def before_place(self, rank: int, arrived_on: date, number: int) -> Self:
        """What stands before that place of the queue, the nearest first."""
        before = self.filter(LessThan(_PLACE, _place(rank, arrived_on, number)))
        return before.order_by("-rank", "-arrived_on", "-number")

    def filtered(
        self,
        *,
        topic: Topic | None = None,
        language: str = "",
        arrived_before: date | None = None,
        flag: str = "",
        claimed_by: Person | None = None,
        is_unclaimed: bool = False,
        consent: str = "",
    ) -> Self:
        """Those that fit whatever is given; `flag` is a Flag, `consent` a Consent, "en" fits "en-GB" too."""
        wanted = Q()
        if topic:
            wanted &= Q(pk__in=topic.questions.through.objects.filter(topic=topic).values("question"))
        if language:
            wanted &= Q(language=language) | Q(language__startswith=f"{language}-")
        if arrived_before:
            wanted &= Q(arrived_on__lt=arrived_before)
        if flag:
            wanted &= FLAGGED[flag]()
        if claimed_by or is_unclaimed:
            wanted &= Q(claimed_by=claimed_by)
        if consent:
            wanted &= CONSENTING[consent]
        return self.filter(wanted)

    def counts_by_state(self, *, most: int) -> dict[str, int]:
        """How many questions are in each state, none counted further than `most`: so it reads that many rows at most.

        The query stands here in SQL since Django refuses to unite what is cut off.
        """
        one = f"SELECT state FROM (SELECT state FROM {self.model._meta.db_table} WHERE state = %s LIMIT %s) AS found"  # noqa: S608
        every = " UNION ALL ".join([one] * len(QuestionState))
        with connection.cursor() as cursor:
            given = [value for state in QuestionState.values for value in (state, most)]
            cursor.execute(f"SELECT state, COUNT(*) FROM ({every}) AS capped GROUP BY state", given)  # noqa: S608
            return dict.fromkeys(QuestionState.values, 0) | dict(cursor.fetchall())
