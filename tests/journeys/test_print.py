"""On paper there is nothing to press: what a page is for stays, and what is gated stays behind its note."""

import pytest
from playwright.sync_api import Page, expect

from questions.models import Resource
from tests.factories import approved_answer, published_episode

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BODY = """Hello.[^1]

# Listen

::: video https://vimeo.com/76979871 | Asking at the door | 4:00 | racy
:::

::: checklist Before you say a word
1. Tea
:::

# Talk

::: expect not safe | sex
:::

Behind the note.

# Sleep

Then sleep.

[^1]: A note.
"""


@pytest.fixture
def printed(page: Page) -> Page:
    """An episode as the browser would print it."""
    resources = [Resource(kind="book", title="A book", url="https://example.org/a-book")]
    published_episode(slug="naps", answers=[approved_answer(body=BODY)], resources=resources)
    page.goto("/episodes/naps/")
    page.emulate_media(media="print")
    return page


def after(page: Page, selector: str) -> str:
    """What the sheet puts behind an element."""
    words: str = page.locator(selector).evaluate("element => getComputedStyle(element, '::after').content")
    return words


def test_nothing_that_can_only_be_pressed_is_printed(printed: Page) -> None:
    pressed = (".skip", ".masthead nav", ".footer nav", ".episode__rail", ".footnote-back", ".part__link", ".keep")
    for selector in pressed:
        for each in printed.locator(selector).all():
            expect(each).to_be_hidden()
    assert [button for button in printed.get_by_role("button").all() if button.is_visible()] == []


def test_films_and_resources_are_printed_with_their_addresses(printed: Page) -> None:
    expect(printed.get_by_text("Racy for work.")).to_be_visible()
    assert after(printed, ".film__play") == '" https://vimeo.com/76979871"'
    assert after(printed, ".card__title a") == '"https://example.org/a-book"'
    expect(printed.get_by_text("Nothing is fetched from anyone")).to_be_hidden()


def test_a_closed_gate_prints_its_note_and_an_open_one_its_words_too(printed: Page) -> None:
    note, words = printed.get_by_text("Not safe for work: sex."), printed.get_by_text("Behind the note.")
    expect(note).to_be_visible()
    expect(words).to_be_hidden()
    printed.emulate_media(media="screen")
    note.click()
    printed.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(words).to_be_visible()


def test_boxes_are_printed_empty_whatever_was_ticked(printed: Page) -> None:
    printed.emulate_media(media="screen")
    printed.get_by_label("Tea").check()
    printed.emulate_media(media="print")
    box = printed.get_by_label("Tea")
    assert box.evaluate("box => getComputedStyle(box).appearance") == "none"
    assert box.evaluate("box => getComputedStyle(box.nextElementSibling).textDecorationLine") == "none"
    assert printed.locator(".checklist").evaluate("list => getComputedStyle(list).breakInside") == "avoid"
