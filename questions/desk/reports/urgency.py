"""Which reports are read first. To look for calls for help takes a while, so each report is looked at once."""

from collections.abc import Iterable
from uuid import UUID

from questions.models import Report

MOST_KNOWN = 10_000
"""So many answers one process remembers: a random name and yes or no, no word."""

_known: dict[UUID, bool] = {}


def by_urgency(reports: Iterable[Report]) -> list[Report]:
    """Calls for help first; otherwise as they come."""
    return sorted(reports, key=lambda report: not _calls_for_help(report))


def _calls_for_help(report: Report) -> bool:
    """What `Report.calls_for_help` says. The words of a report never change, nor does this."""
    if report.ref not in _known:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[report.ref] = report.calls_for_help
    report.calls_for_help = _known[report.ref]
    return report.calls_for_help
