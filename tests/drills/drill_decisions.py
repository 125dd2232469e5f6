"""A thousand times two hosts decide about the same question at the same moment: never two winners, never none."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from uuid import UUID

import pytest

from tests.drills.site import Site
from tests.drills.visitors import Answer, Host

ROUNDS = 1000

MAKE = f"""
from questions.models import DeclineReason
from tests import cast, factories
cast.tomas()
DeclineReason.objects.create(slug="drill", label="Drill", words="Nobody asked this.")
for number in range({ROUNDS}):
    factories.asked(f"decision {{number}}")
"""

PAIRS = cycle([("keep", "decline"), ("keep", "keep"), ("claim", "claim"), ("decline", "claim"), ("decline", "decline")])
AFTER = {"keep": "kept", "decline": "declined", "claim": "answering"}
NAMES = ("Noor Haddad", "Tomas Reyl")


@pytest.fixture(scope="module")
def refs(site: Site) -> list[str]:
    """The questions, one for each round."""
    site.manage("shell", "-v0", "-c", MAKE)
    newest = site.rows(f"SELECT ref FROM questions_question ORDER BY number DESC LIMIT {ROUNDS}")  # noqa: S608
    return [str(UUID(str(ref))) for (ref,) in newest]


def token_of(host: Host) -> str:
    """A token for any of the host's forms."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', host.visitor.get("/desk/").content.decode())
    assert found
    return found[1]


def test_two_hosts_who_decide_at_once_have_one_winner(site: Site, refs: list[str], figures: list[str]) -> None:
    hosts = [Host(site, site.ways[0], name=name) for name in ("noor", "tomas")]
    tokens = [token_of(host) for host in hosts]
    ((reason,),) = site.rows("SELECT id FROM questions_declinereason WHERE slug = 'drill'")
    gate = threading.Barrier(2)

    def decide(who: int, ref: str, verb: str) -> Answer:
        fields = {"csrfmiddlewaretoken": tokens[who], "seen": "1", "reason": str(reason)}
        gate.wait()
        return hosts[who].visitor.post(f"/desk/questions/{ref}/{verb}/", fields)

    won, expected = Counter[str](), dict[str, str]()
    with ThreadPoolExecutor(2) as both:
        for ref, verbs in zip(refs, PAIRS, strict=False):
            answers = list(both.map(decide, (0, 1), (ref, ref), verbs))
            statuses = [answer.status_code for answer in answers]
            assert sorted(statuses) == [302, 409], (ref, verbs, statuses)
            winner = statuses.index(302)
            told = answers[1 - winner].content.decode()
            assert f"by {NAMES[winner]}" in told, f"who was slower at {ref} is not told by whom"
            won[NAMES[winner]] += 1
            expected[ref] = AFTER[verbs[winner]]
    states = {str(UUID(str(ref))): state for ref, state in site.rows("SELECT ref, state FROM questions_question")}
    assert {ref: states[ref] for ref in refs} == expected
    deeds = site.rows(
        "SELECT subject, COUNT(*) FROM questions_event WHERE verb IN ('keep', 'decline', 'claim') GROUP BY subject"
    )
    assert {str(UUID(str(ref))): count for ref, count in deeds} == dict.fromkeys(refs, 1)
    figures.append(f"{ROUNDS} questions decided by two at once: {dict(won)}, never two winners, never none")
