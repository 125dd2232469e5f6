"""How the cost of a page grows with the show: each page rendered by Django, an edition's change, and a search.

Run as `.venv/bin/python -m tests.bench.growth [SIZE …]`, with DATABASE_URL for PostgreSQL, else on SQLite. Pages are
printed once an edition (advice/press), so this is what one printing costs, in milliseconds of the clock.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import django

from tests.bench.figures import Figure, report, say

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 7
MOST = 3
"""A page of the largest show may cost so many times what it costs in one of a thousand episodes."""
WATCHED = ("episode", "home", "feed")
WORDS = 300
"""Words of an answer: what a page costs beside its own words is asked here."""


def get(application: Callable[..., Any], path: str, query: str = "") -> float:
    """Milliseconds until the whole page is there."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": query, "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
    }  # fmt: skip
    began = time.perf_counter()
    parts = application(environ, lambda status, headers, exc_info=None: told.append(status))
    b"".join(parts)
    parts.close()
    taken = 1000 * (time.perf_counter() - began)
    assert told[0].startswith("200"), f"{path}: {told[0]}"
    return taken


def pages_of(size: int) -> dict[str, str]:
    return {
        "episode": f"/episodes/many-{size // 2}/",
        "home": "/",
        "feed": "/feeds/episodes.rss",
        "all episodes": "/episodes/",
        "all episodes, last page": f"/episodes/page/{-(-size // 20)}/",
        "topic": "/topics/topic-1/",
        "topics": "/topics/",
        "person": "/people/person-1/",
        "sitemap": "/sitemap.xml",
    }


def measured(size: int, before: int, application: Callable[..., Any]) -> dict[str, list[float]]:
    from django.db import connection, transaction

    from questions import edition
    from tests.bench.many import fill

    fill(size - before, WORDS, first=before)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    taken: dict[str, list[float]] = {}
    for name, path in pages_of(size).items():
        get(application, path)
        taken[name] = [get(application, path) for _round in range(ROUNDS)]
    changes = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        with transaction.atomic():
            edition.advance()
        changes.append(1000 * (time.perf_counter() - began))
    taken["a new edition"] = changes
    return taken


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with tempfile.TemporaryDirectory(prefix="querent-bench-") as name:
        os.environ["QUERENT_HOME"] = name
        django.setup()
        from django.core.handlers.wsgi import WSGIHandler

        from tests.bench.desk import a_database

        sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
        with a_database():
            application, found, before = WSGIHandler(), {}, 0
            for size in sizes:
                found[size] = measured(size, before, application)
                before = size
    say(f"{'ms':26}" + "".join(f"{size:>12,}" for size in sizes))
    for name in found[sizes[0]]:
        say(f"{name:26}" + "".join(f"{statistics.median(found[size][name]):12.1f}" for size in sizes))
    figures = [
        Figure.of(f"{name}, {size:,} episodes", "", found[size][name], "ms") for name in found[size] for size in sizes
    ]
    if {1_000, sizes[-1]} <= set(sizes) and sizes[-1] > 1_000:
        for name in WATCHED:
            ratios = [one / other for one, other in zip(found[sizes[-1]][name], found[1_000][name], strict=True)]
            figures.append(Figure.of(f"{name}: {sizes[-1]:,} episodes ÷ 1,000", f"≤ {MOST}", ratios))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
