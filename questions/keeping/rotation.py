"""Whatever is sealed with an older key is sealed with the newest one, row by row, while everybody goes on.

A text is opened and sealed in memory alone, and put back only where it still stands as it was read: whoever writes at
the same moment wins, and their text is looked at again. So it may be stopped and begun again at any time.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from questions.actions.erasing import erase_from_disk
from questions.keeping.second_steps import replaced, tokens_in
from questions.models.person import SECOND_STEP_PLACE
from questions.sealing import SealBroken, Sealed, SealedTextField, key_of, reseal

ROWS_AT_ONCE = 100
"""So many rows are changed in one transaction: nobody waits for it longer than for any deed."""

PAUSE = 2.0
"""Seconds before it is looked again: somebody who had read an old text may only now write it back."""

_ROUNDS = 20

NEWEST = 0
"""The place of the key that seals."""

Counts = Counter[int | None]
"""How many sealed texts each key opens, by its place in QUERENT_SEALING_KEYS; None for those that no key opens."""


@dataclass(frozen=True)
class Column:
    """A column in which something sealed stands."""

    model: type[models.Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.db_table}.{self.field}"

    @property
    def is_of_second_steps(self) -> bool:
        return self.model is Authenticator

    def some_rows(self) -> Iterator[list[tuple[int, Any, Any]]]:
        """The number and the ref of each row in which something stands, and what stands there; some at a time."""
        named, last = ("pk", "pk" if self.is_of_second_steps else "ref", self.field), 0
        rows = self.model._base_manager.exclude(**{self.field: None}).order_by("pk").values_list(*named)
        while some := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
            yield some
            last = some[-1][0]

    def tokens(self, value: Any) -> list[str]:
        return tokens_in(value) if self.is_of_second_steps else [value]

    def needs_renewal(self, value: Any) -> bool:
        """Whether an older key has sealed any of it. What no key opens stays as it is."""
        return any(key_of(token) not in (NEWEST, None) for token in self.tokens(value))

    def renewed(self, ref: Any, value: Any) -> Any:
        """The same under the newest key. Raises SealBroken where it stands in a place that is not its own."""
        if not self.is_of_second_steps:
            return Sealed(reseal(value, place=f"{self.name}:{ref}"))
        old = [token for token in tokens_in(value) if key_of(token) not in (NEWEST, None)]
        return replaced(value, {token: reseal(token, place=SECOND_STEP_PLACE) for token in old})

    def swap(self, pk: int, value: Any, renewed: Any) -> bool:
        """Put the renewed value where the old one stands; False where something else stands there by now."""
        rows = self.model._base_manager.filter(**{"pk": pk, self.field: value})
        return bool(rows.update(**{self.field: renewed}))


def columns() -> list[Column]:
    """Every column in which something sealed stands."""
    found = [
        Column(model, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]
    return [*found, Column(Authenticator, "data")]


def name_of_key(place: int) -> str:
    """What a key may be called in public: the beginning of its digest."""
    return hashlib.sha256(settings.SEALING_KEYS[place].encode()).hexdigest()[:8]


def count() -> Counts:
    """How many sealed texts need which key."""
    return sum((_count(column) for column in columns()), Counter())


def rotate(tell: Callable[[str], None], *, pause: float = PAUSE) -> Counts:
    """Seal everything with the newest key, again and again until there was nothing left to do; returns who needs what.

    `tell` hears how far it is. If older keys are still counted, somebody goes on sealing with them, or a text stands in
    a place where it does not open.
    """
    for number in range(_ROUNDS):
        if number:
            time.sleep(pause)
        done = 0
        for column in columns():
            if changed := _renew(column):
                tell(f"{column.name}: {changed} sealed anew")
                done += changed
        if not done:
            break
    return count()


def _count(column: Column) -> Counts:
    values = (value for some in column.some_rows() for _pk, _ref, value in some)
    return Counter(key_of(token) for value in values for token in column.tokens(value))


def _renew(column: Column) -> int:
    """Renew what older keys have sealed in one column; returns how many rows were changed."""
    changed = 0
    for some in column.some_rows():
        fresh = []
        for pk, ref, value in some:
            if column.needs_renewal(value):
                with suppress(SealBroken):
                    fresh.append((pk, value, column.renewed(ref, value)))
        if fresh:
            with transaction.atomic():
                changed += sum(column.swap(*row) for row in fresh)
    if changed:
        with transaction.atomic():
            erase_from_disk()
    return changed
