"""What the readers' search costs, at several sizes: writing its index, and a search in the engine and as a whole page.

Run as `.venv/bin/python -m tests.bench.search [SIZE …]`; the index is written from a SQLite file in a temporary folder.
With DATABASE_URL the same documents are ranked by PostgreSQL as well, by `ts_rank` over a GIN index of a generated
column. Words are made up after Zipf's law (60,000 different ones, 1,500 in an episode), so what is found means nothing;
only the cost is measured, by the clock.
"""

import gc
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import django
import psycopg

from tests.bench.figures import Figure, report, say
from tests.bench.growth import get
from tests.bench.many import Words

SIZES = (100, 1_000, 10_000, 100_000)
SEARCHES, ROUNDS = 40, 3
# How common the words of a search are, by their places in the vocabulary.
COMMONNESS = {"very common": (0, 5), "common": (20, 60), "rather rare": (800, 1_200), "rare": (15_000, 20_000)}
SHAPES = {
    **{f"one {name} word": [name] for name in COMMONNESS},
    "two common words": ["common", "common"],
    "three words": ["very common", "common", "rather rare"],
}
RANKED = (
    "SELECT id FROM bench_search, to_tsquery('english', %s) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10"
)


def searches(shape: list[str], seed: int) -> list[str]:
    """So many searches of this shape; the same each time."""
    vocabulary, chance = Words().vocabulary, random.Random(seed)
    return [" ".join(vocabulary[chance.randint(*COMMONNESS[name])] for name in shape) for _search in range(SEARCHES)]


def p95(taken: list[float]) -> float:
    return sorted(taken)[int(0.95 * len(taken))]


def timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def in_engine(typed: str) -> None:
    """Everything but the page: understood, found, counted and told apart by what it can be narrowed down to."""
    from django.utils import timezone

    from questions.search import published_index
    from questions.search.published import _Search
    from questions.search.published_query import Questions, Way
    from questions.search.typed import wanted_by

    now = timezone.now()
    opened, is_behind = published_index.current(now)
    asked = _Search(opened, {}, now, [], True, is_behind)
    if query := Questions(opened, wanted_by(typed), {}).by(Way.EVERY_WORD):
        asked._count(query)
        opened.searcher.search(query, 10, count=False)
        asked._counts(query)


def as_a_page(application: Callable[..., Any], typed: str) -> None:
    get(application, "/search/", urlencode({"q": typed}))


def of_size(size: int, before: int, application: Callable[..., Any], ways: dict[str, list[float]]) -> list[Figure]:
    """The figures of a show of this size, which had `before` episodes until now."""
    from django.db import transaction
    from django.utils import timezone

    from questions import edition
    from questions.models import Episode
    from questions.search import published_index
    from questions.search.published_files import folder
    from tests.bench.many import fill

    fill(size - before, first=before)
    build = timed(lambda: published_index.rebuild(timezone.now()))
    on_disk = sum(path.stat().st_size for path in folder().iterdir()) / 1e6
    is_largest = size == SIZES[-1]
    figures = [
        Figure.of(f"index build, {size:,} episodes", "≤ 120 s" if is_largest else "", [build], "s"),
        Figure.of(f"index on disk, {size:,} episodes", "≤ 600 MB" if is_largest else "", [on_disk], "MB"),
    ]

    def change_one() -> None:
        with transaction.atomic():
            Episode.objects.filter(pk=Episode.objects.values("pk")[:1]).update(version=random.randint(10, 10**6))
            edition.advance()
        published_index.catch_up(timezone.now())

    figures.append(Figure.of(f"one changed → in the index, {size:,}", "", [timed(change_one) for _ in range(3)], "s"))
    gc.collect()
    for way, limit in (("engine", 8), ("whole request", 15)):
        worst: list[float] = []
        for name, shape in SHAPES.items():
            taken = []
            for at in range(ROUNDS):
                every = searches(shape, at)
                deed = in_engine if way == "engine" else partial(as_a_page, application)
                deed(every[0])
                taken.append(p95([1000 * timed(partial(deed, typed)) for typed in every]))
            say(f"{size:>9,}  {way:14} {name:24} p95 {statistics.median(taken):8.1f} ms")
            worst = max(worst, taken, key=statistics.median) if worst else taken
            if size == SIZES[-1] and name == "one very common word":
                ways[way] = taken
        goal = f"≤ {limit} ms" if is_largest else ""
        figures.append(Figure.of(f"search, p95 of the slowest kind, {way}, {size:,}", goal, worst, "ms"))
    figures.append(
        Figure.of(
            f"memory of the process, {size:,}", "", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], "MB"
        )
    )
    return figures


def ranked_by_postgresql(url: str, size: int) -> list[float]:
    """Milliseconds of `ts_rank` over a GIN index for one very common word among the same documents."""
    from questions.models import Episode

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_search")
        connection.execute(
            "CREATE UNLOGGED TABLE bench_search (id bigint PRIMARY KEY, body text, words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)"
        )
        with connection.cursor().copy("COPY bench_search (id, body) FROM STDIN") as copy:
            for pk, script in Episode.objects.order_by("pk")[:size].values_list("pk", "aired_script").iterator():
                assert script
                segment = script["segments"][0]
                copy.write_row((pk, f"{script['title']} {segment['question']} {segment['body']}"))
        connection.execute("CREATE INDEX ON bench_search USING gin (words)")
        connection.execute("VACUUM ANALYZE bench_search")
        wanted = searches(SHAPES["one very common word"], 0)[:8]
        taken = [1000 * timed(partial(_ranked, connection, typed)) for typed in wanted]
        connection.execute("DROP TABLE bench_search")
    return taken


def _ranked(connection: psycopg.Connection[Any], typed: str) -> None:
    connection.execute(RANKED, [typed]).fetchall()


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    url = os.environ.pop("DATABASE_URL", "")
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory(prefix="querent-bench-") as name:
        os.environ["QUERENT_HOME"] = name
        django.setup()
        from django.core.handlers.wsgi import WSGIHandler

        from tests.bench.desk import a_database

        figures: list[Figure] = []
        ways: dict[str, list[float]] = {}
        with a_database():
            application, before = WSGIHandler(), 0
            for size in sizes:
                figures += of_size(size, before, application, ways)
                before = size
            if url and ways:
                ranking = statistics.median(ranked_by_postgresql(url, sizes[-1]))
                ratios = [ranking / own for own in ways["engine"]]
                note = f"PostgreSQL took {ranking:,.0f} ms (median); ours is the p95"
                figures.append(
                    Figure.of("PostgreSQL ts_rank ÷ engine, one very common word", "≥ 300", ratios, note=note)
                )
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
