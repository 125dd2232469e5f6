"""Leaving fast: the page empties and hides itself at once, and no way back shows a word of it.

Every walk is done in a browser that fetches a page again on going back, and in one that keeps pages in memory.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from questions.models import Question, Show
from tests.journeys.conftest import CHROMIUM_NAMES, QUIET_CHROMIUM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

SECRET = "My husband must not read this"
INNOCENT = "https://www.wikipedia.org/"


@pytest.fixture(scope="module", params=["fetches pages again", "keeps pages in memory"])
def browser(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Browser]:
    if request.param == "fetches pages again":
        yield browser
        return
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    chromium = browser.browser_type.launch(
        executable_path=found,
        args=[*QUIET_CHROMIUM, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def somebody(page: Page) -> Page:
    """A page from which one can leave to an innocent site that never sees more than the visit."""
    page.context.route(INNOCENT, lambda route: route.fulfill(body="<h1>Birds of Europe</h1>", content_type="text/html"))
    return page


def press_the_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").click()


def press_escape_twice(page: Page) -> None:
    keys_work(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def keys_work(page: Page) -> None:
    """The script names the keys as soon as they work."""
    expect(page.locator("[data-leave-key]").first).to_be_visible()


def press_shift_three_times(page: Page) -> None:
    keys_work(page)
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS = pytest.mark.parametrize("leave", [press_the_button, press_escape_twice, press_shift_three_times])


def write(page: Page) -> None:
    page.goto("/about/")
    page.goto("/ask/")
    page.get_by_label("Your question").fill(SECRET)
    page.get_by_label("How shall we sign it?").fill(SECRET)
    page.get_by_label("I am 18 or older").check()


def write_and_look_it_over(page: Page) -> None:
    write(page)
    page.get_by_role("button", name="Look it over before sending").click()
    expect(page.locator(".letter")).to_contain_text(SECRET)


def send(page: Page) -> None:
    write_and_look_it_over(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#code")).to_be_visible()


def everything_on(page: Page) -> str:
    """All that can be read or is filled in on a page, visible or not. One that goes on meanwhile is looked at anew."""
    for _ in range(20):
        try:
            found: str = page.evaluate("""() => document.documentElement.outerHTML
                + [...document.querySelectorAll("input, textarea")].map((field) => field.value).join()""")
        except Error:
            page.wait_for_timeout(250)
        else:
            return found
    pytest.fail("The page never came to rest.")


def go_back_and_look(page: Page) -> str:
    """What the page before holds. A page that was the answer to a form is one that the browser will not fetch again."""
    page.go_back(wait_until="commit")
    page.wait_for_timeout(300)
    return everything_on(page)


@pytest.mark.parametrize(
    ("come_to", "leave"),
    [
        (write, press_the_button),
        (write_and_look_it_over, press_escape_twice),
        (send, press_shift_three_times),
    ],
)
def test_no_way_back_shows_the_words(
    somebody: Page, come_to: Callable[[Page], None], leave: Callable[[Page], None]
) -> None:
    page = somebody
    come_to(page)
    leave(page)
    expect(page.get_by_role("heading")).to_have_text("Birds of Europe")
    steps = page.evaluate("history.length")
    for _ in range(steps - 1):
        assert SECRET not in go_back_and_look(page)
    assert page.url == "about:blank"
    for _ in range(steps - 1):
        page.go_forward(wait_until="commit")
        page.wait_for_timeout(300)
        assert SECRET not in everything_on(page)


@WAYS
def test_the_page_is_empty_and_hidden_even_when_the_other_site_never_answers(
    page: Page, leave: Callable[[Page], None]
) -> None:
    page.route(INNOCENT, lambda route: route.abort("aborted"))
    write(page)
    with page.expect_request(INNOCENT):
        leave(page)
    assert page.url.endswith("/ask/")
    assert page.evaluate("getComputedStyle(document.body).display") == "none"
    assert page.title() == "\u200b"
    values = "[...document.querySelectorAll('textarea, input:not([type=checkbox], [type=radio])')].map((f) => f.value)"
    assert set(page.evaluate(values)) == {""}
    assert page.locator("input:checked").count() == 0


def test_the_innocent_site_is_the_one_the_show_chose_and_learns_nothing(page: Page) -> None:
    Show.objects.create(leave_url="https://weather.example/")
    seen = []

    def weather(route: Route) -> None:
        seen.append(route.request.headers)
        route.fulfill(body="Rain")

    page.route("https://weather.example/", weather)
    write(page)
    press_escape_twice(page)
    page.wait_for_url("https://weather.example/")
    assert "referer" not in seen[0]


@pytest.mark.parametrize(
    "keys",
    [
        ("Escape",),
        ("Shift", "Shift"),
        ("Escape", "a", "Escape"),
        ("Shift", "Shift", "A", "Shift"),
        ("Shift", "Escape", "Shift", "Shift"),
        ("Tab", "Tab", "Tab"),
    ],
    ids=" ".join,
)
def test_no_other_keys_leave(page: Page, keys: tuple[str, ...]) -> None:
    write(page)
    page.get_by_label("Your question").focus()
    for key in keys:
        page.keyboard.press(key)
    assert SECRET in page.get_by_label("Your question").input_value()
    assert page.url.endswith("/ask/")


def test_a_key_that_is_held_down_does_not_leave(page: Page) -> None:
    write(page)
    for key in ("Shift", "Escape"):
        for _ in range(4):
            page.keyboard.down(key)
        page.keyboard.up(key)
    assert page.get_by_label("Your question").input_value() == SECRET


def test_choosing_words_with_shift_and_clicks_does_not_leave(page: Page) -> None:
    write(page)
    for _ in range(4):
        page.get_by_label("Your question").click(modifiers=["Shift"])
    assert page.get_by_label("Your question").input_value() == SECRET


def test_leaving_one_page_leaves_the_others_that_are_open(somebody: Page) -> None:
    other = somebody.context.new_page()
    send(other)
    write(somebody)
    press_escape_twice(somebody)
    other.wait_for_url(INNOCENT)
    assert SECRET not in go_back_and_look(other)


def test_going_on_to_another_page_and_back_shows_an_empty_form(page: Page) -> None:
    write(page)
    page.goto("/about/")
    assert SECRET not in go_back_and_look(page)
    expect(page.get_by_label("Your question")).to_have_value("")
    expect(page.get_by_label("Your question")).to_be_visible()


def test_going_back_from_the_check_page_shows_an_empty_form(page: Page) -> None:
    write_and_look_it_over(page)
    assert SECRET not in go_back_and_look(page)
    expect(page.get_by_label("Your question")).to_have_value("")


def test_going_back_from_the_ticket_shows_no_letter(page: Page) -> None:
    send(page)
    assert Question.objects.count() == 1
    assert SECRET not in go_back_and_look(page)
    assert SECRET not in go_back_and_look(page)
    assert Question.objects.count() == 1


def test_going_elsewhere_by_the_address_bar_and_back_shows_no_letter(page: Page) -> None:
    # Whether the ticket itself comes back is Chromium's to say: now and then it leaves before the page has let go.
    send(page)
    page.goto("/about/")
    assert SECRET not in go_back_and_look(page)


@pytest.mark.parametrize("javascript", [False], ids=["without JavaScript"])
def test_without_javascript_the_button_is_a_link_and_the_page_says_to_close_the_tab(somebody: Page) -> None:
    write(somebody)
    assert "Close this tab once you have left" in somebody.content()
    press_the_button(somebody)
    somebody.wait_for_url(INNOCENT)
