"""How fast readers get pages, how soon a change is right, and what the whole server weighs.

Run as `.venv/bin/python -m tests.bench.press`, with DATABASE_URL for PostgreSQL, else on SQLite, where goals that are
meant for PostgreSQL are told without one. Every ratio is taken in turns with its reference. wrk takes a whole core, so
that with two cores a ratio near 1 says that both could do more.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import Figure, report, say
from tests.bench.serving import WRK, Running, in_turns, nginx_with, random_paths, running, wrk
from tests.drills.database import PostgreSQL, SQLite
from tests.drills.site import NAME, NGINX, ROOT, Site, new_keys

EPISODES = 2_000
RETRACTS, READS = 100, 100_000
ELSEWHERE = 20
TURNED = "stop-pretending"
"""An episode of the demo show: what is only put into the tables could not be published again."""
EPISODE = f"/episodes/{TURNED}/"
TAKE_DOWN = (
    "from questions.models import Episode; from questions.actions.retract import retract;"
    "from questions.actions.schedule import publish; from questions.actions.acting import acting;"
    "from questions.models import Person; import sys, time;"
    "by = acting(Person.objects.filter(role='owner').first())\n"
    "for line in sys.stdin:\n"
    "    row = Episode.objects.get(slug=line.strip())\n"
    "    deed = publish if row.retracted_at else retract\n"
    "    deed(row, by=by, seen=row.version)\n"
    "    print('done', flush=True)\n"
)


def against_nginx(server: Running, folder: Path) -> Figure:
    body = server.get(EPISODE, **{"Accept-Encoding": "gzip"})
    plain = server.get(EPISODE)
    files = {f"{EPISODE}index.html": plain, f"{EPISODE}index.html.gz": body}
    with nginx_with(folder / "reference", files) as reference:
        wrk(server.address + EPISODE, seconds=1)
        ratios = in_turns(lambda: wrk(server.address + EPISODE), lambda: wrk(reference + EPISODE))
    return Figure.of("episode page, `make run` ÷ nginx with a file", "≥ 0.6", ratios)


def through_nginx(folder: Path, database: str) -> Figure:
    """The shipped unit behind the shipped file, over TLS, against a bare nginx that sends the very same answer."""
    kept = PostgreSQL(database) if database else SQLite(folder / "home")
    site = Site(folder, new_keys(), kept)
    try:
        site.start()
        site.manage("demo_show")
        reached = http.client.HTTPSConnection("127.0.0.1", site.https, context=site.tls)
        bodies = {}
        for coding in ("identity", "gzip"):
            for _printed_then_kept in range(2):
                reached.request("GET", EPISODE, headers={"Host": NAME, "Accept-Encoding": coding})
                bodies[coding] = reached.getresponse().read()
        files = {f"{EPISODE}index.html": bodies["identity"], f"{EPISODE}index.html.gz": bodies["gzip"]}
        with nginx_with(folder / "reference", files, folder, shipped_headers()) as reference:
            shipped = f"https://127.0.0.1:{site.https}{EPISODE}"
            ratios = in_turns(lambda: wrk(shipped, name=NAME), lambda: wrk(reference + EPISODE, name=NAME))
    finally:
        site.stop()
        kept.close()
    return Figure.of("the same through the shipped nginx, over TLS", "≥ 0.95", ratios)


def shipped_headers() -> str:
    """What the shipped file says of a printed page besides its bytes, so that the reference says it too."""
    shipped = (ROOT / "deploy/nginx/querent.conf").read_text()
    printed = shipped.partition("location ~ /$ {")[2].partition("\n    }\n")[0]
    return "\n".join(line for line in printed.splitlines() if line.strip().startswith("add_header"))


def against_django(server: Running, database: str) -> Figure:
    with running(server.home, database, QUERENT_PRINTS="0") as rendering:
        # As many clients as there are threads to render: more would only wait.
        ratios = in_turns(lambda: wrk(server.address + EPISODE), lambda: wrk(rendering.address + EPISODE, clients=4))
    goal = "≥ 60" if database else ""
    return Figure.of("printed ÷ rendered by Django each time", goal, ratios)


def many_against_one(server: Running, folder: Path) -> Figure:
    paths = [f"/episodes/many-{number}/" for number in range(EPISODES)]
    for path in paths:
        server.get(path, **{"Accept-Encoding": "gzip"})
    script = random_paths(folder, paths)
    # Both workers have read them from the disk once.
    wrk(server.address, script=script)
    (folder / "one").mkdir()
    one = random_paths(folder / "one", [paths[7]])
    ratios = in_turns(lambda: wrk(server.address, script=script), lambda: wrk(server.address, script=one))
    return Figure.of(f"{EPISODES:,} different pages in random order ÷ one", "≥ 0.8", ratios)


class Deeds:
    """A process that retracts and publishes an episode by turns, as a host's request would."""

    def __init__(self, server: Running) -> None:
        self._process = subprocess.Popen(
            [ROOT / ".venv/bin/python", "manage.py", "shell", "-v0", "-c", TAKE_DOWN], cwd=ROOT, text=True,
            env=server.environment | {"QUERENT_MODE": "local"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def turn(self, slug: str) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{slug}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def stale_reads(server: Running) -> Figure:
    """Reads that start after a retract has returned and show the episode all the same: its page or the list."""
    slug, deeds = TURNED, Deeds(server)
    # A page that says "gone" is made each time, and what could be stale are the printed ones that led to it.
    path, listed = f"/episodes/{slug}/", ("/seasons/2/", "/episodes/", "/", "/feeds/episodes.rss")
    stale, lock = [0, 0], threading.Lock()

    def read(connection: http.client.HTTPConnection, address: str) -> tuple[int, bytes]:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def reads(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for at in range(number):
            address = path if at % 10 == 0 else listed[at % len(listed)]
            status, body = read(connection, address)
            with lock:
                stale[1] += 1
                stale[0] += status != 410 if address == path else path.encode() in body
        connection.close()

    for _time in range(RETRACTS):
        deeds.turn(slug)
        readers = [threading.Thread(target=reads, args=[READS // RETRACTS // 4]) for _reader in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        deeds.turn(slug)
        assert read(http.client.HTTPConnection("127.0.0.1", server.port), path)[0] == 200
    deeds.end()
    return Figure.of(f"stale of {stale[1]:,} reads begun after one of {RETRACTS} retracts", "≤ 0", [stale[0]])


def elsewhere(server: Running, folder: Path, database: str) -> Figure:
    """How long another machine shows what was retracted: the same database, a folder of its own."""
    slug, path, taken = TURNED, f"/episodes/{TURNED}/", []
    deeds = Deeds(server)
    with running(server.home, database, QUERENT_PRESS=str(folder / "other")) as other:
        for _time in range(ELSEWHERE):
            connection = http.client.HTTPConnection("127.0.0.1", other.port)

            def status(line: http.client.HTTPConnection = connection) -> int:
                line.request("GET", path)
                answer = line.getresponse()
                answer.read()
                return answer.status

            _until(lambda: status() == 200)
            deeds.turn(slug)
            began = time.monotonic()
            _until(lambda: status() == 410)
            taken.append(time.monotonic() - began)
            deeds.turn(slug)
    deeds.end()
    slowest = f"retracted → right on another host, the slowest of {ELSEWHERE}"
    return Figure(slowest, "≤ 1 s", max(taken), min(taken), max(taken), "s")


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.005)


def weight(server: Running) -> Figure:
    """With every worker warm: pages, a search, the form, the desk's sign-in page."""
    # The index is written in the background first.
    _until(lambda: server.status("/search/?q=probably") == 200)
    for path in ("/search/?q=probably", "/ask/", "/desk/account/login/", "/feeds/episodes.rss", "/") * 8:
        server.get(path)
    return Figure.of(
        "memory of the whole server, 2 workers, 1,000 episodes, warm", "≤ 200 MB", [server.megabytes()], "MB"
    )


def begins(server: Running) -> Figure:
    starts = []
    for _time in range(5):
        server.stop()
        starts.append(server.start())
    return Figure.of("`make run` on a prepared folder → first page", "≤ 5 s", starts, "s")


def main() -> int:
    database = os.environ.get("DATABASE_URL", "")
    if not (WRK and NGINX):
        say("*** NOT MEASURED: there is no wrk or no nginx on this machine. ***")
        return 1
    figures: list[Figure] = []

    def note(figure: Figure) -> None:
        say(f"... {figure}")
        figures.append(figure)

    with tempfile.TemporaryDirectory(prefix="querent-bench-") as name:
        folder = Path(name)
        (folder / "site").mkdir(mode=0o700)
        note(through_nginx(folder / "site", database))
        server = Running(folder / "home", database)
        try:
            server.start()
            note(against_nginx(server, folder))
            note(against_django(server, database))
            note(stale_reads(server))
            note(elsewhere(server, folder, database))
            note(begins(server))
            server.python("from tests.bench.many import fill; fill(1000)")
            for number in range(1_000):
                server.get(f"/episodes/many-{number}/", **{"Accept-Encoding": "gzip"})
            note(weight(server))
            server.python(f"from tests.bench.many import fill; fill({EPISODES - 1_000}, first=1000)")
            note(many_against_one(server, folder))
        finally:
            server.stop()
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
