"""A host approves an answer, or reopens it."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, change_answer, enact, locked, permitted
from questions.actions.wordings import current_wording
from questions.lifecycle import Verb
from questions.models import Answer, Event, Person, Question, Show


@transaction.atomic
def approve(question: Question, *, by: Actor, seen: int) -> Event:
    """Approve the current revision together with the current wording: what airs is what was approved.

    Where the show asks for a second host, raises Refused for whoever wrote either of them.
    """
    row = locked(question, seen=seen)
    permitted(row, Verb.APPROVE, by=by)
    if sentence := needs_another_host(row, by=by.person):
        raise Refused(sentence)
    answer = Answer.objects.select_related("current_revision").get(question=row)
    assert answer.current_revision is not None
    wording = current_wording(row, by=by)
    was = change_answer(
        answer, Verb.APPROVE, by=by, approved_revision=answer.current_revision, approved_wording=wording
    )
    details = {"revision": answer.current_revision.number, "wording": wording.number}
    return enact(row, Verb.APPROVE, by=by, details=details, was=was, wording=wording)


def needs_another_host(question: Question, *, by: Person | None) -> str:
    """Why `by` may not approve what stands now, in a sentence: the show asks for a second host, and they wrote it."""
    if not Show.objects.current().asks_second_host:
        return ""
    answer = Answer.objects.filter(question=question).select_related("current_revision").first()
    if answer and answer.current_revision and answer.current_revision.by == by:
        return _("You wrote this revision. Somebody else has to approve it.")
    wording = question.wording
    # A wording that repeats the original was written by its asker, whoever made it.
    is_edited = wording and (wording.text, wording.sign_off) != (question.text, question.sign_off)
    if wording and is_edited and wording.by == by:
        return _("You edited the wording. Somebody else has to approve it.")
    return ""


@transaction.atomic
def reopen(question: Question, *, by: Actor, seen: int) -> Event:
    """Take the approval back, so that the answer and the wording can be changed."""
    row = locked(question, seen=seen)
    permitted(row, Verb.REOPEN, by=by)
    was = change_answer(row.answer, Verb.REOPEN, by=by, approved_revision=None, approved_wording=None)
    return enact(row, Verb.REOPEN, by=by, was=was)
