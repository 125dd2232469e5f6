"""How long the desk's lists take among a million questions: the first page, one far down, filtered ones, the counts.

Run as `.venv/bin/python -m tests.bench.desk [ROWS]`, on the PostgreSQL of DATABASE_URL or else on SQLite; it makes a
database of its own beside it, and takes that away again. Nine questions of ten are waiting. Goal: the page after
600,000 others takes no more than twice the time of the first one, on PostgreSQL; SQLite is stated.
"""

import os
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import django

from tests.bench.figures import Figure, report, say

ROWS = 1_000_000
DEPTH = 0.6
"""How far down the deep page lies, as a share of all rows."""

ROUNDS = 25
TEXT = "My partner and I have shared a bed for six years, and since March I have not slept through once. " * 3
COLUMNS = (
    "ref", "state", "version", "arrived_on", "receipt_digest", "text", "language", "airing", "may_edit",
    "silence_means_yes", "held", "rank", "clue_count", "objected", "changed_on",
)  # fmt: skip


def questions(rows: int) -> Iterator[tuple[Any, ...]]:
    """Rows as a queue of some years would hold them; each is sealed for its own place, as the field does it."""
    from django.utils import timezone

    from questions.models import Question
    from questions.sealing import seal

    chance, today = random.Random(4), timezone.localdate()
    table = Question._meta.db_table
    for number in range(rows):
        ref = uuid.UUID(int=chance.getrandbits(128), version=4)
        rank = chance.choices((0, 1, 2), (1, 5, 994))[0]
        state = "waiting" if rank < 2 or chance.random() < 0.9 else "kept"
        yield (
            ref, state, 1, today - timedelta(days=number * 900 // rows),
            f"{number:064x}", seal(TEXT, place=f"{table}.text:{ref}"), chance.choice(("en", "en", "en", "de")),
            chance.choice(("freely", "preview", "private")), True, False, "under-18" if rank == 1 else "", rank,
            chance.choice((0, 0, 0, 1, 3)), False, today,
        )  # fmt: skip


def fill(rows: int) -> None:
    """Put the questions into the table, the quickest way each database has."""
    from django.db import connection, transaction

    names = ", ".join(COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY questions_question ({names}) FROM STDIN") as copy:
                for row in questions(rows):
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(COLUMNS))
            connection.connection.executemany(
                f"INSERT INTO questions_question ({names}) VALUES ({marks})",  # noqa: S608
                (tuple(map(_plain, row)) for row in questions(rows)),
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def a_database() -> Iterator[None]:
    """A database of our own, empty and migrated, that is taken away afterwards."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)
        teardown_test_environment()


def measured(deeds: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """The milliseconds of each deed, taken in turns so that whatever else runs slows all of them."""
    taken: dict[str, list[float]] = {name: [] for name in deeds}
    for _round in range(ROUNDS):
        for name, deed in deeds.items():
            begun = time.perf_counter()
            deed()
            taken[name].append(1000 * (time.perf_counter() - begun))
    return taken


def lists(rows: int) -> dict[str, Callable[[], object]]:
    """What is measured: reading a list by itself, and the whole page as a browser gets it."""
    from django.core.cache import cache

    from questions.desk.masthead import counts
    from questions.desk.queue.filters import Filter, Known
    from questions.desk.queue.pages import Place, Queue, page_from
    from questions.lifecycle import QuestionState
    from tests import cast, factories

    noor = cast.noor()
    # Counts are kept until the next event, so there has to be one.
    factories.asked()
    waiting, known = Queue(QuestionState.WAITING, noor), Known.now()
    place = Place.of(waiting.questions[int(rows * DEPTH)])

    def filtered(**values: str) -> Queue:
        return Queue(QuestionState.WAITING, noor, Filter.read(values, known))

    def counted() -> object:
        cache.clear()
        return counts()

    client = cast.signed_in(noor)
    return {
        "list: first page": lambda: page_from(waiting, None),
        "list: deep page": lambda: page_from(waiting, place),
        "list: help": lambda: page_from(filtered(flag="help"), None),
        "list: clues, deep": lambda: page_from(filtered(flag="clues"), place),
        "list: de, private, deep": lambda: page_from(filtered(language="de", consent="private"), place),
        # The dearest there is: every waiting question is looked at. A list of some thousands hides it.
        "list: nothing fits": lambda: page_from(filtered(consent="no"), None),
        "counts, each time": counted,
        "counts, kept": counts,
        "page: first page": lambda: client.get("/desk/"),
        "page: deep page": lambda: client.get(f"/desk/queue/waiting/?from={place}"),
    }


def figures(taken: dict[str, list[float]], *, goal: str) -> Iterator[Figure]:
    """Each deed by itself, and how much longer the deep page takes than the first one of the same round."""
    for name, spent in taken.items():
        yield Figure.of(name, "", spent, "ms")
    for kind in ("list", "page"):
        pairs = zip(taken[f"{kind}: deep page"], taken[f"{kind}: first page"], strict=True)
        yield Figure.of(f"{kind}: deep ÷ first", goal, [deep / first for deep, first in pairs])


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with a_database():
        begun = time.perf_counter()
        fill(rows)
        say(f"{rows:,} questions on {connection.vendor} in {time.perf_counter() - begun:.0f} s")
        taken = measured(lists(rows))
    return report(list(figures(taken, goal="≤ 2" if connection.vendor == "postgresql" else "")))


if __name__ == "__main__":
    sys.exit(main())
