"""Deciding about several questions at once: first what would become of each, then the stroke, with one way back."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from questions.actions.acting import acting
from questions.actions.undo import undo_batch
from questions.desk.access import READING, host_of, hosts_only
from questions.desk.queue.bulk import MOST, STROKES, Fate, Stroke, chosen_in, do_all, foreseen
from questions.desk.queue.forms import BulkForm
from questions.desk.queue.listing import place_of, queue_in
from questions.desk.queue.pages import QUEUES, Queue
from questions.desk.toast import toast_for_all
from questions.lifecycle import QuestionState
from questions.models import Event, Question


@hosts_only
@require_http_methods([*READING, "POST"])
def preview_several(request: HttpRequest) -> HttpResponse:
    """What would become of each chosen question; nothing is done yet."""
    queue, stroke = _queue(request), STROKES.get(request.POST.get("do", ""))
    chosen = chosen_in(request.POST, queue) if request.method == "POST" else []
    if stroke is None or not chosen:
        if request.method == "POST":
            messages.error(request, _("Select questions first, then say what to do with them."))
        return redirect(queue.address(place_of(request)))
    return _page(request, queue, stroke, foreseen(chosen, stroke, queue.host), stroke.form())


@hosts_only
@require_http_methods([*READING, "POST"])
def decide_several(request: HttpRequest) -> HttpResponse:
    """Do it to each by itself: one refusal stops none of the others, and stays selected with its reason."""
    queue, stroke = _queue(request), STROKES.get(request.POST.get("do", ""))
    if stroke is None or request.method in READING:
        return redirect(queue.address(place_of(request)))
    chosen, form = chosen_in(request.POST, queue), stroke.form(request.POST)
    if not form.is_valid() or not chosen:
        return _page(request, queue, stroke, foreseen(chosen, stroke, queue.host), form, status=422)
    done, refused = do_all(chosen, stroke, queue.host, form.cleaned_data)
    if done:
        words = str(stroke.done).format(n=len(done), **form.cleaned_data)
        toast_for_all(request, words, done)
    if refused:
        return _page(request, queue, stroke, refused, form, status=409)
    return redirect(queue.address(place_of(request)))


@hosts_only
@require_http_methods([*READING, "POST"])
def undo_several(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Take back every deed of one stroke that can still be taken back, and say which had to stand."""
    before = Event.objects.filter(batch=batch, before__in=QUEUES.values()).values_list("before", flat=True).first()
    if request.method not in READING:
        undone, standing = undo_batch(batch, by=acting(host_of(request)))
        if undone:
            messages.success(request, _("Undone for {n}.").format(n=len(undone)))
        if standing:
            numbers = _numbers([event.subject for event in standing])
            sentence = _("These had to stand, something has happened since: {numbers}.")
            messages.error(request, sentence.format(numbers=numbers))
    return redirect(queue_in(request, before or QuestionState.WAITING).address(place_of(request)))


def _queue(request: HttpRequest) -> Queue:
    """The list that the form was on."""
    return queue_in(request, QUEUES.get(request.POST.get("state", ""), QuestionState.WAITING))


def _page(
    request: HttpRequest,
    queue: Queue,
    stroke: Stroke,
    fates: Sequence[Fate],
    form: BulkForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page between choosing and doing; after the stroke, with what has refused and may be tried again."""
    context = {
        "queue": queue,
        "back": queue.address(place_of(request)),
        "stroke": stroke,
        "word": next(word for word, known in STROKES.items() if known is stroke),
        "form": form,
        "fates": fates,
        "free": sum(not fate.refusal for fate in fates),
        "calls": sum(fate.question.calls_for_help for fate in fates),
        "is_done": status == 409,
        "is_cut": len(fates) == MOST,
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/preview_several.html", context, status=status)


def _numbers(refs: Sequence[uuid.UUID]) -> str:
    found = Question.objects.filter(ref__in=refs).order_by("number").values_list("number", flat=True)
    return ", ".join(str(number) for number in found)
