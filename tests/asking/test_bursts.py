"""Many questions at once are welcome; too many from one network wait for a look, and guessed codes wait."""

import secrets
import time
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from questions import throttle
from questions.actions.submit import Submission, submit
from questions.models import Hold, Question
from questions.proof_of_work import proves
from questions.receipts import grouped, new_form_token, nonce_of
from questions.throttle import Throttle
from tests.asking.asker import A_MINUTE, Asker

pytestmark = pytest.mark.django_db

CAMPUS = "203.0.113.9"
WORDS = "Is it rude to nap at a wedding?"
WRONG = "0123456789ABCDEF"


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of fresh limits: nobody has come yet."""
    clock = Clock()
    for name in ("QUESTIONS", "WRONG_CODES", "PROOFS"):
        monkeypatch.setattr(throttle, name, Throttle(clock=clock))
    return clock


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a few requests reach, where it is not their height that matters."""
    monkeypatch.setattr(throttle, "HELD_BEYOND", 5)
    monkeypatch.setattr(throttle, "MOST_WRONG_CODES", 5)


@pytest.fixture
def filled_in() -> dict[str, str]:
    """The fields of a check page that has lain open for a minute."""
    asker = Asker().looks_over(WORDS)
    return {**asker.form("send"), "step": "send"}


def send(filled_in: dict[str, str], *, address: str, text: str = WORDS, **more: str) -> Any:
    return Client(REMOTE_ADDR=address).post("/ask/", {**filled_in, "text": text, **more})


def holds() -> list[str]:
    return list(Question.objects.order_by("number").values_list("held", flat=True))


def test_three_hundred_questions_of_a_minute_from_as_many_networks_all_arrive(filled_in: dict[str, str]) -> None:
    for number in range(300):
        address = f"198.{18 + number // 256}.{number % 256}.1" if number % 2 else f"2001:db8:0:{number:x}::1"
        assert send(filled_in, address=address, text=f"{WORDS} {number}").status_code == 200
    assert holds() == [""] * 300


def test_sixty_questions_of_a_minute_from_one_campus_all_arrive(filled_in: dict[str, str]) -> None:
    for number in range(60):
        assert send(filled_in, address=CAMPUS, text=f"{WORDS} {number}").status_code == 200
    assert holds() == [""] * 60


def test_the_hundredth_question_of_a_network_is_held_and_not_refused(filled_in: dict[str, str], clock: Clock) -> None:
    for number in range(100):
        answer = send(filled_in, address=f"203.0.113.{number}", text=f"{WORDS} {number}")
        assert answer.status_code == 200
        assert b'id="code"' in answer.content
    assert holds() == [""] * 90 + [Hold.TOO_FAST] * 10
    clock.seconds = 600
    send(filled_in, address=CAMPUS, text="Ten minutes later?")
    assert holds()[-1] == ""


@pytest.mark.usefixtures("narrow")
def test_whoever_has_no_network_is_never_held_for_it(filled_in: dict[str, str]) -> None:
    for number in range(8):
        send(filled_in, address="127.0.0.1", text=f"{WORDS} {number}")
    assert holds() == [""] * 8


def test_a_flood_of_one_network_waits_and_loses_no_word(
    filled_in: dict[str, str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "REFUSED_BEYOND", 2)
    send(filled_in, address=CAMPUS, text="One?")
    send(filled_in, address=CAMPUS, text="Two?")
    clock.seconds = 90
    answer = send(filled_in, address=CAMPUS, text="Three <b>\n& more?", sign_off="Wide Awake")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "510")
    assert answer.headers["Cache-Control"] == "no-store"
    asker = Asker()
    asker.path = "/ask/"
    asker.answers.append(answer)
    assert asker.sees("Try again in 9 minutes.")
    assert asker.form("send")["text"] == "Three <b>\n& more?"
    assert asker.form("send")["sign_off"] == "Wide Awake"
    assert Question.objects.count() == 2
    assert send(filled_in, address="198.51.100.7", text="From elsewhere?").status_code == 200
    clock.seconds = 600
    assert asker.presses("send").answer.status_code == 200
    assert Question.objects.count() == 4


@pytest.mark.usefixtures("narrow")
def test_a_form_that_was_not_taken_does_not_count(filled_in: dict[str, str]) -> None:
    for _ in range(8):
        assert send(filled_in, address=CAMPUS, text="").status_code == 422
    assert send(filled_in, address=CAMPUS).status_code == 200
    assert holds() == [""]


@pytest.mark.usefixtures("narrow")
def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(filled_in: dict[str, str], settings: Settings) -> None:
    def arrives(number: int) -> None:
        Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {CAMPUS}").post(
            "/ask/", {**filled_in, "text": f"{WORDS} {number}"}
        )

    for number in range(8):
        arrives(number)
    settings.TRUSTED_PROXY = True
    for number in range(8, 16):
        arrives(number)
    assert holds() == [""] * 13 + [Hold.TOO_FAST] * 3


# Codes


def look_up(code: str, *, address: str = CAMPUS, **more: str) -> Any:
    return Client(REMOTE_ADDR=address).post("/receipt/", {"code": code, **more})


def stored_code() -> str:
    receipt, _question = submit(Submission(text=WORDS), nonce="nonce")
    return "".join(grouped(receipt))


def test_codes_wait_after_thirty_wrong_ones_and_all_get_the_very_same_page(clock: Clock) -> None:
    right = stored_code()
    for number in range(30):
        assert look_up(("x" * 16, WRONG, "", f"ü{number}")[number % 4]).status_code == 422
    forgotten = secrets.token_hex(8).upper()
    codes = [right, WRONG, forgotten, "!" * 16]
    answers = [look_up(code) for code in codes]
    assert [answer.status_code for answer in answers] == [429] * 4
    assert [answer.headers["Retry-After"] for answer in answers] == ["600"] * 4
    assert len({str(answer.headers) for answer in answers}) == 1
    pages = [answer.content.decode() for answer in answers]
    assert all(page.count(code) == 1 for page, code in zip(pages, codes, strict=True))
    assert len({page.replace(code, "THE CODE") for page, code in zip(pages, codes, strict=True)}) == 1
    assert look_up(right, address="198.51.100.7").status_code == 200
    clock.seconds = 600
    assert look_up(right).status_code == 200


@pytest.mark.usefixtures("narrow")
def test_right_codes_never_use_up_the_tries() -> None:
    right = stored_code()
    for _ in range(8):
        assert look_up(right).status_code == 200


def test_what_was_typed_to_the_hosts_waits_with_the_code(clock: Clock) -> None:
    right = stored_code()
    for _ in range(30):
        look_up(WRONG)
    answer = look_up(right, step="add", text="It was a cousin’s wedding.")
    assert answer.status_code == 429
    asker = Asker()
    asker.path = "/receipt/"
    asker.answers.append(answer)
    clock.seconds = 600
    assert asker.presses("add").answer.status_code == 200
    assert asker.sees("It was a cousin’s wedding.")
    assert Question.objects.get().messages.count() == 1


# Proof of work


@pytest.fixture
def working(settings: Settings) -> None:
    settings.PROOF_OF_WORK = 4


def solved(nonce: str, bits: int = 4) -> str:
    return next(number for number in map(str, range(10**6)) if proves(number, nonce=nonce, bits=bits))


def test_the_form_speaks_of_work_only_where_a_show_asks_for_it(settings: Settings) -> None:
    assert "proof" not in Asker().looks_over().page
    settings.PROOF_OF_WORK = 18
    asker = Asker().opens("/ask/")
    assert asker.form("check")["proof"] == ""
    assert 'proof.js" data-bits="18"' in asker.page
    asker.presses("check", text=WORDS, adult="on", proof="42")
    assert asker.form("send")["proof"] == "42"
    assert 'proof.js" data-bits="18"' in asker.page


@pytest.mark.usefixtures("working")
def test_without_the_work_a_question_is_held_sooner_and_never_refused(filled_in: dict[str, str]) -> None:
    for number in range(15):
        assert send(filled_in, address=CAMPUS, text=f"{WORDS} {number}").status_code == 200
    send(filled_in, address="127.0.0.1", text="From an onion?")
    assert holds() == [""] * 10 + [Hold.TOO_FAST] * 6


@pytest.mark.usefixtures("working")
def test_with_the_work_done_a_question_is_never_held_for_its_pace(filled_in: dict[str, str]) -> None:
    for number in range(30):
        with mock.patch("time.time", return_value=time.time() - A_MINUTE):
            token = new_form_token()
        nonce = nonce_of(token)
        assert nonce
        address = CAMPUS if number % 2 else "127.0.0.1"
        send(filled_in, address=address, text=f"{WORDS} {number}", form_token=token, proof=solved(nonce))
    assert holds() == [""] * 30


@pytest.mark.usefixtures("working")
def test_the_work_is_good_for_one_question(filled_in: dict[str, str]) -> None:
    nonce = nonce_of(filled_in["form_token"])
    assert nonce
    for number in range(3):
        send(filled_in, address="127.0.0.1", text=f"{WORDS} {number}", proof=solved(nonce))
    assert holds() == ["", Hold.TOO_FAST, Hold.TOO_FAST]


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("proof", ["", "x", "-1", "\0", "9" * 5000, "another form’s"])
def test_a_false_proof_is_no_proof_and_no_fault(filled_in: dict[str, str], proof: str) -> None:
    elsewhere = nonce_of(new_form_token())
    assert elsewhere
    nonce = nonce_of(filled_in["form_token"]) or ""
    if proof == "another form’s":
        found = (number for number in map(str, range(10**4)) if proves(number, nonce=elsewhere, bits=4))
        proof = next(number for number in found if not proves(number, nonce=nonce, bits=4))
    assert send(filled_in, address="127.0.0.1", proof=proof).status_code == 200
    assert holds() == [Hold.TOO_FAST]
