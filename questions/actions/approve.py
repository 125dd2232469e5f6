"""A host approves an answer, or reopens it."""

from django.db import transaction

from questions.actions.acting import Actor, change_answer, enact, locked, permitted
from questions.actions.wordings import current_wording
from questions.lifecycle import Verb
from questions.models import Answer, Event, Question


@transaction.atomic
def approve(question: Question, *, by: Actor, seen: int) -> Event:
    """Approve the current revision together with the current wording: what airs is what was approved."""
    row = locked(question, seen=seen)
    permitted(row, Verb.APPROVE, by=by)
    answer = Answer.objects.select_related("current_revision").get(question=row)
    assert answer.current_revision is not None
    wording = current_wording(row, by=by)
    was = change_answer(
        answer, Verb.APPROVE, by=by, approved_revision=answer.current_revision, approved_wording=wording
    )
    details = {"revision": answer.current_revision.number, "wording": wording.number}
    return enact(row, Verb.APPROVE, by=by, details=details, was=was, wording=wording)


@transaction.atomic
def reopen(question: Question, *, by: Actor, seen: int) -> Event:
    """Take the approval back, so that the answer and the wording can be changed."""
    row = locked(question, seen=seen)
    permitted(row, Verb.REOPEN, by=by)
    was = change_answer(row.answer, Verb.REOPEN, by=by, approved_revision=None, approved_wording=None)
    return enact(row, Verb.REOPEN, by=by, was=was)
