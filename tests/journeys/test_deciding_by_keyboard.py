"""A host empties the queue by single keys, and takes a slip back by one."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.models import CannedReply, Message, Note, Person, Question
from tests import cast, factories
from tests.desk.test_decide_question import reason

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def sign_in(page: Page, live_server: LiveServer, person: Person) -> None:
    session = cast.signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{live_server.url}/desk/"}]
    )


def state_of(asked: Question) -> str:
    asked.refresh_from_db()
    return asked.state


@pytest.fixture
def asked(page: Page, live_server: LiveServer) -> list[Question]:
    """Three questions wait, and Noor has the first of them open."""
    questions = [factories.asked(f"Is it rude to nap at wedding number {number}?") for number in range(3)]
    reason()
    sign_in(page, live_server, cast.noor())
    page.goto(questions[0].get_absolute_url())
    return questions


def is_at(page: Page, question: Question) -> None:
    expect(page).to_have_url(re.compile(str(question.ref)))
    page.wait_for_load_state("load")


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="What to do with it")


def test_keys_move_decide_and_take_back(page: Page, asked: list[Question]) -> None:
    first, second, third = asked
    page.keyboard.press("j")
    is_at(page, second)
    page.keyboard.press("k")
    is_at(page, first)
    page.keyboard.press("f")
    is_at(page, second)
    assert state_of(first) == "kept"
    page.keyboard.press("d")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    is_at(page, third)
    assert state_of(second) == "declined"
    page.keyboard.press("z")
    expect(page.get_by_text("Undone: declined.")).to_be_visible()
    page.wait_for_load_state("load")
    assert state_of(second) == "waiting"
    is_at(page, second)
    page.keyboard.press("c")
    expect(page.get_by_text("This question is yours now.")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(f"{second.ref}/answer/"))


def test_a_key_opens_a_form_and_writes_nothing_into_it(page: Page, asked: list[Question]) -> None:
    page.keyboard.press("n")
    note = page.get_by_label("Leave a note for the other hosts")
    expect(note).to_be_focused()
    page.keyboard.type("fjdk")
    expect(note).to_have_value("fjdk")
    page.keyboard.press("Escape")
    expect(note).not_to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_label("Write to the asker")).to_be_focused()
    assert state_of(asked[0]) == "waiting"


def test_keys_with_a_modifier_are_the_browsers(page: Page, asked: list[Question]) -> None:
    for combination in ("Control+f", "Alt+f", "Meta+f", "Control+c"):
        page.keyboard.press(combination)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert state_of(asked[0]) == "waiting"


def test_keys_that_are_switched_off_do_nothing_and_are_not_shown(page: Page, asked: list[Question]) -> None:
    Person.objects.update(uses_keys=False)
    page.reload()
    expect(bar(page).get_by_role("button", name="Keep").locator(".key")).to_be_hidden()
    page.keyboard.press("f")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="Decline")).to_be_hidden()
    assert state_of(asked[0]) == "waiting"


def test_a_double_click_sends_one_reply(page: Page, asked: list[Question]) -> None:
    page.get_by_label("Write to the asker").fill("Does he snore?")
    page.locator("#reply").get_by_role("button", name="Reply").dblclick()
    expect(page.get_by_text("The asker reads it in a quarter of an hour.")).to_be_visible()
    assert Message.objects.count() == 1


def test_a_colleagues_decision_is_told_while_the_page_is_open_and_keeps_what_is_typed(
    page: Page, asked: list[Question]
) -> None:
    keep(asked[0], by=acting(cast.tomas()), seen=asked[0].version)
    note = page.get_by_label("Leave a note for the other hosts")
    note.press_sequentially("Mine?")
    expect(page.get_by_text(re.compile("Meanwhile: kept by Tomas Reyl"))).to_be_visible()
    expect(note).to_have_value("Mine?")
    page.locator("#note").get_by_role("button", name="Note").click()
    expect(page.get_by_text("The note is left.")).to_be_visible()
    assert Note.objects.get().text == "Mine?"


@pytest.mark.parametrize("javascript", [False], ids=["without JavaScript"])
def test_without_scripts_everything_is_done_by_its_button(page: Page, asked: list[Question]) -> None:
    keep_it = bar(page).get_by_role("button", name="Keep")
    expect(keep_it.locator(".key")).to_be_hidden()
    keep_it.click()
    is_at(page, asked[1])
    bar(page).get_by_role("link", name="Decline").click()
    page.get_by_label("Not our kind").check()
    page.locator("#decline").get_by_role("button", name="Decline").click()
    expect(page.get_by_role("status").get_by_text("Declined: Not our kind.")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("Undone: declined.")).to_be_visible()
    assert [state_of(question) for question in asked] == ["kept", "waiting", "waiting"]


def test_words_at_hand_go_in_where_the_cursor_is(page: Page, asked: list[Question]) -> None:
    CannedReply.objects.create(title="Thanks", text="Thank you for writing.")
    page.reload()
    reply = page.get_by_label("Write to the asker")
    reply.fill("Dear Drowsy,")
    page.locator("#reply").get_by_label("Words at hand").select_option("Thanks")
    page.locator("#reply").get_by_role("button", name="Use these words").click()
    expect(reply).to_have_value("Dear Drowsy,\n\nThank you for writing.")
    assert not Message.objects.exists()


def test_the_toast_waits_while_it_is_pointed_at_and_then_goes(page: Page, asked: list[Question]) -> None:
    page.clock.install()
    page.keyboard.press("f")
    toast = page.get_by_role("status").filter(has_text="Kept.")
    expect(toast).to_be_visible()
    page.wait_for_load_state("load")
    toast.hover()
    page.clock.run_for(60_000)
    expect(toast).to_be_visible()
    page.mouse.move(700, 300)
    page.clock.run_for(21_000)
    expect(toast).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_blurred_words_are_shown_when_asked_for(page: Page, asked: list[Question], javascript: bool) -> None:
    Person.objects.update(blurs_words=True)
    page.reload()
    words = page.locator(".question")
    expect(words).to_have_css("filter", "blur(8px)")
    if javascript:
        page.keyboard.press("b")
    else:
        page.get_by_label("Show the words").check()
    expect(words).to_have_css("filter", "none")
