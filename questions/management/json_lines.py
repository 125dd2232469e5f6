"""JSON lines as commands read them: one object a line, and a clear word about every line that is none."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class BadLine(Exception):
    """A line that is not what it should be; the message says where it stands and what is wanted."""


def read_lines(
    lines: Iterable[bytes], wanted: str, fits: Callable[[dict[str, Any]], bool], *, source: str = ""
) -> Iterator[dict[str, Any] | BadLine]:
    """The object of each line that has one and that `fits`, a BadLine for each that has not; empty lines are left out.

    `wanted` says in words what fits. The lines are bytes, because what is piped in is UTF-8 whatever a terminal speaks.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line.decode("utf-8-sig"))
            good = isinstance(said, dict) and "id" in said and fits(said)
        except (ValueError, RecursionError):
            good = False
        yield said if good else BadLine(f"{source}line {number}: not JSON with {wanted}")
