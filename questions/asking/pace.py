"""How much one network may send before a host looks first, or before it has to wait. Nobody is remembered for it."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions import throttle
from questions.asking.guard import not_now
from questions.proof_of_work import proves


def wait_with_question(request: HttpRequest) -> HttpResponse | None:
    """Count a question that is about to be stored: None when it can be, else the page that asks to wait."""
    if throttle.QUESTIONS.count(throttle.network_of(request)) <= throttle.REFUSED_BEYOND:
        return None
    return _wait(
        request,
        throttle.QUESTIONS,
        _("Very many questions have come from your network. Nothing is lost: your words are still on this page."),
    )


def is_for_a_host_first(request: HttpRequest, *, nonce: str, proof: str) -> bool:
    """Whether a question that has been counted is one of so many that it may be a flood."""
    seen = throttle.QUESTIONS.seen(throttle.network_of(request))
    if not settings.PROOF_OF_WORK:
        return seen > throttle.HELD_BEYOND
    if _has_worked(nonce=nonce, proof=proof):
        return False
    return seen == 0 or seen > throttle.HELD_BEYOND_WITHOUT_PROOF


def wait_with_report(request: HttpRequest, *, nonce: str, proof: str) -> HttpResponse | None:
    """Count a report that is about to be stored: None when it can be, else the page that asks to wait.

    There is no holding a report for a host, as a question is held. Where a show asks for work, whoever has done it
    does not wait.
    """
    seen = throttle.REPORTS.count(throttle.network_of(request))
    if seen <= throttle.REPORTS_REFUSED_BEYOND or _has_worked(nonce=nonce, proof=proof):
        return None
    return _wait(
        request,
        throttle.REPORTS,
        _("Many reports have come from your network. Nothing is lost: your words are still on this page."),
    )


def _has_worked(*, nonce: str, proof: str) -> bool:
    """Whether the work that a show asks for was done for this form; it is good for one sending."""
    bits = settings.PROOF_OF_WORK
    return bool(bits) and proves(proof, nonce=nonce, bits=bits) and throttle.PROOFS.count(nonce.encode()) == 1


def wait_with_code(request: HttpRequest) -> HttpResponse | None:
    """None when a code may be looked up, else the page that asks to wait: the same for right and wrong codes."""
    if throttle.WRONG_CODES.seen(throttle.network_of(request)) < throttle.MOST_WRONG_CODES:
        return None
    return _wait(
        request,
        throttle.WRONG_CODES,
        _(
            "Many codes that lead nowhere have come from your network, so for now we look up none from there. "
            "Yours stays on this page."
        ),
    )


def count_wrong_code(request: HttpRequest) -> None:
    throttle.WRONG_CODES.count(throttle.network_of(request))


def _wait(request: HttpRequest, limit: throttle.Throttle, sentence: str) -> HttpResponse:
    seconds = limit.seconds_left()
    minutes = -(-seconds // 60)
    when = ngettext("Try again in {minutes} minute.", "Try again in {minutes} minutes.", minutes).format(
        minutes=minutes
    )
    response = not_now(
        request,
        heading=_("Please wait a little"),
        sentence=f"{sentence} {when}",
        typed=request.POST.dict(),
        again=request.POST.get("step", ""),
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response.headers["Retry-After"] = str(seconds)
    return response
