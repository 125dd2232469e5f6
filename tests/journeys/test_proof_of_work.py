"""Where a show asks for a little work, the browser does it while somebody writes, and nobody needs it."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from questions.asking import sending
from questions.models import Hold, Question
from questions.proof_of_work import proves

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BITS = 14


@pytest.fixture(autouse=True)
def asks_for_work(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PROOF_OF_WORK = BITS
    monkeypatch.setattr(sending, "TOO_FAST_SECONDS", 0)


def proof_on(page: Page) -> Locator:
    return page.locator("input[name=proof]")


def writes(page: Page) -> None:
    page.goto("/ask/")
    page.get_by_label("Your question").fill("Is it rude to nap at a wedding?")
    page.get_by_label("I am 18 or older").check()


def looks_it_over(page: Page) -> None:
    page.get_by_role("button", name="Look it over before sending").click()
    expect(page.get_by_role("button", name="Send it")).to_be_visible()


def sends(page: Page) -> str:
    """Why the question is held, if it is."""
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have it")
    return Question.objects.get().held


def test_the_work_begins_with_the_first_letter_and_goes_along(page: Page) -> None:
    page.goto("/ask/")
    expect(proof_on(page)).to_have_value("")
    writes(page)
    expect(proof_on(page)).not_to_have_value("")
    nonce = page.locator("input[name=form_token]").input_value().split(":")[0]
    found = proof_on(page).input_value()
    assert proves(found, nonce=nonce, bits=BITS)
    looks_it_over(page)
    expect(proof_on(page)).to_have_value(found)
    assert sends(page) == ""


def test_whoever_is_quicker_than_the_work_has_it_done_on_the_next_page(page: Page) -> None:
    writes(page)
    page.evaluate("document.querySelector('input[name=proof]').name = 'not-yet'")
    page.get_by_role("button", name="Look it over before sending").click()
    expect(proof_on(page)).not_to_have_value("")
    assert sends(page) == ""


def test_after_going_back_the_work_is_not_done_anew(page: Page) -> None:
    writes(page)
    expect(proof_on(page)).not_to_have_value("")
    found = proof_on(page).input_value()
    looks_it_over(page)
    page.get_by_role("button", name="Go back and change it").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(proof_on(page)).to_have_value(found)


@pytest.mark.parametrize("javascript", [False], ids=["without JavaScript"])
def test_without_scripts_the_question_arrives_and_waits_for_a_look(page: Page) -> None:
    writes(page)
    looks_it_over(page)
    assert sends(page) == Hold.TOO_FAST
