"""A real browser for the journeys: the distribution's Chromium, in which nothing may call another host."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.inspecting import PATIENCE

# Playwright's own loop runs in this thread, which Django takes for a sign that the tests were asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=PATIENCE)

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET_CHROMIUM = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

# Put this on a journey that has to succeed with JavaScript and without it.
with_and_without_javascript = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with JavaScript", "without JavaScript"]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        missing = "no Chromium on this machine: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        # Chromium's sandbox refuses to work for root.
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=found, args=QUIET_CHROMIUM + as_root)
        yield chromium
        chromium.close()


@pytest.fixture
def javascript() -> bool:
    """Whether pages may run scripts."""
    return True


@pytest.fixture
def strangers() -> list[str]:
    """The addresses on other hosts that the page has tried to reach. A test that presses play empties it."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, javascript: bool, strangers: list[str]) -> Iterator[Page]:
    """A fresh page, on which `page.goto("/ask/")` goes to the site under test.

    The test fails when the page has tried to reach another host, when a script has failed, or when the
    content security policy had to stop something.
    """
    context = browser.new_context(base_url=live_server.url, java_script_enabled=javascript)
    own_host = urlsplit(live_server.url).netloc
    faults: list[str] = []

    def stop_strangers(route: Route) -> None:
        if urlsplit(route.request.url).netloc in ("", own_host):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def note_policy(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context.route("**/*", stop_strangers)
    page = context.new_page()
    page.on("console", note_policy)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()
    assert strangers == []
    assert faults == []
