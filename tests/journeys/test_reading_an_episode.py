"""Somebody reads an episode: along its contents, past its gates and to its films, with a script and without one."""

import pytest
from playwright.sync_api import Page, expect

from questions.models import Answer, ContentLevel, Video
from tests.factories import approved_answer, published_episode
from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.inspecting import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LONG = "Sleep is a habit that two people have to learn from one another, night by night.\n\n" * 12

BODY = f"""You have asked *how*.

# Collect information

{LONG}
::: checklist Before you say a word
1. Notes
2. Tea
:::

# Say it

{LONG}
::: expect not safe | sex, nudity
Every detail of the one bed.
:::

Then all of it happened.

::: video https://vimeo.com/76979871 | Asking | 4:00 | racy
Two adults.
:::

# Was ich höre

{LONG}
"""


def a_long_answer(question: str = "How do I ask for two beds?") -> Answer:
    return approved_answer(question, "Wide Awake", body=BODY)


def gated(slug: str = "beds") -> None:
    """An episode with a gated part, and with a film behind a gate."""
    film = Video(
        url="https://youtu.be/aqz-KE_bpKQ", title="Beds", seconds=760, level=ContentLevel.NOT_SAFE, kinds=["sex"]
    )
    published_episode(slug=slug, answers=[a_long_answer()], videos=[film], text_level=ContentLevel.RACY)


def scroll_to(page: Page, anchor: str) -> None:
    page.evaluate("anchor => document.getElementById(anchor).scrollIntoView()", anchor)


def test_the_contents_follow_the_reader_without_moving(page: Page) -> None:
    gated()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/episodes/beds/")
    places = page.evaluate("() => [...document.querySelectorAll('.contents li')].map(li => li.offsetTop)")
    expect(page.locator(".contents [aria-current]")).to_have_count(0)
    for anchor, title in (
        ("part-collect-information", "Part One Collect information"),
        ("part-was-ich-höre", "Part Three Was ich höre"),
        ("part-say-it", "Part Two Say it"),
    ):
        scroll_to(page, anchor)
        expect(page.locator(".contents [aria-current=location]")).to_have_text(title)
        link = page.locator(".contents [aria-current]")
        expect(link).to_have_css("font-weight", "700")
        expect(link).to_have_css("border-inline-start-color", "rgb(163, 38, 28)")
        assert page.evaluate("() => [...document.querySelectorAll('.contents li')].map(li => li.offsetTop)") == places
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator(".contents [aria-current]")).to_have_text("Part Three Was ich höre")


def test_a_press_on_the_link_of_a_part_copies_its_address_and_says_so(page: Page) -> None:
    gated()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/episodes/beds/")
    link = page.get_by_role("link", name="Link to “Was ich höre”")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Link copied.")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url + "#part-was-ich-h%C3%B6re"
    page.goto(copied)
    expect(page.get_by_role("heading", name="Was ich höre")).to_be_in_viewport()


def test_a_gate_is_opened_and_closed_by_keyboard(page: Page) -> None:
    gated()
    page.goto("/episodes/beds/")
    gate = page.locator(".answer .gate")
    behind = page.get_by_text("Then all of it happened.")
    expect(behind).to_be_hidden()
    gate.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(behind).to_be_visible()
    page.keyboard.press("Space")
    expect(behind).to_be_hidden()


def test_a_player_is_asked_for_only_after_the_press_and_gets_the_focus(page: Page, strangers: list[str]) -> None:
    gated()
    page.goto("/episodes/beds/")
    page.locator(".films summary").click()
    page.locator(".answer .gate > summary").click()
    assert strangers == []
    page.get_by_role("link", name="Play the episode, 12 min 40").click()
    frame = page.locator(".films iframe")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", "Play the episode, 12 min 40")
    page.get_by_role("link", name="Play “Asking”, 4 min").click()
    expect(page.locator(".answer iframe")).to_be_focused()
    for _ in range(PATIENCE // 100):
        page.wait_for_timeout(100)
        if len(strangers) >= 2:
            break
    assert sorted(strangers) == [
        "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1",
        "https://www.youtube-nocookie.com/embed/aqz-KE_bpKQ?autoplay=1",
    ]
    strangers.clear()


@with_and_without_javascript
def test_everything_can_be_read_and_reached(page: Page, javascript: bool) -> None:
    gated()
    page.goto("/episodes/beds/")
    page.get_by_role("navigation", name="In this answer").get_by_role("link", name="Say it").click()
    expect(page.get_by_role("heading", name="Say it")).to_be_in_viewport()
    page.locator(".answer .gate > summary").click()
    expect(page.get_by_text("Then all of it happened.")).to_be_visible()
    play = page.get_by_role("link", name="Play “Asking”, 4 min")
    expect(play).to_have_attribute("href", "https://vimeo.com/76979871")
    page.locator(".films summary").click()
    expect(page.get_by_role("link", name="Play the episode, 12 min 40")).to_be_visible()
    page.get_by_label("Notes").check()
    page.get_by_role("link", name="I have a follow-up").click()
    expect(page).to_have_url(page.url.partition("/ask/")[0] + "/ask/after/beds/")


def test_paper_gets_the_note_of_a_closed_gate_and_what_is_behind_an_open_one(page: Page) -> None:
    gated()
    page.goto("/episodes/beds/")
    page.emulate_media(media="print")
    gate = page.locator(".answer .gate")
    behind = page.get_by_text("Then all of it happened.")
    expect(gate.get_by_text("Every detail of the one bed.")).to_be_visible()
    expect(gate.get_by_text("Show it")).to_be_hidden()
    expect(behind).to_be_hidden()
    page.emulate_media(media="screen")
    gate.locator("> summary").click()
    page.emulate_media(media="print")
    expect(behind).to_be_visible()
