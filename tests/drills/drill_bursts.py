"""An episode has aired, and within a minute everybody asks."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests.asking.asker import Asker
from tests.drills.site import Site
from tests.drills.visitors import Visitor, asker, take_time

NETWORKS, CAMPUS = 300, 60
AT_ONCE = 24


def addresses() -> list[str]:
    """As many networks as there are, then one campus; the order is that of a crowd."""
    everywhere = [f"198.{18 + number // 256}.{number % 256}.7" for number in range(NETWORKS)]
    both = [*everywhere, *["203.0.113.9"] * CAMPUS]
    return [both[number * 7 % len(both)] for number in range(len(both))]


def test_everybody_arrives_and_nobody_is_held(site: Site, way: str, figures: list[str]) -> None:
    def opens(address: str) -> Asker:
        return asker(Visitor(site, way, address=address)).opens("/ask/")

    def sends(numbered: tuple[int, Asker]) -> str:
        number, someone = numbered
        someone.presses("check", text=f"Question {number} by {way}?", adult="on").presses("send")
        return someone.code

    before = site.rows("SELECT count(*) FROM questions_question")[0][0]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        askers = list(crowd.map(opens, addresses()))
        take_time()
        began = time.monotonic()
        codes = list(crowd.map(sends, enumerate(askers)))
        took = time.monotonic() - began
        figures.append(f"{len(codes)} questions, checked and sent through {way}: {took:.1f} s, {AT_ONCE} at a time")
        pages = list(crowd.map(lambda numbered: looks(site, way, *numbered), enumerate(codes)))
    assert len(set(codes)) == NETWORKS + CAMPUS
    assert all(f"Question {number} by {way}?" in page for number, page in enumerate(pages))
    assert site.rows("SELECT count(*) FROM questions_question")[0][0] == before + NETWORKS + CAMPUS
    assert site.rows("SELECT count(*) FROM questions_question WHERE held <> ''")[0][0] == 0


def looks(site: Site, way: str, number: int, code: str) -> str:
    visitor = Visitor(site, way, address=f"198.{18 + number // 256}.{number % 256}.8")
    return visitor.post("/receipt/", {"code": code}).content.decode()
