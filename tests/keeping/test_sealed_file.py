"""A sealed file opens with its key alone, and shows whatever was done to it."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from pytest_django import Settings

from questions.keeping.sealed_file import MAGIC, CannotOpen, head_of, lines_of, opened, sealed_file
from tests.drills.searching import Search, fresh_stem

pytestmark = pytest.mark.pure

LONG = "long enough to be a key for this one line"


def sealed(path: Path, *said: bytes) -> Path:
    with sealed_file(path) as file:
        for data in said:
            file.write(data)
    return path


def whole(path: Path) -> bytes:
    return b"".join(opened(path))


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.binary(max_size=300)))
def test_whatever_is_written_comes_back(said: list[bytes], tmp_path: Path) -> None:
    assert whole(sealed(tmp_path / "file", *said)) == b"".join(said)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_pieces_of_every_size_come_back(size: int, tmp_path: Path) -> None:
    """Chance does not get smaller, so here the pieces are as large as what is written."""
    said = os.urandom(size)
    assert whole(sealed(tmp_path / "file", said)) == said


def test_lines_come_back_as_lines_wherever_they_are_cut(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"one\ntw", b"o\n\nfour\n", b"five")
    assert list(lines_of(path)) == [b"one", b"two", b"", b"four", b"five"]


def test_nobody_else_on_the_machine_may_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(sealed(tmp_path / "file", b"x").stat().st_mode) == 0o600


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"Is it rude to nap at a wedding?")
    as_written = path.read_bytes()
    # The mark of the house is no part of the lock; whose file it is, is for others to judge.
    places = [place for place in range(len(as_written)) if not len(MAGIC) <= place < len(MAGIC) + 8]
    for place in [*places, len(MAGIC)]:
        path.write_bytes(as_written[:place] + bytes([as_written[place] ^ 1]) + as_written[place + 1 :])
        with pytest.raises(CannotOpen):
            whole(path)


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", os.urandom(3 << 20))
    as_written = path.read_bytes()
    for size in [*range(200), 1 << 20, (1 << 20) + 81, (1 << 20) + 97, (2 << 20) + 113, len(as_written) - 1]:
        path.write_bytes(as_written[:size])
        with pytest.raises(CannotOpen):
            whole(path)
    path.write_bytes(as_written + b"x")
    with pytest.raises(CannotOpen):
        whole(path)


def test_pieces_cannot_be_exchanged_or_left_out(tmp_path: Path) -> None:
    path, other = (sealed(tmp_path / name, os.urandom(3 << 20)) for name in ("file", "other"))
    head, size = 17 + 8 + 8 + 32, (1 << 20) + 16
    data, foreign = path.read_bytes(), other.read_bytes()
    first, second, rest = data[head : head + size], data[head + size : head + 2 * size], data[head + 2 * size :]
    others_first = foreign[head : head + size]
    for wrong in (second + first + rest, second + rest, first + first + rest, others_first + second + rest):
        path.write_bytes(data[:head] + wrong)
        with pytest.raises(CannotOpen):
            whole(path)


def test_another_key_does_not_open_it_and_is_told_apart_from_damage(tmp_path: Path, settings: Settings) -> None:
    path = sealed(tmp_path / "file", b"said")
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CannotOpen, match="sealed with a key that is neither in QUERENT_BACKUP_KEY nor in"):
        whole(path)


def test_older_keys_still_open_what_they_sealed(tmp_path: Path, settings: Settings) -> None:
    path = sealed(tmp_path / "file", b"said")
    settings.SEALING_KEYS = [Fernet.generate_key().decode(), *settings.SEALING_KEYS]
    assert whole(path) == b"said"


def test_a_key_of_its_own_seals_it_and_the_sealing_keys_do_not_open_it(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_KEYS = [LONG]
    path = sealed(tmp_path / "file", b"said")
    assert whole(path) == b"said"
    settings.BACKUP_KEYS = []
    with pytest.raises(CannotOpen):
        whole(path)
    settings.BACKUP_KEYS = [LONG + " and another", LONG]
    assert whole(path) == b"said"


def test_what_was_sealed_before_there_was_a_key_of_its_own_still_opens(tmp_path: Path, settings: Settings) -> None:
    path = sealed(tmp_path / "file", b"said")
    settings.BACKUP_KEYS = [LONG]
    assert whole(path) == b"said"


def test_neither_what_is_in_it_nor_any_key_can_be_found_in_it(tmp_path: Path, settings: Settings) -> None:
    word = fresh_stem()
    settings.BACKUP_KEYS = [LONG]
    keys = [LONG, *settings.SEALING_KEYS, settings.SECRET_KEY, settings.RECEIPT_KEY, settings.HISTORY_KEY]
    path = sealed(tmp_path / "file", f"Write to {word}".encode(), *(key.encode() for key in keys))
    assert Search([word, *keys]).in_places([tmp_path]) == {}
    assert all(key.encode() in whole(path) for key in [word, *keys]), "they are inside"


def test_the_same_words_are_never_the_same_file(tmp_path: Path) -> None:
    heads = [head_of(sealed(tmp_path / name, b"said")) for name in ("one", "two")]
    assert len({head.salt for head in heads if head}) == 2
    assert (tmp_path / "one").read_bytes()[65:] != (tmp_path / "two").read_bytes()[65:]


def test_a_house_knows_its_own_files_whatever_they_are_sealed_with(tmp_path: Path, settings: Settings) -> None:
    head = head_of(sealed(tmp_path / "file", b"said"))
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    assert head
    assert head.is_ours
    settings.HISTORY_KEY = LONG
    assert not head.is_ours


@pytest.mark.parametrize("data", [b"", b"x", MAGIC, b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_such_file_is_said_to_be_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    assert head_of(tmp_path / "file") is None
    with pytest.raises(CannotOpen, match="no backup of Querent"):
        whole(tmp_path / "file")
