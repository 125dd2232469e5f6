"""With the database out of reach, readers get what was printed, unless it was taken down, and are told of the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from advice.press.watching import Watch, put_in_front_of
from questions import edition
from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.actions.schedule import publish
from questions.mirror import Standing
from tests.factories import assembled_episode, host, published_episode
from tests.press.reader import Counting, look, read, worker

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/episodes/episode-1-1/"


@contextmanager
def no_database(folder: Path) -> Iterator[None]:
    """Whoever opens a connection finds a place where no database is."""
    connection.close()
    where = {"NAME": str(folder)} if connection.vendor == "sqlite" else {"HOST": str(folder)}
    before = {name: connection.settings_dict[name] for name in where}
    connection.settings_dict.update(where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def test_what_was_printed_is_handed_out(tmp_path: Path) -> None:
    published_episode("Naps at weddings")
    press = worker()
    page, home = read(press, PATH), read(press, "/")
    with no_database(tmp_path):
        # Before anybody has noticed, and afterwards.
        assert (read(press, PATH), read(press, "/")) == (page, home)
        look(press)
        assert press.is_cut_off
        assert (read(press, PATH), read(press, "/")) == (page, home)
    look(press)
    assert not press.is_cut_off


def test_so_it_is_after_the_server_was_started_again(tmp_path: Path) -> None:
    published_episode("Naps at weddings")
    page = read(worker(), PATH)
    edition.mirror.cache_clear()
    with no_database(tmp_path):
        django = Counting()
        press = put_in_front_of(django, build="tests")
        assert read(press, PATH) == page
        assert django.asked == []


def test_what_was_never_printed_cannot_be_had_and_the_page_says_so(tmp_path: Path) -> None:
    published_episode("Naps at weddings")
    django = Counting()
    press = worker(django)
    with no_database(tmp_path):
        look(press)
        reply = read(press, PATH)
    assert (reply.status, reply.headers["retry-after"], reply.headers["cache-control"]) == (503, "10", "no-store")
    assert "Load it again in a minute." in reply.text
    assert django.asked == []


def test_a_page_of_the_edition_before_will_do_where_nothing_was_taken_away_since(tmp_path: Path) -> None:
    published_episode("Naps at weddings")
    press = worker()
    page, home = read(press, PATH), read(press, "/")
    second = assembled_episode("Shoes on the sofa")
    publish(second, by=acting(host()), seen=second.version)
    with no_database(tmp_path):
        assert (read(press, PATH), read(press, "/")) == (page, home)
        look(press)
        assert (read(press, PATH), read(press, "/")) == (page, home)


def test_what_was_taken_down_is_shown_by_no_page_of_any_edition(tmp_path: Path) -> None:
    episode = published_episode("Naps at weddings")
    press = worker()
    every = (PATH, "/", "/episodes/", "/feeds/episodes.rss")
    assert [read(press, path).status for path in every] == [200] * 4
    retract(episode, by=acting(host()), seen=episode.version)
    with no_database(tmp_path):
        assert {read(press, path).status for path in every} == {500}
        look(press)
        assert {read(press, path).status for path in every} == {503}


def test_pages_that_may_never_be_shown_again_are_deleted(folder: Path) -> None:
    episode = published_episode("Naps at weddings")
    press = worker()
    watch = Watch(press)
    read(press, PATH)
    printed = edition.mirror().generation()
    assert printed
    assert (folder / "pages" / str(printed) / "episodes/episode-1-1/index.html").exists()
    retract(episode, by=acting(host()), seen=episode.version)
    look(press, watch)
    assert not (folder / "pages" / str(printed)).exists()


def test_a_first_start_without_a_database_prints_nothing_and_waits(tmp_path: Path) -> None:
    with no_database(tmp_path):
        press = put_in_front_of(Counting(), build="tests")
        assert read(press, "/").status == 503
        assert edition.mirror().standing() == Standing(number=1, floor=1)
