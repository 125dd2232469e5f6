"""Somebody tries codes."""

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from questions import receipts
from questions.receipts import grouped
from tests.drills.site import Site
from tests.drills.visitors import Answer, Visitor, asker

TRIES, NETWORKS = 1000, 300
SAMPLES = 100
AT_ONCE = 8


def random_codes(count: int) -> list[str]:
    return [" ".join(grouped(receipts.mint(str(number), str(time.time_ns())))) for number in range(count)]


def without(answer: Answer, code: str) -> str:
    """The page with the code and the minutes to wait taken out."""
    return re.sub(r"in \d+ minutes?", "in … minutes", answer.content.decode().replace(code, "…"))


def stored_code(site: Site, way: str) -> str:
    visitor = Visitor(site, way, address="192.0.2.9")
    return asker(visitor).looks_over(f"Is it rude to nap at a wedding, {way}?").presses("send").code


def test_a_thousand_guesses_from_one_network_learn_one_thing(site: Site, way: str) -> None:
    guesser = Visitor(site, way, address="198.51.100.7" if way == "nginx" else "203.0.113.7")
    right = stored_code(site, way)
    guesses = random_codes(TRIES)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda code: guesser.post("/receipt/", {"code": code}), guesses))
    statuses = [answer.status_code for answer in answers]
    unknown = {without(*pair) for pair in zip(answers, guesses, strict=True) if pair[0].status_code == 422}
    waiting = {without(*pair) for pair in zip(answers, guesses, strict=True) if pair[0].status_code == 429}
    assert set(statuses) == {422, 429}
    assert 30 <= statuses.count(422) <= 60 + AT_ONCE, "thirty by each of the two workers, and what was on its way"
    assert statuses[300:] == [429] * (TRIES - 300)
    assert (len(unknown), len(waiting)) == (1, 1)
    assert without(guesser.post("/receipt/", {"code": right}), right) in waiting
    elsewhere = Visitor(site, way, address="192.0.2.10")
    assert elsewhere.post("/receipt/", {"code": right}).status_code == 200


def test_guesses_from_everywhere_learn_no_more(site: Site, way: str) -> None:
    def tries(numbered: tuple[int, str]) -> Answer:
        number, code = numbered
        return Visitor(site, way, address=f"2001:db8:{number:x}::1").post("/receipt/", {"code": code})

    guesses = random_codes(NETWORKS)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(tries, enumerate(guesses)))
    assert {answer.status_code for answer in answers} == {422}
    assert len({without(*pair) for pair in zip(answers, guesses, strict=True)}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in map(undated, answers)}) == 1


def undated(answer: Answer) -> Answer:
    del answer.headers["Date"]
    return answer


def test_how_long_codes_take_is_told(site: Site, way: str, figures: list[str]) -> None:
    """Nothing is asserted about time: this machine has other things to do as well."""
    right, wrong = stored_code(site, way), random_codes(SAMPLES)
    gone = asker(Visitor(site, way, address="192.0.2.9")).looks_over(f"Taken back, {way}?").presses("send").code
    Visitor(site, way, address="192.0.2.9").post("/receipt/", {"code": gone, "step": "withdraw-for-good"})
    took: dict[str, list[float]] = {"right": [], "taken back": [], "unknown": [], "malformed": []}
    for number in range(SAMPLES):
        codes = {"right": right, "taken back": gone, "unknown": wrong[number], "malformed": "x" * 19}
        for kind, code in codes.items():
            visitor = Visitor(site, way, address=f"2001:db8:{number:x}:1::1")
            began = time.perf_counter()
            visitor.post("/receipt/", {"code": code})
            took[kind].append(time.perf_counter() - began)
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    figures.append(
        f"codes through {way}, medians of {SAMPLES}: "
        + ", ".join(f"{kind} {1000 * median:.1f} ms" for kind, median in medians.items())
        + f"; malformed / unknown {medians['malformed'] / medians['unknown']:.2f}"
    )
