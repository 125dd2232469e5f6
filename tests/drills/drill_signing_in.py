"""Somebody tries names and passwords at the desk's door: neither page nor pace tells whether a name is a host's."""

import re
import statistics
import time

from tests.drills.site import NAME, Site
from tests.drills.visitors import Answer, Visitor

SAMPLES = 60
KNOWN, UNKNOWN = "noor", "nora"


def tries(site: Site, way: str, number: int, name: str) -> tuple[Answer, float]:
    """A wrong password for this name from a network of its own; how long the answer took, in seconds."""
    stranger = Visitor(
        site, way, address=f"198.18.{number}.9", keeps_cookies=True, Referer=f"https://{NAME}/desk/account/login/"
    )
    shown = stranger.get("/desk/account/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
    assert token
    given = {"csrfmiddlewaretoken": token[1], "login": name, "password": f"wrong-{number}-and-long"}
    began = time.perf_counter()
    answer = stranger.post("/desk/account/login/", given)
    return answer, time.perf_counter() - began


def without_what_differs(answer: Answer, name: str) -> str:
    page = answer.content.decode().replace(name, "…")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1…", page)


def test_a_host_s_name_cannot_be_told_from_any_other(site: Site, way: str, figures: list[str]) -> None:
    pages: dict[str, set[str]] = {KNOWN: set(), UNKNOWN: set()}
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(2 * SAMPLES):
        name = (KNOWN, UNKNOWN)[number % 2]
        answer, seconds = tries(site, way, number, name)
        pages[name].add(f"{answer.status_code} {without_what_differs(answer, name)}")
        took[name].append(seconds)
    medians = {name: 1000 * statistics.median(times) for name, times in took.items()}
    ratio = medians[UNKNOWN] / medians[KNOWN]
    figures.append(
        f"wrong passwords through {way}, medians of {SAMPLES}: for a host's name {medians[KNOWN]:.1f} ms, for any "
        f"other {medians[UNKNOWN]:.1f} ms, ratio {ratio:.2f}"
    )
    assert pages[KNOWN] == pages[UNKNOWN]
    assert len(pages[KNOWN]) == 1
    # A check of a password takes tens of milliseconds; where it is left out for some names, this is a third or less.
    assert 0.67 < ratio < 1.5
