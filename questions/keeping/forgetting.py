"""A backup that comes back is made to forget: what was taken away since, and what has been kept long enough by now."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from questions.actions import again
from questions.actions.acting import OPERATOR, Refused
from questions.actions.chronicle import note_in_history
from questions.actions.report import forget_reports
from questions.actions.retention import overdue
from questions.actions.withdraw import forget
from questions.keeping.contents import Findings
from questions.lifecycle import Verb
from questions.models import Episode, LinkKind, Person, Question, SharedLink
from questions.models.question import GONE
from questions.tombstones import Tombstone, name_of

PEOPLE, EPISODES, NOES, WORDS, LINKS, OVER, REPORTS = (
    "people shut out", "episodes kept off air", "noes to airing", "questions forgotten", "links ended",
    "questions whose time was over", "reports whose time was over",
)  # fmt: skip
"""What is counted."""


def forget_again(stones: Iterable[Tombstone], found: Findings, troubles: list[str]) -> Counter[str]:
    """Do in the default database what tombstones tell that the backup knows nothing of; returns what was done, counted.

    Episodes go before the questions in them: one that was held must not count as aired because its time has passed
    since. A deed that is refused is told in `troubles`.
    """
    news = _News(stone for stone in stones if stone not in found.tombstones and stone.deed not in found.deeds)
    done = Counter[str]()

    def each(what: str, rows: Iterable[Any], deed: Callable[[Any], bool]) -> None:
        for row in rows:
            try:
                done[what] += deed(row)
            except Refused as no:
                troubles.append(f"{row} could not be dealt with again: {no}")

    each(PEOPLE, news.among(Person.objects.all()), lambda row: again.shut_out(row, news.of(row)))
    each(EPISODES, news.among(Episode.objects.all()), lambda row: again.keep_off_air(row, news.of(row)))
    living = Question.objects.exclude(state__in=GONE)
    each(NOES, news.among(living), lambda row: again.say_no(row, news.of(row)))
    each(WORDS, news.among(living), lambda row: again.take_words_away(row, news.of(row), day=news.day_of(row)))
    each(LINKS, _links(news), _end)
    now = timezone.now()
    each(OVER, overdue(now), lambda row: bool(forget(row)))
    done[REPORTS] += forget_reports(now)
    note_in_history(Verb.RESTORE, by=OPERATOR, backup=str(found.about.made_on))
    return done


class _News:
    """What was done since, by the keyed names of what it was done to."""

    def __init__(self, stones: Iterable[Tombstone]) -> None:
        self._done: dict[str, set[Tombstone]] = defaultdict(set)
        for stone in stones:
            self._done[stone.name].add(stone)

    def of(self, row: Any) -> set[str]:
        return {stone.verb for stone in self._done[name_of(row.ref)]}

    def day_of(self, row: Any) -> date:
        return max(stone.day for stone in self._done[name_of(row.ref)])

    def among(self, rows: Any) -> list[Any]:
        """Those of the rows to which something was done."""
        if not self._done:
            return []
        found = [pk for pk, ref in rows.order_by("pk").values_list("pk", "ref") if name_of(ref) in self._done]
        return list(rows.filter(pk__in=found).order_by("pk"))


def _links(news: _News) -> list[SharedLink]:
    """Every open invitation, which may have been used since, and the links that were revoked."""
    links = list(SharedLink.objects.open_at(timezone.now()).select_related("question", "episode"))
    return [link for link in links if link.kind == LinkKind.JOIN or Verb.REVOKE in news.of(_where(link))]


def _where(link: SharedLink) -> Any:
    return link.question or link.episode or link


def _end(link: SharedLink) -> bool:
    again.end_link(link)
    return True
