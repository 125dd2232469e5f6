"""All that was saved as an answer: named, compared, and put back into the editor."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from questions.actions.acting import Refused, acting
from questions.actions.revision import name_revision as call
from questions.comparison import differences
from questions.desk.access import READING, host_of, hosts_only, question_for
from questions.desk.toast import toast
from questions.desk.writing.forms import NameForm
from questions.lifecycle import QUESTION, Role, Verb, verbs_from
from questions.models import Question, Revision

LAYOUTS = ("side", "inline")


@hosts_only
@require_safe
def answer_revisions(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The list of them, newest first: who saved it when, and what it is called."""
    return _list(request, question_for(request, ref))


@hosts_only
@require_http_methods([*READING, "POST"])
def name_revision(request: HttpRequest, ref: uuid.UUID, number: int) -> HttpResponse:
    """Give one a name, or take it away."""
    question = question_for(request, ref)
    if request.method in READING:
        return redirect("desk:answer-revisions", ref)
    revision = get_object_or_404(Revision.objects.of(question), number=number)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _list(request, question, tried=(revision, form), status=422)
    try:
        event = call(revision, name=form.cleaned_data["name"], by=acting(host_of(request)))
    except Refused as refused:
        return _list(request, question, tried=(revision, form), refused=refused, status=409)
    if event:
        toast(request, _("Revision {number} has its name.").format(number=number), event)
    return redirect("desk:answer-revisions", ref)


@hosts_only
@require_safe
def compare_revisions(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Two of them, word by word, side by side or in one text. Without a choice the last two."""
    question = question_for(request, ref)
    revisions = list(Revision.objects.of(question))
    if not revisions:
        return redirect("desk:answer-revisions", ref)
    after = _chosen(request.GET.get("to", ""), revisions, otherwise=revisions[0])
    before = _chosen(request.GET.get("from", ""), revisions, otherwise=_before(after, revisions))
    layout = request.GET.get("as", "")
    context = {
        "question": question,
        "before": before,
        "after": after,
        "revisions": revisions,
        "differences": differences(before.body or "", after.body or ""),
        "layout": layout if layout in LAYOUTS else LAYOUTS[0],
    }
    return render(request, "desk/compare_revisions.html", context)


def _list(
    request: HttpRequest,
    question: Question,
    *,
    tried: tuple[Revision, NameForm] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    revisions = list(Revision.objects.of(question))
    typed = {tried[0].pk: tried[1].data} if tried else {}
    context = {
        "question": question,
        "answer": revisions[0].answer if revisions else None,
        "rows": [(revision, _naming(revision, typed.get(revision.pk))) for revision in revisions],
        "can_name": Verb.NAME in verbs_from(QUESTION, question.state, Role(host_of(request).role)),
        "refused": refused,
        "form": tried[1] if tried else None,
    }
    return render(request, "desk/answer_revisions.html", context, status=status)


def _naming(revision: Revision, typed: Any) -> NameForm:
    """The form of one row, with ids of its own; `typed` is what was not accepted."""
    return NameForm(typed, initial={"name": revision.name}, auto_id=f"id_{revision.number}_%s")


def _chosen(number: str, revisions: Sequence[Revision], *, otherwise: Revision) -> Revision:
    return next((revision for revision in revisions if str(revision.number) == number), otherwise)


def _before(after: Revision, revisions: Sequence[Revision]) -> Revision:
    """The revision that was saved before that one; the first has only itself."""
    return next((revision for revision in revisions if revision.number < after.number), after)
