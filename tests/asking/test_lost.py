"""“I lost it”: an honest page of its own."""

import pytest

from questions.models import Show
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db


def test_it_says_that_nobody_can_find_it_why_that_is_good_and_what_becomes_of_it() -> None:
    Show.objects.create(keeps_waiting_days=30)
    asker = Asker().opens("/receipt/lost/")
    assert asker.answer.status_code == 200
    for words in (
        "not you, not we, and nobody else",
        "There is no list of who asked what.",
        "the answer may air if you allowed that",
        "If nobody does anything with it for 30 days, its words are erased.",
        "ask again any day",
    ):
        assert asker.sees(words), words
    for address in ("/ask/", "/feeds/", "/episodes/", "/receipt/"):
        assert f'href="{address}"' in asker.page


def test_it_is_an_asking_page_like_the_others() -> None:
    answer = Asker().opens("/receipt/lost/").answer
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not answer.cookies
    assert "<title>Notes</title>" in answer.content.decode()
    assert "data-leave" in answer.content.decode()


def test_the_box_for_the_code_leads_there() -> None:
    assert 'href="/receipt/lost/"' in Asker().opens("/receipt/").page
    assert 'href="/receipt/lost/"' in Asker().returns_with("wrong").page


def test_an_address_without_its_slash_takes_nothing_along() -> None:
    answer = Asker().client.get("/receipt/lost", {"code": "0123456789ABCDEF"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "/receipt/lost/")
