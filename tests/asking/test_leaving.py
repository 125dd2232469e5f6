"""What the asking pages say and carry so that one can leave them fast, and leave little behind."""

import re

import pytest

from questions.models import Show
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

WORDS = "My partner snores."


def pages() -> list[str]:
    """Form, form with a mistake, check page, ticket, box for the code, question."""
    asker = Asker()
    asker.asks(WORDS)
    code = asker.code
    asker.opens("/ask/").presses("check", text="")
    asker.returns_with("wrong").returns_with(code)
    return [answer.content.decode() for answer in asker.answers]


def test_every_page_has_a_plain_link_to_the_site_that_the_show_chose() -> None:
    Show.objects.create(leave_url="https://weather.example/")
    for page in pages():
        link = page.partition("data-leave>")[0].rpartition("<a ")[2]
        assert 'href="https://weather.example/"' in link
        assert 'rel="noreferrer"' in link


def test_every_page_says_what_leaving_cannot_do() -> None:
    for page in pages():
        said = page.partition("What “Leave this page” can’t do")[2]
        assert "It can’t clear your browser’s history" in said
        assert "It can’t hide the visit from whoever runs your network" in said


def test_without_javascript_every_page_advises_to_close_the_tab() -> None:
    for page in pages():
        assert "Close this tab once you have left" in page.partition("<noscript>")[2].partition("</noscript>")[0]


def test_keys_are_named_only_where_a_script_hears_them() -> None:
    for page in pages():
        assert len(re.findall(r'data-leave-key="[^"]+" hidden></', page)) == page.count("data-leave-key") == 2


def test_the_tab_of_every_page_says_nothing() -> None:
    for page in pages():
        title = page.partition("<title>")[2].partition("</title>")[0].removeprefix("Error: ")
        assert title in ("Write", "Notes")
        assert page.count('rel="icon"') == 1
        assert '<link rel="icon" href="/static/img/notes' in page


def test_links_beside_what_is_written_open_beside_it() -> None:
    """A link that led away would lose the words; one that opens beside says so."""
    asker = Asker().looks_over(WORDS)
    for page in (Asker().opens("/ask/").page, asker.page):
        for link in page.split("<a ")[1:]:
            if "/help-now/" in link.partition(">")[0]:
                assert 'target="_blank" rel="noopener noreferrer"' in link.partition(">")[0]
                assert "beside this page" in link[:500]
