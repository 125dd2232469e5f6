"""The show's own pages: about, privacy, house rules, help, feeds; and those for what is not there."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from questions import edition
from questions.models import CrisisLine, Show
from questions.promises import PROMISES
from tests.factories import crisis_line, published_episode, retracted_episode
from tests.reading import seen

pytestmark = pytest.mark.django_db

OWN_PAGES = ["/about/", "/privacy/", "/house-rules/", "/help-now/", "/feeds/"]


@pytest.mark.parametrize("address", OWN_PAGES)
def test_a_show_that_has_written_nothing_yet_still_has_its_pages(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert seen.only(response, "h1") != ""
    assert len(seen.with_class(response, "prose")[0]) > 50


def test_the_show_speaks_for_itself_in_markdown(client: Client) -> None:
    Show.objects.create(name="It’s Probably You", about="We *listen*.", house_rules="- Be kind")
    published_episode()
    about, rules = client.get("/about/"), client.get("/house-rules/")
    assert seen.only(about, "h1") == "About It’s Probably You"
    assert seen.with_class(about, "prose") == ["We listen."]
    assert seen.links(about)["Tomas Reyl"] == "/people/tomas/"
    assert seen.with_class(rules, "prose") == ["Be kind"]


def test_the_privacy_page_has_every_promise_with_the_days_that_the_show_has_set(client: Client) -> None:
    show = Show.objects.create(keeps_waiting_days=90, keeps_closed_days=1)
    page = client.get("/privacy/")
    told = [element.words for element in seen.elements(page) if element.tag == "li"]
    assert [promise.sentence(show) for promise in PROMISES] == [words for words in told if words.endswith(".")]
    assert "A question that nobody has answered is forgotten when nothing has happened to it for 90 days." in told
    assert "One that we declined or answered privately is forgotten 1 day later." in told
    parts = [element.words for element in seen.elements(page) if element.tag == "h2"]
    assert parts == ["If you read", "If you ask", "For how long", "What we cannot promise"]


@pytest.fixture
def no_lines() -> None:
    """The list that every installation begins with, emptied."""
    CrisisLine.objects.all().delete()


@pytest.mark.usefixtures("no_lines")
def test_help_now_lists_lines_for_each_kind_of_caller_and_by_country(client: Client) -> None:
    crisis_line("0800 0113", "NL", "nl", name="113", hours="dag en nacht")
    crisis_line("116 123", "IE", checked_on=date(2026, 5, 1))
    crisis_line("Text HELLO to 50808", "IE", name="Text line")
    crisis_line("0800 1111", "GB", name="Childline", caller="young", note="Free.", url="https://www.childline.org.uk/")
    response = client.get("/help-now/")
    assert seen.with_class(response, "help") == [
        "Anyone in despair Ireland Samaritans 116 123 We checked this in May 2026. Text line Text HELLO to 50808 "
        "Netherlands 113 0800 0113 dag en nacht",
        "Children and young people United Kingdom Childline 0800 1111 Free.",
    ]
    links = seen.links(response)
    assert links["116 123"] == "tel:116123"
    assert links["0800 0113"] == "tel:08000113"
    assert links["Children and young people"] == "#young"
    assert 'id="young"' in response.content.decode()
    assert "Text HELLO to 50808" not in links
    assert seen.only(response, "title") == "Notes"


@pytest.mark.usefixtures("no_lines")
@pytest.mark.parametrize(
    ("language", "countries"),
    [
        ("en", ["Ireland", "United Kingdom", "Austria", "Germany"]),
        ("en-GB", ["United Kingdom", "Ireland", "Austria", "Germany"]),
        ("de", ["Austria", "Germany", "Ireland", "United Kingdom"]),
        ("he", ["Austria", "Germany", "Ireland", "United Kingdom"]),
    ],
)
def test_help_now_begins_with_the_show_s_own_country_and_language(
    client: Client, language: str, countries: list[str]
) -> None:
    Show.objects.create(language=language)
    for country, spoken in (("DE", "de"), ("GB", "en"), ("AT", "de"), ("IE", "en")):
        crisis_line("116 123", country, spoken)
    page = client.get("/help-now/")
    assert [element.words for element in seen.elements(page) if element.tag == "h3"] == countries


@pytest.mark.usefixtures("no_lines")
def test_help_now_says_once_and_calmly_that_a_number_may_fail(client: Client) -> None:
    line = crisis_line()
    crisis_line("0800 0113", "NL", "nl", checked_on=date(2026, 5, 1))
    sentence = "We have not rung all of these ourselves yet."
    assert client.get("/help-now/").content.decode().count(sentence) == 1
    line.checked_on = date(2026, 5, 2)
    line.save()
    edition.advance()
    assert sentence not in client.get("/help-now/").content.decode()


@pytest.mark.usefixtures("no_lines")
def test_help_now_without_a_line_names_the_emergency_numbers(client: Client) -> None:
    page = client.get("/help-now/").content.decode()
    assert "We have not put any line on this list yet." in page
    assert "112 in Europe" in page


def test_an_address_that_leads_nowhere_gets_our_own_page(client: Client) -> None:
    for address in ("/nothing/", "/episodes/nothing/", "/topics/nothing/", "/feeds/nothing.rss"):
        response = client.get(address)
        assert response.status_code == 404
        assert seen.only(response, "h1") == "There is nothing at this address."
        assert "nothing/" not in response.content.decode()


def test_an_episode_that_was_taken_down_is_gone_and_says_nothing_of_itself(client: Client) -> None:
    retracted_episode("Naps at weddings", slug="naps")
    response = client.get("/episodes/naps/")
    assert response.status_code == 410
    assert seen.only(response, "h1") == "This episode was taken down."
    assert "weddings" not in response.content.decode()


def test_the_page_for_a_fault_needs_no_database_and_no_request() -> None:
    assert "Something broke, and it was us." in render_to_string("500.html")


@pytest.mark.parametrize("address", ["/", "/episodes/", "/feeds/episodes.rss", "/sitemap.xml", *OWN_PAGES])
def test_pages_are_only_read(client: Client, address: str) -> None:
    assert client.post(address, {"text": "x"}).status_code == 405
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
