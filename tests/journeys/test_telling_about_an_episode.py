"""A reader tells the show about an episode, and asks on from it; a host finds both and sees to them by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from questions.models import Question, Report
from tests import cast, factories
from tests.journeys.conftest import with_and_without_javascript

pytestmark = [pytest.mark.django_db(transaction=True)]

WORDS = "My street is named.\n\nPlease take it out."


@pytest.fixture(autouse=True)
def shown() -> None:
    factories.published_episode("Naps at weddings", slug="naps")


def sign_in(page: Page) -> None:
    cast.tomas()
    page.goto("/desk/account/login/")
    page.get_by_label("Username").fill("tomas")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")


@with_and_without_javascript
def test_somebody_has_something_removed_and_a_host_settles_it(page: Page, javascript: bool) -> None:
    page.goto("/ask/about/naps/")
    # Nobody types in less than three seconds; what is sent faster has to be sent once more.
    page.wait_for_timeout(3_200)
    page.get_by_label("What should we know?").fill(WORDS)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("link", name="Choose one of the two")).to_be_visible()
    page.get_by_label("This is about me, please remove it").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you. We have it.")).to_be_visible()
    assert page.url.endswith("/ask/about/naps/")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Back to the episode").click()
    page.wait_for_url("**/episodes/naps/")
    sign_in(page)
    page.get_by_role("link", name="Reports 1").press("Enter")
    page.get_by_role("link", name="My street is named.").press("Enter")
    expect(page.locator(".letter")).to_contain_text("Please take it out.")
    page.get_by_label("What was done about it").press_sequentially("Taken out.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Settled. It can be taken up again below.")).to_be_visible()
    page.get_by_role("link", name="My street is named.").press("Enter")
    page.get_by_role("button", name="Take it up again").press("Enter")
    expect(page.get_by_label("What was done about it")).to_have_value("Taken out.")
    assert Report.objects.get().settled_on is None


@with_and_without_javascript
def test_somebody_asks_on_from_an_episode_and_a_host_sees_from_which(page: Page, javascript: bool) -> None:
    page.goto("/ask/after/naps/")
    expect(page.get_by_label("I am asking on from “Naps at weddings”")).to_be_checked()
    page.wait_for_timeout(3_200)
    page.get_by_label("Your question").fill("And if the speeches never end?")
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Look it over before sending").click()
    expect(page.get_by_text("Asking on from")).to_be_visible()
    page.get_by_role("button", name="Go back and change it").click()
    expect(page.get_by_label("I am asking on from “Naps at weddings”")).to_be_checked()
    page.get_by_role("button", name="Look it over before sending").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#code")).to_be_visible()
    question = Question.objects.get(answer=None)
    sign_in(page)
    expect(page.get_by_text("a follow-up to “Naps at weddings”")).to_be_visible()
    page.goto(question.get_absolute_url())
    facts = page.locator(".reader__facts")
    expect(facts.get_by_text("A follow-up to")).to_be_visible()
    expect(facts.get_by_role("link", name="Naps at weddings")).to_be_visible()


def test_going_elsewhere_and_back_shows_an_empty_box(page: Page) -> None:
    page.goto("/ask/about/naps/")
    page.get_by_label("What should we know?").fill(WORDS)
    page.goto("/")
    page.go_back()
    expect(page.get_by_label("What should we know?")).to_have_value("")
