"""Somebody edits the wording of a question. The original stays beside it."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, enact, locked, permitted
from questions.actions.consenting import only_redacts
from questions.actions.wordings import make_wording
from questions.lifecycle import Verb
from questions.models import Event, Question


@transaction.atomic
def reword(question: Question, *, text: str, sign_off: str, by: Actor, seen: int) -> Event | None:
    """Make a new wording current. Consent to an earlier wording does not carry over to it.

    Where the asker forbade editing, only striking and [placeholders] are accepted; anything else raises Refused.
    Returns None, and changes nothing, when the wording is the same as it was.
    """
    row = locked(question, seen=seen)
    permitted(row, Verb.REWORD, by=by)
    if (text, sign_off) == (row.spoken_text, row.spoken_sign_off):
        return None
    redacts = only_redacts(row.text or "", text) and only_redacts(row.sign_off or "", sign_off)
    if not row.may_edit and not redacts:
        raise Refused(
            _("The asker forbade editing. You can strike passages, or replace them by a word in brackets: [a city].")
        )
    wording = make_wording(row, text=text, sign_off=sign_off, by=by)
    return enact(row, Verb.REWORD, by=by, details={"wording": wording.number}, wording=wording)
