"""What holds for every page that an asker can get: nothing is set, kept or passed on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.consent import preview
from questions.models import Question
from tests import cast, factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

WORDS = "My partner snores.\nHow do I say it?"


def an_asker_who_has_been_everywhere() -> Asker:
    """Form, mistake, check, ticket, receipt, wrong code, message, wording, yes, no, taking it back, gone."""
    asker = Asker()
    asker.opens("/ask/").presses("check", text="")
    asker.looks_over(WORDS).presses("edit").presses("check").presses("send")
    code = asker.code
    asker.returns_with("wrong").returns_with(code).presses("add", text="").presses("add", text="One more thing.")
    question = Question.objects.get()
    factories.approved_answer(question=question)
    question.refresh_from_db()
    preview(question, by=acting(cast.tomas()), seen=question.version)
    with factories.the_time(timezone.now() + timedelta(hours=1)):
        asker.returns_with(code).presses("agree").presses("object")
        asker.presses("withdraw").presses("withdraw-for-good")
    asker.sends({"step": "send"}, **{"Sec-Fetch-Site": "cross-site"})
    asker.answers.append(asker.client.put("/ask/"))
    return asker


def test_no_page_sets_a_cookie_or_leads_away_and_each_forbids_storing() -> None:
    asker = an_asker_who_has_been_everywhere()
    assert [answer.status_code for answer in asker.answers] == [
        *(200, 422, 200, 200, 200, 200, 200), *(200, 422, 200, 200, 422, 200),
        *(200, 200, 200, 200, 200, 200), *(403, 405),
    ]  # fmt: skip
    for answer in asker.answers:
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Location" not in answer.headers


def test_every_page_is_discreet_and_has_a_way_out() -> None:
    for answer in an_asker_who_has_been_everywhere().answers[:-1]:
        page = answer.content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert title in ("Write", "Notes", "Error: Write", "Error: Notes")
        assert '<html lang="en" dir="ltr" translate="no">' in page
        assert "data-leave" in page
        assert "/help-now/" in page
        assert "csrfmiddlewaretoken" not in page
        assert " style=" not in page
        assert "<script>" not in page


def test_a_form_that_another_site_sends_is_refused_and_its_words_are_kept() -> None:
    asker = Asker().looks_over(WORDS)
    fields = {**asker.form("send"), "step": "send"}
    asker.sends(fields, **{"Sec-Fetch-Site": "cross-site"})
    assert asker.answer.status_code == 403
    assert asker.sees("This came from another site")
    assert asker.sees("How do I say it?")
    assert not Question.objects.exists()
    asker.presses("edit").presses("check").presses("send")
    assert Question.objects.get().text == WORDS


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_our_own_is_taken(site: str) -> None:
    asker = Asker().looks_over(WORDS)
    asker.sends({**asker.form("send"), "step": "send"}, **{"Sec-Fetch-Site": site})
    assert Question.objects.count() == 1


def test_another_site_cannot_take_a_question_back() -> None:
    asker = Asker()
    question = asker.asks()
    asker.path, fields = "/receipt/", {"code": asker.code, "step": "withdraw-for-good"}
    asker.sends(fields, **{"Sec-Fetch-Site": "cross-site"})
    assert asker.answer.status_code == 403
    question.refresh_from_db()
    assert question.text


@contextmanager
def database_that_refuses(*verbs: str) -> Iterator[None]:
    """Let every statement that begins with one of `verbs` fail, as on a full disk or with no server."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(verbs):
            raise OperationalError("no space left")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("verbs", [("INSERT",), ("INSERT", "SELECT", "UPDATE")], ids=["full disk", "no database"])
def test_a_question_that_cannot_be_stored_is_given_back_and_can_be_sent_again(verbs: tuple[str, ...]) -> None:
    asker = Asker().looks_over(WORDS, sign_off="Wide Awake")
    with database_that_refuses(*verbs):
        asker.presses("send")
    assert asker.answer.status_code == 503
    assert asker.sees("We cannot store anything just now")
    assert asker.sees("How do I say it?")
    assert not Question.objects.exists()
    asker.presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    question = Question.objects.get()
    assert (question.text, question.sign_off) == (WORDS, "Wide Awake")


def test_without_a_database_the_form_says_so() -> None:
    with database_that_refuses("SELECT"):
        assert Asker().opens("/ask/").answer.status_code == 503


def test_a_message_that_cannot_be_stored_is_given_back() -> None:
    asker = Asker()
    asker.asks()
    asker.returns_with(asker.code)
    with database_that_refuses("INSERT"):
        asker.presses("add", text="One more thing.")
    assert asker.answer.status_code == 503
    assert asker.sees("One more thing.")
    asker.presses("add")
    assert asker.sees("One more thing.")
    assert asker.answer.status_code == 200
