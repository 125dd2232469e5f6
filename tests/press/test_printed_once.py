"""A page is rendered once per edition, however many ask and in however many workers, and is the same for all."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from advice.press import Press
from questions import edition
from tests.factories import published_episode
from tests.press.reader import Counting, read, worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_is_rendered_once_and_handed_out_by_every_worker() -> None:
    published_episode("Naps at weddings")
    django = Counting()
    here, there = worker(django), worker(django)
    replies = [read(press, "/episodes/episode-1-1/") for press in (here, there, here, there)]
    assert django.asked == ["/episodes/episode-1-1/"]
    assert len({reply.body for reply in replies}) == 1
    assert "Naps at weddings" in replies[0].text


def test_of_many_who_ask_at_once_one_has_it_rendered_and_the_others_wait_for_it() -> None:
    published_episode("Naps at weddings")
    rendering, go_on = threading.Event(), threading.Event()
    django = Counting()

    def slow(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        rendering.set()
        go_on.wait(30)
        return django(environ, start)

    presses = [worker(slow), worker(slow)]
    replies: list[bytes] = []
    askers = [
        threading.Thread(target=lambda press=press: replies.append(read(press, "/").body)) for press in presses * 4
    ]
    for asker in askers:
        asker.start()
    rendering.wait(30)
    go_on.set()
    for asker in askers:
        asker.join()
    assert (django.asked, len(replies), len(set(replies))) == (["/"], 8, 1)


def test_whoever_waits_too_long_is_served_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    published_episode("Naps at weddings")
    monkeypatch.setattr("advice.press.store.PATIENCE", 0.05)
    django = Counting()
    press = worker(django)
    with press.store.alone_with(f"{edition.mirror().generation()}/"):
        assert read(press, "/").status == 200
        assert read(press, "/").status == 200
    assert django.asked == ["/", "/"]


def test_what_one_worker_has_printed_another_one_finds_after_it_has_died() -> None:
    published_episode("Naps at weddings")
    first = read(worker(), "/")
    django = Counting()
    assert read(worker(django), "/") == first
    assert django.asked == []


def test_a_folder_that_cannot_be_written_prints_nothing_and_serves_everybody(folder: Path) -> None:
    published_episode("Naps at weddings")
    django = Counting()
    press = worker(django)
    generation = edition.mirror().generation()
    # A file stands where the folder should be, which not even root can write into.
    (folder / "pages" / str(generation)).rmdir()
    (folder / "pages" / str(generation)).write_text("")
    assert [read(press, "/").status for _time in range(2)] == [200, 200]
    assert (folder / "pages" / str(generation)).read_text() == ""


def test_pages_beyond_the_bytes_that_are_allowed_are_handed_out_and_not_kept(folder: Path) -> None:
    for number in range(1, 5):
        published_episode(f"Number {number}", number=number)
    press = worker()
    press.store._most_bytes = 40 * 1024
    for number in range(1, 5):
        assert read(press, f"/episodes/episode-1-{number}/").status == 200
    generation = edition.mirror().generation()
    assert generation
    files = [file for file in (folder / "pages").rglob("index.html*") if file.suffix != ".head"]
    assert len({file.parent for file in files}) == len(list(press.store.paths(generation))) in (1, 2, 3)
    assert sum(file.stat().st_size for file in files) <= 40 * 1024


def test_the_memory_of_a_worker_is_bounded_by_bytes() -> None:
    for number in range(1, 5):
        published_episode(f"Number {number}", number=number)
    press = worker()
    memory = press._memory
    memory._most_bytes = 50_000
    bodies = [read(press, f"/episodes/episode-1-{number}/").body for number in (1, 2, 3, 4)]
    assert sum(len(page.body) for page in memory.pages.values()) == memory._bytes <= 50_000
    assert [read(press, f"/episodes/episode-1-{number}/").body for number in (1, 2, 3, 4)] == bodies


def test_a_worker_that_knows_nothing_asks_django() -> None:
    published_episode("Naps at weddings")
    django = Counting()
    press = Press(django, edition.mirror())
    edition.mirror().folder.joinpath("state.json").unlink(missing_ok=True)
    edition.mirror.cache_clear()
    press = Press(django, edition.mirror())
    assert [read(press, "/").status for _time in range(2)] == [200, 200]
    assert django.asked == ["/", "/"]
