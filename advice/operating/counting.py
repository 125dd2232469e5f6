"""Counts requests in front of everything else, if somebody is to be told; else it is not there at all."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from django.conf import settings

from advice.encoding import Application
from advice.headers import COUNTED, COUNTED_BY_DAY, kind_of
from advice.operating.tallies import Kinds, Tallies

KINDS = Kinds(COUNTED, COUNTED_BY_DAY)


def folder() -> Path:
    """Where the counts of this machine lie."""
    return Path(settings.HOME) / "counts"


@cache
def tallies() -> Tallies:
    """The counts of this process."""
    return Tallies(folder(), KINDS)


def counted(application: Application) -> Application:
    """The application, with each answer counted by its kind of page, its status and how long it took to begin.

    Nothing is counted unless there is a token to read it with.
    """
    if not settings.METRICS_TOKEN:
        return application
    add = tallies().add

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        name = kind_of(environ["PATH_INFO"]).name
        if not name:
            return application(environ, start)
        began, code = perf_counter_ns(), 5

        def noting(status: str, *rest: Any) -> Any:
            nonlocal code
            code = int(status[0])
            return start(status, *rest)

        try:
            return application(environ, noting)
        finally:
            add(name, code, perf_counter_ns() - began)

    return answer
