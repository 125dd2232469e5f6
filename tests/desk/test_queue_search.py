"""The hosts' search: what is found leads to its question, and what was looked for stands in no address."""

import re

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.actions.withdraw import withdraw
from questions.desk.queue.searching import found_by
from tests import cast, factories

pytestmark = pytest.mark.django_db

HIT = re.compile(r'class="hit__words blurs" href="/desk/questions/([0-9a-f-]{36})/"')


def found(client: Client, words: str, **among: str) -> list[str]:
    response = client.post("/desk/search/", {"q": words, **among})
    assert response.status_code == 200
    return HIT.findall(response.content.decode())


def test_a_word_is_found_and_marked() -> None:
    asked = factories.asked("My husband took up the xylophone.")
    factories.asked("My wife took up the tuba.")
    client = cast.signed_in(cast.noor())
    assert found(client, "xylophone") == [str(asked.ref)]
    assert "<mark>xylophone</mark>" in client.post("/desk/search/", {"q": "xylophone"}).content.decode()


def test_only_open_questions_are_looked_through_unless_it_is_said() -> None:
    waiting, kept, gone = (factories.asked(f"A xylophone, number {word}") for word in ("one", "two", "three"))
    keep(kept, by=acting(cast.tomas()), seen=1)
    withdraw(gone)
    client = cast.signed_in(cast.noor())
    assert set(found(client, "xylophone")) == {str(waiting.ref), str(kept.ref)}
    assert found(client, "xylophone", state="kept") == [str(kept.ref)]
    assert set(found(client, "xylophone", state="all")) == {str(waiting.ref), str(kept.ref)}


def test_nothing_that_fits_says_so() -> None:
    response = cast.signed_in(cast.noor()).post("/desk/search/", {"q": "bassoon"})
    assert "Nothing fits." in response.content.decode()
    assert "0 questions" in response.content.decode()


def test_words_stand_in_no_address() -> None:
    client = cast.signed_in(cast.noor())
    page = client.get("/desk/search/?q=xylophone").content.decode()
    assert "xylophone" not in page
    assert re.search(r'<form class="find" method="post" action="/desk/search/"', client.get("/desk/").content.decode())


@pytest.mark.parametrize("words", ["", " ", "x" * 301, "\x00", "a\x00b"])
def test_words_that_cannot_be_looked_for_are_said_to_be(words: str) -> None:
    assert cast.signed_in(cast.noor()).post("/desk/search/", {"q": words}).status_code == 422


@pytest.mark.parametrize(
    "words", ['"', "--", '"unclosed', "<script>", "-a -b", "🦆", "' OR 1=1 --", "%", "*", "a" * 300]
)
def test_nothing_that_is_typed_is_a_fault(words: str) -> None:
    factories.asked("A duck 🦆 and <script>")
    response = cast.signed_in(cast.noor()).post("/desk/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_what_somebody_may_not_see_is_not_found() -> None:
    asked = factories.asked("xylophone")
    assert [hit.row.question for hit in found_by("xylophone", "open", cast.noor())] == [asked]
    assert found_by("xylophone", "open", cast.ines()) == []
