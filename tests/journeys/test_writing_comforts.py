"""What scripts add to the page where an answer is written: a tool bar, previews that follow, words that are kept."""

import re
import time

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.models import Autosave, Comment, Revision
from tests import cast
from tests.desk.test_write_answer import claimed
from tests.desk.test_write_answer import page as address_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def sign_in(page: Page, live_server: LiveServer) -> None:
    session = cast.signed_in(cast.tomas()).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{live_server.url}/desk/"}]
    )


def open_editor(page: Page, live_server: LiveServer, text: str = "My partner Katrin snores.\n\nWhat now?") -> str:
    sign_in(page, live_server)
    address = address_of(claimed(text))
    page.goto(address)
    return address


def select(page: Page, selector: str, words: str) -> None:
    """Select words on the page as a pointer would, wherever its elements begin and end."""
    page.evaluate(
        """([selector, words]) => {
            const range = document.createRange();
            const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                document.activeElement.blur();
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                // The browser tells its page of it in a task of its own; no hand is faster than that.
                return new Promise((told) => requestAnimationFrame(() => setTimeout(told)));
            }
            throw new Error(`${words} is not there`);
        }""",
        [selector, words],
    )


def test_a_button_of_the_tool_bar_inserts_a_block_and_the_preview_follows(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    answer = page.get_by_role("textbox", name="Answer")
    answer.fill("Hello.")
    page.get_by_role("button", name="Checklist").click()
    expect(answer).to_have_value("Hello.\n\n::: checklist Before you begin\n1. First this\n2. Then this\n:::\n")
    expect(page.get_by_role("checkbox", name="First this")).to_be_visible()
    expect(page.get_by_text("8 words, 0 parts, 1 checklist")).to_be_visible()
    page.route("**/desk/preview/", lambda route: route.abort())
    answer.press("End")
    answer.press_sequentially("More.")
    expect(page.get_by_text("The preview could not be refreshed.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="First this")).to_be_visible()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("javascript", [False], ids=["without JavaScript"])
def test_without_scripts_the_bar_is_absent_and_a_button_previews(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    expect(page.get_by_role("group", name="Insert")).to_be_hidden()
    page.get_by_role("textbox", name="Answer").fill("# Sleep\n\nTwo **rooms**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Sleep")).to_be_visible()
    expect(page.get_by_role("textbox", name="Answer")).to_have_value("# Sleep\n\nTwo **rooms**.")
    assert not Revision.objects.exists()


def test_what_is_typed_is_kept_also_when_the_page_is_left_and_offered_on_return(
    page: Page, live_server: LiveServer
) -> None:
    address = open_editor(page, live_server)
    answer = page.get_by_role("textbox", name="Answer")
    answer.fill("Half a thou")
    expect(page.get_by_text(re.compile(r"Kept \d\d:\d\d"))).to_be_visible()
    assert Autosave.objects.get().body == "Half a thou"
    answer.fill("Half a thought.")
    page.goto("/desk/mentions/")
    deadline = time.monotonic() + 60
    while Autosave.objects.get().body != "Half a thought." and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.goto(address)
    expect(page.get_by_role("heading", name=re.compile("You typed this on .* and did not save it"))).to_be_visible()
    expect(answer).to_have_value("")
    page.get_by_role("link", name="Use it").click()
    expect(answer).to_have_value("Half a thought.")
    # The words stand there before the script does that knows the keys; these buttons are its own.
    expect(page.get_by_role("group", name="Insert")).to_be_visible()
    # Ctrl+S saves, and what is saved is not offered again.
    answer.press("Control+s")
    expect(page.get_by_text("revision 1, saved")).to_be_visible()
    expect(page.get_by_text("did not save it")).to_have_count(0)
    assert not Autosave.objects.exists()


def test_words_outlive_a_session_and_are_kept_again_after_signing_in(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    answer = page.get_by_role("textbox", name="Answer")
    page.context.clear_cookies()
    answer.fill("An evening’s work.")
    expect(page.get_by_text("You are not signed in any more, so this is not kept.")).to_be_visible()
    expect(answer).to_have_value("An evening’s work.")
    sign_in(page, live_server)
    answer.fill("An evening’s work, and more.")
    expect(page.get_by_text(re.compile(r"Kept \d\d:\d\d"))).to_be_visible()
    assert Autosave.objects.get().body == "An evening’s work, and more."
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("revision 1, saved")).to_be_visible()


def test_selected_words_are_struck_or_replaced_and_clues_by_one_press(page: Page, live_server: LiveServer) -> None:
    open_editor(
        page, live_server, "🙂 My partner Katrin snores, in Gullhaven.\n\nWrite to a@example.org or b@example.org?"
    )
    wording = page.get_by_role("textbox", name="Wording")
    expect(page.get_by_text("3 clues left")).to_be_visible()
    select(page, "[data-wording]", "Katrin")
    page.keyboard.press("x")
    expect(wording).to_have_value("🙂 My partner snores, in Gullhaven.\n\nWrite to a@example.org or b@example.org?")
    expect(page.locator("[data-wording] del")).to_contain_text("Katrin")
    select(page, "[data-wording]", "Gullhaven")
    page.get_by_role("button", name="Replace…").click()
    page.get_by_label("Replace it by").fill("[a town]")
    page.get_by_label("Replace it by").press("Enter")
    expect(page.locator("[data-wording] ins")).to_contain_text("[a town]")
    page.get_by_role("button", name="Replace by [an e-mail address]: b@example.org").click()
    expect(wording).to_have_value(
        "🙂 My partner snores, in [a town].\n\nWrite to a@example.org or [an e-mail address]?"
    )
    expect(page.get_by_text("1 clue left")).to_be_visible()
    expect(page.get_by_role("button", name="Replace by [an e-mail address]: a@example.org")).to_be_focused()


def test_a_comment_takes_its_passage_from_a_selection_and_marks_it(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    page.get_by_role("textbox", name="Answer").fill("# Sleep\n\nTake two *quiet* rooms.")
    expect(page.get_by_role("heading", name="Sleep")).to_be_visible()
    select(page, ".preview", "Take two")
    page.get_by_role("button", name="Comment on selection").click()
    page.get_by_label("Your comment").fill("Three?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".preview .commented")).to_have_text("Take two")
    assert Comment.objects.get().quote == "Take two"
    # Nothing of the answer is saved by it, and nothing of it lost.
    expect(page.get_by_role("textbox", name="Answer")).to_have_value("# Sleep\n\nTake two *quiet* rooms.")
    assert not Revision.objects.exists()
