"""Keeping the code in a browser: the note, the copy, and typing it back, with JavaScript and without it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.people import Asker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

QUESTION = "Is it rude to nap at a wedding? My sister minds."


@pytest.fixture
def asker(page: Page) -> Asker:
    asker = Asker(page)
    asker.writes(QUESTION, sign_off="Drowsy")
    asker.looks_it_over_and_sends_it(QUESTION)
    return asker


@with_and_without_javascript
def test_the_note_is_saved_and_the_ticket_stays_on_the_page(asker: Asker, page: Page, tmp_path: Path) -> None:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a plain note").click()
    assert saved.value.suggested_filename == "note.txt"
    saved.value.save_as(tmp_path / "note.txt")
    first = (tmp_path / "note.txt").read_text().splitlines()[0]
    assert first.replace(" ", "") == asker.code.replace(" ", "").replace("\n", "")
    expect(page.get_by_role("heading", name="We have it. Keep this ticket.")).to_be_visible()
    assert page.url.endswith("/ask/")


@with_and_without_javascript
def test_the_code_is_typed_back(asker: Asker, page: Page, javascript: bool) -> None:
    letters = asker.code.replace(" ", "").replace("\n", "")
    box, verdict = page.get_by_label("Type it in from where you keep it"), page.get_by_role("status")

    def type_in(entry: str) -> None:
        box.fill(entry)
        if not javascript:
            page.get_by_role("button", name="Is it right?").click()

    type_in(letters.lower())
    expect(verdict).to_have_text("That is it. You have the code.")
    wrong = "7" if letters[5] != "7" else "8"
    type_in(f"{letters[:5]}{wrong}{letters[6:]}")
    expect(verdict).to_have_text(f"Group 2 is different: the ticket says {letters[4:8]}.")
    if javascript:
        # While somebody is still typing, a group that is not whole yet is no mistake.
        box.fill(letters[:6])
        expect(verdict).to_have_text("")
        page.get_by_role("button", name="Is it right?").click()
        expect(verdict).to_have_text(f"Group 2 is different: the ticket says {letters[4:8]}.")


def test_copying_gives_the_code_in_one_line(asker: Asker, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.get_by_text("What you copy can stay in the clipboard’s history")).to_be_visible()
    page.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == asker.code.replace(" ", "").replace("\n", "")


@with_and_without_javascript
def test_words_are_changed_and_another_wording_asked_for_without_leaving_an_address(asker: Asker, page: Page) -> None:
    asker.returns()
    page.get_by_role("button", name="Change my words").click()
    page.get_by_label("Your question", exact=True).fill("Is it rude to nap?")
    page.get_by_role("button", name="Use these words").click()
    expect(page.get_by_text("We have your new words. The old ones are gone.")).to_be_visible()
    page.get_by_text("What you asked").click()
    expect(page.get_by_text("Is it rude to nap?", exact=True)).to_be_visible()
    assert page.url.endswith("/receipt/")
