"""The asker changes or takes out words, as long as nobody has begun to answer."""

from django.db import transaction

from questions.actions.acting import ASKER, enact, locked, permitted
from questions.actions.erasing import erase_from_disk
from questions.actions.merge import promote_follower
from questions.actions.submit import marks_of
from questions.lifecycle import Verb
from questions.models import Answer, Event, Question


@transaction.atomic
def amend(question: Question, *, text: str, sign_off: str) -> Event | None:
    """Put other words in the place of the asker's own; no trace of the old ones is left. It needs no version.

    What was made from the old words goes with them: edited wordings, consent to them, the hosts' notes. The question
    waits to be read anew; one that followed another is on its own again. Returns None, and changes nothing, when the
    words are the same. Raises Refused once somebody has begun to answer.
    """
    row = locked(question, seen=None)
    permitted(row, Verb.AMEND, by=ASKER)
    if (text, sign_off) == (row.text, row.sign_off):
        return None
    marks = marks_of(text, sign_off, held=row.held)
    # Those that followed it followed other words.
    promote_follower(row, by=ASKER)
    event = enact(
        row, Verb.AMEND, by=ASKER, text=text, sign_off=sign_off, merged_into=None, **marks,
        wording=None, previewed_wording=None, previewed_on=None, agreed_wording=None,
    )  # fmt: skip
    row.wordings.all().delete()
    row.notes.all().delete()
    row.comments.all().delete()
    row.autosaves.all().delete()
    # What is left of an answer here is a draft that somebody began and undid.
    Answer.objects.filter(question=row).delete()
    erase_from_disk()
    return event
