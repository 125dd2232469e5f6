"""Pausing questions, and what askers are promised: who may change it, and what it changes at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.settings import set_asking, set_promises
from questions.models import Question, Show
from tests import cast, factories

pytestmark = pytest.mark.django_db

ASKING, PROMISES = reverse("desk:edit-asking"), reverse("desk:edit-promises")
DAYS = {"keeps_waiting_days": 90, "keeps_closed_days": 30, "keeps_traces_days": 400}
TYPED = {"leave_url": "https://weather.example/", **DAYS}


@pytest.fixture
def host() -> Client:
    return cast.signed_in(cast.tomas())


@pytest.fixture
def owner() -> Client:
    return cast.signed_in(cast.noor())


def an_old_question(days: int) -> Question:
    question = factories.asked()
    Question.objects.filter(pk=question.pk).update(changed_on=timezone.localdate() - timedelta(days=days))
    return question


def test_a_host_pauses_the_form_with_a_kind_word_and_opens_it_again(host: Client, client: Client) -> None:
    before = edition.current()
    response = host.post(ASKING, {"is_open": "no", "closed_words": "We are on holiday until May."}, follow=True)
    assert "Questions are paused." in response.content.decode()
    assert edition.current() == before + 1
    assert "We are on holiday until May." in client.get("/ask/").content.decode()
    assert "Questions are paused." in host.get(reverse("desk:queue")).content.decode()
    host.post(ASKING, {"is_open": "yes", "closed_words": "We are on holiday until May."})
    assert Show.objects.get().closed_words == "We are on holiday until May."
    assert "on holiday" not in client.get("/ask/").content.decode()
    assert "Questions are paused." not in host.get(reverse("desk:queue")).content.decode()


def test_pausing_leaves_every_other_setting_alone(host: Client) -> None:
    Show.objects.create(name="It’s Probably You", keeps_waiting_days=77, leave_url="https://weather.example/")
    host.post(ASKING, {"is_open": "no", "closed_words": ""})
    show = Show.objects.get()
    assert (show.name, show.keeps_waiting_days, show.leave_url) == ("It’s Probably You", 77, "https://weather.example/")
    assert show.is_asking_open is False


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"is_open": ""}, "is_open"),
        ({"is_open": "maybe"}, "is_open"),
        ({"is_open": "no", "closed_words": "x" * 301}, "closed_words"),
        ({"is_open": "no", "closed_words": "a\x00b"}, "closed_words"),
    ],
)
def test_a_mistake_pauses_nothing_and_keeps_the_words(host: Client, typed: dict[str, str], field: str) -> None:
    response = host.post(ASKING, {"closed_words": "Until May.", **typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Show.objects.current().is_asking_open


def test_an_owner_sets_what_askers_are_promised(owner: Client, client: Client) -> None:
    before = edition.current()
    response = owner.post(PROMISES, TYPED)
    assert response.headers["Location"] == reverse("desk:house")
    assert edition.current() == before + 1
    privacy = client.get("/privacy/").content.decode()
    assert "when nothing has happened to it for 90 days" in privacy
    assert "is forgotten 30 days later" in privacy
    assert "After 400 days" in privacy
    assert 'href="https://weather.example/"' in client.get("/ask/").content.decode()


def test_a_host_reads_the_promises_but_does_not_change_them(host: Client) -> None:
    house = host.get(reverse("desk:house")).content.decode()
    assert "An unanswered question is kept for 180 days." in house
    assert PROMISES not in house
    assert host.post(PROMISES, TYPED).status_code == 403
    with pytest.raises(Refused):
        set_promises(**TYPED, may_forget=True, by=acting(cast.tomas()))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        set_asking(is_open=False, closed_words="", by=acting(cast.viv()))
    assert not Show.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("leave_url", ""), ("leave_url", "http://weather.example/"), ("leave_url", "javascript:alert(1)"),
        ("leave_url", "https://testserver/ask/"), ("leave_url", "https://localhost/"), ("leave_url", "https://TestServer/"),
        ("leave_url", "https://" + "a" * 200 + ".example"),
        ("keeps_waiting_days", "13"), ("keeps_waiting_days", "1096"), ("keeps_waiting_days", "soon"),
        ("keeps_waiting_days", "-1"), ("keeps_waiting_days", "9" * 400), ("keeps_closed_days", "0"),
        ("keeps_closed_days", "366"), ("keeps_traces_days", "29"), ("keeps_traces_days", ""),
    ],
)  # fmt: skip
def test_what_would_be_no_promise_is_named_and_nothing_is_saved(owner: Client, field: str, value: str) -> None:
    response = owner.post(PROMISES, TYPED | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Show.objects.exists()


@pytest.mark.parametrize("days", [{"keeps_waiting_days": 1}, {"keeps_closed_days": 4000}, {"keeps_traces_days": 0}])
def test_the_bounds_hold_past_the_form(days: dict[str, int]) -> None:
    words: dict[str, Any] = TYPED | days
    with pytest.raises(Refused, match=r"Between \d+ and \d+ days"):
        set_promises(**words, may_forget=True, by=acting(cast.noor()))


def test_shorter_days_ask_before_they_forget_anything(owner: Client) -> None:
    question = an_old_question(days=120)
    response = owner.post(PROMISES, TYPED)
    assert response.status_code == 409
    page = response.content.decode()
    assert "1 question or report would be forgotten for good within minutes" in page
    assert 'value="90"' in page
    assert not Show.objects.exists()
    assert owner.post(PROMISES, {**TYPED, "may_forget": "on"}).status_code == 302
    call_command("tick")
    question.refresh_from_db()
    assert question.state == "forgotten"


def test_shorter_days_ask_before_they_forget_what_readers_told(owner: Client) -> None:
    with factories.the_time(timezone.now() - timedelta(days=120)):
        factories.report()
    response = owner.post(PROMISES, TYPED)
    assert response.status_code == 409
    assert "1 question or report would be forgotten" in response.content.decode()


def test_days_that_forget_nothing_are_not_asked_about(owner: Client) -> None:
    an_old_question(days=80)
    assert owner.post(PROMISES, TYPED).status_code == 302
