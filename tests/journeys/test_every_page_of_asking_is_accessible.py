"""axe finds nothing in any state of any page of asking, and none scrolls sideways: wide, narrow, dark, mirrored."""

import time
from collections.abc import Iterator
from unittest import mock

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from questions import throttle
from questions.models import Show
from questions.receipts import new_form_token
from tests import factories
from tests.asking.asker import A_MINUTE
from tests.core.test_answered_already import NAP, OTHERS
from tests.journeys.inspecting import faults_in_every_window, page_for_axe
from tests.journeys.stages import AIRED, ASKED_FOR_LEAVE, STAGES, WAITING, WITHDRAWN, at_stage
from tests.journeys.test_the_whole_way import QUESTION

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

IDENTIFYING = f"Wren Sparrow, 14 Rope Walk, Bristol. Ring +44 20 7946 0958 or write to {'w' * 40}@example.org.\n\n"
CRYING = "I am 15 and I want to die. Is it rude to nap at a wedding?"


class Inspector:
    """Walks through the states of a page and writes down what is wrong with each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def opens(self, address: str, *, says: str) -> None:
        self.page.goto(address)
        self.looks(says)

    def writes(self, question: str, *, says: str) -> None:
        """Fill in the form that is open and go on to the check page, or back to the form."""
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_label("I am 18 or older").check()
        self.presses("Look it over before sending", says=says)

    def presses(self, button: str, *, says: str) -> None:
        self.page.get_by_role("button", name=button).first.click()
        self.looks(says)

    def posts(self, address: str, *, says: str, **fields: str) -> None:
        """Send what a form of the site would send, which saves opening the page that has the form."""
        with self.page.expect_navigation():
            self.page.evaluate(
                """([action, fields]) => {
                    const form = Object.assign(document.createElement("form"), { action, method: "post" });
                    for (const [name, value] of Object.entries(fields)) {
                        form.append(Object.assign(document.createElement("textarea"), { name, value }));
                    }
                    document.body.append(form);
                    form.submit();
                }""",
                [address, fields],
            )
        self.looks(says)

    def looks(self, says: str) -> None:
        expect(self.page.locator("main")).to_contain_text(says)
        self.page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
        self.found += faults_in_every_window(self.page, says)


@pytest.fixture
def inspector(browser: Browser, live_server: LiveServer) -> Iterator[Inspector]:
    factories.shipped_lines()
    with page_for_axe(browser, live_server.url) as page:
        inspector = Inspector(page)
        page.goto("/receipt/")
        yield inspector
    assert inspector.found == []


def test_the_form(inspector: Inspector) -> None:
    factories.topic("Sleep")
    inspector.opens("/ask/", says="What would you like to ask?")
    inspector.page.get_by_label("Your question").fill(IDENTIFYING + CRYING)
    inspector.looks("This could point to you")
    inspector.presses("Look it over before sending", says="Tell us whether you are 18 or older")
    inspector.writes("x" * 10_001, says="The box holds 10,001 letters")
    inspector.posts("/ask/", text=QUESTION, step="check", says="This page had lain open too long")
    Show.objects.update_or_create(pk=1, defaults={"is_asking_open": False})
    inspector.opens("/ask/", says="We are not taking questions just now")
    inspector.posts("/ask/", text=QUESTION, sign_off="Drowsy", step="check", says=QUESTION)


def test_the_check_page_and_the_ticket(inspector: Inspector) -> None:
    answered = ("Naps at weddings", "Is it rude to nap at a wedding?", "Take a nap between the speeches of a wedding.")
    for title, question, body in (answered, *OTHERS):
        factories.published_episode(title, answers=[factories.approved_answer(question, body=body)])
    inspector.page.goto("/ask/")
    inspector.writes(NAP, says="We may have answered this already")
    inspector.page.goto("/ask/")
    inspector.writes(IDENTIFYING + CRYING, says="things that could point to you")
    expect(inspector.page.locator(".help-panel")).to_have_count(2)
    inspector.presses("Take it out", says="Changed by you just now")
    inspector.presses("Replace all", says="Nothing more that we notice")
    inspector.presses("Send it", says="Keep this ticket")
    inspector.presses("Is it right?", says="Nothing stands in the box yet")
    code = inspector.page.locator("#code").inner_text()
    for typed, verdict in ((code, "That is it"), (f"7777{code[4:]}", "Group 1 is different")):
        inspector.posts("/receipt/", code=code, step="typed-back", typed=typed, says=verdict)


def test_the_box_for_the_code(inspector: Inspector, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    inspector.looks("What became of it?")
    inspector.opens("/receipt/lost/", says="If the code is lost")
    inspector.posts("/receipt/", code="0000", text=QUESTION, says="We know no question with this code")
    settings.TRUSTED_PROXY = True
    monkeypatch.setattr(throttle, "MOST_WRONG_CODES", 0)
    inspector.page.set_extra_http_headers({"X-Forwarded-For": "203.0.113.9"})
    inspector.posts("/receipt/", code="0000", text=QUESTION, says="Please wait a little")


def test_the_page_of_a_question_at_every_stage(inspector: Inspector) -> None:
    for says in STAGES:
        inspector.posts("/receipt/", code=at_stage(says), says=says)


def test_telling_us_about_an_episode_and_asking_on_from_it(inspector: Inspector) -> None:
    factories.published_episode("Naps at weddings", slug="naps")
    answers = [factories.approved_answer("Another?")]
    factories.retracted_episode(slug="gone", answers=answers)
    address = "/ask/about/naps/"
    inspector.opens(address, says="Tell us about an episode")
    inspector.presses("Send it", says="Choose one of the two")
    inspector.posts(address, text="Where?", kind="wrong", step="send", says="This page had lain open too long")
    token = old_form_token()
    inspector.posts(address, text=CRYING, kind="about-me", step="send", form_token=token, says="Thank you. We have it.")
    expect(inspector.page.locator(".help-panel")).to_have_count(1)
    inspector.opens("/ask/about/gone/", says="This one was taken down already")
    inspector.opens("/ask/after/naps/", says="I am asking on from “Naps at weddings”")
    inspector.writes("And then?", says="Asking on from")


def old_form_token() -> str:
    """The token of a form that was opened a minute ago."""
    with mock.patch("time.time", return_value=time.time() - A_MINUTE):
        return new_form_token()


def test_what_an_asker_does_with_a_question(inspector: Inspector) -> None:
    def does(code: str, step: str, text: str = "", *, says: str, **fields: str) -> None:
        inspector.posts("/receipt/", code=code, step=step, text=text, says=says, **fields)

    waiting, aired, withdrawn, asked = map(at_stage, (WAITING, AIRED, WITHDRAWN, ASKED_FOR_LEAVE))
    does(waiting, "change", says="Change your words")
    does(waiting, "amend", says="Write your question")
    does(waiting, "withdraw", says="Never airs")
    does(aired, "withdraw", says="Stays on the show")
    does(aired, "amend", QUESTION, says="Something has just changed on our side")
    does(withdrawn, "add", QUESTION, says="What you wrote, not sent")
    does(asked, "add", "x" * 4_001, says="This holds 4,001 letters")
    does(asked, "ask-change", says="Write something first")
    does(asked, "agree", wording="7", says="Something has just changed on our side")
    does(asked, "agree", wording="1", says="Thank you. We may read it like this")
