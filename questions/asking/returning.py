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
from questions.actions.consenting import SILENCE_AFTER
from questions.actions.withdraw import withdraw
from questions.asking.forms import UNKNOWN_CODE, CodeForm, MessageForm
from questions.asking.sayings import objection, saying, steps
from questions.asking.status import HAS_AIRED, Stage, Status, status_of
from questions.comparison import differences
from questions.lifecycle import Verb
from questions.models import Airing, Question


def ask_for_code(request: HttpRequest) -> HttpResponse:
    return render(request, "asking/receipt.html", {"form": CodeForm()})


def unknown_code(request: HttpRequest) -> HttpResponse:
    """One and the same answer to a code that is malformed, unknown or forgotten."""
    form = CodeForm(request.POST)
    if form.is_valid():
        form.add_error("code", UNKNOWN_CODE)
    context = {"form": form, "text": request.POST.get("text", "")}
    return render(request, "asking/receipt.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def question_with(code: str) -> Question | None:
    """The question that a typed code leads to."""
    receipt = receipts.normalise(code)
    return Question.objects.with_receipt(receipts.digest(receipt)) if receipt else None


def read(request: HttpRequest, question: Question) -> HttpResponse:
    return _status_page(request, question)


def add(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker writes to the hosts."""
    form = MessageForm(request.POST)
    if question.is_gone:
        return _not_taken(request, question, form)
    if not form.is_valid():
        return _status_page(request, question, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    if not _was_said_last(question, text):
        try:
            correspond.add(question, text=text)
        except Refused:
            return _not_taken(request, question, form)
    return _status_page(request, question, notice=_("We have it. Look in again for a reply."))


def agree(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker agrees to the wording whose number the page carried; once it has aired there is nothing to agree to."""
    if status_of(question, timezone.now()).stage in HAS_AIRED:
        return _status_page(
            request, question, notice=_("It has been on the show already. You need not agree any more.")
        )
    number = request.POST.get("wording", "")
    try:
        consenting.consent(question, wording=int(number) if number.isascii() and number.isdecimal() else 0)
    except Refused:
        return _not_taken(request, question)
    return _status_page(request, question, notice=_("Thank you. We may read it like this, and not otherwise."))


def object_to_airing(request: HttpRequest, question: Question) -> HttpResponse:
    """The asker says no. What has aired stays, but does not come back once it has been taken down."""
    try:
        consenting.object_to_airing(question)
    except Refused:
        return _not_taken(request, question)
    return _status_page(request, question)


def withdraw_question(request: HttpRequest, question: Question) -> HttpResponse:
    """What taking it back means, before it is done."""
    status = status_of(question, timezone.now())
    if question.is_gone:
        return _status_page(request, question)
    context = {"code": _code(request), "status": status, "day": question.arrived_on}
    return render(request, "asking/withdraw_question.html", context)


def withdraw_for_good(request: HttpRequest, question: Question) -> HttpResponse:
    """Take it back. It is refused only to whoever does it twice, and they read the same page."""
    with suppress(Refused):
        withdraw(question)
    return _status_page(request, question)


def _not_taken(request: HttpRequest, question: Question, form: MessageForm | None = None) -> HttpResponse:
    """The question has moved on. What the desk did is not told before its time, nor is why this failed."""
    question.refresh_from_db()
    if question.is_gone:
        problem = _("So this was not taken. You can ask a new question any day.")
    else:
        problem = _("Something has just changed on our side. This was not taken. Please look in again in half an hour.")
    return _status_page(request, question, form=form, problem=problem, status=HTTPStatus.CONFLICT)


def _status_page(
    request: HttpRequest,
    question: Question,
    *,
    form: MessageForm | None = None,
    status: int = 200,
    **said: str,
) -> HttpResponse:
    now, fresh = timezone.now(), Question.objects.select_related("wording", "merged_into").get(pk=question.pk)
    found = status_of(fresh, now)
    preview = _preview(fresh, found)
    is_asking_leave = bool(preview) and not (preview["is_agreed"] or fresh.objected)
    context = {
        "code": _code(request),
        "question": fresh,
        "status": found,
        "objection": objection(found, fresh),
        "saying": saying(found, fresh, is_asking_leave=is_asking_leave),
        "steps": steps(found, fresh, is_asking_leave=is_asking_leave),
        "preview": preview,
        "may_add": Verb.ADD in found.verbs,
        "may_object": _may_object(fresh, found) and not preview,
        "thread": fresh.messages.told_to_asker(now),
        "form": form or MessageForm(),
        **said,
    }
    return render(request, "asking/status.html", context, status=status)


def _preview(question: Question, status: Status) -> dict[str, object]:
    """The wording that the asker is asked about, with what was changed."""
    wording = question.wording
    if status.preview is None or wording is None:
        return {}
    is_agreed = question.agreed_wording_id == wording.pk
    silent = question.silence_means_yes and not (is_agreed or question.objected)
    return {
        "number": status.preview,
        "text": differences(question.text or "", wording.text or ""),
        "sign_off": differences(question.sign_off or "", wording.sign_off or ""),
        "is_agreed": is_agreed,
        "silence_ends_on": question.previewed_on + SILENCE_AFTER if silent and question.previewed_on else None,
    }


def _may_object(question: Question, status: Status) -> bool:
    on_the_way = status.stage in (Stage.WAITING, Stage.KEPT, Stage.ANSWERING, Stage.READY)
    return on_the_way and Verb.OBJECT in status.verbs and question.airing != Airing.PRIVATE and not question.objected


def _was_said_last(question: Question, text: str) -> bool:
    """Whether the thread ends with these words of the asker: the page was sent twice."""
    last = question.messages.last()
    return last is not None and last.is_from_asker and last.text == text


def _code(request: HttpRequest) -> str:
    return receipts.normalise(request.POST.get("code", "")) or ""
