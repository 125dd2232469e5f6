"""The colours of the show: linked only where there are any, the same bytes for everyone, and never anything else."""

import pytest
from django.test import Client

from questions.models import Show
from tests import cast
from tests.reading import seen

pytestmark = pytest.mark.django_db

LINK = '<link rel="stylesheet" href="/show.css">'


def test_a_show_without_colours_links_no_sheet(client: Client) -> None:
    Show.objects.create()
    assert "/show.css" not in client.get("/").content.decode()
    assert client.get("/show.css").content == b""


def test_the_colours_hold_by_day_and_by_night_on_every_page(client: Client) -> None:
    Show.objects.create(colour="#1b4b6b", colour_at_night="#93c1df")
    for page in ("/", "/ask/", "/help-now/"):
        assert LINK in client.get(page).content.decode()
    assert LINK in cast.signed_in(cast.tomas()).get("/desk/house/").content.decode()
    assert client.get("/show.css").content.decode().splitlines() == [
        ":root { --stamp: #1b4b6b; }",
        '@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --stamp: #93c1df; } }',
        ':root[data-theme="dark"] { --stamp: #93c1df; }',
    ]


def test_it_is_linked_after_the_sheets_whose_colour_it_replaces(client: Client) -> None:
    Show.objects.create(colour="#1b4b6b")
    sheets = [
        link.attributes["href"] for link in seen.elements(client.get("/")) if link.attributes.get("rel") == "stylesheet"
    ]
    assert sheets[-1] == "/show.css"


def test_it_may_be_kept_and_is_asked_for_again_by_its_mark(client: Client) -> None:
    Show.objects.create(colour="#1b4b6b")
    response = client.get("/show.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=1"
    mark = response.headers["ETag"]
    assert client.get("/show.css", headers={"if-none-match": mark}).status_code == 304
    Show.objects.update(colour="#a3261c")
    assert client.get("/show.css", headers={"if-none-match": mark}).status_code == 200
    assert client.post("/show.css").status_code == 405


def test_a_host_gets_the_same_bytes_and_nobody_a_cookie(client: Client) -> None:
    Show.objects.create(colour="#1b4b6b")
    theirs, ours = cast.signed_in(cast.noor()).get("/show.css"), client.get("/show.css")
    assert theirs.content == ours.content
    assert not theirs.cookies
    assert "Cookie" not in theirs.headers.get("Vary", "")


def test_whatever_stands_in_the_database_only_colours_get_out(client: Client) -> None:
    Show.objects.create(colour="red;}a{", colour_at_night="#GGGGGG")
    assert client.get("/show.css").content == b""
