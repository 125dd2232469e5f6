"""Before it is sent: what could point to somebody is taken out with one press each, on a page that needs no script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.models import Question, Show
from tests import factories
from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.inspecting import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

WORDS = "He reads my mail at wren@example.org.\n\nMay I call from +44 20 7946 0958 instead?"


def look_over(page: Page, words: str = WORDS) -> None:
    page.goto("/ask/")
    page.get_by_label("Your question").fill(words)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Look it over before sending").click()
    expect(page.get_by_role("heading", name="Is this how you want it?")).to_be_visible()


@with_and_without_javascript
def test_clues_are_replaced_taken_out_and_put_back_and_the_rest_is_sent(page: Page, javascript: bool) -> None:
    look_over(page)
    letter = page.locator(".letter")
    expect(letter.locator("mark")).to_have_count(2)
    page.get_by_role("button", name="Replace by [an e-mail address]: wren@example.org").click()
    expect(letter).to_contain_text("He reads my mail at [an e-mail address].")
    page.get_by_role("button", name=re.compile("^Take it out")).click()
    expect(letter).to_contain_text("May I call from instead?")
    page.get_by_role("button", name="Put it back: wren@example.org").click()
    expect(letter.locator("mark")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Replace by")).click()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#code")).to_be_visible()
    assert Question.objects.get().text == "He reads my mail at [an e-mail address].\n\nMay I call from instead?"
    assert page.url.endswith("/ask/")
    assert page.context.cookies() == []


@with_and_without_javascript
def test_a_press_leads_back_to_the_list_and_a_number_leads_to_its_line(page: Page, javascript: bool) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    look_over(page)
    page.locator("mark a").nth(1).click()
    expect(page.locator("#clue-2")).to_be_in_viewport()
    page.get_by_role("button", name=re.compile("^Take it out")).first.click()
    expect(page.get_by_role("heading", name="1 thing that could point to you")).to_be_in_viewport()


@with_and_without_javascript
def test_topics_are_chosen_if_somebody_likes_and_survive_the_check_page(page: Page, javascript: bool) -> None:
    factories.topic("Sleep")
    factories.topic("Mail")
    page.goto("/ask/")
    page.get_by_text("Choose topics, if you like").click()
    page.get_by_label("Mail").check()
    page.get_by_label("Your question").fill(WORDS)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Look it over before sending").click()
    page.get_by_role("button", name="Replace all").click()
    page.get_by_role("button", name="Go back and change it").click()
    expect(page.get_by_label("Mail")).to_be_checked()
    expect(page.get_by_label("Mail")).to_be_visible()
    page.get_by_role("button", name="Look it over before sending").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#code")).to_be_visible()
    assert [topic.name for topic in Question.objects.get().topics.all()] == ["Mail"]


def test_letters_are_counted_while_somebody_writes_as_the_server_counts_them(page: Page) -> None:
    page.goto("/ask/")
    box, count = page.get_by_label("Your question"), page.locator("[data-count-seen]")
    expect(count).to_have_text("0 of 10,000")
    box.fill("Ärger 👩🏽‍🚒\nund 漢字")
    expect(count).to_have_text("17 of 10,000")
    expect(page.locator("[data-count-said]")).to_have_text("")
    box.fill("x" * 9_990)
    expect(count).to_have_text("9,990 of 10,000")
    expect(page.locator("[data-count-said]")).to_have_text("Letters left: 10")
    box.fill("x" * 10_002)
    expect(count).to_have_text("10,002 of 10,000 · Letters too many: 2")
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Look it over before sending").click()
    expect(page.get_by_role("alert")).to_contain_text("The box holds 10,002 letters")
    expect(count).to_have_text("10,002 of 10,000 · Letters too many: 2")


def test_what_a_person_counts_the_check_page_counts_too(page: Page) -> None:
    look_over(page, "Ärger 👩🏽‍🚒\nund 漢字")
    expect(page.get_by_text("17 of 10,000 letters")).to_be_visible()


def test_an_episode_that_may_answer_it_opens_beside_and_the_letter_stays(page: Page) -> None:
    for subject in ("ferns", "boots", "trains", "soup", "letters", "cats"):
        answer = factories.approved_answer(f"What shall I do about my {subject}?", body=f"Talk to the {subject}.")
        factories.published_episode(f"About {subject}", answers=[answer])
    factories.published_episode("Naps at weddings")
    look_over(page, "I always fall asleep at weddings. Is it rude to take a nap?")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Naps at weddings").click()
    expect(opened.value.get_by_text("Nap between the speeches.").first).to_be_visible()
    assert opened.value.evaluate("[opener, document.referrer]") == [None, ""]
    expect(page.locator(".letter")).to_contain_text("I always fall asleep at weddings.")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#code")).to_be_visible()


def test_help_opens_beside_and_the_letter_stays(page: Page) -> None:
    look_over(page, "I want to die. Is it rude to say so at dinner?")
    panel = page.get_by_role("region", name=re.compile("stop and look up"))
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="More places").click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".letter")).to_contain_text("Is it rude to say so at dinner?")
    expect(page.locator(".letter mark")).to_have_count(0)


def width_of(page: Page) -> int:
    """How wide the page is once its sheets are here."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_nothing_on_the_way_scrolls_sideways_right_to_left_on_a_narrow_screen(page: Page) -> None:
    Show.objects.create(language="ar")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/ask/")
    assert width_of(page) == 320
    look_over(page, f"{WORDS} {'w' * 60}@example.org https://example.org/{'x' * 200}")
    assert width_of(page) == 320
    page.get_by_role("button", name="Replace all").click()
    expect(page.get_by_role("heading", name="Changed by you just now")).to_be_visible()
    assert width_of(page) == 320


def test_axe_finds_nothing_in_any_state_of_the_form_and_the_check_page_in_arabic(
    browser: Browser, live_server: LiveServer
) -> None:
    factories.topic("Sleep")
    Show.objects.create(language="ar")
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme="dark", viewport={"width": 320, "height": 700}
    )
    page, found = context.new_page(), []
    page.goto("/ask/")
    for summary in page.locator("summary").all():
        summary.click()
    found += faults(page)
    page.get_by_label("Your question").fill("x" * 10_001)
    page.get_by_role("button", name="Look it over before sending").click()
    page.get_by_role("alert").wait_for()
    found += faults(page)
    look_over(page, f"{WORDS} I am 15 and I want to die.")
    expect(page.locator(".help-panel")).to_have_count(2)
    found += faults(page)
    page.get_by_role("button", name=re.compile("^Take it out")).first.click()
    expect(page.get_by_role("heading", name="Changed by you just now")).to_be_visible()
    found += faults(page)
    page.get_by_role("button", name=re.compile("^Replace by")).first.click()
    expect(page.get_by_role("heading", name="Nothing more that we notice")).to_be_visible()
    found += faults(page)
    Show.objects.update(is_asking_open=False)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="We are not taking questions just now")).to_be_visible()
    found += faults(page)
    context.close()
    assert found == []
