"""One question beside its queue, and what a host decides about it."""

import re
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from questions.actions import alert, mention
from questions.actions import undo as undoing
from questions.actions.acting import Refused, acting
from questions.actions.presence import be_here
from questions.desk.access import READING, host_of, hosts_only, question_for, viewers_too
from questions.desk.queue.listing import address_in_list, following, list_beside, page_around, query_of, queue_of
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.desk.triage.company import here_now, lease, meanwhile
from questions.desk.triage.decisions import DECISIONS, form_for
from questions.desk.triage.detail import Detail, Problem, Tried
from questions.desk.triage.forms import AskerForm, DecisionForm, HereForm
from questions.desk.triage.history import DONE
from questions.lifecycle import Role, Verb
from questions.models import Episode, Event, Question, SubjectKind

_SLUG = re.compile(r"[-\w]{1,100}", re.ASCII)


@viewers_too
@require_safe
def question(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One question with everything a host needs to decide, beside the queue it stands in.

    Opening it is seen by colleagues; a call for help is opened by it, and what mentioned its host is found.
    """
    asked, host = question_for(request, ref), host_of(request)
    be_here(asked, by=host)
    if host.is_host and request.method == "GET":
        alert.opened(asked)
        mention.seen(asked, by=host)
    return _page(request, Detail(asked, host, tried=_asked_to_send(request, asked)))


@hosts_only
@require_http_methods([*READING, "POST"])
def decide_question(request: HttpRequest, ref: uuid.UUID, verb: Verb) -> HttpResponse:
    """Do one verb to a question, say so with the way back, and go on to the next question."""
    asked, host, decision = question_for(request, ref), host_of(request), DECISIONS[verb]
    if request.method in READING:
        return redirect(address_in_list(request, asked))
    form = form_for(verb, asked, request.POST)
    if isinstance(form, AskerForm) and "use" in request.POST:
        form.use_canned()
        return _page(request, Detail(asked, host, tried=Tried(verb, form)), status=status_of(form, None))
    if not form.is_valid():
        return _page(request, Detail(asked, host, tried=Tried(verb, form)), status=422)
    then = following(request, asked) if decision.advances else asked
    try:
        event = decision.act(asked, by=acting(host), **form.cleaned_data)
    except Refused as refused:
        newest = question_for(request, ref)
        if isinstance(form, DecisionForm):
            form.catch_up(newest.version)
        detail = Detail(newest, host, tried=Tried(verb, form), problem=Problem.of(refused, host))
        return _page(request, detail, status=409)
    toast(request, str(decision.done).format(**form.cleaned_data), event)
    return redirect(address_in_list(request, then) if then else queue_of(request, asked))


@hosts_only
@require_http_methods([*READING, "POST"])
def here(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """A page that is open says so, and is told who else is there and what has been done meanwhile."""
    asked, host = question_for(request, ref), host_of(request)
    if request.method in READING:
        return redirect(address_in_list(request, asked))
    form = HereForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    be_here(asked, by=host, is_writing=form.cleaned_data["is_writing"])
    asked.refresh_from_db(fields=["claimed_at"])
    news = meanwhile(asked, host, seen=form.cleaned_data["seen"])
    return JsonResponse({"here": here_now(asked, host, timezone.now()), "lease": lease(asked), "meanwhile": news})


@hosts_only
@require_http_methods([*READING, "POST"])
def undo(request: HttpRequest, event: int) -> HttpResponse:
    """Take back one deed. What askers did has no page here: its number would tell between which deeds it was done."""
    deed = get_object_or_404(Event.objects.exclude(role=Role.ASKER), pk=event)
    if request.method in READING:
        return redirect(_home_of(deed))
    try:
        undoing.undo(deed, by=acting(host_of(request)))
    except Refused as refused:
        return _undo_refused(request, deed, refused)
    messages.success(request, _("Undone: {deed}.").format(deed=DONE.get(deed.verb, deed.get_verb_display())))
    return redirect(_home_of(deed) + query_of(request))


def _asked_to_send(request: HttpRequest, asked: Question) -> Tried | None:
    """The beginning of a reply that leads its asker to an episode, where a host chose one that has aired."""
    slug = request.GET.get("send", "")
    is_slug = bool(_SLUG.fullmatch(slug))
    chosen = Episode.objects.released(timezone.now()).filter(slug=slug).first() if is_slug else None
    if chosen is None:
        return None
    form = form_for(Verb.REPLY, asked)
    form.initial["text"] = _("We have answered a question very much like yours. You can read it here: {link}").format(
        link=request.build_absolute_uri(chosen.get_absolute_url())
    )
    return Tried(Verb.REPLY, form)


def _undo_refused(request: HttpRequest, deed: Event, refused: Refused) -> HttpResponse:
    if deed.subject_kind == SubjectKind.EPISODE:
        messages.error(request, str(refused))
        return redirect(_home_of(deed))
    asked, host = question_for(request, deed.subject), host_of(request)
    return _page(request, Detail(asked, host, problem=Problem.of(refused, host)), status=409)


def _page(request: HttpRequest, detail: Detail, *, status: int = 200) -> HttpResponse:
    page = page_around(request, detail.question)
    detail.suggest_topics()
    context = {"detail": detail} | list_beside(page, detail.question, is_list=False)
    return render(request, "desk/question.html", context, status=status)


def _home_of(deed: Event) -> str:
    if deed.subject_kind == SubjectKind.QUESTION:
        return reverse("desk:question", args=[deed.subject])
    # An episode whose assembling was undone is gone.
    is_there = Episode.objects.filter(ref=deed.subject).exists()
    return reverse("desk:edit-episode", args=[deed.subject]) if is_there else reverse("desk:episodes")
