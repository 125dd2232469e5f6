"""All episodes, twenty to a page, each page with an address of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.factories import approved_answer, published_episode
from tests.reading import seen

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def twenty_one_episodes() -> None:
    for number in range(1, 22):
        at = NEW_YEAR + timedelta(days=number)
        published_episode(f"Number {number}", number=number, at=at, answers=[approved_answer()])


def test_an_empty_show_says_so_and_leads_to_the_form(client: Client) -> None:
    response = client.get("/episodes/")
    assert response.status_code == 200
    assert seen.with_class(response, "row") == []
    assert seen.links(response)["Ask a question"] == "/ask/"


@pytest.mark.usefixtures("twenty_one_episodes")
def test_the_first_page_has_the_newest_twenty_and_the_second_the_rest(client: Client) -> None:
    first, second = client.get("/episodes/"), client.get("/episodes/page/2/")
    assert seen.with_class(first, "row__title") == [f"Number {number}" for number in range(21, 1, -1)]
    assert seen.links(first)["Older"] == "/episodes/page/2/"
    assert "Newer" not in seen.links(first)
    assert seen.with_class(second, "row__title") == ["Number 1"]
    assert seen.links(second)["Newer"] == "/episodes/"
    assert "Older" not in seen.links(second)
    assert "Page 2 of 2" in seen.with_class(second, "quiet")
    assert seen.only(second, "title") == "All episodes, page 2 · Querent"


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "9" * 5000])
def test_there_is_no_page_beyond_the_last(client: Client, number: str) -> None:
    published_episode()
    assert client.get(f"/episodes/page/{number}/").status_code == 404


@pytest.mark.parametrize("list_address", ["/episodes/", "/topics/sleep/", "/seasons/1/", "/people/noor/"])
def test_page_one_is_the_list_itself(client: Client, list_address: str) -> None:
    response = client.get(f"{list_address}page/1/")
    assert (response.status_code, response.headers["Location"]) == (301, list_address)


def test_no_page_of_a_list_that_nobody_can_see(client: Client) -> None:
    assert client.get("/episodes/page/2/").status_code == 404
