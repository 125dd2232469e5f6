"""The addresses of asking. Which step of the way a POST means stands in its body."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from questions.asking import changing, following, pace, returning, sending, ticket
from questions.asking.guard import asking_page, not_now
from questions.models import Show

ASK_STEPS = {"edit": sending.edit, "check": sending.check, "blur": sending.blur, "send": sending.send}
"""By what stands before the colon; after it, a button of the check page says what it would change."""

RECEIPT_STEPS = {
    "add": returning.add,
    "agree": returning.agree,
    "ask-change": returning.ask_for_change,
    "change": changing.change,
    "amend": changing.amend,
    "object": returning.object_to_airing,
    "withdraw": returning.withdraw_question,
    "withdraw-for-good": returning.withdraw_for_good,
    "note": ticket.note,
    "typed-back": ticket.typed_back,
}
STORING_STEPS = {"add", "ask-change", "amend"}
"""Steps that store words, and are counted like questions."""


@asking_page
def ask(request: HttpRequest) -> HttpResponse:
    return _asking(request)


@asking_page
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a question that goes on from an episode. From the check page on, its slug stands in the form."""
    if request.method == "POST":
        return _asking(request)
    if following.episode_at(slug) is None:
        raise Http404
    return _asking(request, after=slug)


def _asking(request: HttpRequest, *, after: str = "") -> HttpResponse:
    show = Show.objects.current()
    if not show.is_asking_open:
        heading = _("We are not taking questions just now")
        sentence = show.closed_words or _("We have as many as we can read well. Please come back in a while.")
        typed = request.POST.dict()
        again = "edit" if typed.get("text") else None
        return not_now(request, heading=heading, sentence=sentence, typed=typed, again=again, status=200)
    if request.method != "POST":
        return sending.start(request, show, after=after)
    step = ASK_STEPS.get(request.POST.get("step", "").partition(":")[0], sending.edit)
    return step(request, show)


@asking_page
def receipt(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return returning.ask_for_code(request)
    if wait := pace.wait_with_code(request):
        return wait
    question = returning.question_with(request.POST.get("code", ""))
    if question is None:
        pace.count_wrong_code(request)
        return returning.unknown_code(request)
    name = request.POST.get("step", "")
    if name in STORING_STEPS and (wait := pace.wait_with_question(request)):
        return wait
    return RECEIPT_STEPS.get(name, returning.read)(request, question)


@asking_page
def lost(request: HttpRequest) -> HttpResponse:
    """What it means that a code is lost: nobody can find the question by it, and why that is good."""
    return render(request, "asking/lost.html", {"days": Show.objects.current().keeps_waiting_days})


def ask_without_slash(request: HttpRequest) -> HttpResponse:
    """Django's own redirect would carry along whatever stands behind the question mark; this one drops it."""
    return HttpResponsePermanentRedirect(reverse("asking:ask"))


def follow_up_without_slash(request: HttpRequest, slug: str) -> HttpResponse:
    """As above."""
    return HttpResponsePermanentRedirect(reverse("asking:follow-up", args=[slug]))


def receipt_without_slash(request: HttpRequest) -> HttpResponse:
    """As above: a code that somebody put into the address goes no further."""
    return HttpResponsePermanentRedirect(reverse("asking:receipt"))


def lost_without_slash(request: HttpRequest) -> HttpResponse:
    """As above."""
    return HttpResponsePermanentRedirect(reverse("asking:lost"))
