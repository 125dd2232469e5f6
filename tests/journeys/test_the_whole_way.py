"""One question all the way: asked, answered, read."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.people import Asker, Host, Reader

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "My husband Edwin hums while he cooks. I love him and I want to throw the pan. Is it me?"
WORDING = "My husband hums while he cooks. I love him and I want to throw the pan. Is it me?"
ANSWER = """You love a man who is happy at a stove.

# Find out what the hum is for

Ask him. He may not know that he does it.

::: checklist Before you throw anything
1. Count to ten bars
2. Put the pan down
:::

# Hum something yourself

::: aside
In a different key, if you must.
:::
"""


@with_and_without_javascript
def test_a_question_is_asked_answered_and_read_and_its_asker_finds_the_answer(page: Page, javascript: bool) -> None:
    asker, host, reader = Asker(page), Host(page), Reader(page)
    factories.topic("Living together")

    asker.writes(QUESTION, sign_off="Out of Tune")
    asker.looks_it_over_and_sends_it(QUESTION)
    asker.returns()
    asker.is_told("We have your question")

    host.signs_in()
    host.opens("My husband Edwin hums")
    host.decides("Keep", done="Kept.")
    host.goes_to("Kept")
    host.opens("My husband Edwin hums")
    host.decides("Claim", done="This question is yours now.")
    host.writes(wording=WORDING, answer=ANSWER, topic="Living together")
    host.approves()
    host.assembles(title="The humming", verdict="It’s the pan.", film="https://vimeo.com/76979871")
    host.publishes()
    host.signs_out()

    reader.opens_the_newest_episode()
    expect(page.get_by_role("heading", level=1)).to_contain_text(WORDING)
    expect(page.get_by_text("Out of Tune")).to_be_visible()
    expect(page.get_by_text("Edwin")).to_have_count(0)
    expect(page.get_by_role("heading", name="Find out what the hum is for")).to_be_visible()
    expect(page.get_by_role("heading", name="Hum something yourself")).to_be_visible()
    expect(page.get_by_label("Put the pan down")).to_be_visible()
    expect(page.get_by_text("It’s the pan.").first).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.get_by_role("link", name="Living together").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Living together")

    asker.returns()
    asker.is_told(re.compile("on the show|aired|answered", re.IGNORECASE))
    page.get_by_role("link", name=re.compile("Read|humming", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("/episodes/the-humming/$"))
    assert page.context.cookies() == []
