"""The way of a question from the form to the receipt: look it over, go back, send it. One page each."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from questions import receipts
from questions.actions.submit import Submission, submit
from questions.asking import pace
from questions.asking.checking import check_page
from questions.asking.forms import AskForm
from questions.asking.letter import Letter
from questions.asking.ticket import ticket_page
from questions.models import Caller, CrisisLine, Hold, Show
from questions.models.question import MAX_QUESTION_LENGTH

TOO_FAST_SECONDS = 3
"""Nobody reads, writes and sends in less time than this since the form was made."""


def start(request: HttpRequest, show: Show, *, after: str = "") -> HttpResponse:
    """The empty form; `after` is the slug of the episode that its asker goes on from."""
    form = AskForm(initial={"after": after}, show_language=show.language, languages=show.languages)
    return _form_page(request, form)


def edit(request: HttpRequest, show: Show) -> HttpResponse:
    """The form again, with every word that was sent, unjudged. It also answers a step that does not exist."""
    typed = AskForm(request.POST, show_language=show.language, languages=show.languages).as_typed
    if receipts.nonce_of(typed["form_token"] or "") is None:
        typed["form_token"] = receipts.new_form_token()
    return _form_page(request, AskForm(initial=typed, show_language=show.language, languages=show.languages))


def check(request: HttpRequest, show: Show) -> HttpResponse:
    """The question as it would be sent, and what its asker allows. Nothing is stored."""
    form = AskForm(request.POST, show_language=show.language, languages=show.languages)
    return _objection(request, form, show) or check_page(request, form, Letter.sent(request.POST))


def blur(request: HttpRequest, show: Show) -> HttpResponse:
    """The check page after one press on it: a clue is replaced, taken out or put back."""
    press = request.POST.get("step", "").removeprefix("blur:")
    letter = Letter.sent(request.POST).pressed(press)
    form = AskForm(letter.fill_in(request.POST), show_language=show.language, languages=show.languages)
    return _objection(request, form, show) or check_page(request, form, letter)


def send(request: HttpRequest, show: Show) -> HttpResponse:
    """Store the question, then show its receipt. Sending the same again shows the same receipt."""
    form = AskForm(request.POST, show_language=show.language, languages=show.languages)
    if objection := _objection(request, form, show):
        return objection
    if wait := pace.wait_with_question(request):
        return wait
    nonce = receipts.nonce_of(form.cleaned_data["form_token"])
    assert nonce is not None
    submission = _submission(form, held=_held(request, form, nonce))
    receipt, question = submit(submission, nonce=nonce)
    if question.is_gone:
        return _again(request, form, show, _("You have taken this question back. To ask it anew, send it once more."))
    return ticket_page(request, question, receipt)


def _objection(request: HttpRequest, form: AskForm, show: Show) -> HttpResponse | None:
    """The form with what is wrong with it, or None when the question can be taken."""
    if receipts.nonce_of(form.data.get("form_token", "")) is None:
        sentence = _("This page had lain open too long. Your words are all here: look them over once more.")
        return _again(request, form, show, sentence)
    if form.is_valid():
        return None
    return _form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _again(request: HttpRequest, form: AskForm, show: Show, sentence: str) -> HttpResponse:
    typed = {**form.as_typed, "form_token": receipts.new_form_token()}
    fresh = AskForm(initial=typed, show_language=show.language, languages=show.languages)
    return _form_page(request, fresh, notice=sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _form_page(request: HttpRequest, form: AskForm, *, notice: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "notice": notice,
        "longest": MAX_QUESTION_LENGTH,
        "help_lines": CrisisLine.objects.to_call(form.show_language),
        "young_lines": CrisisLine.objects.to_call(form.show_language, callers=[Caller.YOUNG]),
    }
    return render(request, "asking/ask.html", context, status=status)


def _submission(form: AskForm, *, held: str) -> Submission:
    allowed = form.cleaned_data
    return Submission(
        text=allowed["text"],
        sign_off=allowed["sign_off"].strip(),
        airing=allowed["airing"],
        may_edit=allowed["may_edit"],
        silence_means_yes=allowed["silence_means_yes"],
        language=allowed["language"],
        topics=allowed.get("topics", ()),
        held=held,
        follows_up=form.goes_on_from,
    )


def _held(request: HttpRequest, form: AskForm, nonce: str) -> str:
    """Why a host should look before anything else happens. A question is held, never refused."""
    if form.cleaned_data["website"]:
        return Hold.SPAM
    if receipts.is_newer_than(form.cleaned_data["form_token"], TOO_FAST_SECONDS):
        return Hold.TOO_FAST
    if pace.is_for_a_host_first(request, nonce=nonce, proof=form.cleaned_data.get("proof", "")):
        return Hold.TOO_FAST
    return ""
