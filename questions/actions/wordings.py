"""The wordings of a question: each is a row of its own and keeps its number for ever."""

from questions.actions.acting import Actor
from questions.models import Event, Question, Wording


def make_wording(row: Question, *, text: str, sign_off: str, by: Actor) -> Wording:
    """A new wording of a locked question, under a number that no earlier one has had.

    Consent is given to a number, so that of a wording which the asker's changes have erased must not come back.
    """
    spent = [details.get("wording", 0) for details in Event.objects.of(row.ref).values_list("details", flat=True)]
    number = 1 + max([*row.wordings.values_list("number", flat=True), *spent], default=0)
    return Wording.objects.create(question=row, number=number, text=text, sign_off=sign_off, by=by.person)


def current_wording(row: Question, *, by: Actor) -> Wording:
    """The wording of a locked question that stands now; before anybody edited it, one that repeats the original."""
    return row.wording or make_wording(row, text=row.text or "", sign_off=row.sign_off or "", by=by)
