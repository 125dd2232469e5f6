"""“Something is wrong” and “This is about me”: a reader tells the show about an episode, and stays nobody."""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from questions import throttle
from questions.actions.report import report as tell
from questions.models import ContentLevel, Episode, Event, Report, ReportKind, Show
from questions.proof_of_work import proves
from questions.receipts import FORM_TOKEN_SECONDS, new_form_token, nonce_of
from questions.throttle import Throttle
from tests import factories
from tests.asking.asker import A_MINUTE, Asker
from tests.asking.planted import CANARY, everything_stored
from tests.asking.test_pages_of_asking import database_that_refuses

pytestmark = pytest.mark.django_db

ADDRESS = "/ask/about/naps/"
WORDS = "My village is named.\n\nPlease take it out."
CAMPUS = "203.0.113.9"


@pytest.fixture(autouse=True)
def episode() -> Episode:
    return factories.published_episode("Naps at weddings", slug="naps")


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPORTS", "PROOFS"):
        monkeypatch.setattr(throttle, name, Throttle())


def from_now(seconds: int) -> Any:
    """Let the clock of the form tokens be that many seconds ahead."""
    return mock.patch("time.time", return_value=time.time() + seconds)


def sends(number: int, *, address: str = CAMPUS, headers: dict[str, str] | None = None, **more: str) -> Any:
    """Send a form that was opened a minute ago."""
    with from_now(-A_MINUTE):
        token = new_form_token()
    fields = {"step": "send", "kind": "wrong", "text": f"{WORDS} {number}", "form_token": token, **more}
    return Client(REMOTE_ADDR=address).post(ADDRESS, fields, headers=headers)


def tells(text: str = WORDS, kind: str = ReportKind.ABOUT_ME, **fields: Any) -> Asker:
    return Asker().opens(ADDRESS).presses("send", text=text, kind=kind, **fields)


def test_a_report_is_kept_sealed_with_its_kind_its_episode_and_its_day(episode: Episode) -> None:
    asker = tells(f"{CANARY} {WORDS}")
    assert asker.answer.status_code == 200
    assert asker.sees("Thank you. We have it.")
    told = Report.objects.get()
    assert (told.text, told.kind, told.episode) == (f"{CANARY} {WORDS}", ReportKind.ABOUT_ME, episode)
    assert (told.told_on, told.settled_on) == (timezone.localdate(), None)
    assert not any(CANARY in value for value in everything_stored())
    assert CANARY not in repr(told)


def test_the_page_says_which_episode_it_is_about_and_what_happens_then() -> None:
    Show.objects.create(keeps_closed_days=30, keeps_waiting_days=90)
    asker = Asker().opens(ADDRESS)
    for words in (
        "Naps at weddings",
        "Something is wrong",
        "This is about me, please remove it",
        "We do not know who you are, so nobody can answer you.",
        "They go 30 days after we have seen to it, or after 90 days if nobody gets to it.",
        "Leave your name out unless it is what has to go.",
    ):
        assert asker.sees(words), words
    assert 'href="/ask/after/naps/"' in asker.page


def test_nothing_of_how_or_when_it_came_is_stored() -> None:
    """Stored at another time of day, by another browser, a report differs in nothing but its seal and random names."""
    rows, before = [], Event.objects.count()
    for hour, agent in ((3, "Mozilla"), (21, "Lynx")):
        with factories.the_time(datetime(2027, 5, 13, hour, 17, tzinfo=UTC)):
            headers = {"User-Agent": agent, "Referer": f"https://{agent}.example/"}
            sends(hour, text=WORDS, headers=headers)
        told = Report.objects.latest("pk")
        rows.append({name: getattr(told, name) for name in ("kind", "episode", "text", "told_on", "settled_on")})
        assert {*rows[-1]} | {"id", "ref", "token_digest", "settled_by", "outcome"} == names_of_columns()
    assert rows[0] == rows[1]
    assert rows[0]["told_on"] == date(2027, 5, 13)
    assert Event.objects.count() == before
    assert not any("Mozilla" in value or CAMPUS in value for value in everything_stored())


def names_of_columns() -> set[str]:
    return {field.name for field in Report._meta.concrete_fields}


def test_the_same_form_sent_twice_is_one_report_and_other_words_are_another() -> None:
    asker = Asker().opens(ADDRESS)
    fields = {**asker.form("send"), "step": "send", "kind": "wrong", "text": WORDS}
    pages = [asker.sends(fields).page, asker.sends(fields).page]
    assert pages[0] == pages[1]
    assert Report.objects.count() == 1
    asker.sends({**fields, "text": "And the film is gone."}).sends({**fields, "kind": "about-me"})
    assert [told.text for told in Report.objects.all()] == [WORDS, "And the film is gone.", WORDS]


def test_two_sendings_that_race_are_one_report(episode: Episode) -> None:
    told = tell(episode, kind="wrong", text=WORDS, nonce="one")
    with mock.patch.object(Report.objects.__class__, "get", side_effect=[Report.DoesNotExist, told]):
        assert tell(episode, kind="wrong", text=WORDS, nonce="one") == told
    with pytest.raises(IntegrityError):
        Report.objects.create(episode=episode, kind="wrong", text="x", token_digest=told.token_digest)


def test_somebody_who_wants_something_removed_need_not_say_a_word() -> None:
    assert tells("").sees("Thank you. We have it.")
    assert Report.objects.get().text == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "wrong", "text": ""}, "Tell us what is wrong"),
        ({"kind": "wrong", "text": " \u200b\n"}, "Tell us what is wrong"),
        ({"text": WORDS}, "Choose one of the two"),
        ({"kind": "<b>", "text": WORDS}, "Choose one of the two"),
        ({"kind": "wrong", "text": "x" * 4001}, "The box holds 4,001 letters; we can take 4,000. Which place is it?"),
    ],
)
def test_a_report_that_cannot_be_taken_comes_back_whole(fields: dict[str, str], sentence: str) -> None:
    asker = Asker().opens(ADDRESS).presses("send", **fields)
    assert asker.answer.status_code == 422
    assert asker.sees(sentence)
    assert "<title>Error: Write</title>" in asker.page
    assert asker.form("send")["text"] == fields["text"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("token", ["", "forged", "\0", "x" * 9000])
def test_a_form_that_lay_open_too_long_comes_back_whole_and_can_be_sent(token: str) -> None:
    asker = tells(form_token=token)
    assert asker.answer.status_code == 422
    assert asker.sees("This page had lain open too long.")
    assert (asker.form("send")["text"], asker.form("send")["kind"]) == (WORDS, "about-me")
    with from_now(A_MINUTE):
        asker.presses("send")
    assert Report.objects.get().text == WORDS


def test_a_day_later_the_form_is_too_old() -> None:
    asker = Asker().opens(ADDRESS, ago=FORM_TOKEN_SECONDS + 9).presses("send", text=WORDS, kind="wrong")
    assert asker.answer.status_code == 422


@pytest.mark.parametrize("trap", [{"website": "https://spam.example"}, {"ago": "0"}])
def test_what_is_sent_like_a_machine_is_sent_once_more_by_whoever_is_none(trap: dict[str, str]) -> None:
    asker = Asker().opens(ADDRESS, ago=0 if trap.pop("ago", "") else A_MINUTE)
    asker.presses("send", text=WORDS, kind="wrong", **trap)
    assert asker.answer.status_code == 422
    assert asker.sees("That was as fast as a machine.")
    assert not Report.objects.exists()
    with from_now(A_MINUTE):
        asker.presses("send")
    assert Report.objects.get().text == WORDS


def test_it_is_an_asking_page_like_the_others() -> None:
    asker = tells().opens(ADDRESS).presses("send", text="")
    asker.sends({"step": "send"}, **{"Sec-Fetch-Site": "cross-site"})
    for answer in asker.answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Location" not in answer.headers
        page = answer.content.decode()
        assert re.search(r"<title>(?:Error: )?(?:Write|Notes)</title>", page)
        assert "data-leave" in page
        assert "csrfmiddlewaretoken" not in page


def test_what_another_site_sends_is_given_back_and_can_be_sent_from_here() -> None:
    asker = Asker().opens(ADDRESS)
    fields = {**asker.form("send"), "step": "send", "kind": "wrong", "text": WORDS}
    asker.sends(fields, **{"Sec-Fetch-Site": "cross-site"})
    assert asker.answer.status_code == 403
    assert not Report.objects.exists()
    asker.presses("edit").presses("send")
    assert Report.objects.get().text == WORDS


def test_what_cannot_be_stored_is_given_back_and_can_be_sent_again() -> None:
    asker = Asker().opens(ADDRESS)
    fields = {**asker.form("send"), "step": "send", "kind": "wrong", "text": WORDS}
    with database_that_refuses("INSERT"):
        asker.sends(fields)
    assert asker.answer.status_code == 503
    asker.presses("send")
    assert Report.objects.get().text == WORDS


def test_an_address_without_its_slash_takes_nothing_along() -> None:
    answer = Client().get("/ask/about/naps", {"q": "secret"})
    assert (answer.status_code, answer.headers["Location"]) == (301, ADDRESS)


# Which episodes


@pytest.mark.parametrize("make", [factories.assembled_episode, factories.scheduled_episode])
def test_what_readers_never_saw_cannot_be_told_about(make: Callable[..., Episode]) -> None:
    make("Secret", slug="secret", answers=[factories.approved_answer("Another?")])
    for address in ("/ask/about/secret/", "/ask/about/nowhere/"):
        for answer in (Client().get(address), Client().post(address, {"step": "send", "kind": "about-me"})):
            assert answer.status_code == 404
            assert b"Secret" not in answer.content
    assert not Report.objects.exists()


def test_what_was_taken_down_can_be_told_about_and_is_not_named() -> None:
    answers = [factories.approved_answer("Another?")]
    gone = factories.retracted_episode("What nobody reads any more", slug="gone", answers=answers)
    asker = Asker().opens("/ask/about/gone/")
    assert asker.answer.status_code == 200
    assert asker.sees("This one was taken down already.")
    asker.presses("send", text=WORDS, kind="about-me")
    assert asker.sees("The episode is gone from our pages already.")
    assert not any(b"What nobody reads" in answer.content for answer in asker.answers)
    assert not any("/episodes/gone/" in answer.content.decode() for answer in asker.answers)
    assert Report.objects.get().episode == gone


def test_a_gated_episode_is_named_as_everywhere() -> None:
    answers = [factories.approved_answer("Something frank?")]
    factories.published_episode("Something frank?", slug="frank", text_level=ContentLevel.NOT_SAFE, answers=answers)
    asker = Asker().opens("/ask/about/frank/")
    assert asker.sees("Season 1, episode 2")
    assert not asker.sees("Something frank?")


def test_while_questions_are_not_welcome_reports_are() -> None:
    Show.objects.create(is_asking_open=False)
    assert tells().sees("Thank you. We have it.")


# Help


def test_whoever_calls_for_help_sees_the_lines_at_once_and_nothing_is_noted() -> None:
    factories.shipped_lines()
    asker = tells("I am in it and I want to die.")
    assert asker.sees("these people are there to listen now")
    assert asker.sees("116 123")
    assert not tells("The second link is wrong.").sees("116 123")
    first, second = Report.objects.order_by("pk")
    assert (first.calls_for_help, second.calls_for_help) == (True, False)
    stored = [{name: getattr(told, name) for name in ("kind", "settled_on", "told_on")} for told in (first, second)]
    assert stored[0] == stored[1]


# Pace


def test_a_flood_of_one_network_waits_and_loses_no_word() -> None:
    statuses = [sends(number).status_code for number in range(31)]
    assert statuses == [200] * 30 + [429]
    answer = sends(99)
    assert int(answer.headers["Retry-After"]) > 0
    asker = Asker()
    asker.path = ADDRESS
    asker.answers.append(answer)
    assert asker.sees("Many reports have come from your network.")
    assert asker.form("send")["text"] == f"{WORDS} 99"
    assert sends(100, address="198.51.100.7").status_code == 200
    assert sends(101, address="127.0.0.1").status_code == 200


def test_where_a_show_asks_for_work_whoever_has_done_it_does_not_wait(settings: Settings) -> None:
    settings.PROOF_OF_WORK = 4
    asker = Asker().opens(ADDRESS)
    assert asker.form("send")["proof"] == ""
    assert 'proof.js" data-bits="4"' in asker.page
    for number in range(30):
        sends(number)
    with from_now(-A_MINUTE):
        token = new_form_token()
    nonce = nonce_of(token) or ""
    proof = next(number for number in map(str, range(10**6)) if proves(number, nonce=nonce, bits=4))
    assert sends(31).status_code == 429
    assert sends(32, form_token=token, proof=proof).status_code == 200
    assert sends(33, form_token=token, proof=proof).status_code == 429
