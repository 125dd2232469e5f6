"""The asker sees the wording before it airs, and agrees to it, asks for another one or says no."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import ASKER, Actor, Refused, enact, locked, permitted
from questions.actions.holding import hold_episodes
from questions.actions.wordings import current_wording
from questions.lifecycle import Verb
from questions.models import Airing, Event, Message, Question


@transaction.atomic
def preview(question: Question, *, by: Actor, seen: int) -> Event:
    """Show the asker the current wording and ask whether it may be read out."""
    row = locked(question, seen=seen)
    permitted(row, Verb.PREVIEW, by=by)
    wording = current_wording(row, by=by)
    return enact(
        row, Verb.PREVIEW, by=by, details={"wording": wording.number},
        wording=wording, previewed_wording=wording, previewed_on=timezone.localdate(),
    )  # fmt: skip


@transaction.atomic
def consent(question: Question, *, wording: int) -> Event:
    """The asker agrees to the wording with that number; raises Refused when another one is current by now."""
    row = locked(question, seen=None)
    _refuse_another(wording, row)
    return enact(row, Verb.CONSENT, by=ASKER, details={"wording": wording}, agreed_wording=row.wording, objected=False)


@transaction.atomic
def object_to_airing(question: Question) -> Event:
    """The asker says no. It needs no version and always wins: an episode that has not aired is held at once."""
    row = locked(question, seen=None)
    hold_episodes(row, verb=Verb.OBJECT, by=ASKER)
    return enact(row, Verb.OBJECT, by=ASKER, objected=True, agreed_wording=None)


@transaction.atomic
def ask_for_change(question: Question, *, wording: int, text: str) -> Event:
    """The asker wants the wording with that number changed, and says how in a message to the hosts.

    An episode that has not aired is held at once. From then on nothing airs before the asker has agreed, whatever
    they had allowed and whatever their silence meant; raises Refused when another wording is current by now.
    """
    row = locked(question, seen=None)
    _refuse_another(wording, row)
    permitted(row, Verb.ASK_CHANGE, by=ASKER)
    hold_episodes(row, verb=Verb.ASK_CHANGE, by=ASKER)
    message = Message.objects.create(question=row, is_from_asker=True, text=text)
    return enact(
        row, Verb.ASK_CHANGE, by=ASKER, details={"wording": wording, "message": str(message.ref)},
        airing=Airing.PREVIEW, silence_means_yes=False, objected=False,
        previewed_wording=None, previewed_on=None, agreed_wording=None,
    )  # fmt: skip


def _refuse_another(number: int, row: Question) -> None:
    if row.wording is None or row.wording.number != number:
        raise Refused(_("The wording has changed since you looked. Please read it again."))
