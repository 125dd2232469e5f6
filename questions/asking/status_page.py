"""The page of a question for its asker, which answers every step of coming back."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import receipts
from questions.actions.consenting import silence_ends_on
from questions.asking.coming_back import ChangeForm
from questions.asking.forms import MessageForm
from questions.asking.sayings import objection, saying, steps
from questions.asking.status import Stage, Status, status_of
from questions.comparison import differences
from questions.lifecycle import Verb
from questions.models import Airing, CrisisLine, Hold, Question
from questions.receipts import Receipt


def status_page(
    request: HttpRequest,
    question: Question,
    *,
    form: MessageForm | None = None,
    change_form: ChangeForm | None = None,
    status: int = 200,
    **said: str,
) -> HttpResponse:
    """Where the question stands now. A form that was not taken comes back with what was typed."""
    fresh = Question.objects.select_related("wording", "merged_into").get(pk=question.pk)
    page = _where_it_stands(fresh, timezone.now())
    if change_form is not None and not page["preview"]:
        # There is no wording to change any more, so the words wait in the box for a line to the hosts.
        form = MessageForm(change_form.data)
    forms = {"form": form or MessageForm(), "change_form": change_form or ChangeForm()}
    return render(request, "asking/status.html", {"code": code_of(request), **page, **forms, **said}, status=status)


def _where_it_stands(question: Question, now: datetime) -> dict[str, object]:
    """What the page says of the question, and what it lets its asker do."""
    found = status_of(question, now)
    preview = _preview(question, found)
    is_asking_leave = bool(preview) and not (preview["is_agreed"] or question.objected or found.wants_change)
    return {
        "question": question,
        "status": found,
        "objection": objection(found, question),
        "saying": saying(found, question, is_asking_leave=is_asking_leave),
        "steps": steps(found, question, is_asking_leave=is_asking_leave),
        "preview": preview,
        "young_lines": _young_lines(question),
        "may_add": Verb.ADD in found.verbs,
        "may_amend": Verb.AMEND in found.verbs and found.stage in (Stage.WAITING, Stage.KEPT),
        "may_object": _may_object(question, found) and not preview,
        "thread": question.messages.told_to_asker(now),
    }


def not_taken(request: HttpRequest, question: Question, form: MessageForm | None = None) -> HttpResponse:
    """The question has moved on. What the desk did is not told before its time, nor is why this failed."""
    question.refresh_from_db()
    problem = too_late() if question.is_gone else something_changed()
    return status_page(request, question, form=form, problem=problem, status=HTTPStatus.CONFLICT)


def too_late() -> str:
    return _("So this was not taken. You can ask a new question any day.")


def something_changed() -> str:
    return _("Something has just changed on our side. This was not taken. Please look in again in half an hour.")


def code_of(request: HttpRequest) -> Receipt:
    """The receipt that this step carried; every step that leads here has one."""
    return receipts.normalise(request.POST.get("code", "")) or Receipt("")


def _preview(question: Question, status: Status) -> dict[str, object]:
    """The wording that the asker is asked about, with what was changed."""
    wording = question.wording
    if status.preview is None or wording is None:
        return {}
    is_agreed = question.agreed_wording_id == wording.pk
    silent = question.silence_means_yes and not (is_agreed or question.objected)
    return {
        "number": status.preview,
        "text": differences(question.text or "", wording.text or ""),
        "sign_off": differences(question.sign_off or "", wording.sign_off or ""),
        "is_agreed": is_agreed,
        "silence_ends_on": silence_ends_on(question) if silent else None,
    }


def _may_object(question: Question, status: Status) -> bool:
    on_the_way = status.stage in (Stage.WAITING, Stage.KEPT, Stage.ANSWERING, Stage.READY)
    return on_the_way and Verb.OBJECT in status.verbs and question.airing != Airing.PRIVATE and not question.objected


def _young_lines(question: Question) -> list[CrisisLine]:
    """The lines that help young people, as long as the question is held because its asker may be one."""
    if question.held != Hold.UNDER_18 or question.is_gone:
        return []
    return list(CrisisLine.objects.for_young_people())
