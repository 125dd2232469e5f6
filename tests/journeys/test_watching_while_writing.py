"""While somebody writes, the browser marks what could point to them and shows whom to call, and sends nothing."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from questions.safety import clues, cries
from tests import factories
from tests.core.calls_for_help import QUIET, TAUGHT
from tests.core.test_identifying_details import AGE_TAGS, ALL_SENTENCES
from tests.journeys.inspecting import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

LETTER = "Write to rosa.maple@example.org or ring +49 171 1234567. I sleep badly."


@pytest.fixture
def box(page: Page) -> Locator:
    factories.shipped_lines()
    page.goto("/ask/")
    return page.get_by_label("Your question")


def noticed(page: Page) -> list[str]:
    return page.locator("[data-watching-list] [data-words]").all_inner_texts()


HAS_COME = """performance.getEntriesByName(new URL("/ask/watched-for.json", location).href)
    .some(({ responseEnd }) => responseEnd > 0)"""


def has_looked(page: Page) -> None:
    """Looking waits until it has come what to look for, and then for a pause of 0.4 s in the typing."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(HAS_COME):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(700)


def test_marks_stand_where_the_words_stand_and_go_with_one_press(page: Page, box: Locator) -> None:
    box.fill(LETTER)
    expect(page.locator(".watched__sheet mark")).to_have_text(["rosa.maple@example.org", "+49 171 1234567"])
    assert noticed(page) == ["rosa.maple@example.org", "+49 171 1234567"]
    expect(page.get_by_text("2 things could point to you")).to_be_attached()
    page.get_by_role("button", name="Replace by [an e-mail address]").click()
    page.get_by_role("button", name="Take it out").click()
    expect(box).to_have_value("Write to [an e-mail address] or ring . I sleep badly.")
    expect(page.get_by_role("heading", name="This could point to you")).to_be_hidden()
    box.press("Control+z")
    expect(box).to_have_value("Write to [an e-mail address] or ring +49 171 1234567. I sleep badly.")


def test_the_panel_comes_and_goes_with_the_words(page: Page, box: Locator) -> None:
    panel = page.get_by_role("heading", name="Some of your words made us stop and look up.")
    box.fill("I’m dying to know what she thinks.")
    has_looked(page)
    expect(panel).to_be_hidden()
    box.fill("I’m so tired. Some nights I want to die.")
    expect(panel).to_be_visible()
    expect(page.locator("[data-watching-help] li").first).to_be_visible()
    box.fill("I’m so tired.")
    expect(panel).to_be_hidden()


def test_an_episode_that_answers_it_is_offered_beside_the_words(page: Page, box: Locator) -> None:
    for title in ("How do I water a fern?", "Who may open the window of a train?", "Is it rude to nap at a wedding?"):
        factories.published_episode(title, answers=[factories.approved_answer(title)])
    box.fill("Is it rude to nap at weddings?")
    expect(page.locator("[data-watching-answered] [data-title]")).to_have_text(["Is it rude to nap at a wedding?"])
    with page.expect_popup() as beside:
        page.locator("[data-watching-answered] a").click()
    expect(beside.value).to_have_url(re.compile("/episodes/[^/]*/$"))
    expect(box).to_have_value("Is it rude to nap at weddings?")
    box.fill("My landlord sings.")
    expect(page.get_by_role("heading", name="We may have answered this already")).to_be_hidden()


def test_nothing_is_sent_while_somebody_writes(page: Page, box: Locator) -> None:
    asked: list[Request] = []
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request))
    for _ in range(3):
        box.press_sequentially(LETTER)
        has_looked(page)
    assert [(sent.method, re.sub("^https?://[^/]*", "", sent.url), sent.post_data) for sent in asked] == [
        ("GET", "/ask/watched-for.json", None)
    ]


def test_the_browser_marks_nothing_that_the_next_page_would_not(page: Page, box: Locator) -> None:
    lines = [*ALL_SENTENCES, *(f"I {tag.strip()} love him" for tag in AGE_TAGS.strip().splitlines())]
    text = "\n".join(lines)
    box.fill(text)
    has_looked(page)
    marked = {text[clue.start : clue.end] for clue in clues(text)}
    assert [words for words in noticed(page) if not any(words in other or other in words for other in marked)] == []
    assert len(noticed(page)) > len(marked) / 4


def test_browser_and_server_hear_the_same_calls(page: Page, box: Locator) -> None:
    box.fill("x")
    has_looked(page)
    help_place = page.locator("[data-watching-help]")
    differing = []
    for sentence in [*TAUGHT["en"][:5], *TAUGHT["de"][:2], *QUIET[:5]]:
        box.fill(sentence)
        has_looked(page)
        if help_place.is_visible() != bool(cries(sentence)):
            differing.append(sentence)
    assert differing == []
