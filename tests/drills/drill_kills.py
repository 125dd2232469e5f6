"""The server is killed a hundred times at random moments while people ask, decide, write and publish: nothing is lost.

Killing a process does not prove the disk, so the settings are looked at as well that make the database wait for it.
"""

import http.client
import os
import random
import re
import signal
import time
from contextlib import suppress

import pytest

from tests.drills.crowd import Doings, dashed, is_known
from tests.drills.drill_crashes import wait_for_workers
from tests.drills.site import Site
from tests.drills.visitors import Host, Visitor, asker, take_time

KILLS = 100
LARGEST_SHARE = 10
"""Every so many kills it is the whole server that goes, and not one of its workers."""
MAKE = "from tests import factories; factories.published_episode('Kept whole', number=1, slug='kept-whole')"


def wait_for_an_answer(site: Site) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if site.processes["granian"].poll() is not None:
            # Two workers that die within a few seconds end the server, and systemd starts it again (Restart=always).
            site.processes.pop("granian")
            site.start_server()
        with suppress(OSError, http.client.HTTPException):
            if Visitor(site, "granian", address="192.0.2.11").get("/ask/").status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not come back")


def kill_something(site: Site, chance: random.Random, number: int) -> None:
    wait_for_an_answer(site)
    time.sleep(chance.uniform(0, 1.2))
    if number % LARGEST_SHARE:
        with suppress(IndexError, ProcessLookupError, OSError):
            os.kill(chance.choice(site.workers()), signal.SIGKILL)
        return
    site.kill()
    site.start_server()


def test_a_hundred_kills_lose_no_question_no_decision_and_no_half_of_an_episode(
    site: Site, host: Host, figures: list[str]
) -> None:
    way, seed = site.ways[0], random.SystemRandom().randrange(10**6)
    prepared = [asker(Visitor(site, way, address=f"198.18.8.{at}")) for at in range(120)]
    for at, someone in enumerate(prepared):
        someone.looks_over(f"To be decided while it falls over {at}?")
    take_time()
    for someone in prepared:
        someone.presses("send")
    found = site.rows("SELECT ref FROM questions_question ORDER BY number DESC")
    refs = [dashed(str(ref)) for (ref,) in found[:120]]
    written = refs.pop()
    host.decides(written, "claim")
    site.manage("shell", "-v0", "-c", MAKE)
    ((episode,),) = site.rows("SELECT ref FROM questions_episode WHERE slug = 'kept-whole'")
    doings = Doings(site, way, seed)
    threads = [doings.again_and_again(doings.asks(place)) for place in (1, 2, 3)]
    threads += [
        doings.again_and_again(doings.decides(Host(site, way), refs)),
        doings.again_and_again(doings.writes(Host(site, way), written)),
        doings.again_and_again(doings.publishes(Host(site, way), dashed(str(episode)))),
    ]
    try:
        for number in range(1, KILLS + 1):
            kill_something(site, doings.chance, number)
    finally:
        doings.over.set()
        for thread in threads:
            thread.join()
    wait_for_workers(site)
    figures.append(
        f"{KILLS} kills (seed {seed}) through {way}: {len(doings.codes)} tickets, {len(doings.kept)} decisions, "
        f"{len(doings.turned)} publications and retractions confirmed, of {doings.tries} tries"
    )
    done = (len(doings.codes), len(doings.kept), len(doings.turned))
    assert min(done) > 5, "next to nothing was done between the kills"
    # Every ticket that was shown opens its question.
    assert [words for code, words in doings.codes if not is_known(site, way, code)] == []
    stored = site.rows("SELECT count(*) FROM questions_question")[0][0]
    assert stored >= len(doings.codes) + len(prepared)
    # Every decision that was confirmed stands.
    states = {dashed(str(ref)): state for ref, state in site.rows("SELECT ref, state FROM questions_question")}
    assert [ref for ref in doings.kept if states[ref] != "kept"] == []
    assert site.manage("verify_history").strip()
    # What was saved last, or something later, is on the page.
    draft = host.visitor.get(f"/desk/questions/{written}/answer/").content.decode()
    shown = re.search(r"Draft number (\d+) of the kills", draft)
    confirmed = re.search(r"number (\d+)", doings.saved.get(written, "number 0"))
    assert shown
    assert confirmed
    assert int(shown[1]) >= int(confirmed[1])


def test_no_episode_is_half_out_and_pages_and_search_agree_with_the_database(site: Site) -> None:
    way = site.ways[0]
    rows = site.rows("SELECT slug, release_at, retracted_at, aired_script FROM questions_episode")
    ((slug, released, retracted, script),) = [row for row in rows if row[0] == "kept-whole"]
    assert released
    assert script
    visitor = Visitor(site, way, address="192.0.2.10")
    page = visitor.get(f"/episodes/{slug}/").status_code
    assert page == (410 if retracted else 200)
    assert (f"/episodes/{slug}/" in visitor.get("/episodes/").content.decode()) is (not retracted)
    until = time.monotonic() + 30
    while (found := visitor.get("/search/?q=%22kept+whole%22")).status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    assert found.status_code == 200
    assert (f"/episodes/{slug}/" in found.content.decode()) is (not retracted)


def test_what_is_promised_is_waited_for(site: Site) -> None:
    """A ticket is shown when the database has told the disk, which no kill can show."""
    if site.database.url:
        rows = site.rows("SELECT name, setting FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')")
        found = {str(name): str(setting) for name, setting in rows}
        if found["fsync"] == "off":
            pytest.skip("NOT DRILLED: this PostgreSQL was started for tests, without waiting for the disk")
        assert found == {"synchronous_commit": "on", "fsync": "on"}
        return
    ask = "from django.db import connection; print(connection.cursor().execute('PRAGMA synchronous').fetchone())"
    assert site.manage("shell", "-v0", "-c", ask).strip() == "(2,)"
