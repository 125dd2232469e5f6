"""Two questions ask the same; one follows the other, and can be split off again."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import CLOCK, Actor, Refused, enact, locked
from questions.lifecycle import QuestionState, Verb
from questions.models import Airing, Event, Question

_LEADS = (QuestionState.WAITING, QuestionState.KEPT, QuestionState.ANSWERING, QuestionState.READY)


@transaction.atomic
def merge(question: Question, *, into: Question, by: Actor, seen: int) -> Event:
    """Let `question` follow `into`: its asker reads the lead's status from now on.

    Raises Refused when the lead is private, held, merged itself or closed, or is the question itself. The rows are
    locked in the order of their numbers, so that two merges the other way round cannot both succeed.
    """
    list(Question.objects.select_for_update().filter(pk__in=[question.pk, into.pk]).order_by("pk").values_list("pk"))
    row, lead = locked(question, seen=seen), locked(into, seen=None)
    if row.pk == lead.pk:
        raise Refused(_("A question cannot be merged into itself."))
    if not can_lead(lead):
        raise Refused(_("The other question cannot lead: it is private, held or closed."))
    for follower in row.followers.order_by("pk"):
        enact(locked(follower, seen=None), Verb.FOLLOW, by=CLOCK, merged_into=lead)
    return enact(row, Verb.MERGE, by=by, details={"into": str(lead.ref)}, merged_into=lead)


def can_lead(question: Question) -> bool:
    """Whether others may follow it: it can air, and is still on its way."""
    return question.airing != Airing.PRIVATE and not question.held and question.state in _LEADS


@transaction.atomic
def split(question: Question, *, by: Actor, seen: int) -> Event:
    """Give a merged question its own life back."""
    return enact(locked(question, seen=seen), Verb.SPLIT, by=by, merged_into=None)


def promote_follower(lead: Question, *, by: Actor) -> None:
    """When a lead goes, by the asker or the clock, its first follower takes its place and the others follow it."""
    heir: Question | None = None
    for follower in lead.followers.order_by("arrived_on", "number"):
        row = locked(follower, seen=None)
        if heir is None:
            enact(row, Verb.LEAD, by=by, merged_into=None)
            heir = row
        else:
            enact(row, Verb.FOLLOW, by=by, merged_into=heir)
