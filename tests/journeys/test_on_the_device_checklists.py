"""A checklist is printed by itself, copied and saved, all of it made on the device."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import approved_answer, published_episode

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BODY = """::: checklist Before you say a word
1. Notes, *short* ones
2. Tea
:::

Words between the lists.

::: checklist To bring
- Biscuits
:::
"""

AS_TEXT = "Before you say a word\n\n[x] 1. Notes, short ones\n[ ] 2. Tea\n"


@pytest.fixture
def lists(page: Page) -> None:
    published_episode(slug="naps", answers=[approved_answer(body=BODY)])
    page.goto("/episodes/naps/")
    page.get_by_label("Notes, short ones").check()


def test_a_list_is_saved_as_text_without_asking_anybody(page: Page, lists: None) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").first.click()
    assert download.value.suggested_filename == "Before you say a word.txt"
    assert download.value.path().read_text() == AS_TEXT
    assert [address for address in asked if not address.startswith("blob:")] == []


def test_a_list_is_copied_as_text_or_says_that_it_was_not(page: Page, lists: None) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == AS_TEXT
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy").last.click()
    expect(page.get_by_text("Your browser did not copy it.")).to_be_visible()


def test_one_list_is_printed_alone_and_the_next_print_is_whole(page: Page, lists: None) -> None:
    page.emulate_media(media="print")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print this list", include_hidden=True).first.dispatch_event("click")
    for words, is_printed in (
        ("Tea", True),
        ("Biscuits", False),
        ("Words between the lists.", False),
        ("For adults.", False),
    ):
        expect(page.get_by_text(words).first).to_be_visible(visible=is_printed)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("Biscuits")).to_be_visible()
    expect(page.get_by_text("Words between the lists.")).to_be_visible()


def test_a_browser_that_keeps_no_ticks_says_so(page: Page, lists: None) -> None:
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    keep = page.get_by_label("Keep mine on this device").first
    keep.click()
    expect(keep).not_to_be_checked()
    expect(page.get_by_text("Your browser refuses to keep anything here.").first).to_be_visible()
    expect(page.get_by_label("Notes, short ones")).to_be_checked()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_when_the_tools_and_the_agreed_gates_come(page: Page, width: int) -> None:
    gate = "::: expect not safe | sex\n:::\n\nBehind it.\n\n::: expect fine\n:::\n\n"
    published_episode(slug="naps", answers=[approved_answer(body=f"{gate}{BODY}")])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/your-device/")
    page.evaluate("device.choose('agreed', ['sex']); device.choose('theme', 'dark')")
    page.add_init_script("""
        window.shifts = [];
        new PerformanceObserver(list => shifts.push(...list.getEntries().map(({ value }) => value)))
            .observe({ type: "layout-shift", buffered: true });
    """)
    for address in ("/episodes/naps/", "/your-device/", "/", "/about/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        assert sum(page.evaluate("shifts")) == 0, address
