"""What a browser shows to whoever comes by a link, and an episode that is dragged onto a day."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.actions.acting import acting
from questions.actions.share import revoke, share_preview
from questions.models import Episode, Show
from tests import cast, factories
from tests.guests.visitor import given_to_ines
from tests.journeys.inspecting import faults_in_every_window, page_for_axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    Show.objects.create(name="Two Beds", time_zone="Europe/Berlin")
    with page_for_axe(browser, live_server.url) as page:
        page.set_viewport_size({"width": 1440, "height": 1400})
        yield page


def signed_in(page: Page) -> Page:
    cast.tomas()
    page.goto("/desk/account/login/?next=/desk/calendar/")
    page.get_by_label("Username").fill("tomas")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Without a day").wait_for()
    return page


def test_what_a_link_shows_is_accessible(page: Page) -> None:
    _question, link, address = given_to_ines()
    preview = share_preview(factories.assembled_episode(), days=3, by=acting(cast.tomas()))[1]
    found = []
    for each in (address, reverse("guests:see-preview", args=[preview])):
        page.goto(each)
        found += faults_in_every_window(page)
    page.goto(address)
    page.get_by_label("Your answer").fill("An evening’s work.")
    revoke(link, by=acting(cast.tomas()))
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_label("Your answer")).to_have_value("An evening’s work.")
    found += faults_in_every_window(page)
    assert found == []


def test_a_guest_sees_how_it_will_look_while_they_type(page: Page) -> None:
    page.goto(given_to_ines()[2])
    page.get_by_label("Your answer").fill("Nap *softly*.")
    expect(page.locator(".preview em")).to_have_text("softly")
    assert page.context.cookies() == []


def test_the_pages_of_links_and_the_calendar_are_accessible(page: Page) -> None:
    episode, question = factories.assembled_episode("No day yet"), factories.asked()
    factories.scheduled_episode("Tomorrow", slug="tomorrow")
    given_to_ines(question)
    share_preview(episode, days=3, by=acting(cast.tomas()))
    found = faults_in_every_window(signed_in(page))
    for address in (
        reverse("desk:share-question", args=[question.ref]),
        reverse("desk:share-episode", args=[episode.ref]),
        reverse("desk:preview-episode", args=[episode.ref]),
        reverse("desk:edit-episode", args=[episode.ref]),
    ):
        page.goto(address)
        found += faults_in_every_window(page)
    page.goto(reverse("desk:share-episode", args=[episode.ref]))
    page.get_by_role("button", name="Make the link").click()
    page.locator("#link").wait_for()
    assert found + faults_in_every_window(page) == []


def test_an_episode_is_dragged_onto_a_day_and_taken_back(page: Page) -> None:
    day = timezone.localdate() + timedelta(days=1)
    factories.assembled_episode("No day yet")
    signed_in(page)
    page.goto(f"/desk/calendar/{day.year}/{day.month}/")
    page.locator(".calendar__side [data-airs] h3").drag_to(page.locator(f"[data-day='{day}']"))
    expect(page.locator(f"[data-day='{day}'] [data-airs]")).to_contain_text("09:00 No day yet")
    expect(page.get_by_role("status")).to_contain_text("Scheduled for")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="Edit the episode").wait_for()
    assert Episode.objects.get().release_at is None
