"""Two servers behind one nginx, a primary with a standby that is waited for, and a shared memory.

One part after the other is lost while people ask, decide and read: no question is lost, readers notice nothing, and the
desk says what is wrong.
"""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from tests.drills.cluster import ROOT, Cluster, Wherever
from tests.drills.crowd import READ, Doings, Readers, is_known
from tests.drills.site import NGINX, Site, free_port, new_keys
from tests.drills.visitors import Host, Visitor, asker, take_time

REDIS = shutil.which("redis-server")
FIRST, SECOND = "127.0.0.11", "127.0.0.12"
PRIMARY, STANDBY, MEMORY = "127.0.0.21", "127.0.0.22", "127.0.0.31"
MAKE = "from tests import cast, factories; cast.noor();" \
    "factories.published_episode('Kept whole', number=1, slug='kept-whole')"  # fmt: skip
SECONDS = 8
"""For so long each part stays lost."""

pytestmark = pytest.mark.skipif(
    not (NGINX and REDIS and os.environ.get("DATABASE_URL")),
    reason="NOT DRILLED: several servers need PostgreSQL, nginx and Redis",
)


class Memory:
    """A Redis that writes nothing down."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        assert REDIS
        quiet = ("--save", "", "--appendonly", "no", "--dir", str(self.folder), "--logfile", str(self.folder / "redis"))
        command = [REDIS, "--bind", MEMORY, "--port", str(self.port), *quiet]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@dataclass
class Show:
    """Everything a show consists of that has grown to several machines."""

    first: Site
    second: Site
    primary: Cluster
    standby: Cluster
    memory: Memory

    def says(self, host: Host) -> str:
        """What the operator's page says, without tags."""
        page = host.visitor.get("/desk/house/well/")
        assert page.status_code == 200, page.status_code
        return re.sub(r"(<[^>]+>|\s)+", " ", page.content.decode())


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    folder = tmp_path_factory.mktemp("grown")
    for place in (*folder.parents[:2], folder):
        place.chmod(0o755)
    beside = os.environ["DATABASE_URL"]
    with ExitStack() as to_stop:
        primary = Cluster(beside, folder / "primary", PRIMARY, free_port()).make().start()
        to_stop.callback(primary.stop)
        standby = Cluster(beside, folder / "standby", STANDBY, free_port()).follow(primary).start()
        to_stop.callback(standby.stop)
        primary.orders("primary.sql")
        primary.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")
        (folder / "memory").mkdir()
        memory = Memory(folder / "memory")
        to_stop.callback(memory.kill)
        database = Wherever(primary, standby)
        database.change((ROOT / "deploy/postgresql/quiet.sql").read_text())
        first, second = two_servers(folder, database, memory)
        to_stop.callback(first.stop)
        to_stop.callback(second.stop)
        second.start(in_front=False)
        first.manage("shell", "-v0", "-c", MAKE)
        first.start()
        yield Show(first, second, primary, standby, memory)


def two_servers(folder: Path, database: Wherever, memory: Memory) -> list[Site]:
    """Servers that share all but their machines; the first one has nginx, which has a machine of its own."""
    ports = {FIRST: free_port(), SECOND: free_port()}
    listening = [f"{address}:{port}" for address, port in ports.items()]
    environment = new_keys() | {
        "QUERENT_CACHE": f"redis://{MEMORY}:{memory.port}",
        "QUERENT_SERVERS": ",".join(listening),
    }
    shipped = (ROOT / "deploy/nginx/two-servers.conf").read_text()
    upstream = shipped.replace("10.0.0.11:8000", listening[0]).replace("10.0.0.12:8000", listening[1])
    conf = (ROOT / "deploy/nginx/querent.conf").read_text()
    (block,) = re.findall(r"^upstream querent \{.*?^\}\n", conf, re.MULTILINE | re.DOTALL)
    sites = []
    for at, address in enumerate(listening):
        (folder / f"server-{at}").mkdir()
        sites.append(Site(folder / f"server-{at}", environment, database, listens=address))
    # Where nginx is, no page is printed.
    sites[0].alterations = {block.replace("/run/querent/web.sock", str(sites[0].socket)): upstream} | {
        f"root {sites[0].cache};": f"root {folder / 'nothing-printed'};"
    }
    return sites


def test_the_shared_memory_holds_no_address_and_no_name(grown: Show) -> None:
    Host(grown.first, "nginx")
    shared = redis.Redis(MEMORY, grown.memory.port)
    kept = {name: shared.get(name) for name in shared.scan_iter()}
    assert kept
    for name, value in kept.items():
        assert re.fullmatch(rb":1:[0-9a-f]{64}", bytes(name))
        json.loads(value or b"")
        assert b"noor" not in (value or b"")


def test_no_question_is_lost_and_readers_notice_nothing_whatever_is_lost(grown: Show, figures: list[str]) -> None:
    site = grown.first
    host = Host(site, "nginx")
    prepared = [asker(Visitor(site, "nginx", address=f"198.18.21.{at}")) for at in range(60)]
    for at, someone in enumerate(prepared):
        someone.looks_over(f"To be decided in a show that has grown {at}?")
    take_time()
    for someone in prepared:
        someone.presses("send")
    refs = [str(ref) for (ref,) in site.rows("SELECT ref FROM questions_question")]
    everything = grown.says(host)
    for sentence in ("2 servers answer.", "1 standby has all that was received.", "It answers."):
        assert sentence in everything, everything
    for path in READ:
        for server in (grown.first, grown.second):
            assert Visitor(server, "direct", address="192.0.2.12").get(path).status_code == 200
    doings = Doings(site, "nginx", 7)
    readers = Readers(site)
    threads = [doings.again_and_again(doings.asks(place)) for place in (1, 2)]
    threads.append(doings.again_and_again(doings.decides(Host(site, "nginx"), refs)))
    try:
        lose_a_server(grown, host, figures, doings)
        lose_the_memory(grown, host)
        lose_the_primary(grown, host, figures, doings)
    finally:
        doings.over.set()
        for thread in threads:
            thread.join()
        readers.end()
    figures.append(
        f"grown: {readers.read:,} pages read while each part was lost for {SECONDS} s, {len(readers.wrong)} wrong, "
        f"the slowest after {readers.slowest:.2f} s; {len(doings.codes)} tickets, {len(doings.kept)} decisions"
    )
    assert readers.wrong == []
    assert min(len(doings.codes), len(doings.kept)) > 5, "next to nothing was done"
    assert [words for code, words in doings.codes if not is_known(site, "nginx", code)] == []
    states: dict[str, str] = dict(site.rows("SELECT ref::text, state FROM questions_question"))
    assert [ref for ref in doings.kept if states[ref] != "kept"] == []
    assert site.manage("verify_history").strip()


def lose_a_server(grown: Show, host: Host, figures: list[str], doings: Doings) -> None:
    before = len(doings.codes)
    grown.second.kill()
    time.sleep(SECONDS)
    assert "Of 2 servers no answer comes from number 2." in grown.says(host)
    asked = len(doings.codes) - before
    figures.append(f"one of two servers lost: {asked} questions arrived within {SECONDS} s all the same")
    assert asked > 0
    grown.second.start_server()


def lose_the_memory(grown: Show, host: Host) -> None:
    grown.memory.kill()
    time.sleep(1)
    assert "The shared memory does not answer." in grown.says(host)
    # Who signs in meanwhile can.
    Host(grown.first, "nginx")
    time.sleep(SECONDS)
    grown.memory.start()


def lose_the_primary(grown: Show, host: Host, figures: list[str], doings: Doings) -> None:
    grown.primary.stop("immediate")
    lost = time.monotonic()
    time.sleep(SECONDS)
    before = len(doings.codes)
    grown.standby.orders("promote.sql")
    promoted = time.monotonic()
    while len(doings.codes) == before:
        assert time.monotonic() < promoted + 60, "nobody can ask any more"
        time.sleep(0.1)
    figures.append(
        f"primary lost, and the standby promoted {promoted - lost:.1f} s later: the next question was received "
        f"{time.monotonic() - promoted:.1f} s after that"
    )
    time.sleep(SECONDS)
    assert "There is none; backups are what there is." in grown.says(host)


def test_whoever_sends_while_no_database_answers_is_told_so_and_keeps_the_words(grown: Show) -> None:
    """The last thing that is lost: afterwards nothing is left to be asked."""
    someone = asker(Visitor(grown.first, "nginx", address="198.18.22.1"))
    someone.looks_over("Is it rude to nap in a show that has grown?")
    take_time()
    grown.standby.stop("immediate")
    began = time.monotonic()
    someone.presses("send")
    assert someone.answer.status_code == 503
    assert "Is it rude to nap in a show that has grown?" in someone.answer.content.decode()
    assert time.monotonic() - began < 10
