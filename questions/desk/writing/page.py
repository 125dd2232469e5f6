"""The page on which an answer is written, gathered in a fixed number of reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from questions.actions.acting import Refused, Stale
from questions.actions.approve import needs_another_host
from questions.actions.autosave import differs
from questions.actions.consenting import silence_ends_on, wanted_change
from questions.comparison import Difference, differences
from questions.desk.access import host_of
from questions.desk.offered import offered
from questions.desk.seen import status_of
from questions.desk.triage.company import here_now
from questions.desk.triage.history import deeds as lines
from questions.desk.writing import redaction, remarks
from questions.desk.writing.airing import airing_of
from questions.desk.writing.forms import WritingForm
from questions.lifecycle import QUESTION, Verb
from questions.models import Answer, Autosave, Message, Note, Person, Question, Revision
from questions.rendering import render_answer


@dataclass(frozen=True)
class Unsaved:
    """What the writer typed on an earlier page and did not save, against what is saved now."""

    autosave: Autosave
    wording: list[Difference]
    sign_off: list[Difference]
    body: list[Difference]
    is_older: bool


def unsaved_by(writer: Person, question: Question, form: WritingForm) -> Unsaved | None:
    """What to offer to `writer` when the page is opened; None where they left nothing, or nothing but what is saved."""
    kept = Autosave.objects.filter(question=question, person=writer).first()
    if kept is None or not differs(kept, question):
        return None
    return Unsaved(
        kept,
        _changes(form.initial["text"], kept.text or ""),
        _changes(form.initial["sign_off"], kept.sign_off or ""),
        _changes(form.initial["body"], kept.body or ""),
        is_older=kept.seen < question.version,
    )


def _changes(before: str, after: str) -> list[Difference]:
    return [] if before.strip() == after.strip() else differences(before, after)


def fill_in_as_asked(asked: QueryDict, form: WritingForm, question: Question, unsaved: Unsaved | None) -> str:
    """Put into the editor what the address asks for: an earlier revision, or what was typed before.

    Nothing of it is saved. Returns "autosave", the number of the revision, or an empty string.
    """
    if asked.get("use") == "autosave" and unsaved:
        kept = unsaved.autosave
        form.fill_in(text=kept.text, sign_off=kept.sign_off, body=kept.body)
        form.initial["page"] = kept.ref
        return "autosave"
    number = asked.get("revision", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    revision = Revision.objects.of(question).filter(number=wanted).first()
    if revision is None:
        return ""
    form.fill_in(body=revision.body)
    return str(revision.number)


def page(
    request: HttpRequest,
    question: Question,
    form: WritingForm,
    *,
    refused: Refused | None = None,
    comments: remarks.CommentForm | None = None,
    **more: Any,
) -> HttpResponse:
    """The page with the form as it is: 200, or 422 or 409 where it was not accepted."""
    host, now = host_of(request), timezone.now()
    unmet = offered(QUESTION, question, host)
    verbs = [verb for verb, sentence in unmet.items() if not sentence]
    form.seal_shut(*([] if Verb.REWORD in verbs else ["text", "sign_off"]))
    form.seal_shut(*([] if Verb.DRAFT in verbs else ["body"]))
    comment_form = comments or remarks.CommentForm()
    context = {
        "question": question,
        "form": form,
        "verbs": verbs,
        "can_reword": Verb.REWORD in verbs,
        "cannot_claim": unmet.get(Verb.CLAIM, ""),
        "cannot_approve": needs_another_host(question, by=host) if Verb.APPROVE in verbs else "",
        "preview": render_answer(form.shown("body"), prefix="preview"),
        "here": here_now(question, host, now),
        "refused": refused,
        "meanwhile": lines(refused.events) if isinstance(refused, Stale) else [],
        "comment_form": comment_form,
        "to_asker": request.POST.get("to_asker", "") if refused else "",
        **_answer(question, now),
        **_said(question, form, request.POST),
        **wording_shown(question, {"text": form.shown("text"), "sign_off": form.shown("sign_off")}),
        **more,
    }
    status = 422 if comment_form.errors else status_of(form, refused)
    return render(request, "desk/write_answer.html", context, status=status)


def _answer(question: Question, now: datetime) -> dict[str, Any]:
    """What is saved of the answer, and whether it may air and will."""
    answer = Answer.objects.for_writing().filter(question=question).first()
    return {
        "answer": answer,
        "revision": answer.current_revision if answer else None,
        "airing": airing_of(answer, now) if answer else None,
        "silence_counts_from": silence_ends_on(question),
        "wanted_change": wanted_change(question),
    }


def _said(question: Question, form: WritingForm, typed: QueryDict) -> dict[str, Any]:
    """What was said about it: with the asker, among the hosts, and about passages of what stands on the page."""
    talks = remarks.threads(question, wording=form.shown("text"), answer=form.shown("body"), typed=typed)
    return {
        "talks": [talk for talk in talks if not talk.first.resolved_at],
        "resolved": [talk for talk in talks if talk.first.resolved_at],
        "thread": list(Message.objects.filter(question=question).select_related("by")),
        "notes": list(Note.objects.filter(question=question).select_related("by")),
    }


def wording_shown(question: Question, words: dict[str, str]) -> dict[str, Any]:
    """The wording beside the asker's words, with the clues that are left in it."""
    spots = redaction.clues_left(words)
    runs = list(redaction.shown(question.text or "", words["text"], spots))
    return {
        "runs": runs,
        "is_edited": any(run.kind != "same" for run in runs),
        "spots": spots,
        "shown_sign_off": words["sign_off"],
    }
