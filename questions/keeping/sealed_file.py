"""A file that only its key opens, and that shows any change, cut or exchange of its parts.

It begins with a magic word, the mark of the house that wrote it, the mark of the key it was sealed with, and a salt
that makes a key of its own for each file. What follows is compressed and cut into pieces of one size; each is sealed
with AES-256-GCM under its number and whether it is the last. So no piece can be left out, doubled or put elsewhere,
and nothing can be cut off the end.
"""

import hmac
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from questions.actions.acting import Refused

MAGIC = b"querent backup 1\n"
_MARK, _SALT, _PIECE, _TAG = 8, 32, 1 << 20, 16
_AT_ONCE = 1 << 22
_HEAD = len(MAGIC) + 2 * _MARK + _SALT
# What is sealed in the rows does not get smaller than a quarter less, however long one tries.
_EFFORT = 1


class CannotOpen(Refused):
    """The file does not open; the message is a sentence that says why."""


@dataclass(frozen=True)
class Head:
    """What stands in the clear at the beginning of a file."""

    house: bytes
    key: bytes
    salt: bytes

    def __bytes__(self) -> bytes:
        return MAGIC + self.house + self.key + self.salt

    @property
    def is_ours(self) -> bool:
        """Whether this installation wrote it, under whichever key."""
        return hmac.compare_digest(self.house, house_mark())


def backup_keys() -> list[str]:
    """The secrets that backups are sealed with, the newest first: those given for it, or else the sealing keys."""
    return settings.BACKUP_KEYS or settings.SEALING_KEYS


def house_mark() -> bytes:
    """What tells the files of one installation from those of another; it stays when sealing keys are changed."""
    return hmac.digest(settings.HISTORY_KEY.encode(), b"house of backups", "sha256")[:_MARK]


def head_of(path: Path) -> Head | None:
    """The head of a file that was written here or elsewhere; None where it is no such file. Raises OSError."""
    with path.open("rb") as file:
        return _head(file)


def _head(file: BinaryIO) -> Head | None:
    head = file.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(MAGIC):
        return None
    house, key, salt = head[len(MAGIC) : -_SALT - _MARK], head[-_SALT - _MARK : -_SALT], head[-_SALT:]
    return Head(house, key, salt)


def _derived(secret: str, purpose: bytes, salt: bytes = b"") -> bytes:
    return HKDF(SHA256(), 32, salt or None, b"querent.backup." + purpose).derive(secret.encode())


def _key_mark(secret: str) -> bytes:
    return _derived(secret, b"mark")[:_MARK]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter:
    """Writes such a file, piece by piece, into one that `sealed_file` has opened."""

    def __init__(self, file: BinaryIO) -> None:
        secret = backup_keys()[0]
        head = Head(house_mark(), _key_mark(secret), os.urandom(_SALT))
        self._file, self._head, self._cipher = file, bytes(head), AESGCM(_derived(secret, b"file", head.salt))
        self._squeeze, self._waiting, self._number = zlib.compressobj(_EFFORT), bytearray(), 0
        self._file.write(self._head)

    def write(self, data: bytes) -> None:
        self._waiting += self._squeeze.compress(data)
        self._put_whole()

    def end(self) -> None:
        self._waiting += self._squeeze.flush()
        self._put_whole()
        self._put(len(self._waiting), is_last=True)

    def _put_whole(self) -> None:
        # The last piece is only known to be the last when there is no other, so one always waits.
        while len(self._waiting) > _PIECE:
            self._put(_PIECE, is_last=False)

    def _put(self, size: int, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, bytes(self._waiting[:size]), self._head))
        del self._waiting[:size]
        self._number += 1


@contextmanager
def sealed_file(path: Path) -> Iterator[SealedWriter]:
    """A new file of this name, readable by nobody else; it is on the disk when the block has ended without a fault.

    Raises OSError.
    """
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        writer = SealedWriter(file)
        yield writer
        writer.end()
        file.flush()
        os.fsync(file.fileno())


def opened(path: Path) -> Iterator[bytes]:
    """What was written into the file, piece by piece.

    Raises CannotOpen where it is no such file, where none of our keys is its key, and where it is not whole: then as
    soon as that shows, so what came before is right and not all. Raises OSError.
    """
    with path.open("rb") as file:
        head = _head(file)
        if head is None:
            raise CannotOpen(f"{path} is no backup of Querent, or its beginning is damaged.")
        cipher = AESGCM(_derived(_secret_of(path, head), b"file", head.salt))
        loosen, number, piece = zlib.decompressobj(), 0, file.read(_PIECE + _TAG)
        while True:
            following = file.read(_PIECE + _TAG)
            try:
                plain = cipher.decrypt(_nonce(number, is_last=not following), piece, bytes(head))
            except InvalidTag:
                raise CannotOpen(f"{path} is damaged or cut: its part {number + 1} does not open.") from None
            while plain:
                yield loosen.decompress(plain, _AT_ONCE)
                plain = loosen.unconsumed_tail
            if not following:
                return
            number, piece = number + 1, following


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines that were written into the file, without their ends. Raises what `opened` raises."""
    rest = b""
    for data in opened(path):
        *whole, rest = (rest + data).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _secret_of(path: Path, head: Head) -> str:
    for secret in [*settings.BACKUP_KEYS, *settings.SEALING_KEYS]:
        if hmac.compare_digest(_key_mark(secret), head.key):
            return secret
    sentence = "is sealed with a key that is neither in QUERENT_BACKUP_KEY nor in QUERENT_SEALING_KEYS"
    raise CannotOpen(f"{path} {sentence}. Add the key of that time behind the others.")
