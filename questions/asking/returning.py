"""Coming back with the receipt: where the question stands, the thread, the wording, taking it back.

Every step is a POST that carries the code in its body and is answered by the page itself, so the code is
never in an address and nothing is kept between two steps.
"""

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import receipts
from questions.actions import consent as consenting
from questions.actions import correspond
from questions.actions.acting import Refused
from questions.actions.withdraw import withdraw
from questions.asking.coming_back import ChangeForm
from questions.asking.forms import UNKNOWN_CODE, CodeForm, MessageForm
from questions.asking.status import HAS_AIRED, status_of
from questions.asking.status_page import code_of, not_taken, status_page
from questions.models import Question, Show


def ask_for_code(request: HttpRequest) -> HttpResponse:
    return render(request, "asking/receipt.html", {"form": CodeForm()})


def unknown_code(request: HttpRequest) -> HttpResponse:
    """One and the same answer to a code that is malformed, unknown or forgotten."""
    form = CodeForm(request.POST)
    if form.is_valid():
        form.add_error("code", UNKNOWN_CODE)
    context = {"form": form, "text": request.POST.get("text", ""), "sign_off": request.POST.get("sign_off", "")}
    return render(request, "asking/receipt.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def question_with(code: str) -> Question | None:
    """The question that a typed code leads to."""
    receipt = receipts.normalise(code)
    return Question.objects.with_receipt(receipts.digest(receipt)) if receipt else None


def read(request: HttpRequest, question: Question) -> HttpResponse:
    return status_page(request, question)


def add(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker writes to the hosts."""
    form = MessageForm(request.POST)
    if question.is_gone:
        return not_taken(request, question, form)
    if not form.is_valid():
        return status_page(request, question, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    if not _was_said_last(question, text):
        try:
            correspond.add(question, text=text)
        except Refused:
            return not_taken(request, question, form)
    return status_page(request, question, notice=_("We have it. Look in again for a reply."))


def agree(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker agrees to the wording whose number the page carried; once it has aired there is nothing to agree to."""
    status = status_of(question, timezone.now())
    if status.stage in HAS_AIRED:
        return status_page(request, question, notice=_("It has been on the show already. You need not agree any more."))
    if status.preview != _wording(request):
        # Nobody agrees to what their page has not shown, nor finds out by trying which wordings there are.
        return not_taken(request, question)
    try:
        consenting.consent(question, wording=_wording(request))
    except Refused:
        return not_taken(request, question)
    return status_page(request, question, notice=_("Thank you. We may read it like this, and not otherwise."))


def ask_for_change(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker wants another wording than the one whose number the page carried."""
    form, status = ChangeForm(request.POST), status_of(question, timezone.now())
    if question.is_gone:
        return not_taken(request, question, MessageForm(request.POST))
    if status.stage in HAS_AIRED:
        return _aired_already(request, question)
    if not form.is_valid():
        return status_page(request, question, change_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    if not (status.wants_change and _was_said_last(question, text)):
        if status.preview != _wording(request):
            return not_taken(request, question, MessageForm(request.POST))
        try:
            consenting.ask_for_change(question, wording=_wording(request), text=text)
        except Refused:
            return not_taken(request, question, MessageForm(request.POST))
    return status_page(request, question, notice=_("We have it. Nothing airs before you have agreed to a wording."))


def _aired_already(request: HttpRequest, question: Question) -> HttpResponse:
    problem = _(
        "It has been on the show already, so this was not taken. Write to the hosts below: they can correct it."
    )
    form = MessageForm(request.POST)
    return status_page(request, question, form=form, problem=problem, status=HTTPStatus.CONFLICT)


def object_to_airing(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker says no. What has aired stays, but does not come back once it has been taken down."""
    if question.objected:
        # Said twice it is one no, and no new reason for a host's page to be out of date.
        return status_page(request, question)
    try:
        consenting.object_to_airing(question)
    except Refused:
        return not_taken(request, question)
    return status_page(request, question)


def withdraw_question(request: HttpRequest, question: Question) -> HttpResponse:
    """What taking it back means, before it is done."""
    if question.is_gone:
        return status_page(request, question)
    status = status_of(question, timezone.now())
    context = {"code": code_of(request), "status": status, "days": Show.objects.current().keeps_traces_days}
    return render(request, "asking/withdraw_question.html", context)


def withdraw_for_good(request: HttpRequest, question: Question) -> HttpResponse:
    """Take it back. It is refused only to whoever does it twice, and they read the same page."""
    with suppress(Refused):
        withdraw(question)
    return status_page(request, question)


def _wording(request: HttpRequest) -> int:
    """The number of the wording that the page carried; 0, which no wording has, for anything that is none."""
    number = request.POST.get("wording", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def _was_said_last(question: Question, text: str) -> bool:
    """Whether the thread ends with these words of the asker: the page was sent twice."""
    last = question.messages.last()
    return last is not None and last.is_from_asker and last.text == text
