"""What the privacy page promises to readers, tried in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import approved_answer, published_episode

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BODY = """::: video https://vimeo.com/76979871 | Asking at the door | 4:00 | racy
:::

::: checklist Before you say a word
1. Notes
2. Tea
:::
"""


def open_the_episode(page: Page) -> None:
    published_episode(slug="naps", answers=[approved_answer(body=BODY)])
    page.goto("/episodes/naps/")


def test_a_film_is_fetched_on_play_and_not_before(page: Page, strangers: list[str]) -> None:
    open_the_episode(page)
    page.wait_for_load_state("networkidle")
    assert strangers == []
    page.locator(".film__play").click()
    page.locator("iframe").wait_for()
    assert {address.split("/")[2] for address in strangers} == {"player.vimeo.com"}
    strangers.clear()


def test_ticks_stay_on_the_device_and_only_when_asked_to(page: Page) -> None:
    open_the_episode(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    tea, keep = page.get_by_label("Tea"), page.get_by_label("Keep mine on this device")
    tea.check()
    page.reload()
    expect(tea).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0
    tea.check()
    keep.check()
    page.reload()
    expect(tea).to_be_checked()
    keep.uncheck()
    assert page.evaluate("localStorage.length") == 0
    assert [line for line in asked if not line.startswith("GET ") or "?" in line] == []
