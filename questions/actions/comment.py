"""A word on a passage of the wording or the answer, and the end of the talk about it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, enact, locked
from questions.actions.mention import mention_named
from questions.lifecycle import Verb
from questions.models import Comment, Event, Part, Question


@transaction.atomic
def comment(
    question: Question,
    *,
    text: str,
    by: Actor,
    part: str = Part.ANSWER,
    quote: str = "",
    reply_to: Comment | None = None,
) -> Event:
    """Say something about the passage `quote`, or about the whole part; whom it names as @somebody is told.

    A reply is about what the first comment is about. Raises Refused when that one has been resolved meanwhile.
    """
    row = locked(question, seen=None)
    first = None
    if reply_to:
        first = _first(row, reply_to)
        if first.resolved_at:
            raise Refused(_("This has been resolved meanwhile. Say it as a comment of its own."))
        part, quote = first.part, ""
    left = Comment.objects.create(question=row, part=part, quote=quote or None, text=text, reply_to=first, by=by.person)
    if by.person:
        mention_named(text, question=row, by=by.person, comment=left)
    return enact(row, Verb.COMMENT, by=by, details={"comment": str(left.ref)})


@transaction.atomic
def resolve(comment: Comment, *, by: Actor) -> Event:
    """Say that what a comment asks for is done; its replies go with it. Raises Refused when somebody has said so."""
    row = locked(comment.question, seen=None)
    first = _first(row, comment)
    if first.resolved_at:
        raise Refused(_("It is resolved already."))
    event = enact(row, Verb.RESOLVE, by=by, details={"resolved": str(first.ref)})
    Comment.objects.filter(pk=first.pk).update(resolved_by=by.person, resolved_at=timezone.now())
    return event


def _first(row: Question, comment: Comment) -> Comment:
    """The comment that began the talk, as it is now; raises Refused when it was undone or its words are gone."""
    found = Comment.objects.filter(question=row, pk=comment.reply_to_id or comment.pk).first()
    if found is None:
        raise Refused(_("The comment is not there any more."))
    return found
