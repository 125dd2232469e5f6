"""Memory that was used for a moment goes back to the machine: a show lives on one small server.

The C library keeps what was freed until the end of its heap is free. A large index or a round of pages leaves holes in
it that are used again only by the next one; 24 of 238 MB were such holes (`tests/bench/press.py`, two workers, 1,000
episodes).
"""

import ctypes
import threading
import time
from contextlib import suppress

EVERY_SECONDS = 10


def give_back() -> None:
    """Give free pages back. Takes some milliseconds, in which others run; does nothing where the C library cannot."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def start(every: float = EVERY_SECONDS) -> None:
    """Give memory back again and again in the background, until the process ends."""

    def run() -> None:
        while True:
            time.sleep(every)
            give_back()

    threading.Thread(target=run, name="thrift", daemon=True).start()
