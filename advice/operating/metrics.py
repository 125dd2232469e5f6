"""What /metrics tells. Whatever an asker's deed can move is told once a day; `questions/probes/figures.py` says why."""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error

from advice.operating.counting import KINDS, folder
from advice.operating.exposition import Family, Sample, gauge, gauges, spans
from advice.operating.tallies import BUCKETS, STATUSES, read
from questions import edition
from questions.probes import figures
from questions.probes.database import is_reachable
from questions.probes.notes import last_backup, last_tick
from questions.probes.running import failing_webhooks
from questions.probes.show import is_search_behind

_GRAIN = 2**20
"""Bytes. Memory and disk are told in steps of this, which no single letter moves by itself."""


def families(now: datetime) -> Iterator[Family]:
    """All there is to tell at `now`. What cannot be told is left out."""
    yield from _requests()
    yield from _machine()
    yield from _ticks(now)
    is_up = is_reachable()
    yield gauge("querent_database_up", "Whether the database answers.", int(is_up))
    if is_up:
        yield from _house(now)


def _requests() -> Iterable[Family]:
    tallies, processes = read(folder(), KINDS)
    by_status, by_span = [], []
    for kind, tally in tallies.items():
        of_kind = (("kind", kind),)
        by_status += [
            Sample(count, (*of_kind, ("status", status)))
            for status, count in zip(STATUSES, tally.statuses, strict=True)
            if count
        ]
        by_span += spans(of_kind, BUCKETS, tally.spans, tally.seconds)
    memory = [Sample(size, (("worker", str(number)),)) for number, size in enumerate(map(_memory_of, processes))]
    return (
        Family(
            "querent_requests_total",
            "counter",
            "Requests by kind of page and class of status, of all workers here; of asking, as of the end of yesterday.",
            by_status,
        ),
        Family(
            "querent_request_seconds",
            "histogram",
            "Seconds until an answer began; of asking, as of the end of yesterday.",
            by_span,
        ),
        Family("querent_worker_memory_bytes", "gauge", "Resident memory of each worker.", memory),
    )


def _machine() -> Iterator[Family]:
    free = shutil.disk_usage(settings.HOME).free // _GRAIN * _GRAIN
    yield gauge("querent_disk_free_bytes", "Bytes free on the disk of QUERENT_HOME.", free)


def _ticks(now: datetime) -> Iterator[Family]:
    if tick := last_tick():
        yield gauge("querent_last_tick_timestamp_seconds", "When the clock ticked last.", tick.at.timestamp())
        yield gauge("querent_last_tick_seconds", "How long that took.", tick.seconds)
        yield gauge("querent_last_tick_failures", "How many items of it have failed.", sum(tick.failed.values()))
    try:
        backup = last_backup()
    except OSError:
        return
    if backup and backup.is_good:
        yield gauge("querent_last_backup_timestamp_seconds", "When the last backup was made.", backup.at.timestamp())


def _house(now: datetime) -> Iterator[Family]:
    live = (
        ("querent_edition", "The number of the edition that readers get.", edition.current),
        ("querent_search_index_behind", "Whether search lacks something.", lambda: int(is_search_behind(now))),
        ("querent_webhooks_failing", "Webhooks that do not get what they are told.", failing_webhooks),
    )
    for name, meaning, count in live:
        try:
            yield gauge(name, meaning, count())
        except Error:
            continue
    try:
        today = figures.of_today(now)
    except Error:
        return
    if today:
        yield from _of_the_day(today)


def _of_the_day(today: figures.Figures) -> Iterable[Family]:
    at = "as first counted on this day (UTC)"
    deeds = today.deeds_of_askers
    return (
        gauges("querent_questions", f"Questions by state, {at}.", "state", today.questions),
        gauge("querent_questions_held", f"Waiting questions that are held, {at}.", today.held),
        gauge("querent_oldest_waiting_days", "Days the oldest question has waited.", today.oldest_waiting_days),
        gauges("querent_episodes", f"Episodes by state, {at}.", "state", today.episodes),
        gauges("querent_asker_deeds_yesterday", "What askers did yesterday (UTC), by verb.", "verb", deeds),
        gauge("querent_database_size_bytes", f"Bytes the database takes, {at}.", today.database_bytes),
    )


def _memory_of(process: int) -> int:
    """Resident bytes of a process, in whole steps; 0 where it cannot be seen."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // _GRAIN * _GRAIN
