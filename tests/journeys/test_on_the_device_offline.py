"""Reading without a network: only what the reader asked to keep, and only while it may be read."""

import pytest
from playwright.sync_api import Page, expect

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.models import Episode
from tests.factories import approved_answer, host, published_episode
from tests.journeys.device import addresses_in_caches, nothing_is_kept, workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

STRANGERS = ["/ask/", "/receipt/", "/desk/account/login/", "/search/", "/help-now/", "/"]


@pytest.fixture
def naps() -> Episode:
    published_episode("Tea", slug="tea", answers=[approved_answer("Tea?")])
    return published_episode(slug="naps", answers=[approved_answer(body="Nap between the speeches.")])


def keep(page: Page, slug: str = "naps") -> None:
    page.goto(f"/episodes/{slug}/")
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Kept. Remove")).to_be_visible()


def test_nothing_is_kept_and_no_worker_comes_before_somebody_asks_for_it(page: Page, naps: Episode) -> None:
    for address in ("/", "/episodes/naps/", "/your-device/", "/ask/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert nothing_is_kept(page)


def test_an_episode_that_was_kept_is_read_without_a_network(page: Page, naps: Episode) -> None:
    keep(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Nap between the speeches.")).to_be_visible()
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    assert paper == "#faf5ea"
    page.goto("/episodes/tea/")
    expect(page.get_by_text("You are offline. What you have kept is listed here.")).to_be_visible()
    page.get_by_role("link", name="Is it rude to nap at a wedding?").click()
    page.wait_for_url("**/episodes/naps/")
    expect(page.get_by_text("Nap between the speeches.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Kept. Remove").click()
    expect(page.get_by_role("button", name="Keep on this device")).to_be_visible()
    assert nothing_is_kept(page)


def test_only_the_episode_its_files_and_the_list_of_what_is_kept_are_stored(page: Page, naps: Episode) -> None:
    keep(page)
    for address in (*STRANGERS, "/episodes/tea/", "/episodes/", "/feeds/episodes.rss"):
        if not address.endswith(".rss"):
            page.goto(address)
    page.goto("/episodes/naps/")
    page.wait_for_load_state("networkidle")
    pages = {path for path in addresses_in_caches(page) if not path.startswith("/static/")}
    assert pages == {"/episodes/naps/", "/your-device/"}


@pytest.mark.parametrize(
    "address", [*STRANGERS, "/episodes/", "/your-device/../ask/", "https://elsewhere.example/", "/guest/abc/"]
)
def test_the_worker_refuses_to_keep_anything_else_even_when_told_to(page: Page, naps: Episode, address: str) -> None:
    keep(page)
    before = addresses_in_caches(page)
    kept = page.evaluate(
        """async address => {
        const { active } = await navigator.serviceWorker.ready;
        const { port1, port2 } = new MessageChannel();
        const answered = new Promise(resolve => { port1.onmessage = ({ data }) => resolve(data.done); });
        active.postMessage({ keeps: address }, [port2]);
        return answered;
    }""",
        address,
    )
    assert kept is False
    assert addresses_in_caches(page) == before


def test_an_episode_that_was_taken_down_goes_from_the_device_when_it_is_seen(page: Page, naps: Episode) -> None:
    keep(page)
    retract(naps, by=acting(host()), seen=naps.version)
    page.goto("/episodes/naps/")
    expect(page.get_by_role("heading", name="This episode was taken down.")).to_be_visible()
    page.wait_for_function("async () => !(await caches.has('kept:/episodes/naps/'))")


def test_the_list_of_what_is_kept_notices_by_itself_what_was_taken_down(page: Page, naps: Episode) -> None:
    keep(page, "tea")
    keep(page)
    retract(naps, by=acting(host()), seen=naps.version)
    page.goto("/your-device/")
    expect(page.get_by_role("link", name="Is it rude to nap at a wedding?")).to_have_count(0)
    expect(page.get_by_role("link", name="Tea?")).to_be_visible()
    page.get_by_role("button", name="Remove: Tea?").click()
    expect(page.get_by_text("No episode. The button for it stands at the end of each.")).to_be_visible()
    assert workers(page) == 0
    assert nothing_is_kept(page)
