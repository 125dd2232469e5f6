"""A host takes a decision back. The undoing is an Event of its own; it never revives forgotten words."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, change_row, gone, locked, record
from questions.actions.assemble import disband
from questions.actions.merge import can_lead
from questions.actions.merge_topics import as_they_stand
from questions.actions.needs import is_in_a_live_episode
from questions.actions.retract import retract
from questions.actions.schedule import publish, schedule, unschedule
from questions.lifecycle import FINAL, NEW, UNDONE_BY, Verb
from questions.models import Answer, Comment, Episode, Event, Message, Note, Person, Question, SubjectKind


@transaction.atomic
def undo(event: Event, *, by: Actor) -> Event:
    """Undo `event`, if nothing that depends on it has happened since and its effect has not left the house."""
    if by.person is None or not by.person.is_host:
        raise Refused(_("Only hosts can undo."))
    if event.verb in FINAL:
        raise Refused(_("This cannot be undone."))
    if event.subject_kind == SubjectKind.EPISODE:
        return _undo_for_episode(event, by)
    return _undo_for_question(event, by)


def _undo_for_episode(event: Event, by: Actor) -> Event:
    episode = Episode.objects.filter(ref=event.subject).first()
    if episode is None:
        raise gone()
    row = locked(episode, seen=None)
    _refuse_if_overtaken(event)
    match UNDONE_BY[Verb(event.verb)]:
        case Verb.RETRACT:
            return retract(row, by=by, seen=row.version)
        case Verb.PUBLISH:
            return publish(row, by=by, seen=row.version)
        case Verb.DISBAND if event.before == NEW:
            return disband(row, by=by, seen=row.version)
        case Verb.DISBAND:
            raise Refused(_("Earlier contents are not kept. Open the episode and change it back."))
    former = event.was["episode"]["release_at"]
    if former is None:
        return unschedule(row, by=by, seen=row.version)
    return schedule(row, at=datetime.fromisoformat(former), by=by, seen=row.version)


def _undo_for_question(event: Event, by: Actor) -> Event:
    question = Question.objects.filter(ref=event.subject).first()
    if question is None:
        raise Refused(_("The question is gone, and its traces with it."))
    row = locked(question, seen=None)
    _refuse_if_overtaken(event)
    if row.is_gone:
        raise Refused(_("The question is gone; nothing brings its words back."))
    if event.verb == Verb.APPROVE and is_in_a_live_episode(row):
        raise Refused(_("Its answer is in an episode that is scheduled or published."))
    if event.verb == Verb.SPLIT and not _can_lead_still(event.was["question"]["merged_into_id"]):
        raise Refused(_("The question it followed cannot lead any more."))
    if _has_left(event.was["question"].get("claimed_by_id")):
        raise Refused(_("Whoever had it has left the show."))
    _take_back_words(event)
    before = row.state
    former = {name: value for name, value in event.was["question"].items() if name != "changed_on"}
    if former.get("claimed_by_id"):
        # The claim begins anew: the old lease may long have run out.
        former["claimed_at"] = timezone.now()
    change_row(row, is_quiet=event.is_quiet, **_as_columns(former))
    if "answer" in event.was:
        Answer.objects.filter(question=row).update(**event.was["answer"])
    if "topics" in event.was:
        row.topics.set(as_they_stand(event.was["topics"]))
    return record(
        row, Verb.UNDO, by=by, before=before, after=row.state, is_quiet=event.is_quiet,
        details={"verb": event.verb}, undoes=event,
    )  # fmt: skip


def _can_lead_still(number: int) -> bool:
    lead = Question.objects.filter(pk=number).first()
    return lead is not None and can_lead(lead)


def _has_left(claimed_by: int) -> bool:
    return Person.objects.filter(pk=claimed_by).exclude(left_on=None).exists()


def _as_columns(former: dict[str, object]) -> dict[str, object]:
    fields = {field.attname: field for field in Question._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in former.items()}


_RANKING = (Verb.ALERT, Verb.STAND_DOWN, Verb.LIFT, Verb.AMEND)
"""The verbs that say how soon a question is read. A call for help must not lose its place by undoing another."""


def _refuse_if_overtaken(event: Event) -> None:
    """Quiet deeds overtake only their own kind; every other deed must be undone in the reverse order."""
    later = Event.objects.of(event.subject).standing().filter(seq__gt=event.seq)
    if Event.objects.filter(undoes=event).exists():
        raise Refused(_("It has been undone already."))
    kind = _RANKING if event.verb in _RANKING else (event.verb,)
    if later.filter(verb__in=kind).exists() or (not event.is_quiet and later.filter(is_quiet=False).exists()):
        raise Refused(_("Something has happened since. Undo that first."))


def _take_back_words(event: Event) -> None:
    """Remove the message or note the deed left behind, unless the asker can have read it."""
    if ref := event.details.get("message"):
        message = Message.objects.get(ref=ref)
        if message.hidden_until is None or message.hidden_until <= timezone.now():
            raise Refused(_("The asker can have read it by now."))
        message.delete()
    if ref := event.details.get("note"):
        Note.objects.filter(ref=ref).delete()
    if ref := event.details.get("comment"):
        Comment.objects.filter(ref=ref).delete()
    if ref := event.details.get("resolved"):
        Comment.objects.filter(ref=ref).update(resolved_by=None, resolved_at=None)


def undo_batch(batch: uuid.UUID, *, by: Actor) -> tuple[list[Event], list[Event]]:
    """Undo every deed of one stroke that still can be; returns the undoings, and the events that have to stand."""
    undone: list[Event] = []
    standing: list[Event] = []
    for event in Event.objects.filter(batch=batch).exclude(verb=Verb.UNDO).order_by("-pk"):
        try:
            undone.append(undo(event, by=by))
        except Refused:
            standing.append(event)
    return undone, standing
