"""The asker changes the words of the question, or takes some out, as long as nobody has begun to answer."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from questions.actions.acting import Refused
from questions.actions.amend import amend as amend_question
from questions.asking.coming_back import AmendForm
from questions.asking.forms import MessageForm
from questions.asking.status_page import code_of, not_taken, something_changed, status_page
from questions.models import Question


def change(request: HttpRequest, question: Question) -> HttpResponse:
    """The words as they are now, in boxes to change them in."""
    if question.is_gone:
        return status_page(request, question)
    return _change_page(request, AmendForm.of(question))


def amend(request: HttpRequest, question: Question) -> HttpResponse:
    """Put the words that were sent in the place of the old ones. Where that is too late they come back."""
    form = AmendForm(request.POST)
    if question.is_gone:
        return not_taken(request, question, MessageForm(request.POST))
    if not form.is_valid():
        return _change_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        event = amend_question(question, text=form.cleaned_data["text"], sign_off=form.cleaned_data["sign_off"].strip())
    except Refused:
        return _change_page(request, form, problem=something_changed(), status=HTTPStatus.CONFLICT)
    if event is None:
        return status_page(request, question, notice=_("These are the words that we have."))
    return status_page(request, question, notice=_("We have your new words. The old ones are gone."))


def _change_page(request: HttpRequest, form: AmendForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "code": code_of(request), "problem": problem}
    return render(request, "asking/change.html", context, status=status)
