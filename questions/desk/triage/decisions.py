"""What the buttons of a question's page do: one row for each verb, and which of them to draw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.actions import alert, claim, correspond, decline, keep, lift, merge, tag
from questions.desk.offered import offered
from questions.desk.triage import forms
from questions.lifecycle import QUESTION, Verb
from questions.models import Event, Person, Question


@dataclass(frozen=True)
class Decision:
    """An action, the form that asks for what it takes, and the word afterwards.

    `advances` is whether the host has finished with the question and wants the next one.
    """

    act: Callable[..., Event]
    done: str | Promise
    form: type[forms.DeskForm] = forms.DecisionForm
    advances: bool = True


DECISIONS: dict[Verb, Decision] = {
    Verb.ALERT: Decision(
        alert.alert, _("Marked as a call for help. It goes first now."), forms.DeskForm, advances=False
    ),
    Verb.STAND_DOWN: Decision(
        alert.stand_down,
        _("No call for help, then. It stands in line like the others."),
        forms.DeskForm,
        advances=False,
    ),
    Verb.LIFT: Decision(lift.lift, _("The hold is lifted."), advances=False),
    Verb.KEEP: Decision(keep.keep, _("Kept.")),
    Verb.CLAIM: Decision(claim.claim, _("This question is yours now."), advances=False),
    Verb.UNCLAIM: Decision(claim.unclaim, _("Released. The draft stays.")),
    Verb.TAKE_OVER: Decision(
        claim.take_over, _("This question is yours now, with its draft."), forms.TakeOverForm, advances=False
    ),
    Verb.TAG: Decision(tag.tag, _("The topics are saved."), forms.TopicsForm, advances=False),
    Verb.DECLINE: Decision(
        decline.decline,
        _("Declined: {reason.label}. In a quarter of an hour the asker can read why."),
        forms.DeclineForm,
    ),
    Verb.RECONSIDER: Decision(decline.reconsider, _("Back in the queue.")),
    Verb.MERGE: Decision(merge.merge, _("Merged. It follows question {into.number} now."), forms.MergeForm),
    Verb.SPLIT: Decision(merge.split, _("Split off again. It waits in the queue.")),
    Verb.REPLY: Decision(
        correspond.reply, _("The asker reads it in a quarter of an hour."), forms.ReplyForm, advances=False
    ),
    Verb.NOTE: Decision(correspond.note, _("The note is left."), forms.NoteForm, advances=False),
    Verb.ANSWER_PRIVATELY: Decision(
        correspond.answer_privately,
        _("Answered privately. The asker reads it in a quarter of an hour."),
        forms.PrivateAnswerForm,
    ),
}

SHORT_LABELS = {Verb.REPLY: _("Reply")}
"""Labels for the bar, where the verb's own is too long."""

KEYS = {
    Verb.KEEP: "f", Verb.DECLINE: "d", Verb.CLAIM: "c", Verb.MERGE: "m", Verb.NOTE: "n", Verb.REPLY: "r", Verb.TAG: "t",
}  # fmt: skip
"""The key of each verb that has one. The page for writing is behind `e`; undo is `z`; moving is `j` and `k`."""

ELSEWHERE = {Verb.ALERT, Verb.STAND_DOWN, Verb.TAG, Verb.DECLINE}
"""The verbs that stand somewhere else than among the others in the bar."""

WORDS = {verb: verb.replace("_", "-") for verb in DECISIONS}
"""Each verb as it stands in an address."""


@dataclass(frozen=True)
class Panel:
    """A verb that may be tried now, with its form; `asks` is whether the form has anything to fill in."""

    verb: Verb
    address: str
    form: forms.DeskForm

    @property
    def asks(self) -> bool:
        return bool(self.form.visible_fields())

    @property
    def label(self) -> str:
        return str(SHORT_LABELS.get(self.verb, self.verb.label))

    @property
    def key(self) -> str:
        """The single key that does it, or opens its form; empty for most."""
        return KEYS.get(self.verb, "")

    @property
    def anchor(self) -> str:
        return WORDS[self.verb]


def panels_for(question: Question, host: Person, tried: dict[Verb, forms.DeskForm]) -> dict[str, Panel]:
    """What `host` can do with the question now. `tried` are forms that were sent and not accepted."""
    return {
        str(verb): Panel(verb, address_of(verb, question), tried.get(verb) or form_for(verb, question))
        for verb, unmet in offered(QUESTION, question, host).items()
        if verb in DECISIONS and not _is_idle(verb, question, host) and (verb in tried or not unmet)
    }


def obstacles(question: Question, host: Person) -> dict[str, list[str]]:
    """Each sentence that stands against verbs of the bar, with the names of these verbs."""
    found: dict[str, list[str]] = {}
    for verb, unmet in offered(QUESTION, question, host).items():
        if unmet and verb in DECISIONS and not _is_idle(verb, question, host):
            found.setdefault(unmet, []).append(str(verb.label))
    return found


def form_for(verb: Verb, question: Question, data: Any = None) -> forms.DeskForm:
    return DECISIONS[verb].form(data, question=question, name=str(verb))


def address_of(verb: Verb, question: Question) -> str:
    return reverse(f"desk:{WORDS[verb]}-question", args=[question.ref])


def _is_idle(verb: Verb, question: Question, host: Person) -> bool:
    """Whether an allowed verb would change nothing: there is no hold, it is one's own already, it calls or does not."""
    if verb in (Verb.ALERT, Verb.STAND_DOWN):
        return question.calls_for_help == (verb == Verb.ALERT)
    if verb == Verb.LIFT:
        return not question.held
    return verb == Verb.TAKE_OVER and question.claimed_by == host
