"""How many questions a second the server takes in, and how long asking takes while readers are at the same server.

Run as `.venv/bin/python -m tests.bench.intake`, with DATABASE_URL for PostgreSQL, else on SQLite, where nothing is
compared. A question counts when the last press, "Send it", is answered with a ticket: every check is done on that way.
The reference is pgbench with one row of about the same size in a transaction of its own, eight clients as well.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests.asking.shown_forms import ShownForms
from tests.bench.figures import Figure, report, say
from tests.bench.serving import WRK, Running, running

A_MOMENT = 4
"""Seconds: whoever sends sooner than after three is held."""
CLIENTS, EACH, ROUNDS = 8, 60, 5
QUIET, BUSY = 200, 200
LETTER = "My partner and I have shared a bed for six years, and since March I have not slept through once. " * 6
EPISODE = "/episodes/stop-pretending/"
PGBENCH = shutil.which("pgbench") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/pgbench")), None)
TABLE = "DROP TABLE IF EXISTS bench_intake; CREATE TABLE bench_intake (id bigserial PRIMARY KEY, ref uuid, letter text)"
INSERT = "INSERT INTO bench_intake (ref, letter) VALUES (gen_random_uuid(), repeat('x', 1400));\n"


class Asker:
    """Somebody with one connection that stays open, as a browser's does."""

    def __init__(self, server: Running) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def get(self) -> str:
        self._connection.request("GET", "/ask/")
        return self._connection.getresponse().read().decode()

    def post(self, fields: dict[str, str]) -> str:
        self._connection.request(
            "POST", "/ask/", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = self._connection.getresponse()
        page = answer.read().decode()
        assert answer.status == 200, (answer.status, page)
        return page

    def looks_over(self, text: str) -> dict[str, str]:
        """From the empty form to the check page; returns what "Send it" would send."""
        fields = _form(self.get(), "check")
        page = self.post({**fields, "text": text, "adult": "on", "step": "check"})
        return {**_form(page, "send"), "step": "send"}


def _form(page: str, step: str) -> dict[str, str]:
    found = ShownForms(page)
    return next(dict(fields) for fields, steps in zip(found.forms, found.steps, strict=True) if step in steps)


def taken_in(server: Running, name: str) -> float:
    """Questions a second that eight askers send at once, each a letter of their own."""
    ready = Asker(server).looks_over(LETTER)
    time.sleep(A_MOMENT)
    faults: list[str] = []

    def sends(number: int) -> None:
        asker = Asker(server)
        for at in range(EACH):
            page = asker.post({**ready, "text": f"{LETTER} {name} {number} {at}"})
            if 'id="code"' not in page:
                faults.append(page)

    askers = [threading.Thread(target=sends, args=[number]) for number in range(CLIENTS)]
    began = time.monotonic()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    took = time.monotonic() - began
    assert not faults, faults[0]
    return CLIENTS * EACH / took


def inserted(url: str, folder: Path) -> float:
    """Rows a second that pgbench inserts."""
    script = folder / "insert.sql"
    script.write_text(INSERT)
    command = [str(PGBENCH), "-n", "-M", "simple", "-c", str(CLIENTS), "-j", "2", "-T", "4", "-f", str(script), url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([\d.]+)", said)
    assert found, said
    return float(found[1])


def against_pgbench(server: Running, url: str, folder: Path) -> list[Figure]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLE)
    rates, ratios = [], []
    for at in range(ROUNDS):
        rates.append(taken_in(server, f"round {at}"))
        ratios.append(rates[-1] / inserted(url, folder))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE bench_intake")
    return [
        Figure.of("questions taken in, 8 clients ÷ pgbench, one row each", "≥ 0.14", ratios),
        Figure.of("questions taken in, 8 clients", "", rates, "/s"),
    ]


def whole_way(server: Running, number: int, name: str) -> list[float]:
    """Seconds of each of three steps of so many askers, one after the other; nobody waits in between."""
    taken: list[float] = []
    asker = Asker(server)

    def timed(deed: Callable[..., str], *fields: dict[str, str]) -> str:
        began = time.monotonic()
        page = deed(*fields)
        taken.append(time.monotonic() - began)
        return page

    for at in range(number):
        fields = _form(timed(asker.get), "check")
        typed = {"text": f"{LETTER} {name} {at}", "adult": "on", "step": "check"}
        page = timed(asker.post, {**fields, **typed})
        timed(asker.post, {**_form(page, "send"), "step": "send"})
    return taken


def p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]


def while_readers_read(server: Running) -> list[Figure]:
    """p99 of a step of asking while one wrk has the server hand out a page as fast as it can ÷ p99 without."""
    assert WRK
    server.get(EPISODE)
    whole_way(server, 20, "warm")
    quiet, busy = [], []
    for at in range(3):
        quiet.append(p99(whole_way(server, QUIET // 3, f"quiet {at}")))
        crowd = subprocess.Popen(
            [WRK, "-t1", "-c32", "-d60s", "-H", "Accept-Encoding: gzip", f"{server.address}{EPISODE}"],
            stdout=subprocess.DEVNULL,
        )
        time.sleep(1)
        try:
            busy.append(p99(whole_way(server, BUSY // 3, f"busy {at}")))
        finally:
            crowd.terminate()
            crowd.wait()
    ratios = [one / other for one, other in zip(busy, quiet, strict=True)]
    return [
        Figure.of("p99 of asking while readers saturate the server ÷ idle", "≤ 10", ratios),
        Figure.of("p99 of a step of asking, idle", "", [1000 * each for each in quiet], "ms"),
    ]


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    if not WRK or (url and not PGBENCH):
        say("*** NOT MEASURED: there is no wrk or no pgbench on this machine. ***")
        return 1
    with tempfile.TemporaryDirectory(prefix="querent-bench-") as name, running(Path(name, "home"), url) as server:
        figures = while_readers_read(server)
        if url:
            figures += against_pgbench(server, url, Path(name))
        else:
            rates = [taken_in(server, f"round {at}") for at in range(ROUNDS)]
            figures.append(Figure.of("questions taken in, 8 clients", "", rates, "/s"))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
