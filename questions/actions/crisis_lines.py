"""The lines that the show names for people who need help now. All are public: each deed begins a new edition."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused
from questions.actions.house import HOSTS, hold_house, note_setting, refuse_if_overtaken, require
from questions.models import CrisisLine

LINE = "crisis line"

LEADS_TO = ("country", "number", "url")
"""What a host has tried when they say that a line answers."""

FACTS = ("country", "language", "caller", "name", "number", "hours", "url", "note")


def line_facts(line: CrisisLine) -> dict[str, Any]:
    """What a page shows of a line, as far as its form can change it."""
    return {name: getattr(line, name) for name in FACTS}


@transaction.atomic
def list_crisis_line(line: CrisisLine, *, by: Actor, shown: str | None = None) -> CrisisLine:
    """Put a line on the list, or change the one with its key. What now leads elsewhere counts as unchecked again.

    Raises Refused where somebody has removed the line meanwhile, and where its number is listed already; Stale where
    somebody has changed it since a page showed `shown`.
    """
    require(by, *HOSTS)
    hold_house()
    before = CrisisLine.objects.select_for_update().filter(pk=line.pk).first()
    if line.pk and before is None:
        raise Refused(_("Somebody has removed this line meanwhile. Saving now puts it on the list anew."))
    if before:
        refuse_if_overtaken(shown, line_facts(before), what=LINE, which=before.pk)
    line.checked_on = before.checked_on if before and _leads_alike(before, line) else None
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as clash:
        raise Refused(_("This number is on the list already, for this country and language.")) from clash
    fields = [name for name in FACTS if before and getattr(before, name) != getattr(line, name)]
    _note("changed" if before else "added", line, by, fields=fields)
    return line


@transaction.atomic
def confirm_crisis_line(line: CrisisLine, *, number: str, by: Actor) -> date:
    """Note that a host has tried `number`, and that it answers today. Returns the day.

    Raises Refused where the line is gone or has another number by now, which is not the one that was tried.
    """
    require(by, *HOSTS)
    hold_house()
    today = timezone.localdate()
    if not CrisisLine.objects.filter(pk=line.pk, number=number).update(checked_on=today):
        raise Refused(_("Somebody has changed or removed this line meanwhile. Look at it again before you confirm it."))
    _note("confirmed", CrisisLine.objects.get(pk=line.pk), by)
    return today


@transaction.atomic
def remove_crisis_line(line: CrisisLine, *, by: Actor) -> None:
    """Take a line off the list. That it is gone already is no trouble."""
    require(by, *HOSTS)
    hold_house()
    there = CrisisLine.objects.filter(pk=line.pk).first()
    if there is not None:
        _note("removed", there, by)
        there.delete()


def _note(deed: str, line: CrisisLine, by: Actor, fields: list[str] | None = None) -> None:
    note_setting(LINE, deed, by=by, which=line.pk, fields=fields or [], name=line.name, number=line.number)
    edition.advance()


def _leads_alike(before: CrisisLine, after: CrisisLine) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in LEADS_TO)
