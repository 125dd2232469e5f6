"""axe finds nothing on any page, and none scrolls sideways: narrow and wide, light and dark, with the demo show on."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from questions.demo.loading import put_on
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Episode, Question
from tests.factories import shipped_lines

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "eleven quiet herons"

PUBLIC = (
    *("/", "/episodes/", "/episodes/stop-pretending/", "/episodes/sundays-or-march/", "/topics/", "/topics/talking/"),
    *("/seasons/2/", "/people/bettina-quill/", "/verdicts/probably-you/", "/about/", "/privacy/", "/house-rules/"),
    *("/help-now/", "/feeds/", "/ask/", "/receipt/", "/receipt/lost/", "/nowhere/", "/desk/account/login/"),
)


@pytest.fixture(params=[("light", 1440), ("dark", 320)], ids=["wide and light", "narrow and dark"])
def window(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window of one kind. The policy is lifted in it, since axe is a script that the page did not bring."""
    scheme, width = request.param
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    put_on(PASSWORD)
    shipped_lines()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it scrolls sideways")
    return [f"{page.url}: {fault}" for fault in found]


def first(state: QuestionState) -> Question:
    return Question.objects.in_state(state).in_queue_order()[0]


def visit(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += faults(page)
    return found


def test_what_everybody_can_open(window: Page) -> None:
    assert visit(window, list(PUBLIC)) == []


def test_what_an_asker_meets_on_the_way(window: Page) -> None:
    found = []
    window.goto("/ask/")
    press = window.get_by_role("button", name="Look it over before sending").click
    press()
    window.get_by_role("alert").wait_for()
    found += faults(window)
    window.get_by_label("Your question").fill("Is it rude to nap at a wedding? My sister minds.")
    window.get_by_label("I am 18 or older").check()
    press()
    window.get_by_role("button", name="Send it").wait_for()
    found += faults(window)
    window.get_by_role("button", name="Send it").click()
    window.locator("#code").wait_for()
    found += faults(window)
    code = window.locator("#code").inner_text()
    for entry, then in (("0000", "alert"), (code, "heading")):
        window.goto("/receipt/")
        window.get_by_label("The code on your ticket").fill(entry)
        window.get_by_role("button", name="Look", exact=True).click()
        window.get_by_role("alert" if then == "alert" else "heading").first.wait_for()
        found += faults(window)
    window.get_by_role("button", name="Change my words").click()
    window.get_by_role("button", name="Use these words").wait_for()
    found += faults(window)
    assert found == []


def test_what_a_host_works_with(window: Page) -> None:
    window.goto("/desk/account/login/")
    window.get_by_label("Username").fill("bettina")
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()
    window.wait_for_url("**/desk/")
    episode, line = Episode.objects.newest_first()[0], CrisisLine.objects.order_by("pk")[0].pk
    assert visit(window, [
        "/desk/", *(f"/desk/queue/{name}/" for name in ("kept", "ready", "declined")),
        *(first(state).get_absolute_url() for state in (QuestionState.WAITING, QuestionState.DECLINED)),
        f"{first(QuestionState.WAITING).get_absolute_url()}#decline",
        f"/desk/questions/{first(QuestionState.ANSWERING).ref}/answer/",
        f"/desk/questions/{first(QuestionState.READY).ref}/answer/",
        "/desk/episodes/", "/desk/episodes/new/", f"/desk/episodes/{episode.ref}/preview/",
        f"/desk/episodes/{episode.ref}/correct/", f"/desk/episodes/{episode.ref}/retract/",
        "/desk/house/", "/desk/house/asking/", "/desk/house/promises/", "/desk/house/crisis-lines/",
        *(f"/desk/house/crisis-lines/{way}/" for way in ("new", line, f"{line}/remove")),
        "/desk/account/password/change/", "/desk/account/2fa/", "/desk/account/logout/",
    ]) == []  # fmt: skip
