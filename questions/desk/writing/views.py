"""Writing an answer, and seeing it as readers will."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from questions.actions import alert, autosave, mention, presence
from questions.actions.acting import Refused, acting
from questions.desk.access import READING, host_of, hosts_only, question_for
from questions.desk.planning.shown import ref_in
from questions.desk.toast import toast, toast_for_all
from questions.desk.writing import deeds, remarks
from questions.desk.writing.forms import AutosaveForm, WritingForm
from questions.desk.writing.page import fill_in_as_asked, page, unsaved_by, wording_shown
from questions.desk.writing.redaction import redacted
from questions.lifecycle import Verb
from questions.models import Question
from questions.rendering import MAX_LENGTH, render_answer


@hosts_only
@require_http_methods([*READING, "POST"])
def write_answer(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The wording, the answer and how readers will see it. Every button sends everything that was typed."""
    question, host = question_for(request, ref), host_of(request)
    if request.method in READING:
        return _opened(request, question)
    form = WritingForm(request.POST, question=question, writer=host)
    if "redact" in request.POST:
        words = {name: form.shown(name) for name in ("text", "sign_off")}
        form.type_over(redacted(words, request.POST["redact"]))
    if "discard" in request.POST:
        return _discarded(request, question, form)
    if "redact" in request.POST or request.POST.get("action") == "preview" or not form.is_valid():
        return page(request, question, form)
    if remarks.is_pressed(request.POST):
        return _said(request, question, form)
    return _done(request, question, form)


def _opened(request: HttpRequest, question: Question) -> HttpResponse:
    """The page as it is saved, or with what its address asks for; what was typed before and not saved is offered.

    Opening it is seen by colleagues; a call for help is opened by it, and what mentioned its host is found.
    """
    if question.is_gone:
        return redirect(question)
    host = host_of(request)
    presence.be_here(question, by=host)
    alert.opened(question)
    mention.seen(question, by=host)
    form = WritingForm(None, question=question, writer=host)
    unsaved = unsaved_by(host, question, form)
    filled = fill_in_as_asked(request.GET, form, question, unsaved)
    return page(request, question, form, filled=filled, unsaved=None if filled == "autosave" else unsaved)


def _done(request: HttpRequest, question: Question, form: WritingForm) -> HttpResponse:
    """Save what was typed, or do the verb whose button was pressed."""
    # A wording, an answer and topics that are saved together can be undone together.
    by, verb = acting(host_of(request), batch=uuid.uuid4()), request.POST.get("verb", "")
    try:
        if verb in deeds.DEEDS:
            events = [deeds.do(Verb(verb), question, form, by=by)]
        else:
            events = deeds.save(question, form, by=by)
    except Refused as refused:
        return page(request, _newest(question, form), form, refused=refused)
    if len(events) > 1:
        toast_for_all(request, deeds.told(events), events)
    else:
        toast(request, deeds.told(events), events[0] if events else None)
    return redirect("desk:write-answer", question.ref)


def _said(request: HttpRequest, question: Question, form: WritingForm) -> HttpResponse:
    """Comment, reply or resolve. What is typed elsewhere on the page stays typed, saved or not."""
    comments = remarks.CommentForm(request.POST if request.POST.get("action") == "comment" else None)
    if comments.is_bound and not comments.is_valid():
        return page(request, question, form, comments=comments)
    try:
        event = remarks.say(request.POST, question, comments, by=acting(host_of(request)))
    except Refused as refused:
        return page(request, _newest(question, form), form, refused=refused, comments=comments)
    if form.has_unsaved_words:
        # No way back beside it: that would lead away from what is typed here. The history has one.
        messages.success(request, deeds.told([event]))
        return page(request, question, form)
    toast(request, deeds.told([event]), event)
    return redirect("desk:write-answer", question.ref)


def _discarded(request: HttpRequest, question: Question, form: WritingForm) -> HttpResponse:
    """Forget what the writer typed on an earlier page; what they have typed on this one stays."""
    if offered := ref_in(request.POST["discard"]):
        autosave.discard(question, page=offered, by=host_of(request))
    messages.success(request, _("What you had typed and not saved is discarded."))
    if form.is_valid() and not form.has_unsaved_words:
        return redirect("desk:write-answer", question.ref)
    return page(request, question, form)


@hosts_only
@require_http_methods([*READING, "POST"])
def autosave_answer(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Keep what is being typed, for the script that sends it; the answer says when, or why not."""
    question, host = question_for(request, ref), host_of(request)
    if request.method in READING:
        return redirect("desk:write-answer", ref)
    form = AutosaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"told": _("This cannot be kept: it is too long, or not text.")}, status=422)
    try:
        kept = autosave.autosave(question, by=host, **form.cleaned_data)
    except autosave.TypedElsewhere as refused:
        return JsonResponse({"told": str(refused), "instead_of": refused.autosave.ref}, status=409)
    except Refused as refused:
        return JsonResponse({"told": str(refused)}, status=409)
    return JsonResponse({"kept": date_format(timezone.localtime(kept.saved_at), "H:i") if kept else ""})


@hosts_only
@require_POST
def preview_answer(request: HttpRequest) -> HttpResponse:
    """One piece of HTML: the posted Markdown as readers would see it. Nothing is stored."""
    body = request.POST.get("body", "")[:MAX_LENGTH]
    context = {"answer": render_answer(body, prefix="preview"), "with_counts": True}
    return render(request, "desk/_answer_as_read.html", context)


@hosts_only
@require_http_methods([*READING, "POST"])
def preview_wording(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One piece of HTML: the posted wording beside the asker's words, with the clues left. Nothing is stored."""
    question = question_for(request, ref)
    if request.method in READING or question.is_gone:
        return redirect("desk:write-answer", ref)
    form = AutosaveForm(request.POST)
    if form.errors.keys() & {"text", "sign_off"}:
        # The page keeps showing what it shows; saving says what is wrong.
        return HttpResponse(status=422)
    words = {name: form.cleaned_data[name] for name in ("text", "sign_off")}
    context = {"question": question, "can_reword": True, **wording_shown(question, words)}
    return render(request, "desk/_wording_shown.html", context)


def _newest(question: Question, form: WritingForm) -> Question:
    """The question as it is now; what was typed is put on top of it, to be saved again or not."""
    newest = Question.objects.for_desk().get(pk=question.pk)
    form.catch_up(newest.version)
    return newest
