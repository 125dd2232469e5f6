"""A list that is looked at while colleagues work never moves: it greys what they decide, and who arrives waits."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.actions.views import save_view
from tests import cast, factories
from tests.desk.test_decide_question import reason
from tests.journeys.inspecting import faults_in_every_window, page_for_axe
from tests.journeys.test_deciding_by_keyboard import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def test_what_colleagues_decide_is_greyed_and_who_arrives_waits(page: Page, live_server: LiveServer) -> None:
    first, second, third = (factories.asked(f"Is it rude to nap, number {number}?") for number in range(3))
    sign_in(page, live_server, cast.noor())
    page.clock.install()
    page.goto("/desk/")
    expect(page.locator("[data-new]")).to_be_hidden()
    keep(second, by=acting(cast.tomas()), seen=1)
    factories.asked("I want to kill myself.")
    page.clock.run_for(21_000)
    expect(page.locator(f'[data-ref="{second.ref}"] .queue__gone')).to_have_text("kept by Tomas Reyl")
    expect(page.locator("[data-new]")).to_have_text("1 new, a call for help among them")
    rows = page.locator(".queue__row").evaluate_all("rows => rows.map((row) => row.dataset.ref)")
    assert rows == [str(asked.ref) for asked in (first, second, third)]
    page.locator("[data-new] a").click()
    expect(page.locator(".queue__row").first).to_contain_text("Call for help")
    expect(page.locator(".queue__row")).to_have_count(3)


def test_several_are_ticked_by_key_and_counted(page: Page, live_server: LiveServer) -> None:
    first, second, _third = (factories.asked(f"Is it rude to nap, number {number}?") for number in range(3))
    sign_in(page, live_server, cast.noor())
    page.goto(second.get_absolute_url())
    page.keyboard.press("x")
    page.locator(f'[data-ref="{first.ref}"] .queue__select').check()
    expect(page.locator("[data-count]")).to_have_text("2 selected")
    page.locator("#bulk").get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("2 kept.")
    page.locator(".toast").get_by_role("button", name="Undo all").click()
    expect(page.locator(".queue__row")).to_have_count(3)


def test_the_pages_of_the_list_are_accessible(browser: Browser, live_server: LiveServer) -> None:
    factories.asked("I want to kill myself. Write to me: me@example.org")
    factories.asked("May I?", held="under-18", topics=(factories.topic("Sleep"),))
    save_view(name="Sleepy", query="state=waiting&topic=sleep", by=cast.noor())
    reason()
    with page_for_axe(browser, live_server.url) as page:
        sign_in(page, live_server, cast.noor())
        found = []
        page.goto("/desk/queue/waiting/?language=en&topic=cheese")
        page.locator(".filter summary").click()
        found += faults_in_every_window(page, "the filter is open")
        page.goto("/desk/queue/waiting/?flag=spam")
        found += faults_in_every_window(page, "nothing fits")
        page.goto("/desk/queue/views/")
        found += faults_in_every_window(page, "views")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto("/desk/")
        for box in page.locator(".queue__select").all():
            box.check()
        found += faults_in_every_window(page, "two are ticked")
        page.locator("#bulk").get_by_role("button", name="Decline").click()
        page.wait_for_load_state()
        found += faults_in_every_window(page, "the preview")
        page.goto("/desk/search/")
        page.get_by_label("Words").fill("write")
        page.get_by_role("button", name="Find", exact=True).click()
        page.wait_for_load_state()
        found += faults_in_every_window(page, "what was found")
    assert found == []
