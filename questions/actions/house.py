"""The house is kept in order: are questions welcome, what are askers promised, whom does the show name for help now.

These are settings and a list, without a life cycle: they carry no version and write no Event. All of them are public
sooner or later, so each deed begins a new edition.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions import edition
from questions.actions.acting import Actor, Refused
from questions.lifecycle import Role
from questions.models import CrisisLine, Question, Show

DAYS_ALLOWED = {"keeps_waiting_days": (14, 1095), "keeps_closed_days": (14, 365), "keeps_traces_days": (30, 1825)}
"""The fewest and the most days of each retention. An asker needs a fortnight at least to come back and read."""

LEADS_TO = ("country", "number", "url")
"""What a host has tried when they say that a line answers."""


@transaction.atomic
def set_asking(*, is_open: bool, closed_words: str, by: Actor) -> Show:
    """Let questions come in, or pause them with `closed_words` in place of the form."""
    _require(by, Role.HOST, Role.OWNER)
    return _changed(is_asking_open=is_open, closed_words=closed_words)


@transaction.atomic
def set_promises(
    *,
    leave_url: str,
    keeps_waiting_days: int,
    keeps_closed_days: int,
    keeps_traces_days: int,
    may_forget: bool,
    by: Actor,
) -> Show:
    """Set where leaving fast leads and for how many days things are kept.

    Raises Refused where shorter days would at once forget questions and `may_forget` does not say that they may go.
    """
    _require(by, Role.OWNER)
    days = {
        "keeps_waiting_days": keeps_waiting_days,
        "keeps_closed_days": keeps_closed_days,
        "keeps_traces_days": keeps_traces_days,
    }
    for name, (fewest, most) in DAYS_ALLOWED.items():
        if not fewest <= days[name] <= most:
            raise Refused(_("Between {fewest} and {most} days, please.").format(fewest=fewest, most=most))
    overdue = would_be_forgotten(keeps_waiting_days, keeps_closed_days)
    if overdue and not may_forget:
        sentence = ngettext(
            "{count} question would be forgotten for good within minutes. Tick the box below if it may go.",
            "{count} questions would be forgotten for good within minutes. Tick the box below if they may go.",
            overdue,
        )
        raise Refused(sentence.format(count=overdue))
    return _changed(leave_url=leave_url, **days)


def would_be_forgotten(waiting_days: int, closed_days: int) -> int:
    """How many questions the next tick would forget if things were kept for so many days."""
    today = timezone.localdate()
    overdue = Question.objects.past_retention(
        unanswered_before=today - timedelta(days=waiting_days), closed_before=today - timedelta(days=closed_days)
    )
    return overdue.count()


@transaction.atomic
def list_crisis_line(line: CrisisLine, *, by: Actor) -> CrisisLine:
    """Put a line on the list, or change the one with its key. What now leads elsewhere counts as unchecked again.

    Raises Refused where somebody has removed the line meanwhile, and where its number is listed already.
    """
    _require(by, Role.HOST, Role.OWNER)
    before = CrisisLine.objects.select_for_update().filter(pk=line.pk).first()
    if line.pk and before is None:
        raise Refused(_("Somebody has removed this line meanwhile. Saving now puts it on the list anew."))
    line.checked_on = before.checked_on if before and _leads_alike(before, line) else None
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as clash:
        raise Refused(_("This number is on the list already, for this country and language.")) from clash
    edition.advance()
    return line


@transaction.atomic
def confirm_crisis_line(line: CrisisLine, *, number: str, by: Actor) -> date:
    """Note that a host has tried `number`, and that it answers today. Returns the day.

    Raises Refused where the line is gone or has another number by now, which is not the one that was tried.
    """
    _require(by, Role.HOST, Role.OWNER)
    today = timezone.localdate()
    if not CrisisLine.objects.filter(pk=line.pk, number=number).update(checked_on=today):
        raise Refused(_("Somebody has changed or removed this line meanwhile. Look at it again before you confirm it."))
    edition.advance()
    return today


@transaction.atomic
def remove_crisis_line(line: CrisisLine, *, by: Actor) -> None:
    """Take a line off the list. That it is gone already is no trouble."""
    _require(by, Role.HOST, Role.OWNER)
    CrisisLine.objects.filter(pk=line.pk).delete()
    edition.advance()


def _leads_alike(before: CrisisLine, after: CrisisLine) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in LEADS_TO)


def _require(by: Actor, *roles: Role) -> None:
    if by.role not in roles:
        raise Refused(_("This is for the owners of the show.") if roles == (Role.OWNER,) else _("This is for hosts."))


def _changed(**settings: object) -> Show:
    """The show's row with these settings; it is made where nothing has been set up yet."""
    Show.objects.get_or_create(pk=1)
    show = Show.objects.select_for_update().get(pk=1)
    for name, value in settings.items():
        setattr(show, name, value)
    show.save(update_fields=list(settings))
    edition.advance()
    return show
