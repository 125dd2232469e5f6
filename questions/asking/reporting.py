"""What a reader tells the show about an episode: that something is wrong, or that it is about them and has to go."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import receipts, visibility
from questions.actions import report as deeds
from questions.asking import following, pace
from questions.asking.guard import asking_page
from questions.asking.report_form import ReportForm
from questions.asking.sending import TOO_FAST_SECONDS
from questions.models import CrisisLine, Episode, Report, Show


@asking_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the thanks for it. An episode that was taken down can still be told about, without its name."""
    episode = _told_about(slug)
    if request.method != "POST":
        return _form_page(request, episode, ReportForm())
    return _send(request, episode) if request.POST.get("step") == "send" else _edit(request, episode)


def report_without_slash(request: HttpRequest, slug: str) -> HttpResponse:
    """Django's own redirect would carry along whatever stands behind the question mark; this one drops it."""
    return HttpResponsePermanentRedirect(reverse("asking:report", args=[slug]))


def _told_about(slug: str) -> Episode:
    """The episode that readers see there, or could see once; for whatever never aired there is no such page."""
    episode = following.episode_at(slug)
    if episode is None and visibility.was_public(slug, timezone.now()):
        episode = Episode.objects.get(slug=slug)
    if episode is None:
        raise Http404
    return episode


def _edit(request: HttpRequest, episode: Episode, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The form again with every word that was sent, unjudged."""
    form = ReportForm(request.POST)
    typed = {field.name: field.value() for field in form} | {"website": ""}
    if receipts.nonce_of(typed["form_token"] or "") is None:
        typed["form_token"] = receipts.new_form_token()
    return _form_page(request, episode, ReportForm(initial=typed), notice=notice, status=status)


def _send(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = ReportForm(request.POST)
    nonce = receipts.nonce_of(form["form_token"].value() or "")
    if nonce is None:
        sentence = _("This page had lain open too long. Your words are all here: send them once more.")
        return _edit(request, episode, notice=sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_valid():
        return _form_page(request, episode, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = form.cleaned_data
    if told["website"] or receipts.is_newer_than(told["form_token"], TOO_FAST_SECONDS):
        # A question would be held for a host. Nothing holds a report, so whoever is a person presses once more.
        sentence = _("That was as fast as a machine. If you are none, send it once more: your words are all here.")
        return _edit(request, episode, notice=sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if wait := pace.wait_with_report(request, nonce=nonce, proof=told.get("proof", "")):
        return wait
    return _thanks(request, deeds.report(episode, kind=told["kind"], text=told["text"], nonce=nonce))


def _thanks(request: HttpRequest, told: Report) -> HttpResponse:
    context: dict[str, object] = {"report": told, **_of(told.episode)}
    if told.calls_for_help:
        context["lines"] = CrisisLine.objects.to_call(Show.objects.current().language)
    return render(request, "asking/reported.html", context)


def _form_page(
    request: HttpRequest, episode: Episode, form: ReportForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "notice": notice, **_of(episode)}
    return render(request, "asking/report.html", context, status=status)


def _of(episode: Episode) -> dict[str, object]:
    """What the pages say of the episode: its name, unless that was taken down with it."""
    is_gone = episode.retracted_at is not None
    return {"episode": episode, "is_gone": is_gone, "name": "" if is_gone else following.name_of(episode)}
