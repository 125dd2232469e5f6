"""A host settles what a reader has told us about an episode, or takes it up again.

Both stand in the history of the episode and leave the episode itself alone: readers would see it as changed.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, permitted, record
from questions.lifecycle import Verb
from questions.models import Event, Report


@transaction.atomic
def settle(report: Report, *, outcome: str, by: Actor) -> Event:
    """Say that a report is seen to, and in a few words how. Raises Refused where somebody was faster."""
    row = _locked(report)
    if row.settled_on is not None:
        raise Refused(_("Somebody else was faster: it is settled already."))
    event = _record(row, Verb.SETTLE, by=by)
    row.settled_on, row.settled_by, row.outcome = timezone.localdate(), by.person, outcome
    row.save(update_fields=["settled_on", "settled_by", "outcome"])
    return event


@transaction.atomic
def take_up(report: Report, *, by: Actor) -> Event:
    """Open a settled report again; what was noted of it stays. Raises Refused where it is open."""
    row = _locked(report)
    if row.settled_on is None:
        raise Refused(_("Somebody else was faster: it is open again."))
    event = _record(row, Verb.TAKE_UP, by=by)
    row.settled_on, row.settled_by = None, None
    row.save(update_fields=["settled_on", "settled_by"])
    return event


def _locked(report: Report) -> Report:
    row = Report.objects.select_for_update(of=("self",)).select_related("episode").filter(pk=report.pk).first()
    if row is None:
        raise Refused(_("It is gone: it was kept as long as we keep what readers tell us."))
    return row


def _record(row: Report, verb: Verb, *, by: Actor) -> Event:
    """The Event of the deed, which names the report by its ref and quotes nothing of it."""
    episode = row.episode
    move = permitted(episode, verb, by=by)
    details = {"report": str(row.ref)}
    return record(episode, verb, by=by, before=move.to, after=move.to, is_quiet=True, details=details)
