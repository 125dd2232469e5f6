"""What installs the show on a device, the worker that keeps pages there, and the page about both."""

import re
from pathlib import Path

import pytest
from django.test import Client

from questions.content_notes import ContentKind
from questions.models import Show
from tests.factories import approved_answer, published_episode
from tests.reading import seen

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]


def png_size(path: Path) -> str:
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return f"{int.from_bytes(head[16:20])}x{int.from_bytes(head[20:24])}"


@pytest.mark.parametrize(("language", "direction"), [("de-CH", "ltr"), ("ar", "rtl")])
def test_the_show_is_installed_by_its_own_name_language_and_colour(
    client: Client, language: str, direction: str
) -> None:
    Show.objects.create(name="It’s Probably You", tagline="Ask.", language=language, colour="#1b4b6b")
    response = client.get("/manifest.webmanifest")
    told = response.json()
    icons = told.pop("icons")
    assert told == {
        "id": "/", "name": "It’s Probably You", "short_name": "It’s Probably You", "description": "Ask.",
        "start_url": "/", "scope": "/", "display": "standalone", "lang": language, "dir": direction,
        "background_color": "#faf5ea", "theme_color": "#1b4b6b",
    }  # fmt: skip
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert [icon["sizes"] for icon in icons] == ["any", "192x192", "512x512", "512x512"]


def test_in_discreet_mode_nothing_that_is_installed_names_the_show(client: Client) -> None:
    Show.objects.create(name="It’s Probably You", tagline="Ask.")
    discreet = client.get("/notes.webmanifest")
    assert (discreet.json()["name"], discreet.json()["id"]) == ("Notes", "/notes")
    assert "Probably" not in discreet.content.decode()
    assert "Ask." not in discreet.content.decode()


@pytest.mark.parametrize("address", ["/manifest.webmanifest", "/notes.webmanifest"])
def test_every_picture_of_it_is_there_in_the_size_it_claims(client: Client, address: str) -> None:
    for icon in client.get(address).json()["icons"]:
        path = ROOT / icon["src"].lstrip("/")
        assert path.suffix == ".svg" or png_size(path) == icon["sizes"]


def test_a_colour_that_is_none_does_not_get_out(client: Client) -> None:
    Show.objects.create(colour="red")
    assert client.get("/manifest.webmanifest").json()["theme_color"] == "#211b17"


def test_the_worker_may_fetch_from_here_and_do_nothing_else(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert not response.cookies
    assert client.post("/sw.js").status_code == 405


def test_every_page_for_readers_wears_what_was_chosen_before_its_sheets_come(client: Client) -> None:
    published_episode(slug="naps")
    for address in ("/", "/episodes/naps/", "/topics/", "/your-device/", "/nowhere/"):
        head = client.get(address).content.decode().partition("</head>")[0]
        script = head.index('js/device.js" data-neutral="Notes"></script>')
        assert head.index("<title>") < head.index('rel="manifest"') < script < head.index('rel="stylesheet"'), address


def test_pages_of_asking_and_of_help_read_nothing_from_the_device(client: Client) -> None:
    for address in ("/ask/", "/receipt/", "/help-now/"):
        page = client.get(address).content.decode()
        assert "device.js" not in page
        assert "manifest" not in page


def test_the_page_says_what_is_so_without_javascript_and_is_linked_from_every_page(client: Client) -> None:
    response = client.get("/your-device/")
    assert seen.only(response, "h1") == "What this device keeps"
    assert "JavaScript is off" in seen.with_class(response, "notice")[-1]
    assert {element.tag for element in seen.elements(response)} & {"input", "fieldset", "h2"} == set()
    assert seen.links(client.get("/"))["This device"] == "/your-device/"


def test_the_words_of_every_kind_reach_the_script(client: Client) -> None:
    page = client.get("/your-device/").content.decode()
    assert all(f"&quot;{kind.value}&quot;: &quot;{kind.label}&quot;" in page for kind in ContentKind)


def scripts_of(client: Client, address: str) -> list[str]:
    found = re.findall(r'<script src="/static/(js/[a-z-]+\.js)"', client.get(address).content.decode())
    return sorted(found)


def test_an_episode_brings_only_the_scripts_it_has_a_use_for(client: Client) -> None:
    checklist = "::: checklist To bring\n- Tea\n:::"
    gate = "::: expect not safe | sex\n:::\n\nBehind it."
    for slug, body in (("plain", "Words."), ("list", checklist), ("gate", gate)):
        published_episode(slug=slug, answers=[approved_answer(body=body)])
    always = {"js/contents.js", "js/device.js", "js/film.js", "js/keep.js"}
    assert set(scripts_of(client, "/episodes/plain/")) >= always
    assert {"js/checklist.js", "js/gates.js"}.isdisjoint(scripts_of(client, "/episodes/plain/"))
    assert "js/checklist.js" in scripts_of(client, "/episodes/list/")
    assert "js/gates.js" in scripts_of(client, "/episodes/gate/")
