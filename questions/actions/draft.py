"""Somebody saves a draft of the answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, change_answer, enact, locked, permitted
from questions.lifecycle import Role, Verb
from questions.models import Answer, Event, Person, Question, Revision


@transaction.atomic
def draft(question: Question, *, body: str, by: Actor, seen: int, answerer: Person | None = None) -> Event | None:
    """Save `body` as the answer's next revision; `answerer` is who will be credited (by default, who writes).

    Returns None, and adds no revision, when neither the body nor the answerer has changed. A guest writes only where
    the question is theirs to answer; anywhere else raises Refused.
    """
    row = locked(question, seen=seen)
    permitted(row, Verb.DRAFT, by=by)
    if by.role == Role.GUEST and row.claimed_by != by.person:
        raise Refused(_("This question is not yours to answer any more."))
    answer, is_new = Answer.objects.get_or_create(question=row)
    credited = answerer or answer.answerer or by.person
    current = answer.current_revision
    if current is not None and current.body == body and answer.answerer == credited:
        return None
    if current is None or current.body != body:
        number = answer.revisions.count() + 1
        current = Revision.objects.create(answer=answer, number=number, body=body, by=by.person)
    was = change_answer(answer, Verb.DRAFT, by=by, is_new=is_new, current_revision=current, answerer=credited)
    return enact(row, Verb.DRAFT, by=by, details={"revision": current.number}, was=was)
