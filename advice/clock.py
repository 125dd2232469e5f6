"""The server's own clock: each worker process does what time makes due, without a queue or a cron job."""

import logging
import threading
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

TICK_SECONDS = 300


def tick() -> None:
    """One `manage.py tick`. Whatever goes wrong is noted, and the next tick comes all the same."""
    try:
        call_command("tick")
    except (Exception, SystemExit):
        logging.getLogger(__name__).exception("tick failed")
    finally:
        connections.close_all()


def start(every: float = TICK_SECONDS, deed: Callable[[], None] = tick) -> threading.Event:
    """Tick in the background until the process ends or the returned event is set.

    Several workers may tick at once: every item is locked and looked at again before anything is done to it.
    """
    stop = threading.Event()

    def run() -> None:
        while not stop.wait(every):
            deed()

    threading.Thread(target=run, name="clock", daemon=True).start()
    return stop
