"""The public site as files: whole, without a dead link, the same every time, and nothing of what was taken down."""

import filecmp
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.actions.topics import TopicFacts, set_topic
from questions.models import Topic
from questions.reading.as_files import place_of
from tests import cast
from tests.factories import host, published_episode, retracted_episode, scheduled_episode, topic, verdict
from tests.reading.addresses import every_public_address

pytestmark = pytest.mark.django_db(transaction=True)

LIVING = "https://live.example"


@pytest.fixture(autouse=True)
def sheets(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", "--noinput", "-v0")


def printed(tmp_path: Path, name: str = "site") -> Path:
    call_command("print_site", str(tmp_path / name), "--asking-at", LIVING, stdout=StringIO())
    return tmp_path / name


def all_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def a_show() -> None:
    published_episode("Naps at weddings", topics=[topic("Naps", parent=topic("Sleep"))], verdict=verdict().words)
    retracted_episode("Taken down", number=2)
    scheduled_episode("To come", number=3)
    set_topic(Topic.objects.get(slug="naps"), TopicFacts("Short sleep", slug="short-sleep"), by=acting(cast.noor()))


def test_every_page_that_readers_can_see_is_a_file_and_no_other(client: Any, tmp_path: Path) -> None:
    a_show()
    site = printed(tmp_path)
    for address in every_public_address():
        # A part of the sitemap is a file only where the sitemap has parts.
        if "?" in address or address in ("/search/", "/oembed", "/sitemap/1.xml"):
            continue
        assert (site / place_of(address)).is_file() == (
            client.get(address).status_code == 200 or "/topics/naps/" in address
        ), address


def test_a_page_is_the_page_that_readers_get_but_for_links_to_the_living_site(client: Any, tmp_path: Path) -> None:
    a_show()
    site = printed(tmp_path)
    page = client.get("/episodes/episode-1-1/").content.decode()
    for living in ("ask", "receipt", "search"):
        page = re.sub(rf'((?:href|action)=")(/{living}/)', rf"\1{LIVING}\2", page)
    assert (site / "episodes/episode-1-1/index.html").read_text() == page
    assert f'href="{LIVING}/ask/"' in page


def links_of(site: Path) -> Iterator[tuple[str, str]]:
    for page in site.rglob("*.html"):
        for link in re.findall(r'\s(?:href|src|action)="(/(?!/)[^"#?]*)', page.read_text()):
            yield str(page.relative_to(site)), link


def test_no_link_is_dead(tmp_path: Path) -> None:
    a_show()
    site = printed(tmp_path)
    links = list(links_of(site))
    assert len(links) > 100
    assert {(page, link) for page, link in links if not (site / place_of(link)).is_file()} == set()


def test_a_former_address_leads_on(tmp_path: Path) -> None:
    a_show()
    site = printed(tmp_path)
    assert (site / "_redirects").read_text() == "/topics/naps/ /topics/short-sleep/ 301\n"
    assert 'url=/topics/short-sleep/"' in (site / "topics/naps/index.html").read_text()


def test_twice_the_same_show_is_twice_the_same_bytes(tmp_path: Path) -> None:
    a_show()
    first, second = printed(tmp_path, "first"), printed(tmp_path, "second")
    names = all_files(first)
    assert all_files(second) == names
    _same, different, wrong = filecmp.cmpfiles(first, second, names, shallow=False)
    assert (different, wrong) == ([], [])


def test_what_was_taken_down_since_is_in_no_file(tmp_path: Path) -> None:
    episode = published_episode("Naps at weddings")
    site = printed(tmp_path)
    assert (site / "episodes/episode-1-1/index.html").exists()
    retract(episode, by=acting(host()), seen=episode.version)
    printed(tmp_path)
    assert not (site / "episodes/episode-1-1").exists()
    assert [name for name in all_files(site) if "static" not in name and b"Naps" in (site / name).read_bytes()] == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Dear")
    with pytest.raises(CommandError, match="did not write"):
        printed(tmp_path, "home")
    assert all_files(tmp_path / "home") == ["letter.txt"]


def test_without_sheets_it_says_what_to_do(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "nowhere"
    with pytest.raises(CommandError, match="collectstatic"):
        printed(tmp_path)
