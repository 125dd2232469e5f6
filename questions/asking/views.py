"""The two addresses of asking. Which step of the way a POST means stands in its body."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from questions.asking import returning, sending
from questions.asking.guard import asking_page, not_now
from questions.models import Show

ASK_STEPS = {"check": sending.check, "send": sending.send}

RECEIPT_STEPS = {
    "add": returning.add,
    "agree": returning.agree,
    "object": returning.object_to_airing,
    "withdraw": returning.withdraw_question,
    "withdraw-for-good": returning.withdraw_for_good,
}


@asking_page
def ask(request: HttpRequest) -> HttpResponse:
    show = Show.objects.current()
    if not show.is_asking_open:
        heading = _("We are not taking questions just now")
        sentence = show.closed_words or _("We have as many as we can read well. Please come back in a while.")
        return not_now(request, heading=heading, sentence=sentence, typed=request.POST.dict(), status=200)
    if request.method != "POST":
        return sending.start(request, show)
    step = ASK_STEPS.get(request.POST.get("step", ""), sending.change)
    return step(request, show)


@asking_page
def receipt(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return returning.ask_for_code(request)
    question = returning.question_with(request.POST.get("code", ""))
    if question is None:
        return returning.unknown_code(request)
    step = RECEIPT_STEPS.get(request.POST.get("step", ""), returning.read)
    return step(request, question)


def ask_without_slash(request: HttpRequest) -> HttpResponse:
    """Django's own redirect would carry along whatever stands behind the question mark; this one drops it."""
    return HttpResponsePermanentRedirect(reverse("asking:ask"))


def receipt_without_slash(request: HttpRequest) -> HttpResponse:
    """As above: a code that somebody put into the address goes no further."""
    return HttpResponsePermanentRedirect(reverse("asking:receipt"))
