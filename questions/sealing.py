"""Text at rest is sealed: the seal and the model field that wears it.

A sealed text is a Fernet token whose time stamp is fixed at zero (Fernet otherwise stores the second in clear), whose
plaintext is padded to a multiple of 512 bytes (so that its size tells little) and begins with a mark of the row and
column it belongs to (so that a token moved to another row or column does not open). The keys live in the
environment, never in the database.
"""

import hashlib
import hmac
from functools import cache
from typing import Any, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

_BLOCK = 512
_MARK_BYTES = 16
_LENGTH_BYTES = 4


class SealBroken(Exception):
    """The text cannot be opened: a wrong key, a changed token, or a token from another place."""


@cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> MultiFernet:
    return _fernet(tuple(settings.SEALING_KEYS))


def _mark(place: str) -> bytes:
    return hashlib.sha256(place.encode()).digest()[:_MARK_BYTES]


def seal(text: str, *, place: str) -> str:
    """Seal `text` so that it opens only at `place`, a name for one column of one row."""
    words = text.encode("utf-8", "surrogatepass")
    plain = _mark(place) + len(words).to_bytes(_LENGTH_BYTES, "big") + words
    return _keys().encrypt_at_time(plain + bytes(-len(plain) % _BLOCK), 0).decode()


def unseal(token: str, *, place: str) -> str:
    """The text sealed at `place`; raises SealBroken."""
    try:
        plain = _keys().decrypt(token.encode())
    except InvalidToken as broken:
        raise SealBroken(place) from broken
    mark, rest = plain[:_MARK_BYTES], plain[_MARK_BYTES:]
    if not hmac.compare_digest(mark, _mark(place)):
        raise SealBroken(place)
    length = int.from_bytes(rest[:_LENGTH_BYTES], "big")
    return rest[_LENGTH_BYTES : _LENGTH_BYTES + length].decode("utf-8", "surrogatepass")


def reseal(token: str, *, place: str) -> str:
    """The same text under the newest key, for the rotation of keys."""
    return seal(unseal(token, place=place), place=place)


def key_of(token: str) -> int | None:
    """Which of our keys opens the token: its place in the list, of which the first seals; None where none does."""
    for place, key in enumerate(settings.SEALING_KEYS):
        try:
            _fernet((key,)).decrypt(token.encode())
        except InvalidToken:
            continue
        return place
    return None


class Sealed(str):
    """A token as it stands in the database, told apart from the words a program assigns."""

    __slots__ = ()


class _Opener(DeferredAttribute):
    """Opens the token when the attribute is read, so that rows that are only listed stay shut."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            return unseal(value, place=cast(SealedTextField, self.field).place(instance))
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Having a setter makes this a data descriptor, which Python asks before the instance's own dictionary."""
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """Text that is sealed in the database and plain in Python.

    The model must have a unique ``ref`` that is known before the row is stored. ``QuerySet.update`` with plain words
    raises TypeError: only ``save`` and ``bulk_create`` know the row, and only they can seal.
    """

    # What the type checker sees: plain words go in and come out.
    _pyi_private_set_type: str
    _pyi_private_get_type: str

    descriptor_class = _Opener

    def place(self, instance: Any) -> str:
        return f"{instance._meta.db_table}.{self.column}:{instance.ref}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is not None and not isinstance(value, Sealed):
            value = Sealed(seal(value, place=self.place(model_instance)))
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: assign it to a row and save the row")
        return value
