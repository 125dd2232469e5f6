"""What time makes due, while ticks overlap, one item of a hundred is poisoned, and the server was down at the time."""

import subprocess
import time
from datetime import UTC, datetime, timedelta

from tests.drills.site import ROOT, Site
from tests.drills.visitors import Visitor

EPISODES, TICKS = 100, 4
MAKE = """
from datetime import timedelta
from django.utils import timezone
from tests import factories
for number in range(1, {episodes} + 1):
    factories.scheduled_episode(f"Due {{number}}", number=number, at=timezone.now() + timedelta(seconds=40))
"""
POISON = "UPDATE questions_episode SET draft_script = 'not sealed at all' WHERE number = 50"


def test_what_is_due_is_done_once_and_one_poisoned_item_stops_no_other(site: Site, figures: list[str]) -> None:
    before = datetime.now(UTC)
    site.manage("shell", "-v0", "-c", MAKE.format(episodes=EPISODES))
    site.database.change(POISON)
    # The schedule is missed: nobody serves when the time comes.
    with site.without_server():
        while datetime.now(UTC) < before + timedelta(seconds=75):
            time.sleep(1)
    visitor = Visitor(site, site.ways[0], address="192.0.2.20")
    slugs = [slug for (slug,) in site.rows("SELECT slug FROM questions_episode ORDER BY number")]
    answers = [visitor.get(f"/episodes/{slug}/").status_code for slug in slugs]
    python = ROOT / ".venv/bin/python"
    ticks = [
        subprocess.Popen(
            [python, "manage.py", "tick"], cwd=ROOT, env=site.environment, stderr=subprocess.PIPE, text=True
        )
        for _tick in range(TICKS)
    ]
    said = [tick.communicate()[1] for tick in ticks]
    aired: dict[str, int] = dict(
        site.rows("SELECT subject, count(*) FROM questions_event WHERE verb = 'air' GROUP BY subject")
    )
    figures.append(
        f"{EPISODES} episodes due while nobody served, one of them poisoned: {answers.count(200)} pages right at the "
        f"next read, {len(aired)} copies made by {TICKS} ticks at once"
    )
    assert answers.count(200) == EPISODES - 1
    assert len(aired) == EPISODES - 1
    assert set(aired.values()) == {1}
    # The first reader had the damaged one put aside, so no tick met it any more.
    assert {tick.returncode for tick in ticks} == {0}, said
    assert visitor.get("/").status_code == 200
    assert visitor.get("/episodes/").status_code == 200
