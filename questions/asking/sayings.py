"""How the receipt page puts a status into words: a heading, a sentence, and the bar of four steps."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.asking.status import Stage, Status
from questions.models import Airing, Question


class Saying(NamedTuple):
    heading: str | Promise
    sentence: str | Promise


SAYINGS = {
    Stage.WAITING: Saying(
        gettext_lazy("We have your question"), gettext_lazy("A host reads every one, within about a week.")
    ),
    Stage.KEPT: Saying(
        gettext_lazy("We are considering your question"),
        gettext_lazy("A host has put it aside to think about."),
    ),
    Stage.ANSWERING: Saying(
        gettext_lazy("Somebody is answering your question"),
        gettext_lazy("It can take a while. Look in whenever you like."),
    ),
    Stage.READY: Saying(gettext_lazy("Your question is answered"), gettext_lazy("It waits for its episode.")),
    Stage.AIRED: Saying(
        gettext_lazy("Your question has been answered on the show"),
        gettext_lazy("Anybody can read and watch it now."),
    ),
    Stage.RETRACTED: Saying(
        gettext_lazy("The episode with your question was taken down"),
        gettext_lazy("It was on the show, and it is not there any more."),
    ),
    Stage.ANSWERED_PRIVATELY: Saying(
        gettext_lazy("We have answered you"),
        gettext_lazy("The answer stands below. It is for you and goes nowhere else."),
    ),
    Stage.DECLINED: Saying(gettext_lazy("We are not going to answer this one"), gettext_lazy("Here is why.")),
    Stage.WITHDRAWN: Saying(
        gettext_lazy("You took your question back"),
        gettext_lazy("Its words are gone from here, with the thread and our drafts."),
    ),
    Stage.FORGOTTEN: Saying(
        gettext_lazy("We have forgotten your question"),
        gettext_lazy("We keep words for a stated time, and it has passed. If it still matters, ask again any day."),
    ),
}

ASKING_LEAVE = Saying(
    gettext_lazy("We would like to read it out. Is this wording all right?"),
    gettext_lazy("Nothing is read before you agree."),
)
SILENCE_IS_LEAVE = Saying(
    gettext_lazy("We would like to read it out. Is this wording all right?"),
    gettext_lazy("You told us what your silence means, so please look at it now."),
)
CHANGE_WANTED = Saying(
    gettext_lazy("You want another wording"),
    gettext_lazy("Look in again: we change it, or write to you. Nothing is read before you agree."),
)


class Mark(NamedTuple):
    """One step of the bar. `how` is "done", "now" or nothing."""

    label: str
    small: str
    how: str


@dataclass(frozen=True)
class _Bar:
    """How far along the four steps a stage is, and whether that step is the present one or behind."""

    reached: int
    is_done: bool = False


_BARS = {
    Stage.WAITING: _Bar(0),
    Stage.KEPT: _Bar(1),
    Stage.ANSWERING: _Bar(2),
    Stage.READY: _Bar(2, is_done=True),
    Stage.AIRED: _Bar(3),
    Stage.ANSWERED_PRIVATELY: _Bar(3),
}


def saying(status: Status, question: Question, *, is_asking_leave: bool) -> Saying:
    """The heading and the sentence: what is asked of the asker comes before where things stand."""
    if is_asking_leave:
        return SILENCE_IS_LEAVE if question.silence_means_yes else ASKING_LEAVE
    if status.wants_change and not question.objected:
        return CHANGE_WANTED
    if status.airs_on:
        sentence = _("It airs on {day}.").format(day=_day(status.airs_on))
        return Saying(SAYINGS[Stage.READY].heading, sentence)
    return SAYINGS[status.stage]


def objection(status: Status, question: Question) -> str:
    """What an asker's no means where the question stands; nothing when they have not said no."""
    if question.is_gone or not question.objected:
        return ""
    match status.stage:
        case Stage.AIRED:
            return _(
                "You said no, but it has aired already, and only the hosts can take it down. Write to them below. "
                "If it is ever taken down, it will not come back."
            )
        case Stage.RETRACTED:
            return _("You said no, so it will not come back.")
    return _("You said no, so it will not be read out.")


def steps(status: Status, question: Question, *, is_asking_leave: bool) -> list[Mark]:
    """The bar of four steps; none where there is no way on."""
    bar = _BARS.get(status.stage)
    if bar is None:
        return []
    wants_change = status.wants_change and not question.objected
    if is_asking_leave or wants_change:
        bar = _BARS[Stage.ANSWERING]
    is_private = question.airing == Airing.PRIVATE or status.stage == Stage.ANSWERED_PRIVATELY
    labels = [
        _("Received"),
        _("Being considered"),
        _("Being answered"),
        _("Answered") if is_private else _("On the show"),
    ]
    steps_reached = ("received", "considered", "answering", "aired")[: bar.reached + 1]
    smalls = [_day(status.days.get(step)) for step in steps_reached]
    smalls += [""] * (len(labels) - len(smalls))
    if is_asking_leave:
        last = _("Unless you say no") if question.silence_means_yes else _("Not before you agree")
        smalls[2:] = [_("Waiting for your yes"), last]
    elif wants_change:
        smalls[2:] = [_("You want another wording"), _("Not before you agree")]
    elif status.stage == Stage.READY:
        smalls[3] = _day(status.airs_on) or _("In one of the next episodes")
    return [
        Mark(label, small, _how(place, bar)) for place, (label, small) in enumerate(zip(labels, smalls, strict=True))
    ]


def _how(place: int, bar: _Bar) -> str:
    if place < bar.reached or (place == bar.reached and bar.is_done):
        return "done"
    return "now" if place == bar.reached else ""


def _day(day: date | None) -> str:
    return date_format(day, "j F") if day else ""
