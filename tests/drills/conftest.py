"""What every drill has: an installation of its own. Only `./dev drill` runs the files named drill_*.py."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.database import Database, PostgreSQL, SQLite
from tests.drills.site import NGINX, Site, new_keys
from tests.drills.visitors import Host

FIGURES: list[str] = []

# Whoever stops a drill stops what it started as well.
signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def figures() -> list[str]:
    """Sentences to print at the end: what was measured, of which nothing is asserted."""
    return FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in FIGURES:
        terminalreporter.write_line(f"  {sentence}")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A production in a folder of its own, on SQLite or on the PostgreSQL of DATABASE_URL; Noor is its owner."""
    with tempfile.TemporaryDirectory(prefix="querent-drill-") as name:
        folder = Path(name)
        url = os.environ.get("DATABASE_URL", "")
        database: Database = PostgreSQL(url) if url else SQLite(folder / "home")
        site = Site(folder, new_keys(), database)
        try:
            site.start()
            site.manage("shell", "-v0", "-c", "from tests import cast; cast.noor()")
            yield site
        finally:
            site.stop()
            database.close()


@pytest.fixture(params=["nginx", "granian"])
def way(request: pytest.FixtureRequest) -> str:
    """How a visitor gets in: through nginx, or straight to the server's socket as without one."""
    chosen: str = request.param
    if chosen == "nginx" and not NGINX:
        pytest.skip("NOT DRILLED: there is no nginx on this machine")
    return chosen


@pytest.fixture(scope="module")
def host(site: Site) -> Host:
    return Host(site, site.ways[0])
