"""Searching in a browser: by keyboard, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import approved_answer, published_episode, topic

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def show() -> None:
    published_episode("Naps", topics=[topic("Sleep")], answers=[approved_answer(body="Nap between the speeches.")])
    published_episode("Soup", topics=[topic("Food")], answers=[approved_answer("My soup?", body="Nap after it.")])


def search_and_narrow(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).click()
    box = page.get_by_role("searchbox", name="Words to look for in questions and answers")
    expect(box).to_be_focused()
    box.fill("nap")
    box.press("Enter")
    expect(page.get_by_text("2 answers", exact=True)).to_be_visible()
    page.get_by_role("link", name="Food", exact=True).click()
    expect(page).to_have_url(re.compile(r"/search/\?q=nap&topic=food$"))
    expect(page.get_by_role("heading", name="Soup")).to_be_visible()
    page.locator(".pill").click()
    expect(page.get_by_text("2 answers", exact=True)).to_be_visible()


def test_somebody_searches_and_narrows_it_down(page: Page, show: None) -> None:
    search_and_narrow(page)


@pytest.mark.parametrize("javascript", [False])
def test_the_same_without_scripts(page: Page, show: None, javascript: bool) -> None:
    search_and_narrow(page)


def test_a_slash_leads_to_the_box_but_stays_a_slash_in_it(page: Page, show: None) -> None:
    page.goto("/search/?q=nap")
    box = page.get_by_role("searchbox")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("nap")
    box.press("End")
    page.keyboard.press("/")
    expect(box).to_have_value("nap/")


def test_on_a_narrow_screen_the_lines_open_behind_one_button(page: Page, show: None) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/search/?q=nap")
    lines = page.get_by_role("navigation", name="Narrow it down")
    expect(lines).to_be_hidden()
    page.get_by_role("link", name="Narrow it down").click()
    expect(lines).to_be_visible()
    page.get_by_role("link", name="Back to the answers").click()
    expect(lines).to_be_hidden()
