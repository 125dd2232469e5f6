"""What has happened to a question, as sentences, and what of it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import FINAL, Role, Verb
from questions.models import Event, Message, Person, Question

DONE: dict[str, str | Promise] = {
    Verb.SUBMIT: _("received"),
    Verb.LIFT: _("hold lifted"),
    Verb.ALERT: _("marked as a call for help"),
    Verb.STAND_DOWN: _("found to be no call for help"),
    Verb.KEEP: _("kept"),
    Verb.CLAIM: _("claimed"),
    Verb.UNCLAIM: _("released"),
    Verb.TAKE_OVER: _("taken over"),
    Verb.TAG: _("topics set"),
    Verb.REWORD: _("wording edited"),
    Verb.DRAFT: _("draft saved"),
    Verb.COMMENT: _("comment left"),
    Verb.RESOLVE: _("comment resolved"),
    Verb.NAME: _("revision named"),
    Verb.HAND_IN: _("handed in"),
    Verb.APPROVE: _("approved"),
    Verb.REOPEN: _("reopened"),
    Verb.DECLINE: _("declined"),
    Verb.RECONSIDER: _("taken up again"),
    Verb.MERGE: _("merged"),
    Verb.SPLIT: _("split off"),
    Verb.LEAD: _("took the lead"),
    Verb.FOLLOW: _("follows another question"),
    Verb.REPLY: _("written to the asker"),
    Verb.ADD: _("written to the show"),
    Verb.AMEND: _("words changed by the asker; wordings and notes of the old ones are gone"),
    Verb.NOTE: _("note left"),
    Verb.PREVIEW: _("wording shown to the asker"),
    Verb.CONSENT: _("wording agreed to"),
    Verb.ASK_CHANGE: _("another wording asked for"),
    Verb.OBJECT: _("airing refused"),
    Verb.ANSWER_PRIVATELY: _("answered privately"),
    Verb.WITHDRAW: _("taken back"),
    Verb.FORGET: _("forgotten"),
    Verb.ASSEMBLE: _("assembled"),
    Verb.DISBAND: _("taken apart"),
    Verb.SCHEDULE: _("scheduled"),
    Verb.UNSCHEDULE: _("taken off the schedule"),
    Verb.PUBLISH: _("published"),
    Verb.AIR: _("aired"),
    Verb.HOLD: _("held"),
    Verb.CORRECT: _("corrected"),
    Verb.RETRACT: _("retracted"),
    Verb.SETTLE: _("a reader’s report settled"),
    Verb.TAKE_UP: _("a reader’s report taken up again"),
}
"""The verbs as what was done."""


@dataclass(frozen=True)
class Deed:
    """One line of the history; an undoing stands on the line of what it undid.

    `is_newest` marks the last of the viewing host's own deeds that they can undo: the one that a key may take back.
    """

    event: Event
    words: str
    who: str
    undone_by: str = ""
    can_undo: bool = False
    is_newest: bool = False


def deeds(events: Sequence[Event]) -> list[Deed]:
    """The events as lines, without a way back."""
    return [_deed(event, None) for event in events]


def said(deed: Deed) -> str:
    """The line as one sentence: what was done, and by whom where the deed does not say that itself."""
    return str(_("{deed} by {name}")).format(deed=deed.words, name=deed.who) if deed.who else deed.words


def deeds_of(question: Question, host: Person, thread: Sequence[Message], now: datetime) -> list[Deed]:
    """The whole history of a question, oldest first, marking what `host` can undo at `now`."""
    events = list(Event.objects.of(question.ref).select_related("person"))
    undoings = {event.undoes_id: event for event in events if event.undoes_id}
    standing = [event for event in events if event.pk not in undoings and not event.undoes_id]
    out_of_the_house = {str(message.ref) for message in thread if (message.hidden_until or now) <= now}
    open_ones = [event for event in standing if host.is_host and _is_open(event, standing, out_of_the_house)]
    newest = next((event for event in reversed(open_ones) if event.person_id == host.pk), None)
    return [
        replace(_deed(event, undoings.get(event.pk)), can_undo=event in open_ones, is_newest=event == newest)
        for event in events
        if not event.undoes_id
    ]


def _deed(event: Event, undoing: Event | None) -> Deed:
    # Asking for the verb's label costs milliseconds, since Django hashes every lazy label anew.
    words = str(DONE[event.verb] if event.verb in DONE else event.get_verb_display())
    if guest := event.details.get("for"):
        words = str(_("{deed} for {guest}")).format(deed=words, guest=guest)
    if event.verb == Verb.UNDO:
        words = str(_("undone: {deed}")).format(deed=DONE.get(event.details["verb"], ""))
    return Deed(event, words, _who(event), _who(undoing) if undoing else "")


def _who(event: Event) -> str:
    """Who did it; empty for the asker, whose deeds are theirs by their words."""
    if event.role == Role.ASKER:
        return ""
    if event.role == Role.CLOCK:
        return str(_("the clock"))
    return event.person.name if event.person else str(_("somebody who has left"))


def _is_open(event: Event, standing: Sequence[Event], out_of_the_house: set[str]) -> bool:
    """Whether the way back is worth showing. `actions.undo` decides; this spares a refusal."""
    if event.verb in FINAL or event.details.get("message") in out_of_the_house:
        return False
    later = [other for other in standing if other.seq > event.seq]
    if any(other.verb == event.verb for other in later):
        return False
    return event.is_quiet or all(other.is_quiet for other in later)
