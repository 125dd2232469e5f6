"""What a row of the queue says about its question at a glance: each flag has a shape and words of its own."""

import re
from typing import Any

import pytest

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.consent import ask_for_change, object_to_airing, preview
from questions.actions.withdraw import withdraw
from questions.models import Airing, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db


def flags_of(asked: Question, queue: str = "waiting") -> list[str]:
    """The words under the question's row, in their order."""
    page = cast.signed_in(cast.noor()).get(f"/desk/queue/{queue}/").content.decode()
    row = page.partition(f'data-ref="{asked.ref}"')[2].partition('<p class="flags">')[2].partition("</p>")[0]
    spans = re.findall(r'<span(?: class="([^"]*)")?>(.*?)</span>', row, re.DOTALL)
    return [f"{shape.removeprefix('flag flag--')}: {words}".strip(": ") for shape, words in strip(spans)]


def strip(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(shape, re.sub(r"<[^>]+>|\s+", " ", words).strip()) for shape, words in spans]


@pytest.mark.parametrize(
    ("text", "fields", "flags"),
    [
        ("Is it rude to nap?", {}, ["may air"]),
        ("Is it rude to nap?", {"airing": Airing.PREVIEW}, ["wants to see wording"]),
        ("Is it rude to nap?", {"airing": Airing.PRIVATE}, ["private answer"]),
        ("I want to kill myself.", {}, ["help: Call for help", "may air"]),
        ("May I?", {"held": "under-18"}, ["age: May be under 18", "may air"]),
        ("Buy now!", {"held": "spam"}, ["held: Held: Suspected spam", "may air"]),
        ("Too quick?", {"held": "too-fast"}, ["held: Held: Sent too fast", "may air"]),
        ("Write to me: me@example.org", {}, ["clues: 1 clue to who", "may air"]),
    ],
)
def test_a_row_says_what_stands_out(text: str, fields: dict[str, Any], flags: list[str]) -> None:
    assert flags_of(factories.asked(text, **fields)) == flags


def test_a_row_says_whose_it_is_and_what_about() -> None:
    asked = factories.asked(topics=(factories.topic("Sleep"),))
    claim(asked, by=acting(cast.tomas()), seen=1)
    assert flags_of(asked, "answering") == ["may air", "with Tomas Reyl", "Sleep"]


def test_a_wish_for_another_wording_shows_until_the_asker_is_asked_again_or_says_no() -> None:
    asked, by = factories.asked(airing=Airing.PREVIEW), acting(cast.tomas())
    claim(asked, by=by, seen=1)
    asked.refresh_from_db()
    preview(asked, by=by, seen=asked.version)
    asked.refresh_from_db()
    assert flags_of(asked, "answering") == ["wants to see wording", "with Tomas Reyl"]
    ask_for_change(asked, wording=1, text="Leave out the wedding.")
    assert flags_of(asked, "answering")[0] == "change: Asker wants a change"
    asked.refresh_from_db()
    preview(asked, by=by, seen=asked.version)
    assert flags_of(asked, "answering")[0] == "wants to see wording"
    object_to_airing(asked)
    assert flags_of(asked, "answering")[0] == "said no to airing"


def test_what_is_gone_has_no_flag_left() -> None:
    asked = factories.asked("I want to kill myself. Write to me: me@example.org")
    withdraw(asked)
    assert flags_of(asked, "withdrawn") == []
