"""The index of what readers can see may be lost, broken, old or just being written: search goes on or says so."""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.actions.retract import retract
from questions.models import Episode
from questions.search import published_files, published_index, published_words
from questions.search.published import NotReady, find
from questions.search.published_files import folder
from questions.search.published_index import catch_up, tidy
from tests import cast, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def naps(db: None) -> Episode:
    """One published episode, which is in the index already."""
    episode = factories.published_episode("Naps at weddings")
    assert found("wedding") == ["Naps at weddings"]
    return episode


def found(typed: str) -> list[str]:
    return [hit.episode.title for hit in find(typed, {}, timezone.now()).hits]


def take_down(episode: Episode) -> None:
    retract(episode, by=acting(cast.tomas()), seen=episode.version)


def start_anew() -> None:
    """What a process has that was just started."""
    published_index._opened = None


@contextmanager
def somebody_else_is_writing() -> Iterator[None]:
    with (folder().parent / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def crashing_after(written: int) -> Iterator[None]:
    """The process dies when so many documents have been handed over."""
    real = published_files._document

    def document(number: int, words: object) -> object:
        nonlocal written
        if not written:
            raise KeyboardInterrupt
        written -= 1
        return real(number, words)  # type: ignore[arg-type]

    with mock.patch.object(published_files, "_document", document), pytest.raises(KeyboardInterrupt):
        yield


def is_on_disk(word: str) -> bool:
    """Whether the files still have this word, also of an episode that is not in the index any more."""
    searcher = published_files.Opened().searcher
    fields = ["open", "behind", *(field.name for field in published_words.FIELDS)]
    literally = any(word.encode() in path.read_bytes() for path in folder().rglob("*") if path.is_file())
    return literally or any(searcher.doc_freq(field, word) for field in fields)


def test_an_index_that_was_deleted_is_written_again(naps: Episode) -> None:
    shutil.rmtree(folder().parent)
    start_anew()
    assert found("wedding") == ["Naps at weddings"]


def test_an_index_that_is_deleted_while_it_is_open_serves_on_and_is_written_with_the_next_edition(
    naps: Episode,
) -> None:
    shutil.rmtree(folder())
    assert found("wedding") == ["Naps at weddings"]
    factories.published_episode("More weddings")
    assert sorted(found("wedding")) == ["More weddings", "Naps at weddings"]
    assert folder().is_dir()


@pytest.mark.parametrize("how", [b"", b"nonsense" * 100])
def test_a_file_that_was_spoilt_is_noticed_and_the_index_written_again(naps: Episode, how: bytes) -> None:
    for path in [path for path in folder().iterdir() if path.is_file() and path.suffix != ".lock"]:
        path.write_bytes(how)
        start_anew()
        assert found("wedding") == ["Naps at weddings"], path.suffix


def breaking(fault: BaseException) -> Any:
    """Whoever looks into an opened index meets this fault."""
    return mock.patch.object(published_files.Opened, "languages", new_callable=mock.PropertyMock, side_effect=fault)


def test_an_index_that_breaks_while_it_is_read_is_cleared_away_and_search_says_so_once(naps: Episode) -> None:
    with (
        breaking(ValueError("corrupt")),
        pytest.raises(NotReady),
    ):
        found("wedding")
    assert found("wedding") == ["Naps at weddings"]


def test_a_panic_of_the_engine_is_such_a_break_and_a_fault_of_ours_is_not(naps: Episode) -> None:
    panic = type("PanicException", (BaseException,), {})
    for fault, told in ((panic("index out of bounds"), NotReady), (TypeError("ours"), TypeError)):
        with breaking(fault), pytest.raises(told):
            found("wedding")


def test_another_schema_has_another_folder_and_the_old_one_goes(naps: Episode) -> None:
    old = folder()
    with mock.patch.object(published_files, "_FORM", "another"):
        start_anew()
        assert found("wedding") == ["Naps at weddings"]
        assert folder().is_dir()
        assert not old.exists()
    start_anew()


def test_a_crash_while_writing_leaves_the_index_as_it_was(naps: Episode) -> None:
    factories.published_episode("Two")
    factories.published_episode("Three")
    with crashing_after(1):
        catch_up(timezone.now())
    with somebody_else_is_writing():
        start_anew()
        assert found("wedding") == ["Naps at weddings"]
    assert sorted(found("wedding")) == ["Naps at weddings", "Three", "Two"]


def test_a_process_that_is_killed_while_writing_leaves_no_lock(naps: Episode) -> None:
    factories.published_episode("Two")
    script = (
        "import fcntl, os, sys, tantivy\n"
        "lock = open(sys.argv[1] + '/../lock', 'a'); fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "writer = tantivy.Index.open(sys.argv[1]).writer(15_000_000, 1); writer.delete_all_documents()\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(folder())], check=False).returncode == -9
    assert sorted(found("wedding")) == ["Naps at weddings", "Two"]


def test_while_somebody_else_writes_the_others_serve_what_they_have_but_nothing_taken_down(naps: Episode) -> None:
    other = factories.published_episode("Another wedding")
    assert len(found("wedding")) == 2
    take_down(other)
    factories.published_episode("A third wedding")
    with somebody_else_is_writing():
        result = find("wedding", {}, timezone.now())
        assert ([hit.episode.title for hit in result.hits], result.count) == (["Naps at weddings"], 1)
        assert result.counts["season"] == {1: 1}
    assert sorted(found("wedding")) == ["A third wedding", "Naps at weddings"]


def test_while_somebody_else_writes_no_word_of_what_was_taken_down_is_suggested(naps: Episode) -> None:
    answer = factories.approved_answer("May I bring Rosalind?", body="Rosalind may come to weddings.")
    episode = factories.published_episode("Guests", answers=[answer])
    assert find("rosalynd wedding", {}, timezone.now()).corrected == "rosalind wedding"
    with somebody_else_is_writing():
        take_down(episode)
        after = find("rosalynd wedding", {}, timezone.now())
        assert (after.corrected, after.suggested, after.count) == ("", "", 1)


def test_where_there_is_no_index_yet_search_says_so_while_somebody_writes_it(naps: Episode) -> None:
    shutil.rmtree(folder())
    start_anew()
    with (
        mock.patch.object(published_index, "A_MOMENT", 0.05),
        somebody_else_is_writing(),
        pytest.raises(NotReady),
    ):
        found("wedding")
    assert found("wedding") == ["Naps at weddings"]


def test_a_full_disk_leaves_what_there_was(naps: Episode) -> None:
    factories.published_episode("Two")
    with mock.patch.object(published_index, "write", side_effect=OSError("no space")):
        assert found("wedding") == ["Naps at weddings"]
    assert len(found("wedding")) == 2


@pytest.mark.django_db(transaction=True)
def test_a_large_show_is_written_in_the_background_and_search_says_so_meanwhile() -> None:
    factories.published_episode("Naps at weddings")
    shutil.rmtree(folder(), ignore_errors=True)
    start_anew()
    with mock.patch.object(published_index, "MOST_WHILE_WAITING", 0):
        with pytest.raises(NotReady):
            found("wedding")
        with published_index._in_background:
            pass
        assert found("wedding") == ["Naps at weddings"]


@pytest.mark.django_db(transaction=True)
def test_many_threads_may_search_and_catch_up_at_once() -> None:
    def search(_number: int) -> list[str]:
        try:
            return sorted(found("wedding"))
        finally:
            connections.close_all()

    factories.published_episode("One")
    assert found("wedding") == ["One"]
    with ThreadPoolExecutor(4) as threads:
        for title in ("Two", "Three"):
            factories.published_episode(title)
            seen = list(threads.map(search, range(8)))
            assert all("One" in titles for titles in seen)
    assert sorted(found("wedding")) == ["One", "Three", "Two"]


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_what_this_one_has_written(naps: Episode) -> None:
    """And the other way round: the second process works on its own, in the same folder."""
    script = (
        "import sys, tantivy; index = tantivy.Index.open(sys.argv[1]); index.reload()\n"
        "print(index.searcher().num_docs, flush=True); input()\n"
        "index.reload(); print(index.searcher().num_docs)"
    )
    command = [sys.executable, "-c", script, str(folder())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "2\n"
        factories.published_episode("Two")
        assert len(found("wedding")) == 2
        assert other.communicate("\n", timeout=120)[0] == "3\n"


def test_only_what_has_changed_is_written_again_in_a_larger_show(naps: Episode) -> None:
    factories.published_episode("Two")
    with (
        mock.patch.object(published_index, "MOST_WHILE_WAITING", 1),
        mock.patch.object(published_files, "_document", wraps=published_files._document) as written,
    ):
        assert len(found("wedding")) == 2
        assert written.call_count == 1


def test_words_that_were_taken_out_are_soon_on_no_disk(naps: Episode) -> None:
    answer = factories.approved_answer("May I bring Rosalind?", body="Rosalind may come.")
    episode = factories.published_episode("Guests", answers=[answer])
    assert found("rosalind") == ["Guests"]
    assert is_on_disk("rosalind")
    correct(episode, bodies=["They may come."], words="A name.", by=acting(cast.tomas()), seen=episode.version)
    take_down(Episode.objects.get(pk=episode.pk))
    assert found("rosalind") == []
    assert not is_on_disk("rosalind")


def test_in_a_larger_show_the_clock_sees_to_that(naps: Episode) -> None:
    with mock.patch.object(published_index, "MOST_WHILE_WAITING", 1):
        factories.published_episode("Two")
        assert len(found("wedding")) == 2
        episode = factories.published_episode("Guests", answers=[factories.approved_answer("Rosalind?")])
        call_command("rebuild_search")
        take_down(episode)
        assert is_on_disk("rosalind")
        assert (found("rosalind"), found("rosalynd")) == ([], [])
        call_command("tick")
        assert not is_on_disk("rosalind")
        assert len(found("wedding")) == 2


def test_the_clock_has_an_episode_in_the_index_before_anybody_searches(naps: Episode) -> None:
    factories.scheduled_episode("Coming")
    then = timezone.now() + timedelta(days=2)
    with factories.the_time(then):
        tidy(then)
        with somebody_else_is_writing():
            assert sorted(found("wedding")) == ["Coming", "Naps at weddings"]


def test_the_command_writes_it_anew_and_says_how_much_it_holds(
    naps: Episode, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name for path in folder().iterdir()}
    call_command("rebuild_search")
    assert capsys.readouterr().out == "The index holds 1 published episode.\n"
    assert {path.name for path in folder().iterdir()} != before


def test_nobody_else_on_the_machine_may_read_the_folder(naps: Episode) -> None:
    path: Path = folder()
    assert [each.stat().st_mode & 0o077 for each in (path.parent, path)] == [0, 0]
