"""What counting for /metrics adds to a request: the wrapper around an application that does nothing, and that alone.

Run as `python -m tests.bench.counting`; it takes a few seconds.
"""

import os
from timeit import timeit
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["QUERENT_METRICS_TOKEN"] = "only-so-that-something-is-counted-here"

import django

django.setup()

from advice.operating.counting import counted  # noqa: E402 (the settings have to be there first)
from tests.bench.figures import Figure, report  # noqa: E402

REQUESTS, TURNS = 100_000, 9
MICROSECOND = 1e-6


def nothing(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b""]


def begin(*said: Any) -> None:
    """What a server hands to its application."""


def added(path: str) -> list[float]:
    """Microseconds that a request for this address takes longer, turn by turn."""
    answer, environ = counted(nothing), {"PATH_INFO": path}
    found = []
    for _turn in range(TURNS):
        bare = timeit(lambda: nothing(environ, begin), number=REQUESTS)
        found.append((timeit(lambda: answer(environ, begin), number=REQUESTS) - bare) / REQUESTS / MICROSECOND)
    return found


if __name__ == "__main__":
    pages = {
        "a page of readers": "/episodes/naps/",
        "the form": "/ask/",
        "a receipt, which is not counted": "/receipt/",
    }
    figures = [Figure.of(f"what counting adds to {page}", "≤ 5 µs", added(path), "µs") for page, path in pages.items()]
    raise SystemExit(report(figures))
