"""What is done to several questions in one stroke, and what will become of each of them."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.actions import claim, decline, keep, merge, tag
from questions.actions.acting import Actor, Refused, Stale, acting, permitted
from questions.desk.queue import forms
from questions.desk.queue.pages import Queue, Row, rows_of
from questions.desk.triage.history import deeds, said
from questions.lifecycle import Verb
from questions.models import Event, Person, Question

MOST = 200
"""So many questions are decided in one stroke."""


def _tag(question: Question, *, topics: Sequence[Any], by: Actor, seen: int) -> Event:
    """Add topics to those that the question has. Nobody's page is made stale by it, so it needs no version."""
    return tag.tag(question, topics=[*question.topics.all(), *topics], by=by)


@dataclass(frozen=True)
class Stroke:
    """An action, the form that asks for what it takes, and its button; `done` says afterwards what it was."""

    verb: Verb
    act: Callable[..., Event]
    label: str | Promise
    done: str | Promise
    form: type[forms.BulkForm] = forms.BulkForm

    @property
    def asks(self) -> bool:
        return self.form is not forms.BulkForm


STROKES: dict[str, Stroke] = {
    "keep": Stroke(Verb.KEEP, keep.keep, gettext_lazy("Keep"), gettext_lazy("{n} kept.")),
    "decline": Stroke(
        Verb.DECLINE, decline.decline, gettext_lazy("Decline…"),
        gettext_lazy("{n} declined: {reason.label}. In a quarter of an hour the askers can read why."),
        forms.BulkDeclineForm,
    ),
    "claim": Stroke(Verb.CLAIM, claim.claim, gettext_lazy("Claim"), gettext_lazy("{n} are yours now.")),
    "tag": Stroke(
        Verb.TAG, _tag, gettext_lazy("Topics…"), gettext_lazy("{n} have their topics."), forms.BulkTopicsForm
    ),
    "merge": Stroke(
        Verb.MERGE, merge.merge, gettext_lazy("Merge into…"),
        gettext_lazy("{n} merged. They follow question {into.number} now."), forms.BulkMergeForm,
    ),
    "unclaim": Stroke(
        Verb.UNCLAIM, claim.unclaim, gettext_lazy("Release"), gettext_lazy("{n} released. The drafts stay.")
    ),
}  # fmt: skip
"""What can be done to several, by the word that the button sends."""


@dataclass(frozen=True)
class Fate:
    """A chosen question, the version that the host saw, and the sentence that stands against the stroke, if any."""

    row: Row
    seen: int
    refusal: str = ""

    @property
    def question(self) -> Question:
        return self.row.question

    @property
    def value(self) -> str:
        """As the field of a form carries it."""
        return f"{self.question.ref}:{self.seen}"


def chosen_in(data: QueryDict, queue: Queue) -> list[Fate]:
    """The questions that a form has ticked, each with the version its page showed; or, by `all`, those of the list.

    What is no such field, or names no question that the host may see, is left out; so is what comes after MOST.
    """
    if data.get("all"):
        return [Fate(row, row.question.version) for row in rows_of(list(queue.questions.for_desk()[:MOST]))]
    seen = dict(filter(None, map(_read, data.getlist("chosen"))))
    wanted = Question.objects.visible_to(queue.host).for_desk().in_queue_order().filter(ref__in=list(seen)[:MOST])
    return [Fate(row, seen[row.question.ref]) for row in rows_of(list(wanted))]


def _read(field: str) -> tuple[uuid.UUID, int] | None:
    ref, _colon, version = field.partition(":")
    try:
        return uuid.UUID(ref), min(int(version), 2**31 - 1)
    except ValueError:
        return None


def foreseen(chosen: Sequence[Fate], stroke: Stroke, host: Person) -> list[Fate]:
    """What would become of each, by the lifecycle's table and by what has happened since the host's page was made."""
    return [Fate(fate.row, fate.seen, _against(fate, stroke, acting(host))) for fate in chosen]


def _against(fate: Fate, stroke: Stroke, by: Actor) -> str:
    question = fate.question
    if question.version != fate.seen and stroke.verb != Verb.TAG:
        return _meanwhile(list(Event.objects.since(question.ref, fate.seen)))
    try:
        permitted(question, stroke.verb, by=by)
    except Refused as refused:
        return str(refused)
    return ""


def do_all(
    chosen: Sequence[Fate], stroke: Stroke, host: Person, given: dict[str, Any]
) -> tuple[list[Event], list[Fate]]:
    """Do it to each by itself, all under one batch; returns the deeds, and the questions that refused with the reason.

    A refused one is given back at the version it has now: so sending it again is a decision.
    """
    by, done, refused = acting(host, batch=uuid.uuid4()), list[Event](), list[Fate]()
    for fate in chosen:
        try:
            done.append(stroke.act(fate.question, by=by, seen=fate.seen, **given))
        except Refused as problem:
            sentence = _meanwhile(problem.events) if isinstance(problem, Stale) else str(problem)
            refused.append(Fate(fate.row, fate.seen, sentence))
    rows = {row.question.pk: row for row in rows_of(_as_they_are(refused))}
    now = [(rows[fate.question.pk], fate.refusal) for fate in refused]
    return done, [Fate(row, row.question.version, refusal) for row, refusal in now]


def _as_they_are(fates: Sequence[Fate]) -> list[Question]:
    return list(Question.objects.for_desk().filter(pk__in=[fate.question.pk for fate in fates]))


def _meanwhile(events: list[Event]) -> str:
    """Who was faster, in a sentence."""
    what = "; ".join(said(deed) for deed in deeds(events))
    return _("Somebody else was faster: {what}.").format(what=what or _("it has changed"))
