"""What somebody types is kept for them before they save it. It makes no revision and no Event."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Refused, locked
from questions.actions.claim import renew
from questions.models import Answer, Autosave, Person, Question


class TypedElsewhere(Refused):
    """Another page of the same writer has kept words that this one would replace; `autosave` is what stands."""

    def __init__(self, autosave: Autosave) -> None:
        super().__init__(_("Something you typed on another page is kept already, so this is not."))
        self.autosave = autosave


@transaction.atomic
def autosave(
    question: Question,
    *,
    text: str,
    sign_off: str,
    body: str,
    seen: int,
    page: uuid.UUID,
    by: Person,
    instead_of: uuid.UUID | None = None,
) -> Autosave | None:
    """Keep what `by` has typed, over what the same page has kept before, and let their claim hold on.

    `page` names the page it is typed on, and becomes the `ref` of the row; `seen` is the version that page shows.
    Where nothing differs from what is saved there is nothing to keep: the row goes, and None is returned. Raises
    TypedElsewhere when another page has kept other words, unless they are those that `instead_of` names, and Refused
    when the question's words are gone.
    """
    row = locked(question, seen=None)
    if row.is_gone:
        raise Refused(_("The question is gone, so nothing more is kept of it."))
    renew(row, by=by)
    stands = Autosave.objects.filter(question=row, person=by).first()
    if stands and stands.ref not in (page, instead_of) and differs(stands, row):
        raise TypedElsewhere(stands)
    typed = Autosave(question=row, person=by, ref=page, text=text, sign_off=sign_off, body=body, seen=seen)
    if not differs(typed, row):
        discard(row, page=page, by=by)
        return None
    kept, _is_new = Autosave.objects.update_or_create(
        question=row,
        person=by,
        defaults={
            "ref": page, "text": text, "sign_off": sign_off, "body": body, "seen": seen, "saved_at": timezone.now(),
        },
    )  # fmt: skip
    return kept


def discard(question: Question, *, page: uuid.UUID, by: Person) -> None:
    """Forget what `by` has typed on that page, because it is saved now or not wanted. It needs no Event."""
    Autosave.objects.filter(question=question, person=by, ref=page).delete()


def differs(autosave: Autosave, question: Question) -> bool:
    """Whether somebody has typed anything that is not saved by now; white space at the ends is nothing."""
    answer = Answer.objects.filter(question=question).select_related("current_revision").first()
    revision = answer.current_revision if answer else None
    saved = (question.spoken_text, question.spoken_sign_off, (revision.body or "") if revision else "")
    typed = (autosave.text or "", autosave.sign_off or "", autosave.body or "")
    return any(before.strip() != now.strip() for before, now in zip(saved, typed, strict=True))
