"""How every deed is done: lock, compare the version, obey the table, change the row, write one Event.

Every action in this folder runs in one transaction and goes through `locked` and `enact`.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import lifecycle, tombstones
from questions.actions.needs import unmet
from questions.lifecycle import Move, NotAllowed, Role, Verb
from questions.models import Answer, Episode, Event, Person, Question, SubjectKind

Subject = TypeVar("Subject", Question, Episode)


@dataclass(frozen=True)
class Actor:
    """Who does a deed: a person of the show, the asker (who is nobody we know), or the clock.

    `batch` is the same for all deeds of one stroke, which can then be undone together.
    """

    role: Role
    person: Person | None = None
    batch: uuid.UUID | None = None


ASKER = Actor(Role.ASKER)
CLOCK = Actor(Role.CLOCK)
OPERATOR = Actor(Role.OWNER)
"""Whoever runs the machine by its commands, and need be nobody of the show."""


def acting(person: Person, *, batch: uuid.UUID | None = None) -> Actor:
    """The actor that a person of the show is."""
    return Actor(Role(person.role), person, batch)


class Refused(Exception):
    """The deed cannot be done; the message is a sentence for the person who tried."""


class Stale(Refused):
    """Somebody else was faster; `events` are what has happened since, oldest first."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__(_("Somebody else was faster. Nothing was changed, and what you typed is still here."))
        self.events = events


def gone() -> Refused:
    """The refusal of every deed to an episode that is not there any more."""
    return Refused(_("It is gone: somebody has taken it apart."))


def locked(subject: Subject, *, seen: int | None) -> Subject:
    """The subject's row, fresh and locked until the transaction ends.

    `seen` is the version that the person was looking at; raises Stale when it no longer stands, and Refused when there
    is no such row any more. The asker's deeds pass None, because they always win. An episode is locked after the
    questions it airs, so that two deeds never wait for each other.
    """
    manager = type(subject)._default_manager
    if isinstance(subject, Episode):
        segments = subject.segments.order_by().values("answer__question")
        list(Question.objects.select_for_update().filter(pk__in=segments).order_by("pk").values_list("pk"))
    row = manager.select_for_update().filter(pk=subject.pk).first()
    if row is None:
        raise gone()
    if seen is not None and row.version != seen:
        raise Stale(list(Event.objects.since(row.ref, seen)))
    return row


def enact(
    row: Subject,
    verb: Verb,
    *,
    by: Actor,
    details: dict[str, Any] | None = None,
    was: dict[str, Any] | None = None,
    state: str | None = None,
    **changes: Any,
) -> Event:
    """Do `verb` to a locked `row`: obey its table, write `changes` into its columns, and record one Event.

    `was` adds the former values of other rows (by model name) to those of the row itself. `state` overrides the row's
    state where time has already moved it on. Raises Refused when the table or a need says no.
    """
    before = row.state if state is None else state
    move = permitted(row, verb, by=by, state=before)
    if isinstance(row, Question):
        if not move.quiet:
            changes |= {"state": move.to, "changed_on": timezone.localdate()}
    elif by.role != Role.ASKER:
        # What an asker does carries the day only, also where it holds an episode.
        changes["changed_at"] = timezone.now()
    own_was = former_values(row, changes)
    change_row(row, is_quiet=move.quiet, **changes)
    return record(
        row, verb, by=by, before=before, after=move.to, is_quiet=move.quiet,
        was={**(was or {}), str(row._meta.model_name): own_was}, details=details or {},
    )  # fmt: skip


def permitted(row: Question | Episode, verb: Verb, *, by: Actor, state: str | None = None) -> Move:
    """The move that `by` may make; raises Refused when the row's table or a need of the move says no."""
    before = row.state if state is None else state
    table = lifecycle.QUESTION if isinstance(row, Question) else lifecycle.EPISODE
    try:
        move = lifecycle.move_for(table, before, verb, by.role)
    except NotAllowed as no:
        sentence = _("“{verb}” is not possible here: it is {state} now.")
        raise Refused(sentence.format(verb=verb.label, state=state_label(row, before))) from no
    for need in move.needs:
        if sentence := unmet(need, row):
            raise Refused(sentence)
    return move


def former_values(row: Model, changes: dict[str, Any]) -> dict[str, Any]:
    """The values of the columns that `changes` is about to replace, as JSON holds them; words are left out."""
    columns = [row._meta.get_field(name).attname for name in changes]  # type: ignore[union-attr]
    former = {column: row.__dict__.get(column) for column in columns if column not in _WORDS}
    # JSON's own encoder would cut the microseconds off.
    return {column: value.isoformat() if isinstance(value, date) else value for column, value in former.items()}


_WORDS = {"text", "sign_off", "draft_script", "aired_script"}


def change_row(row: Question | Episode, *, is_quiet: bool, **changes: Any) -> None:
    """Write `changes` if the row's version still stands, and count the version up unless the change is quiet."""
    for name, value in changes.items():
        setattr(row, name, value)
    version = row.version + (0 if is_quiet else 1)
    rows = type(row)._default_manager.filter(pk=row.pk, version=row.version)
    if not rows.update(version=version):
        raise Stale(list(Event.objects.since(row.ref, row.version)))
    row.version = version
    if changes:
        row.save(update_fields=list(changes))


def record(
    row: Question | Episode,
    verb: Verb,
    *,
    by: Actor,
    before: str,
    after: str,
    is_quiet: bool = False,
    was: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    undoes: Event | None = None,
) -> Event:
    """Write the Event of a deed, chained to the subject's last one. The asker's carries the day only."""
    last = Event.objects.of(row.ref).last()
    event = Event(
        subject_kind=SubjectKind(str(row._meta.model_name)), subject=row.ref, seq=last.seq + 1 if last else 1,
        verb=verb, role=by.role, person=by.person, before=before, after=after, version=row.version, is_quiet=is_quiet,
        at=_moment(row, verb, by), was=was or {}, details=details or {}, undoes=undoes, batch=by.batch,
    )  # fmt: skip
    event.mac = event.mac_after(last.mac if last else "")
    event.save()
    remember(event)
    return event


def remember(event: Event) -> None:
    """Keep a tombstone of a deed that takes something away, once it stands; whatever becomes of the file, it does."""
    if stone := event.tombstone():
        transaction.on_commit(lambda: tombstones.add([stone]), robust=True)


def _moment(row: Question | Episode, verb: Verb, by: Actor) -> datetime | None:
    """When the deed was done. An episode airs at its release, however much later somebody comes across it."""
    if by.role == Role.ASKER:
        return None
    return row.release_at if isinstance(row, Episode) and verb == Verb.AIR else timezone.now()


def change_answer(answer: Answer, verb: Verb, *, by: Actor, is_new: bool = False, **changes: Any) -> dict[str, Any]:
    """Do `verb` to the answer of a locked question, by the answer's own table; returns its former values."""
    try:
        lifecycle.move_for(lifecycle.ANSWER, lifecycle.NEW if is_new else answer.state, verb, by.role)
    except NotAllowed as no:
        raise Refused(_("The answer is {state} now.").format(state=answer.state)) from no
    former = former_values(answer, changes)
    for name, value in changes.items():
        setattr(answer, name, value)
    answer.save(update_fields=list(changes))
    return {"answer": former}


def state_label(row: Question | Episode, state: str) -> str:
    states = lifecycle.QuestionState if isinstance(row, Question) else lifecycle.EpisodeState
    return str(dict(states.choices).get(state, state))
