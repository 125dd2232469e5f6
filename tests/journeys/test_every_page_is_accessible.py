"""axe finds nothing on any page, and none scrolls sideways: wide, narrow, dark and mirrored, with the demo show on.

The states of the pages of asking have a file of their own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from questions.demo.loading import put_on
from questions.desk.lists.kinds import KINDS
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Episode, Question, Topic
from tests.factories import shipped_lines
from tests.journeys.inspecting import faults_in_every_window, page_for_axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

PASSWORD = "eleven quiet herons"

PUBLIC = (
    *("/", "/episodes/", "/episodes/stop-pretending/", "/episodes/sundays-or-march/", "/topics/", "/topics/talking/"),
    *("/seasons/2/", "/people/bettina-quill/", "/verdicts/probably-you/", "/about/", "/privacy/", "/house-rules/"),
    *("/help-now/", "/feeds/", "/nowhere/", "/desk/account/login/"),
)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    put_on(PASSWORD)
    shipped_lines()
    with page_for_axe(browser, live_server.url) as page:
        yield page


def first(state: QuestionState) -> Question:
    return Question.objects.in_state(state).in_queue_order()[0]


def visit(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += faults_in_every_window(page)
    return found


def test_what_everybody_can_open(page: Page) -> None:
    assert visit(page, list(PUBLIC)) == []


def test_what_a_host_works_with(page: Page) -> None:
    page.goto("/desk/account/login/")
    page.get_by_label("Username").fill("bettina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    topic = Topic.objects.order_by("pk")[0].pk
    episode, line = Episode.objects.newest_first()[0], CrisisLine.objects.order_by("pk")[0].pk
    assert visit(page, [
        "/desk/", *(f"/desk/queue/{name}/" for name in ("kept", "ready", "declined")),
        *(first(state).get_absolute_url() for state in (QuestionState.WAITING, QuestionState.DECLINED)),
        f"{first(QuestionState.WAITING).get_absolute_url()}#decline",
        f"/desk/questions/{first(QuestionState.ANSWERING).ref}/answer/",
        f"/desk/questions/{first(QuestionState.READY).ref}/answer/",
        *(f"/desk/questions/{first(QuestionState.READY).ref}/revisions/{more}" for more in ("", "compare/")),
        "/desk/mentions/", "/desk/preferences/",
        "/desk/episodes/", "/desk/episodes/new/", f"/desk/episodes/{episode.ref}/preview/",
        f"/desk/episodes/{episode.ref}/correct/", f"/desk/episodes/{episode.ref}/retract/",
        "/desk/insights/", "/desk/notices/", "/desk/notices/webhooks/new/",
        "/desk/house/", "/desk/house/asking/", "/desk/house/promises/", "/desk/house/crisis-lines/",
        *(f"/desk/house/crisis-lines/{way}/" for way in ("new", line, f"{line}/remove")),
        "/desk/show/", "/desk/show/edit/", "/desk/resources/", "/desk/topics/", "/desk/topics/new/",
        *(f"/desk/topics/{topic}/{more}" for more in ("", "merge/", f"merge/?into={topic + 1}", "delete/")),
        *(f"/desk/lists/{kind}/{more}" for kind in KINDS for more in ("", "new/")),
        "/desk/people/", "/desk/people/new/", "/desk/people/invite/", "/desk/history/", "/desk/account/",
        "/desk/account/password/change/", "/desk/account/2fa/", "/desk/account/logout/",
    ]) == []  # fmt: skip
