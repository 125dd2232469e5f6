"""What a reader chooses stays on the device, holds on every page, and goes with one press."""

from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import approved_answer, published_episode
from tests.journeys.device import kept_here, nothing_is_kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

GATED = """The first part is for everybody.

::: expect not safe | sex, drugs
A pharmacy, and what it is for.
:::

Behind the first gate.

::: expect not safe | violence
:::

Behind the second gate.
"""


@pytest.fixture
def naps() -> None:
    published_episode(slug="naps", answers=[approved_answer(body=GATED)])


def settings(page: Page) -> None:
    page.goto("/your-device/")
    expect(page.get_by_role("heading", name="Reading comfort")).to_be_visible()


def looks(page: Page) -> dict[str, Any]:
    looks: dict[str, Any] = page.evaluate("({ ...document.documentElement.dataset })")
    return looks


def test_how_somebody_likes_to_read_holds_on_every_page(page: Page, naps: None) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data or ''}"))
    settings(page)
    for group, choice in (
        ("Colours", "Dark"),
        ("Text size", "Largest"),
        ("Width of the lines", "Narrow"),
        ("Line spacing", "More"),
        ("Letters", "Plain"),
    ):
        page.get_by_role("group", name=group).get_by_label(choice).check()
        expect(page.get_by_role("status")).to_have_text("Kept on this device.")
    page.goto("/episodes/naps/")
    assert looks(page) == {
        "theme": "dark", "size": "largest", "width": "narrow", "spacing": "airy", "letters": "plain",
    }  # fmt: skip
    body = page.evaluate(
        "(({ fontSize, colorScheme }) => [fontSize, colorScheme])(getComputedStyle(document.documentElement))"
    )
    assert body == ["21.6px", "dark"]
    settings(page)
    for group in ("Colours", "Text size", "Width of the lines", "Line spacing", "Letters"):
        page.get_by_role("group", name=group).get_by_label("As it comes").check()
    assert looks(page) == {}
    assert nothing_is_kept(page)
    assert [line for line in asked if "largest" in line or not line.startswith("GET ")] == []


def test_whatever_somebody_chooses_their_browser_asks_for_the_very_same(page: Page, naps: None) -> None:
    def asked_for() -> set[str]:
        asked: set[str] = set()

        def note(request: Request) -> None:
            asked.add(f"{request.method} {request.url} {sorted(request.headers.items())} {request.post_data}")

        page.on("request", note)
        page.goto("/episodes/naps/")
        page.wait_for_load_state("networkidle")
        page.remove_listener("request", note)
        return asked

    settings(page)
    before = asked_for()
    page.evaluate(
        "device.choose('theme', 'dark'), device.choose('size', 'large'), device.choose('agreed', ['sex', 'drugs'])"
    )
    assert asked_for() == before
    page.evaluate("device.choose('discreet', true)")
    # Discreet mode has an icon of its own, as docs/privacy.md says; the rest is the same.
    assert {line.replace("/img/notes.svg", "/img/icon.svg") for line in asked_for()} == before


def test_it_is_worn_before_the_page_is_painted(page: Page, naps: None) -> None:
    settings(page)
    page.get_by_label("Dark").check()
    page.add_init_script("""
        new MutationObserver((_records, observer) => {
            if (!document.body) return;
            window.themeAtBody = document.documentElement.dataset.theme;
            observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
    """)
    page.goto("/episodes/naps/")
    assert page.evaluate("themeAtBody") == "dark"


def test_a_gate_that_was_agreed_to_stands_open_and_the_others_ask(page: Page, naps: None) -> None:
    page.goto("/episodes/naps/")
    first, second = page.locator(".gate").all()
    expect(page.get_by_text("Behind the first gate.")).to_be_hidden()
    first.locator("summary").click()
    agree = first.get_by_label("Show this on this device without asking: sex and drugs")
    agree.check()
    page.reload()
    expect(page.get_by_text("Behind the first gate.")).to_be_visible()
    expect(page.get_by_text("Behind the second gate.")).to_be_hidden()
    expect(agree).to_have_count(0)
    second.locator("summary").click()
    expect(second.get_by_role("checkbox")).not_to_be_checked()

    settings(page)
    page.get_by_role("button", name="Ask me again: drugs").click()
    expect(page.get_by_role("status")).to_have_text("Gone from this device.")
    assert kept_here(page) == {"choices": '{"agreed":["sex"]}'}
    page.goto("/episodes/naps/")
    expect(page.get_by_text("Behind the first gate.")).to_be_hidden()


def test_discreet_mode_holds_on_every_page_until_it_is_turned_off(page: Page, naps: None) -> None:
    page.goto("/")
    own_title = page.title()
    name = page.locator(".show-name")
    page.get_by_role("button", name="Discreet mode").click()
    for address in ("/", "/episodes/naps/", "/topics/", "/your-device/", "/nowhere/"):
        page.goto(address)
        assert page.title() == "Notes", address
        assert (name.inner_text(), name.aria_snapshot()) == ("", '- link "Notes":\n  - /url: /')
        icons = page.eval_on_selector_all("link[rel=icon], link[rel=manifest]", "links => links.map(link => link.href)")
        assert all("notes" in icon for icon in icons), icons
        button = page.get_by_role("button", name="Discreet mode")
        expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/")
    button.click()
    assert page.title() == own_title
    assert page.locator("link[rel=icon]").get_attribute("href").endswith("/static/img/icon.svg")  # type: ignore[union-attr]
    assert nothing_is_kept(page)


def test_no_title_of_ours_is_seen_in_discreet_mode_while_a_page_arrives(page: Page, naps: None) -> None:
    page.goto("/")
    page.get_by_role("button", name="Discreet mode").click()
    page.add_init_script("""
        window.titles = [];
        new MutationObserver(() => {
            if (document.body && !titles.length) titles.push(document.title);
        }).observe(document, { childList: true, subtree: true });
    """)
    page.goto("/episodes/naps/")
    assert page.evaluate("titles") == ["Notes"]


def test_one_press_erases_everything(page: Page, naps: None) -> None:
    settings(page)
    page.get_by_label("Dark").check()
    page.goto("/episodes/naps/")
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Kept. Remove")).to_be_visible()
    page.evaluate("localStorage.setItem('ticks:/episodes/naps/', '[]')")
    settings(page)
    expect(page.get_by_role("link", name="/episodes/naps/")).to_be_visible()
    assert not nothing_is_kept(page)
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("status")).to_have_text("Everything is erased. This device keeps nothing of us any more.")
    assert nothing_is_kept(page)
    assert looks(page) == {}
    for words in ("Nothing. Every warning waits", "No episode.", "None."):
        expect(page.get_by_text(words)).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_and_breaks_no_page(page: Page, naps: None) -> None:
    page.add_init_script("""
        Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
        CacheStorage.prototype.keys = () => Promise.reject(new DOMException("no", "SecurityError"));
        CacheStorage.prototype.has = CacheStorage.prototype.keys;
        navigator.serviceWorker.register = () => Promise.reject(new DOMException("no", "SecurityError"));
    """)
    settings(page)
    page.get_by_label("Dark").check()
    expect(page.get_by_role("status")).to_contain_text("Your browser refuses to keep anything here")
    assert looks(page) == {"theme": "dark"}
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("status")).to_contain_text("Your browser did not let us erase everything")
    page.goto("/episodes/naps/")
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("status").filter(has_text="Your browser did not keep it.")).to_be_visible()
    page.locator(".gate summary").first.click()
    page.get_by_label("Show this on this device without asking").first.check()
    expect(page.get_by_text("Your browser refuses to keep anything here.").first).to_be_visible()
    page.get_by_role("button", name="Discreet mode").click()
    expect(page.get_by_role("button", name="On this page only: your browser keeps nothing")).to_be_visible()
    assert page.title() == "Notes"


@pytest.mark.parametrize("javascript", [False])
def test_without_javascript_nothing_of_it_shows_and_the_page_says_so(page: Page, naps: None) -> None:
    page.goto("/your-device/")
    expect(page.get_by_text("JavaScript is off, so this page keeps nothing on this device.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading")).to_have_count(1)
    page.goto("/episodes/naps/")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.locator(".gate summary").first.click()
    expect(page.get_by_text("Behind the first gate.")).to_be_visible()


@pytest.mark.parametrize("size", ["small", "largest"])
def test_no_size_makes_a_narrow_page_scroll_sideways(
    page: Page, live_server: LiveServer, naps: None, size: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    settings(page)
    page.evaluate("size => device.choose('size', size)", size)
    for address in ("/", "/episodes/", "/episodes/naps/", "/your-device/", "/feeds/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
