"""The ticket: what an asker gets once the question is stored, ways to keep it, and a way to be sure of it."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from questions import receipts
from questions.asking.coming_back import TypedForm
from questions.asking.status_page import code_of, status_page
from questions.models import Question, Show
from questions.receipts import Receipt


def ticket_page(
    request: HttpRequest, question: Question, receipt: Receipt, *, form: TypedForm | None = None, verdict: str = ""
) -> HttpResponse:
    """The ticket of a stored question. Sending the question again, or reloading, gives the same page."""
    show = Show.objects.current()
    context = {
        "show": show,
        "groups": receipts.grouped(receipt),
        "code": receipt,
        "day": question.arrived_on,
        "kept_until": kept_until(question, show),
        "form": form or TypedForm(),
        "verdict": verdict,
        "right": right(),
        "different": different(),
    }
    return render(request, "asking/ticket.html", context)


def note(request: HttpRequest, question: Question) -> HttpResponse:
    """The code in a small text file, which says nothing of what it is for."""
    if question.is_gone:
        return status_page(request, question)
    until = _("Kept until {day}.").format(day=date_format(kept_until(question, Show.objects.current()), "j F Y"))
    words = f"{' '.join(receipts.grouped(code_of(request)))}\r\n\r\n{until}\r\n"
    return HttpResponse(
        words,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="note.txt"'},
    )


def typed_back(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticket again, with a word about what was typed. Nothing depends on it, so nothing is an error."""
    if question.is_gone:
        return status_page(request, question)
    receipt, form = code_of(request), TypedForm(request.POST)
    verdict = _verdict(receipt, str(form["typed"].value() or ""))
    return ticket_page(request, question, receipt, form=form, verdict=verdict)


def _verdict(receipt: Receipt, typed: str) -> str:
    if not typed.strip():
        return _("Nothing stands in the box yet.")
    number = receipts.first_difference(receipt, typed)
    if number is None:
        return right()
    return different().format(number=number, group=receipts.grouped(receipt)[number - 1])


def right() -> str:
    return _("That is it. You have the code.")


def different() -> str:
    """With places for the `number` of a group and for the `group` itself; the page's script fills them in as well."""
    return _("Group {number} is different: the ticket says {group}.")


def kept_until(question: Question, show: Show) -> date:
    """The last day on which the show keeps the question if nobody does anything with it."""
    return question.arrived_on + timedelta(days=show.keeps_waiting_days)
