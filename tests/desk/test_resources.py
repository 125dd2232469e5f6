"""Everything that episodes point to, in one list: by kind, by words, and what is there twice."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.models import Resource
from tests import cast, factories

pytestmark = pytest.mark.django_db

PAGE = reverse("desk:resources")


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def book(title: str, url: str = "", **facts: str) -> Resource:
    return Resource(kind="book", title=title, url=url, **facts)


def shown(client: Client, **query: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """What the page lists: for each kind the titles, and how often each is used."""
    sections = client.get(PAGE, query).context["sections"]
    return [(str(label), [(thing.first.title, len(thing.uses)) for thing in things]) for label, things in sections]


def test_they_are_grouped_by_kind_and_the_same_link_stands_once(desk: Client) -> None:
    film = Resource(kind="film", title="Altos", url="https://films.example/altos")
    factories.published_episode("One", resources=[book("Naps", "https://books.example/naps/"), film])
    factories.assembled_episode("Two", resources=[book("A book on naps", "http://Books.example/naps"), book("Naps")])
    assert shown(desk) == [("Film", [("Altos", 1)]), ("Book", [("A book on naps", 2), ("Naps", 1)])]
    page = " ".join(desk.get(PAGE).content.decode().split())
    assert "The same link 2 times" in page
    assert page.count(">Two</a>") == 2
    assert page.count(">One</a>") == 2


def test_kind_and_words_narrow_them_down(desk: Client) -> None:
    film = Resource(kind="film", title="Altos", url="")
    factories.assembled_episode(
        resources=[book("Naps", maker="Odalys Brandt"), book("Sleep", note="About naps."), film]
    )
    assert shown(desk, kind="film") == [("Film", [("Altos", 1)])]
    assert shown(desk, words="naps") == [("Book", [("Naps", 1), ("Sleep", 1)])]
    assert shown(desk, words="NAPS brandt") == [("Book", [("Naps", 1)])]
    assert shown(desk, words="brandt sleep") == []
    assert shown(desk, kind="klingon", words="") == shown(desk)


@pytest.mark.parametrize("value", ["9" * 30, "-1", "\x00", "💥" * 200, "%", "' OR 1=1 --", "a " * 500])
def test_no_filter_is_an_error_of_ours(desk: Client, value: str) -> None:
    factories.assembled_episode(resources=[book("Naps")])
    assert desk.get(PAGE, {"kind": value, "words": value}).status_code == 200


def test_a_title_that_links_nowhere_safe_is_no_link(desk: Client) -> None:
    factories.assembled_episode(resources=[book("Naps")])
    Resource.objects.update(url="javascript:alert(1)")
    assert "javascript:" not in desk.get(PAGE).content.decode()


def test_it_costs_the_same_queries_for_two_episodes_and_for_four(desk: Client) -> None:
    def queries() -> int:
        # Twice, as the first page after a deed counts anew what the masthead of the next ones remembers.
        desk.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            desk.get(PAGE)
        return len(captured)

    def episodes(books: int) -> None:
        factories.assembled_episode(resources=[book(f"Number {number}") for number in range(books)])
        factories.published_episode(resources=[book(f"Number {number}") for number in range(books)])

    episodes(1)
    of_one = queries()
    episodes(12)
    assert queries() == of_one
