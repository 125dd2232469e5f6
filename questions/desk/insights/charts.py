"""The charts of the page, in their order: each a finding, a drawing and a table of the same numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.desk.insights import figures, findings
from questions.desk.insights.drawing import LETTERS_WIDE, Drawing, columns, rows_of_bars, tally
from questions.desk.insights.figures import Period, Table

MOST_ROWS = 12
"""So many topics are drawn, the most asked about; the table has all."""


@dataclass(frozen=True)
class Chart:
    """One figure. `name` is in the addresses of its table."""

    name: str
    finding: str
    about: str
    head: list[str]
    table: Table
    is_mirrored: bool
    has_columns: bool = False
    more: str = ""
    middle: int | None = None

    @property
    def rows(self) -> list[tuple[str, int | None, int | None]]:
        return self.table.rows()

    @property
    def narrow(self) -> Drawing:
        """For phones, and wherever there is one column of charts."""
        return rows_of_bars(self.rows if self.has_columns else self.rows[:MOST_ROWS], mirrored=self.is_mirrored)

    @property
    def wide(self) -> Drawing:
        if self.has_columns:
            return columns(self.rows, mirrored=self.is_mirrored)
        return rows_of_bars(self.rows[:MOST_ROWS], mirrored=self.is_mirrored, letters=LETTERS_WIDE)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: nothing was counted, or so little that it is kept back."""
        return self.table.counts.is_withheld or not any((count or aired) for _label, count, aired in self.rows)

    @property
    def note(self) -> str:
        """What is kept back, and why."""
        if self.table.counts.is_withheld:
            return _("Fewer than five in some groups, and so little else that the table would give them away.")
        if not self.table.counts.together:
            return ""
        return _("Groups of fewer than five are not shown, nor the next larger where they could be worked out.")


@dataclass(frozen=True)
class Tally:
    """One verdict, with the strokes of its tally."""

    words: str
    count: int

    @property
    def strokes(self) -> list[tuple[float, float, float, float]]:
        return tally(min(self.count, 50))

    @property
    def width(self) -> int:
        return 26 * -(-min(self.count, 50) // 5)


def charts_of(period: Period, now: datetime, *, is_mirrored: bool) -> list[Chart]:
    """All charts of a period, in the page's order."""
    aired, said = figures.all_aired(period, now), figures.said(period)
    weeks, topics = figures.asked_by_week(period, aired), figures.asked_by_topic(period, now)
    waits = figures.waits(aired)
    declined, wordings = figures.declined(said), figures.said_of_wordings(said)
    ages, allowed = figures.waiting_by_age(period), figures.allowed(period)
    both, count = [_("Asked"), _("Aired")], [_("Questions")]
    m = is_mirrored
    return [
        Chart("weeks", findings.of_weeks(weeks), _("Questions a week"), [_("Week"), *both], weeks, m, has_columns=True),
        Chart("topics", findings.of_topics(topics), _("Questions by topic"), [_("Topic"), *both], topics, m),
        Chart(
            "waits", findings.of_waits(waits), _("Questions that have aired, by the days since they were asked"),
            [_("From asked to aired"), *count], waits.table, m, more=_of_quartiles(waits),
            middle=waits.median,
        ),
        Chart("ages", findings.of_ages(ages), _("Waiting questions by age"), [_("Age"), *count], ages, m),
        Chart("declined", findings.of_declined(declined), _("Declined, and why"), [_("Reason"), *count], declined, m),
        Chart("allowed", findings.of_allowed(allowed), _("May we air it?"), [_("Answer"), *count], allowed, m),
        Chart(
            "wordings", findings.of_wordings(wordings), _("What askers said when we showed them the wording"),
            [_("Answer"), _("Times")], wordings, m,
        ),
    ]  # fmt: skip


def _of_quartiles(waits: figures.Waits) -> str:
    if waits.quartiles is None:
        return ""
    first, last = waits.quartiles
    sentence = ngettext(
        "The middle half took from {first} to {last} day.", "The middle half took from {first} to {last} days.", last
    )
    return sentence.format(first=first, last=last)
