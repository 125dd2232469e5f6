"""The show's own pages: about, privacy, house rules, help, feeds; and those for what is not there."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from questions import edition
from questions.models import CrisisLine, Show
from tests.factories import published_episode, retracted_episode
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


def test_the_privacy_page_promises_the_days_that_the_show_has_set(client: Client) -> None:
    Show.objects.create(keeps_waiting_days=90, keeps_closed_days=1)
    promises = [element.words for element in seen.elements(client.get("/privacy/")) if element.tag == "li"]
    assert "A question that nobody has answered is forgotten when nothing has happened to it for 90 days." in promises
    assert "One that we declined or answered privately is forgotten 1 day later." in promises


def test_help_now_lists_lines_by_country(client: Client) -> None:
    CrisisLine.objects.create(country="NL", language="nl", name="113", number="0800 0113", hours="dag en nacht")
    CrisisLine.objects.create(
        country="IE", language="en", name="Samaritans", number="116 123", checked_on=date(2026, 5, 1)
    )
    CrisisLine.objects.create(country="IE", language="en", name="Text line", number="Text HELLO to 50808")
    response = client.get("/help-now/")
    assert seen.with_class(response, "help") == [
        "Ireland Samaritans 116 123 Text line Text HELLO to 50808",
        "Netherlands 113 0800 0113 dag en nacht",
    ]
    links = seen.links(response)
    assert links["116 123"] == "tel:116123"
    assert links["0800 0113"] == "tel:08000113"
    assert "Text HELLO to 50808" not in links
    assert seen.only(response, "title") == "Notes"


def test_help_now_says_once_and_calmly_that_a_number_may_fail(client: Client) -> None:
    line = CrisisLine.objects.create(country="IE", language="en", name="Samaritans", number="116 123")
    CrisisLine.objects.create(country="NL", language="nl", name="113", number="0800 0113", checked_on=date(2026, 5, 1))
    sentence = "We have not rung all of these ourselves yet."
    assert client.get("/help-now/").content.decode().count(sentence) == 1
    line.checked_on = date(2026, 5, 2)
    line.save()
    edition.advance()
    assert sentence not in client.get("/help-now/").content.decode()


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
