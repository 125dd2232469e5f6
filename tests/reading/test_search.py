"""The search page: shareable, kept by nobody else, and never at a loss."""

import re
from datetime import UTC, datetime
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questions import edition
from questions.models import ContentLevel, Synonym
from questions.models.topic import FormerAddress
from questions.reading import search as page_of_search
from questions.search.published import NotReady
from tests import cast
from tests.factories import approved_answer, assembled_episode, published_episode, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(db: None) -> None:
    """Fourteen answers that all speak of napping: on sleep, the even ones on food too, in two seasons and years."""
    for number in range(1, 15):
        topics = [topic("Sleep"), topic("Food")] if number % 2 == 0 else [topic("Sleep")]
        published_episode(
            f"Number {number}", season=1 + number % 2, number=number, topics=topics,
            at=datetime(2024 + number % 2, 2, number, tzinfo=UTC), verdict=verdict().words if number < 4 else "",
            answers=[approved_answer("May I?", body=f"Nap, and count to {number}.")],
        )  # fmt: skip


def titles(response: seen.Response) -> list[str]:
    return seen.with_class(response, "row__title")


def lines(response: seen.Response) -> dict[str, int]:
    """What it can be narrowed down to, each with its count."""
    items = [element.words for element in seen.elements(response) if element.tag == "li"]
    counted = [words.rpartition(" ") for words in items if words.rpartition(" ")[2].isdigit()]
    return {name.removesuffix(" (take this away)"): int(count) for name, _space, count in counted}


def said(response: seen.Response) -> str:
    return seen.only(response, "main")


def test_the_words_are_marked_and_whatever_a_host_wrote_is_escaped(client: Client) -> None:
    published_episode("Naps", answers=[approved_answer("Is <b>napping</b> rude?", body="A `<script>` naps, too.")])
    response = client.get("/search/?q=nap")
    html = response.content.decode()
    assert [element.words for element in seen.elements(response) if element.tag == "mark"] == ["napping", "naps"]
    assert "Is &lt;b&gt;<mark>napping</mark>&lt;/b&gt; rude?" in html
    assert "<script> naps" not in html
    assert seen.links(response)["Naps"] == "/episodes/episode-1-1/"
    assert "Text fine at work" in said(response)


def test_what_is_found_is_counted_and_leads_to_narrower_searches(client: Client, show: None) -> None:
    response = client.get("/search/?q=nap")
    assert "14 answers" in said(response)
    assert lines(response) == {
        "Sleep": 14, "Food": 7, "It’s probably you.": 3, "Season 2": 7, "Season 1": 7, "2025": 7, "2024": 7,
        "Tomas Reyl": 14,
    }  # fmt: skip
    narrower = client.get(seen.links(response)["Food"])
    assert lines(narrower)["Food"] == 7
    assert "2025" not in lines(narrower)
    both = client.get(seen.links(narrower)["It’s probably you."])
    assert titles(both) == ["Number 2"]
    assert parse_qs(urlsplit(seen.links(narrower)["It’s probably you."]).query) == {
        "q": ["nap"], "topic": ["food"], "verdict": ["you"],
    }  # fmt: skip


def test_each_narrowing_can_be_taken_away_by_its_line_and_by_its_pill(client: Client, show: None) -> None:
    response = client.get("/search/?q=nap&topic=food&year=2024&page=2")
    ways = [element for element in seen.elements(response) if element.tag == "a" and "take this away" in element.words]
    assert [(way.attributes["href"], way.classes) for way in ways] == [
        ("/search/?q=nap&year=2024", []),
        ("/search/?q=nap&topic=food", []),
        ("/search/?q=nap&year=2024", ["pill"]),
        ("/search/?q=nap&topic=food", ["pill"]),
    ]


def test_another_search_from_the_box_stays_within_the_narrowing(client: Client, show: None) -> None:
    response = client.get("/search/?q=nap&topic=food")
    fields = {
        element.attributes["name"]: element.attributes.get("value", "")
        for element in seen.elements(response)
        if element.tag == "input"
    }
    assert fields == {"q": "nap", "topic": "food"}
    [form] = [element for element in seen.elements(response) if element.tag == "form"]
    assert (form.attributes["action"], form.attributes.get("method", "get")) == ("/search/", "get")


def test_narrowing_alone_lists_the_newest_first(client: Client, show: None) -> None:
    assert titles(client.get("/search/?verdict=you")) == ["Number 3", "Number 1", "Number 2"]


def test_pages_lead_on_and_back_and_no_number_is_beyond_them(client: Client, show: None) -> None:
    first, second = client.get("/search/?q=nap"), client.get("/search/?q=nap&page=2")
    assert len(titles(first)) == 10
    assert len(titles(second)) == 4
    assert not set(titles(first)) & set(titles(second))
    assert (seen.links(first)["Further"], seen.links(second)["Before"]) == ("/search/?q=nap&page=2", "/search/?q=nap")
    for page in ("0", "-1", "99", "9" * 5000, "two", "²", ""):
        response = client.get("/search/", {"q": "nap", "page": page})
        assert (response.status_code, len(titles(response)) > 0) == (200, True), page


def test_a_former_address_of_a_topic_still_narrows_down(client: Client, show: None) -> None:
    FormerAddress.objects.create(topic=topic("Food"), slug="meals")
    published_episode("Begin a new edition", number=99)
    assert "7 answers in Food" in said(client.get("/search/?q=nap&topic=meals"))


def test_what_nobody_knows_is_left_out_and_the_page_says_so(client: Client, show: None) -> None:
    assembled_episode("Secret", number=50, topics=[topic("Hidden")])
    pages = [client.get(f"/search/?q=nap&{more}") for more in ("topic=hidden", "topic=nosuch", "season=x&person=%00")]
    assert {page.status_code for page in pages} == {200}
    assert all("14 answers" in said(page) and "that was left out" in said(page) for page in pages)
    # Nothing tells what is coming from what is not there.
    assert pages[0].content == pages[1].content


def test_nothing_found_leads_on(client: Client, show: None) -> None:
    nothing = client.get("/search/?q=zxqv")
    assert "No answers" in said(nothing)
    assert seen.links(nothing)["Ask us"] == "/ask/"
    assert seen.links(nothing)["Sleep"] == "/topics/sleep/"
    elsewhere = client.get("/search/?q=count+3&topic=food")
    assert "There is one elsewhere." in said(elsewhere)
    assert seen.links(elsewhere)["Look everywhere"] == "/search/?q=count+3"


def test_topics_that_fit_the_words_are_offered_where_nothing_is_found(client: Client) -> None:
    Synonym.objects.create(topic=topic("Food"), word="lunch")
    for name in ("Food", "Sleep"):
        published_episode(f"On {name}", topics=[topic(name)])
    links = seen.links(client.get('/search/?q="lunch+zxqv"+lunch'))
    assert ("Food" in links, "Sleep" in links) == (True, False)


def test_what_was_misspelt_is_asked_about(client: Client, show: None) -> None:
    response = client.get("/search/?q=cuont&topic=food")
    assert "Nobody has used the words cuont here. Did you mean count?" in said(response)
    assert seen.links(response)["count"] == "/search/?q=count&topic=food"
    assert "7 answers" in said(response)


def test_a_text_that_is_not_safe_shows_its_note_and_nothing_else(client: Client) -> None:
    published_episode(
        "Is it rude to nap at a wedding?", note="About ropes.", summary="Wsummary", text_level=ContentLevel.NOT_SAFE,
        answers=[approved_answer(body="Wbody naps.")],
    )  # fmt: skip
    response = client.get("/search/?q=nap")
    assert seen.with_class(response, "snippet") == ["About ropes."]
    assert "Text not safe for work" in said(response)
    assert not re.search("wsummary|wbody|wedding", response.content.decode(), re.IGNORECASE)


def test_nothing_asked_explains_itself(client: Client, show: None) -> None:
    response = client.get("/search/")
    assert seen.only(response, "h1") == "Search"
    assert seen.links(response)["Sleep"] == "/topics/sleep/"
    [box] = [element for element in seen.elements(response) if element.attributes.get("id") == "q"]
    assert "autofocus" in box.attributes
    assert "autofocus" not in str([element.attributes for element in seen.elements(client.get("/search/?q=nap"))])
    assert "14 answers" not in said(response)


def test_every_page_leads_to_the_search(client: Client) -> None:
    assert seen.links(client.get("/"))["Search"] == "/search/"


def test_what_is_looked_for_is_kept_and_told_nowhere(client: Client, show: None) -> None:
    """It stands in the address and in the box, and in nothing that others see, keep or pass on."""
    response = client.get("/search/?q=rosalind+nap")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.cookies == {}
    head = response.content.decode().partition("<body")[0]
    assert seen.only(response, "title") == "Search · Querent"
    assert "rosalind" not in head
    assert b"rosalind" not in client.get("/sitemap.xml").content
    assert b"/search/" not in client.get("/sitemap.xml").content
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=rosalind+nap")
    assert not any("rosalind" in query["sql"] for query in queries)


def test_a_host_who_is_signed_in_gets_the_same_bytes_as_anybody(client: Client, show: None) -> None:
    address = "/search/?q=nap&topic=food"
    assert cast.signed_in(cast.noor()).get(address).content == client.get(address).content


def test_somebody_who_seems_to_need_help_is_told_where_it_is_and_nothing_else_is_guessed(client: Client) -> None:
    published_episode("Skills", answers=[approved_answer("Will you?", body="I want to sell a skill for myself.")])
    calling = client.get("/search/?q=I+want+to+kill+myself")
    assert seen.links(calling)["there are people awake who will talk with you"] == "/help-now/"
    assert "No answers" in said(calling)
    assert "Did you mean" not in said(calling)
    assert "people awake" not in said(client.get("/search/?q=kill+the+lights"))


def test_while_there_is_no_index_it_says_so_and_can_be_tried_again(client: Client, show: None) -> None:
    with mock.patch.object(page_of_search, "find", side_effect=NotReady):
        response = client.get("/search/?q=nap&topic=food")
    assert (response.status_code, response["Retry-After"]) == (503, "3")
    assert "just being put in order" in said(response)
    assert seen.links(response)["Try again"] == "/search/?q=nap&topic=food"


def test_a_search_costs_the_same_queries_for_one_answer_as_for_a_page_of_them(client: Client, show: None) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = ("/search/?q=nap", "/search/?verdict=you&topic=food", "/search/?q=nap&page=2")
    queries("/search/?q=zxqv")
    first, again = [], []
    for address in addresses:
        # In a new edition nothing is at hand any more.
        edition.advance()
        queries("/search/?q=zxqv")
        first.append(queries(address))
        again.append(queries(address))
    assert len(set(first)) == len(set(again)) == 1
    assert (first[0] <= 20, again[0] <= 8) == (True, True)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(st.sampled_from(["q", "topic", "season", "person", "verdict", "year", "page"]), st.text())
)
@example({"q": '"unbalanced -( OR * ~'})
@example({"q": "x" * 10_000, "topic": "y" * 10_000})
@example({"q": "\x00", "year": "\x00", "page": "\u0661"})
@example({"q": "<script>alert(1)</script>"})
def test_no_address_is_an_error(client: Client, values: dict[str, str]) -> None:
    response = client.get("/search/", {name: value.encode(errors="replace").decode() for name, value in values.items()})
    assert response.status_code == 200
    assert seen.elements(response)
    assert b"<script>alert" not in response.content


def test_bytes_that_are_no_text_are_no_error(client: Client) -> None:
    assert client.get("/search/?q=%ff%fe%00&topic=%ff&page=%ff").status_code == 200
    assert client.head("/search/?q=nap").status_code == 200
    assert client.post("/search/?q=nap").status_code == 405
