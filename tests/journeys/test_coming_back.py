"""Asking and coming back, from the first word to the last: with JavaScript and without it, by one code, no cookie."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from questions.actions import consent, correspond
from questions.actions.acting import Actor, acting
from questions.actions.claim import claim
from questions.actions.reword import reword
from questions.models import Question
from tests import cast, factories
from tests.history import an_hour_passes
from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.people import Asker
from tests.journeys.stages import YOUNG

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "My husband hums. He took it up as wren@example.org, and I want to throw the pan. Is it me?"
SHORTER = "My husband hums, and I want to throw the pan. Is it me?"
PREVIEW = "Yes, once I have seen the wording"


class Desk:
    """Tomas at the desk; what he does there has other journeys. Whatever he does, an hour passes."""

    def __init__(self) -> None:
        self.by: Actor = acting(cast.tomas())

    @property
    def question(self) -> Question:
        return Question.objects.get()

    def claims(self) -> None:
        claim(self.question, by=self.by, seen=self.question.version)
        an_hour_passes()

    def asks_about(self, wording: str) -> None:
        reword(self.question, text=wording, sign_off="Out of Tune", by=self.by, seen=self.question.version)
        consent.preview(self.question, by=self.by, seen=self.question.version)
        an_hour_passes()

    def writes(self, words: str) -> None:
        correspond.reply(self.question, text=words, by=self.by)
        an_hour_passes()


@pytest.fixture
def asker(page: Page) -> Iterator[Asker]:
    """Somebody who is never given an address that says anything: nothing stands behind it, and no code is in it."""
    factories.shipped_lines()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    asker = Asker(page)
    yield asker
    code = re.sub(r"\s", "", asker.code)
    assert [address for address in asked_for if "?" in address or (code and code in address.upper())] == []


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@with_and_without_javascript
def test_a_question_is_asked_changed_agreed_to_talked_over_and_taken_back(
    asker: Asker, desk: Desk, page: Page, tmp_path: Path
) -> None:
    asker.writes(QUESTION, sign_off="Out of Tune", airing=PREVIEW)
    asker.reads("1 thing that could point to you", "Nothing is sent yet.")
    asker.presses("Replace by [an e-mail address]: wren@example.org")
    asker.reads("He took it up as [an e-mail address], and")
    asker.presses("Put it back: wren@example.org")
    asker.looks_it_over_and_sends_it(QUESTION)

    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a plain note").click()
    saved.value.save_as(tmp_path / "note.txt")
    first_line = (tmp_path / "note.txt").read_text().splitlines()[0]
    page.get_by_label("Type it in from where you keep it").fill(first_line)
    asker.presses("Is it right?")
    asker.reads("That is it. You have the code.")

    asker.returns()
    asker.is_told("We have your question")
    asker.presses("Change my words")
    page.get_by_label("Your question", exact=True).fill(SHORTER)
    asker.presses("Use these words")
    asker.reads("We have your new words. The old ones are gone.")
    assert desk.question.text == SHORTER

    desk.claims()
    asker.returns()
    asker.is_told("Somebody is answering your question")
    expect(page.get_by_role("button", name="Change my words")).to_have_count(0)
    desk.asks_about("My man hums, and I want to throw the pan. Is it me?")
    asker.returns()
    asker.is_told("We would like to read it out. Is this wording all right?")
    expect(page.locator("del")).to_have_text(["husband", "Struck out"])
    page.get_by_text("Please change this").click()
    page.get_by_label("What should be different?").fill("He is my husband.")
    asker.presses("Ask for another wording")
    asker.is_told("You want another wording")
    asker.reads("We have it. Nothing airs before you have agreed to a wording.", "He is my husband.")

    desk.writes("So he is. Look now.")
    desk.asks_about("My husband hums, and I want to throw a pan. Is it me?")
    asker.returns()
    asker.reads("So he is. Look now.", "Nothing is read before you agree.")
    asker.presses("Yes, read it like this")
    asker.reads("Thank you. We may read it like this, and not otherwise.")
    asker.adds("You may name the pan.")
    assert desk.question.agreed_wording == desk.question.wording
    expect(page.locator(".thread__who")).to_have_text([re.compile("You"), re.compile("The show"), re.compile("You")])

    asker.presses("Take my question back")
    asker.is_told("Take your question back?")
    asker.reads("Nobody can bring them back, you included.", "Never airs")
    asker.presses("Take it back for good")
    asker.is_told("You took your question back")
    asker.returns()
    asker.is_told("You took your question back")
    assert desk.question.text is None


@with_and_without_javascript
def test_whoever_lost_the_code_is_told_what_that_means(asker: Asker, page: Page) -> None:
    page.goto("/receipt/")
    page.get_by_role("link", name="I lost it").click()
    asker.is_told("If the code is lost")
    asker.reads("There is no list of who asked what.")
    asker.left_no_trace()
    page.get_by_role("link", name="I have found it").click()
    asker.is_told("What became of it?")
    asker.left_no_trace()


@with_and_without_javascript
def test_whoever_may_be_a_child_is_shown_who_helps_and_a_host_looks_first(asker: Asker, desk: Desk, page: Page) -> None:
    words = "I am 15 and my friend hums. Is it me?"
    asker.writes(words, sign_off="")
    panel = page.get_by_role("region", name="Are you younger than 18?")
    expect(panel.get_by_text("Childline, United Kingdom")).to_be_visible()
    asker.looks_it_over_and_sends_it(words)
    assert desk.question.held == "under-18"
    asker.returns()
    expect(page.get_by_role("region", name=YOUNG).get_by_text("Childline, United Kingdom")).to_be_visible()


@with_and_without_javascript
def test_whoever_calls_for_help_is_shown_who_answers_now_and_can_send_all_the_same(
    asker: Asker, desk: Desk, page: Page
) -> None:
    words = "I want to die when he hums. Is it me?"
    asker.writes(words, sign_off="")
    panel = page.get_by_role("region", name="Some of your words made us stop and look up.")
    expect(panel.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    asker.looks_it_over_and_sends_it(words)
    assert desk.question.held == ""
