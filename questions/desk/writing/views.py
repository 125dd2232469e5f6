"""Writing an answer, and seeing it as readers will."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from questions.actions.acting import Refused, Stale, acting
from questions.actions.consenting import silence_ends_on, wanted_change
from questions.comparison import differences
from questions.desk.access import host_of, hosts_only, question_for
from questions.desk.offered import offered
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.desk.triage.history import deeds as lines
from questions.desk.writing import deeds
from questions.desk.writing.forms import WritingForm
from questions.lifecycle import QUESTION, Verb
from questions.models import Answer, Episode, Question
from questions.rendering import MAX_LENGTH, render_answer


@hosts_only
def write_answer(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The wording, the answer and how readers will see it. Every button sends everything that was typed."""
    question = question_for(request, ref)
    if question.is_gone and request.method != "POST":
        return redirect(question)
    form = WritingForm(request.POST or None, question=question, writer=host_of(request))
    if request.POST.get("action") == "preview" or not form.is_valid():
        return _page(request, question, form)
    by, verb = acting(host_of(request)), request.POST.get("verb", "")
    try:
        if verb in deeds.DEEDS:
            events = [deeds.do(Verb(verb), question, form, by=by)]
        else:
            events = deeds.save(question, form, by=by)
    except Refused as refused:
        return _page(request, _newest(question, form), form, refused)
    toast(request, deeds.told(events), events[0] if len(events) == 1 else None)
    return redirect("desk:write-answer", ref)


@hosts_only
@require_POST
def preview_answer(request: HttpRequest) -> HttpResponse:
    """One piece of HTML: the posted Markdown as readers would see it. Nothing is stored."""
    body = request.POST.get("body", "")[:MAX_LENGTH]
    context = {"answer": render_answer(body, prefix="preview"), "with_counts": True}
    return render(request, "desk/_answer_as_read.html", context)


def _newest(question: Question, form: WritingForm) -> Question:
    """The question as it is now; what was typed is put on top of it, to be saved again or not."""
    newest = Question.objects.for_desk().get(pk=question.pk)
    form.catch_up(newest.version)
    return newest


def _page(request: HttpRequest, question: Question, form: WritingForm, refused: Refused | None = None) -> HttpResponse:
    unmet = offered(QUESTION, question, host_of(request))
    verbs = [verb for verb, sentence in unmet.items() if not sentence]
    form.seal_shut(*([] if Verb.REWORD in verbs else ["text", "sign_off"]))
    form.seal_shut(*([] if Verb.DRAFT in verbs else ["body"]))
    answer = Answer.objects.for_writing().filter(question=question).first()
    context = {
        "question": question,
        "answer": answer,
        "revision": answer.current_revision if answer else None,
        "form": form,
        "verbs": verbs,
        "cannot_claim": unmet.get(Verb.CLAIM, ""),
        "changes": differences(question.text or "", form.shown("text")),
        "preview": render_answer(form.shown("body"), prefix="preview"),
        "silence_counts_from": silence_ends_on(question),
        "wanted_change": wanted_change(question),
        "today": timezone.localdate(),
        "episode": Episode.objects.with_question(question).first(),
        "refused": refused,
        "meanwhile": lines(refused.events) if isinstance(refused, Stale) else [],
    }
    return render(request, "desk/write_answer.html", context, status=status_of(form, refused))
