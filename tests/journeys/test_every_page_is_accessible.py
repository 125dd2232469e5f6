"""axe finds nothing on any page, and none scrolls sideways: wide, narrow, dark and mirrored, with the demo show on.

The states of the pages of asking have a file of their own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from questions.demo.loading import put_on
from tests.demo_pages import PUBLIC, pages_of_a_host
from tests.factories import shipped_lines
from tests.journeys.inspecting import faults_in_every_window, page_for_axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

PASSWORD = "eleven quiet herons"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    put_on(PASSWORD)
    shipped_lines()
    with page_for_axe(browser, live_server.url) as page:
        yield page


def visit(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += faults_in_every_window(page)
        if page.locator("details").count():
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            found += faults_in_every_window(page, "all open")
    return found


def test_what_everybody_can_open(page: Page) -> None:
    assert visit(page, list(PUBLIC)) == []


def test_what_a_host_works_with(page: Page) -> None:
    page.goto("/desk/account/login/")
    page.get_by_label("Username").fill("bettina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    assert visit(page, pages_of_a_host()) == []
