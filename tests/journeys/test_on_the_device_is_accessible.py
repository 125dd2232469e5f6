"""axe finds nothing in what scripts put on a reader's pages, however somebody likes to read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import approved_answer, published_episode
from tests.journeys.inspecting import faults_in_every_window, page_for_axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BODY = """## First of all

::: checklist To bring
- Tea
:::

::: expect not safe | sex, drugs
:::

Behind it.
"""

CHOICES = {
    "largest": {"size": "largest", "width": "wide", "spacing": "airy", "letters": "plain"},
    "discreet and dark": {"theme": "dark", "discreet": True, "size": "small", "width": "narrow"},
}


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    published_episode(slug="naps", answers=[approved_answer(body=BODY)])
    with page_for_axe(browser, live_server.url) as page:
        yield page


def test_what_is_offered_on_an_episode(page: Page) -> None:
    page.goto("/episodes/naps/")
    page.locator(".gate summary").click()
    page.get_by_label("Show this on this device").check()
    page.get_by_label("Keep mine on this device").check()
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Kept. Remove")).to_be_visible()
    assert faults_in_every_window(page, "everything chosen") == []
    page.goto("/your-device/")
    expect(page.get_by_role("button", name="Remove: Is it rude to nap at a wedding?")).to_be_visible()
    assert faults_in_every_window(page, "everything kept") == []


@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_every_way_to_read(page: Page, choices: dict[str, str]) -> None:
    page.goto("/your-device/")
    page.evaluate("choices => Object.entries(choices).forEach(([name, value]) => device.choose(name, value))", choices)
    found = []
    for address in ("/", "/episodes/naps/", "/your-device/"):
        page.goto(address)
        found += faults_in_every_window(page, str(choices))
    assert found == []
