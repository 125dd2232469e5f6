"""How the pages that matter do in Lighthouse: a whole installation with the demo show, behind nginx.

Run as `.venv/bin/python -m tests.bench.pages`. Of five runs for each page it takes the lowest score of all categories,
but for search engines on the pages that must not be found: at least 99. An episode weighs 30 KB at the most, all in.
"""

import json
import os
import shutil
import ssl
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

from tests.bench.figures import Figure
from tests.bench.figures import report as report_figures
from tests.drills.database import SQLite
from tests.drills.site import NAME, ROOT, Site, new_keys

# The certificate is made for the installation's name and not for this machine's own address.
UNCHECKED = ssl._create_unverified_context()  # noqa: S323

LIGHTHOUSE = ROOT / "tests/tools/node_modules/lighthouse/cli/index.js"
RUNS = 5
GOAL = 99
HEAVIEST = 30
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
UNFOUND = tuple(category for category in CATEGORIES if category != "seo")


class Goal(NamedTuple):
    name: str
    path: str
    categories: tuple[str, ...]


GOALS = (
    Goal("home", "/", CATEGORIES),
    Goal("episode", "/episodes/{episode}/", CATEGORIES),
    Goal("topic", "/topics/{topic}/", CATEGORIES),
    Goal("search", "/search/?q=talk", UNFOUND),
    Goal("ask", "/ask/", UNFOUND),
)


@contextmanager
def demo_site() -> Iterator[Site]:
    """The shipped unit and the shipped nginx file, in a folder of their own, with the demo show."""
    with tempfile.TemporaryDirectory(prefix="querent-bench-") as name:
        folder = Path(name)
        site = Site(folder, new_keys(), SQLite(folder / "home"))
        try:
            site.start()
            site.manage("demo_show")
            yield site
        finally:
            site.stop()


def scores(site: Site, goal: Goal, report: Path) -> dict[str, int]:
    """One run of Lighthouse, as on a middling phone: its scores of 100."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    flags = [
        "--headless=new", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run",
        "--ignore-certificate-errors", f'--host-resolver-rules="MAP {NAME}:443 127.0.0.1:{site.https}"',
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    command = [
        "node", str(LIGHTHOUSE), f"https://{NAME}{goal.path}", "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}",
    ]  # fmt: skip
    # Now and then the browser starts without a trace (NO_NAVSTART); that says nothing about the page.
    attempts = (subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, timeout=180) for _ in range(3))
    assert any(attempt.returncode == 0 for attempt in attempts), f"Lighthouse cannot measure {goal.path}"
    found = json.loads(report.read_text())["categories"]
    return {category: round(100 * (found[category]["score"] or 0)) for category in CATEGORIES}


def visit(site: Site, path: str) -> None:
    with urlopen(Request(f"https://127.0.0.1:{site.https}{path}", headers={"Host": NAME}), context=UNCHECKED) as page:
        page.read()


def weight(report: Path) -> int:
    """The bytes of the last run's visit, all in: bodies and headers as they came over the wire."""
    return int(json.loads(report.read_text())["audits"]["total-byte-weight"]["numericValue"])


def failed_audits(report: Path) -> list[str]:
    """What kept the last run from full marks."""
    audits = json.loads(report.read_text())["audits"].values()
    return [audit["id"] for audit in audits if audit.get("score") is not None and audit["score"] < 0.9]


def main() -> int:
    figures: list[Figure] = []
    with demo_site() as site, tempfile.TemporaryDirectory() as folder:
        ((episode,),) = site.rows("SELECT slug FROM questions_episode ORDER BY release_at DESC LIMIT 1")
        ((topic,),) = site.rows("SELECT slug FROM questions_topic ORDER BY id LIMIT 1")
        report = Path(folder, "report.json")
        for goal in (goal._replace(path=goal.path.format(episode=episode, topic=topic)) for goal in GOALS):
            # Each worker fills its memory when it is first asked.
            for _visit in range(6):
                visit(site, goal.path)
            runs = [scores(site, goal, report) for _run in range(RUNS)]
            lowest = [min(run[category] for category in goal.categories) for run in runs]
            kilobytes = weight(report) / 1024
            lacks = ", ".join(failed_audits(report)) if statistics.median(lowest) < GOAL else ""
            figures.append(Figure.of(f"Lighthouse, {goal.name}: lowest of its scores", f"≥ {GOAL}", lowest, note=lacks))
            heaviest = f"≤ {HEAVIEST} KB" if goal.name == "episode" else ""
            figures.append(Figure.of(f"a first visit to {goal.name}, all in", heaviest, [kilobytes], "KB"))
    return report_figures(figures)


if __name__ == "__main__":
    sys.exit(main())
