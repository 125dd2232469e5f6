"""The settings of the show: its face, whether questions are welcome, and what askers are promised."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions import colours, edition
from questions.actions.acting import Actor, Refused
from questions.actions.house import HOSTS, Unfit, hold_house, note_setting, refuse_if_overtaken, require
from questions.lifecycle import Role
from questions.models import Question, Report, Show

ASKING, PROMISES, SHOW = "asking", "promises", "show"
"""What the history calls the three sets of settings."""

DAYS_ALLOWED = {"keeps_waiting_days": (14, 1095), "keeps_closed_days": (14, 365), "keeps_traces_days": (30, 1825)}
"""The fewest and the most days of each retention. An asker needs a fortnight at least to come back and read."""

ASKING_FIELDS = ("is_asking_open", "closed_words")
PROMISED_FIELDS = ("leave_url", *DAYS_ALLOWED)


@dataclass(frozen=True)
class Face:
    """How the show presents itself, and by which rules its hosts work."""

    name: str
    tagline: str
    about: str
    house_rules: str
    language: str
    languages: list[str]
    time_zone: str
    colour: str
    colour_at_night: str
    asks_second_step: bool
    asks_second_host: bool


FACE_FIELDS = tuple(Face.__dataclass_fields__)


def standing(show: Show, fields: tuple[str, ...]) -> dict[str, Any]:
    """The settings of these names as they stand."""
    return {name: getattr(show, name) for name in fields}


@transaction.atomic
def set_show(face: Face, *, by: Actor, shown: str | None = None) -> Show:
    """Set the face of the show.

    Raises Unfit where the zone does not exist or a colour could not be read on its ground, and Stale where somebody
    has changed the settings since a page showed `shown`.
    """
    require(by, Role.OWNER)
    if not face.name.strip():
        raise Unfit("name", _("The show needs a name."))
    if face.time_zone not in available_timezones():
        raise Unfit("time_zone", _("Choose a zone from the list, such as Europe/Berlin."))
    for field, grounds in (("colour", colours.LIGHT_GROUNDS), ("colour_at_night", colours.DARK_GROUNDS)):
        if sentence := colours.fault_of(getattr(face, field), grounds):
            raise Unfit(field, sentence)
    return _changed(SHOW, asdict(face), by=by, shown=shown)


@transaction.atomic
def set_asking(*, is_open: bool, closed_words: str, by: Actor, shown: str | None = None) -> Show:
    """Let questions come in, or pause them with `closed_words` in place of the form. Raises Stale as `set_show`."""
    require(by, *HOSTS)
    return _changed(ASKING, {"is_asking_open": is_open, "closed_words": closed_words}, by=by, shown=shown)


@transaction.atomic
def set_promises(
    *,
    leave_url: str,
    keeps_waiting_days: int,
    keeps_closed_days: int,
    keeps_traces_days: int,
    may_forget: bool,
    by: Actor,
    shown: str | None = None,
) -> Show:
    """Set where leaving fast leads and for how many days things are kept.

    Raises Refused where shorter days would at once forget questions or reports and `may_forget` does not say that they
    may go; Stale as `set_show`.
    """
    require(by, Role.OWNER)
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
            "{count} question or report would be forgotten for good within minutes. Tick the box below if it may go.",
            "{count} questions or reports would be forgotten for good within minutes. Tick the box below if they may "
            "go.",
            overdue,
        )
        raise Refused(sentence.format(count=overdue))
    return _changed(PROMISES, {"leave_url": leave_url, **days}, by=by, shown=shown)


def would_be_forgotten(waiting_days: int, closed_days: int) -> int:
    """How many questions and reports the next tick would forget if things were kept for so many days."""
    today = timezone.localdate()
    waiting, closed = today - timedelta(days=waiting_days), today - timedelta(days=closed_days)
    questions = Question.objects.past_retention(unanswered_before=waiting, closed_before=closed)
    reports = Report.objects.past_retention(open_before=waiting, settled_before=closed)
    return questions.count() + reports.count()


def _changed(what: str, settings: dict[str, Any], *, by: Actor, shown: str | None) -> Show:
    """The show's row with these settings. Where none differs, nothing is written and no page is printed anew."""
    show = hold_house()
    stands = standing(show, tuple(settings))
    refuse_if_overtaken(shown, stands, what=what)
    fields = [name for name, value in settings.items() if stands[name] != value]
    if fields:
        for name in fields:
            setattr(show, name, settings[name])
        show.save(update_fields=fields)
        note_setting(what, "changed", by=by, fields=fields)
        edition.advance()
    return show
