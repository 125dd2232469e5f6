"""What scripts add to the page where an answer is written: a tool bar, and a preview that follows."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.models import Revision
from tests import cast
from tests.desk.test_write_answer import claimed
from tests.desk.test_write_answer import page as address_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def open_editor(page: Page, live_server: LiveServer) -> None:
    session = cast.signed_in(cast.tomas()).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{live_server.url}/desk/"}]
    )
    page.goto(address_of(claimed()))


def test_a_button_of_the_tool_bar_inserts_a_block_and_the_preview_follows(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    answer = page.get_by_role("textbox", name="Answer")
    answer.fill("Hello.")
    page.get_by_role("button", name="Checklist").click()
    expect(answer).to_have_value("Hello.\n\n::: checklist Before you begin\n1. First this\n2. Then this\n:::\n")
    expect(page.get_by_role("checkbox", name="First this")).to_be_visible()
    expect(page.get_by_text("8 words, 0 parts, 1 checklist")).to_be_visible()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("javascript", [False], ids=["without JavaScript"])
def test_without_scripts_the_bar_is_absent_and_a_button_previews(page: Page, live_server: LiveServer) -> None:
    open_editor(page, live_server)
    expect(page.get_by_role("group", name="Insert")).to_be_hidden()
    page.get_by_role("textbox", name="Answer").fill("# Sleep\n\nTwo **rooms**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Sleep")).to_be_visible()
    expect(page.get_by_role("textbox", name="Answer")).to_have_value("# Sleep\n\nTwo **rooms**.")
    assert not Revision.objects.exists()
