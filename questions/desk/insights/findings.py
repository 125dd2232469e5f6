"""What each chart shows, in a sentence, from nothing but what the chart shows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.desk.insights.figures import Table, Waits


def of_weeks(table: Table) -> str:
    if table.counts.is_withheld:
        return _("Too little arrives to be counted here")
    asked, aired = table.counts.total or 0, sum(table.aired or [])
    if not asked:
        return _("Nothing has been asked")
    if asked >= 2 * aired:
        return _("More than twice as much arrives as we answer") if aired else _("Much arrives, and nothing has aired")
    return _("More arrives than we answer") if asked > aired else _("We answer as much as arrives")


def of_topics(table: Table) -> str:
    named = [row for row in table.rows() if row[0] in table.labels]
    if not named:
        return _("No topic is asked about often enough to be shown")
    most_asked = max(named, key=lambda row: row[1] or 0)[0]
    aired = sorted(zip(table.aired or [], table.labels, strict=False), key=lambda pair: -pair[0])
    if aired and aired[0][0] and aired[0][1] != most_asked and sum(count == aired[0][0] for count, _name in aired) == 1:
        return _("We talk about “{aired}”; they ask about “{asked}”").format(aired=aired[0][1], asked=most_asked)
    return _("They ask most about “{asked}”").format(asked=most_asked)


def of_waits(waits: Waits) -> str:
    if waits.median is None:
        return _("Too few have aired to say how long it takes")
    sentence = ngettext(
        "Half of what airs is out within {days} day", "Half of what airs is out within {days} days", waits.median
    )
    return sentence.format(days=waits.median)


def of_declined(table: Table) -> str:
    most = _largest(table)
    return _("Most often declined: {reason}").format(reason=most) if most else _("Too few were declined to say why")


def of_ages(table: Table) -> str:
    if table.counts.is_withheld:
        return _("Few are waiting")
    if not table.counts.total:
        return _("Nothing is waiting")
    longer = table.counts.counts[-1]
    if longer and 2 * longer > (table.counts.total or 0):
        return _("Most of the queue has waited for more than a month")
    return _("How long the queue has waited")


def of_allowed(table: Table) -> str:
    if table.counts.is_withheld or not table.counts.total:
        return _("What askers allow")
    most = _largest(table)
    if most == table.labels[3]:
        return _("Most was taken back or forgotten")
    if most == table.labels[2]:
        return _("Most want an answer for themselves")
    return _("Most askers want to see the wording first") if most == table.labels[0] else _("Most let us word it")


def of_wordings(table: Table) -> str:
    agreed, total = table.counts.counts[0], table.counts.total
    if agreed is None or not total:
        return _("What askers say of our wording")
    return _("{agreed} of 10 agree to our wording").format(agreed=round(10 * agreed / total))


def _largest(table: Table) -> str:
    """The label of the largest count that is shown; empty where there is none."""
    rows = [row for row in table.rows() if row[1] and row[0] in table.labels]
    return max(rows, key=lambda row: row[1] or 0)[0] if rows else ""
