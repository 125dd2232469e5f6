"""The way back: what is forgiven in a code, what is not, and what nobody can tell apart."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions.actions.withdraw import forget
from tests import factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

UNKNOWN = "0123456789ABCDEF"


def test_the_code_on_the_ticket_leads_back_to_the_question() -> None:
    asker = Asker()
    asker.asks()
    asker.returns_with(asker.code)
    assert asker.answer.status_code == 200
    assert asker.sees("We have your question")
    assert asker.sees("A host reads every one, within about a week.")


@pytest.mark.parametrize(
    "mistype",
    [
        str.lower,
        lambda code: " ".join(code),
        lambda code: "-".join(code[start : start + 4] for start in (0, 4, 8, 12)),
        lambda code: f"  {code}\n",
        lambda code: code.replace("0", "O").replace("1", "l").replace("V", "u"),
        lambda code: code.replace("0", "o").replace("1", "I"),
        lambda code: "".join(chr(ord(letter) + 0xFEE0) for letter in code),
    ],
    ids=["lower case", "spaces", "hyphens", "around it", "look-alikes", "others", "full width"],
)
def test_capitals_spaces_hyphens_and_look_alikes_do_not_matter(mistype: object) -> None:
    assert callable(mistype)
    for _ in range(3):
        asker = Asker()
        asker.asks()
        assert asker.returns_with(mistype(asker.code)).answer.status_code == 200


def test_malformed_unknown_and_forgotten_codes_get_one_and_the_same_answer() -> None:
    asker = Asker()
    question = asker.asks()
    forgotten = asker.code
    forget(question)
    assert asker.returns_with(forgotten).sees("We have forgotten your question")
    with factories.the_time(timezone.now() + timedelta(days=366)):
        call_command("tick")
    answers = set()
    for code in (
        UNKNOWN,
        forgotten,
        "",
        "x",
        "\0",
        "ü" * 16,
        "A" * 5000,
        "'; DROP TABLE questions_question; --",
    ):
        asker.returns_with(code)
        assert asker.answer.status_code == 422
        assert asker.sees("We know no question with this code.")
        typed = asker.page.partition('name="code"')[2].partition(">")[0]
        headers = {name: value for name, value in asker.answer.headers.items() if name != "Content-Length"}
        answers.add((asker.page.replace(typed, ""), str(headers)))
    assert len(answers) == 1


def test_what_was_written_beside_an_unknown_code_is_given_back() -> None:
    asker = Asker().opens("/receipt/").sends({"code": UNKNOWN, "step": "add", "text": "One more thing."})
    assert asker.answer.status_code == 422
    assert asker.sees("One more thing.")


@pytest.mark.parametrize("step", ["", "sing", "\0", "withdraw "])
def test_a_step_that_does_not_exist_shows_the_status(step: str) -> None:
    asker = Asker()
    question = asker.asks()
    asker.path, code = "/receipt/", asker.code
    asker.sends({"code": code, "step": step})
    assert asker.answer.status_code == 200
    assert asker.sees("We have your question")
    question.refresh_from_db()
    assert question.state == "waiting"


def test_the_code_is_never_in_an_address() -> None:
    asker = Asker()
    asker.asks()
    code = asker.code
    for step in ("read", "withdraw"):
        asker.path = "/receipt/"
        asker.sends({"code": code, "step": step})
        links = [tag for tag in asker.page.split("<") if 'href="' in tag or 'action="' in tag]
        assert links
        assert not any(code in tag for tag in links)
    assert asker.client.get("/receipt/", {"code": code}).content == asker.opens("/receipt/").answer.content
