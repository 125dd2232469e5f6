"""The queue and its questions side by side, and what a host decides about them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from questions.actions import undo as undoing
from questions.actions.acting import Refused, acting
from questions.desk.access import READING, host_of, hosts_only, question_for, viewers_too
from questions.desk.masthead import counts
from questions.desk.toast import toast
from questions.desk.triage.decisions import DECISIONS, form_for
from questions.desk.triage.detail import Detail, Problem, Tried
from questions.desk.triage.forms import DecisionForm
from questions.desk.triage.history import DONE
from questions.desk.triage.queues import (
    IN_VIEW,
    NAMES,
    QUEUES,
    Page,
    Place,
    closed_piles,
    following,
    page_from,
    page_with,
)
from questions.lifecycle import QuestionState, Verb
from questions.models import Episode, Event, Question, SubjectKind


@viewers_too
@require_safe
def queue(request: HttpRequest, name: str = "waiting") -> HttpResponse:
    """The questions of one state, oldest first, beside the first of them."""
    host = host_of(request)
    page = page_from(QUEUES[name], _place(request), host)
    detail = Detail(page.rows[0].question, host) if page.rows else None
    return render(request, "desk/queue.html", _context(page, detail, is_list=True))


@viewers_too
@require_safe
def question(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One question with everything a host needs to decide, beside the queue it stands in."""
    return _page(request, Detail(question_for(request, ref), host_of(request)))


@hosts_only
@require_http_methods([*READING, "POST"])
def decide_question(request: HttpRequest, ref: uuid.UUID, verb: Verb) -> HttpResponse:
    """Do one verb to a question, say so with the way back, and go on to the next question."""
    asked, host, decision = question_for(request, ref), host_of(request), DECISIONS[verb]
    if request.method in READING:
        return redirect(_address(request, asked))
    form = form_for(verb, asked, request.POST)
    if not form.is_valid():
        return _page(request, Detail(asked, host, tried=Tried(verb, form)), status=422)
    then = following(asked, host) if decision.advances else asked
    try:
        event = decision.act(asked, by=acting(host), **form.cleaned_data)
    except Refused as refused:
        newest = question_for(request, ref)
        if isinstance(form, DecisionForm):
            form.catch_up(newest.version)
        detail = Detail(newest, host, tried=Tried(verb, form), problem=Problem.of(refused))
        return _page(request, detail, status=409)
    toast(request, str(decision.done).format(**form.cleaned_data), event)
    return redirect(_address(request, then) if then else _queue_of(asked))


@hosts_only
@require_http_methods([*READING, "POST"])
def undo(request: HttpRequest, event: int) -> HttpResponse:
    """Take back one deed."""
    deed = get_object_or_404(Event, pk=event)
    if request.method in READING:
        return redirect(_home_of(deed))
    try:
        undoing.undo(deed, by=acting(host_of(request)))
    except Refused as refused:
        return _undo_refused(request, deed, refused)
    messages.success(request, _("Undone: {deed}.").format(deed=DONE.get(deed.verb, deed.get_verb_display())))
    return redirect(_home_of(deed) + _query(request))


def _undo_refused(request: HttpRequest, deed: Event, refused: Refused) -> HttpResponse:
    if deed.subject_kind == SubjectKind.EPISODE:
        messages.error(request, str(refused))
        return redirect(_home_of(deed))
    asked = question_for(request, deed.subject)
    return _page(request, Detail(asked, host_of(request), problem=Problem.of(refused)), status=409)


def _page(request: HttpRequest, detail: Detail, *, status: int = 200) -> HttpResponse:
    page = page_with(detail.question, _place(request), host_of(request))
    return render(request, "desk/question.html", _context(page, detail, is_list=False), status=status)


def _context(page: Page, detail: Detail | None, *, is_list: bool) -> dict[str, Any]:
    numbers = counts()
    return {
        "page": page,
        "detail": detail,
        "next": page.address_after(detail.question) if detail else "",
        "counts": numbers,
        "count": numbers[page.state],
        "is_list": is_list,
        "piles": closed_piles(numbers),
    }


def _place(request: HttpRequest) -> Place | None:
    """Where the list begins that the host has open."""
    return Place.read(request.GET.get("from", ""))


def _query(request: HttpRequest) -> str:
    place = _place(request)
    return f"?from={place}" if place else ""


def _address(request: HttpRequest, asked: Question) -> str:
    return asked.get_absolute_url() + _query(request) + IN_VIEW


def _queue_of(asked: Question) -> str:
    return reverse("desk:queue-state", args=[NAMES[QuestionState(asked.state)]])


def _home_of(deed: Event) -> str:
    if deed.subject_kind == SubjectKind.QUESTION:
        return reverse("desk:question", args=[deed.subject])
    # An episode whose assembling was undone is gone.
    is_there = Episode.objects.filter(ref=deed.subject).exists()
    return reverse("desk:edit-episode", args=[deed.subject]) if is_there else reverse("desk:episodes")
