"""What a scanner that nobody of us wrote finds, as a stranger and at the desk: nothing that is not explained.

It takes its time, so it runs only when it is named: `make drill ARGS=tests/drills/drill_scanner.py`. Wapiti is put into
an environment of its own for as long as it runs, and is no part of this project.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.drills.database import SQLite
from tests.drills.site import NAME, NGINX, Site, new_keys
from tests.drills.visitors import Host

WAPITI = "wapiti3==3.2.3"
MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,htp,http_headers,ldap,methods,permanentxss,redirect,"
    "shellshock,sql,ssl,timesql,upload,xss"
)
"""All that ask nobody but us. The others want a place on the internet that we would be made to call."""
SCAN_SECONDS, ATTACK_SECONDS = 60, 20
"""How long it looks for pages, and how long each of its ways of attacking may take."""


class Finding(NamedTuple):
    """What it calls something, where, and in its own words."""

    kind: str
    method: str
    path: str
    info: str


EXPLAINED = {
    # There is no cookie that another site could make use of, and no place for one; tests/doors/test_forged_forms.py
    # sends forms from elsewhere to every address.
    "Lack of anti CSRF token": r"/(ask|receipt)/.*",
    # There is no directory to ask. It takes two pages for two answers of one that show each what was typed.
    "LDAP Injection": r"/ask/.*",
}
"""What it says of which addresses, and why that is as it should be."""


@pytest.fixture(scope="module")
def wapiti() -> Iterator[Path]:
    """The scanner, installed for this run."""
    with tempfile.TemporaryDirectory(prefix="querent-wapiti-") as folder:
        made = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
        pip = [f"{folder}/bin/pip", "install", "-q", "--prefer-binary", WAPITI]
        done = made if made.returncode else subprocess.run(pip, capture_output=True, text=True)
        if done.returncode:
            missing = f"the scanner {WAPITI} cannot be had: {(done.stdout + done.stderr)[-300:]}"
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(f"*** NOT DRILLED: {missing} ***")
        yield Path(folder, "bin/wapiti")


@pytest.fixture(scope="module")
def scanned(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A show with everything in it, at an address that a scanner can go to."""
    if not any("drill_scanner" in argument for argument in request.config.args):
        pytest.skip("NOT DRILLED: the scanner runs when it is named")
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the pages are the same on every database")
    if not NGINX:
        pytest.skip("NOT DRILLED: there is no nginx on this machine")
    with tempfile.TemporaryDirectory(prefix="querent-drill-") as name:
        folder = Path(name)
        # It goes to a number and a port; forms are taken from where the page said it was.
        by_port = {"proxy_set_header Host $host;": "proxy_set_header Host $http_host;"}
        site = Site(folder, new_keys(), SQLite(folder / "home"), names=f"{NAME},127.0.0.1", alterations=by_port)
        try:
            site.start()
            site.manage("demo_show")
            site.manage("shell", "-v0", "-c", "from tests import cast; cast.tomas()")
            yield site
        finally:
            site.stop()


def findings(site: Site, wapiti: Path, *, start: str, cookies: str = "") -> tuple[list[Finding], dict[str, Any]]:
    """Everything that it reports, and what it says of the run itself."""
    with tempfile.TemporaryDirectory(prefix="querent-scan-") as name:
        report = Path(name, "report.json")
        home = f"https://127.0.0.1:{site.https}/"
        command = [
            wapiti, "-u", home, "--start", f"{home}{start}", "--scope", "domain", "-m", MODULES, "-d", "2",
            "-S", "normal", "--max-files-per-dir", "12", "--max-parameters", "30", "--tasks", "4",
            "--max-scan-time", str(SCAN_SECONDS), "--max-attack-time", str(ATTACK_SECONDS),
            "--flush-session", "--store-session", name, "--store-config", name, "--no-bugreport",
            "--verify-ssl", "0", "-x", f"{home}desk/account/logout/", "-f", "json", "-o", report,
            *(("-H", f"Cookie: {cookies}") if cookies else ()),
        ]  # fmt: skip
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=name)
        assert report.exists(), done.stdout[-2000:] + done.stderr[-2000:]
        told = json.loads(report.read_text())
    found = [
        Finding(kind, each["method"], each["path"], each["info"])
        for part in ("vulnerabilities", "anomalies")
        for kind, all_ in told[part].items()
        for each in all_
    ]
    return found, told["infos"]


def unexplained(found: list[Finding]) -> str:
    """What nobody has explained, a line each."""
    left = [
        each
        for each in found
        if not any(each.info.startswith(words) and re.fullmatch(path, each.path) for words, path in EXPLAINED.items())
    ]
    return "\n".join(f"{each.kind}: {each.method} {each.path}: {each.info[:200]}" for each in left)


def test_a_stranger_finds_nothing(scanned: Site, wapiti: Path, figures: list[str]) -> None:
    found, about = findings(scanned, wapiti, start="episodes/")
    figures.append(f"{WAPITI} as a stranger: {len(found)} findings on {about.get('crawled_pages_nbr')} pages")
    assert not unexplained(found), unexplained(found)


def test_somebody_at_the_desk_finds_nothing(scanned: Site, wapiti: Path, figures: list[str]) -> None:
    host = Host(scanned, "nginx", name="tomas")
    cookies = "; ".join(f"{name}={value}" for name, value in host.visitor.cookies.items())
    found, about = findings(scanned, wapiti, start="desk/", cookies=cookies)
    figures.append(f"{WAPITI} at the desk: {len(found)} findings on {about.get('crawled_pages_nbr')} pages")
    assert not unexplained(found), unexplained(found)
    assert int(about.get("crawled_pages_nbr") or 0) > 20
