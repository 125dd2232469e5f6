"""The asker sees the wording before it airs, and agrees to it or says no."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import ASKER, Actor, Refused, enact, locked, permitted
from questions.actions.holding import hold_episodes
from questions.lifecycle import Verb
from questions.models import Event, Question, Wording


@transaction.atomic
def preview(question: Question, *, by: Actor, seen: int) -> Event:
    """Show the asker the current wording and ask whether it may be read out."""
    row = locked(question, seen=seen)
    permitted(row, Verb.PREVIEW, by=by)
    wording = row.wording or Wording.objects.create(
        question=row, number=row.wordings.count() + 1, text=row.text or "", sign_off=row.sign_off or "", by=by.person
    )
    return enact(
        row, Verb.PREVIEW, by=by, details={"wording": wording.number},
        wording=wording, previewed_wording=wording, previewed_on=timezone.localdate(),
    )  # fmt: skip


@transaction.atomic
def consent(question: Question, *, wording: int) -> Event:
    """The asker agrees to the wording with that number; raises Refused when another one is current by now."""
    row = locked(question, seen=None)
    if row.wording is None or row.wording.number != wording:
        raise Refused(_("The wording has changed since you looked. Please read it again."))
    return enact(row, Verb.CONSENT, by=ASKER, details={"wording": wording}, agreed_wording=row.wording, objected=False)


@transaction.atomic
def object_to_airing(question: Question) -> Event:
    """The asker says no. It needs no version and always wins: an episode that has not aired is held at once."""
    row = locked(question, seen=None)
    hold_episodes(row, verb=Verb.OBJECT, by=ASKER)
    return enact(row, Verb.OBJECT, by=ASKER, objected=True, agreed_wording=None)
