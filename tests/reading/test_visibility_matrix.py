"""The proof of visibility: every combination of what may surprise, on every surface there is.

What is gated stands on no surface but behind its note; the note and the link to the page stand everywhere; safe feeds
leave such an episode out. A new surface joins by one line of `SURFACES`, and the tests fail until it has.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from questions.asking.urls import urlpatterns as asking_patterns
from tests.asking.asker import Asker
from tests.reading.addresses import addresses_of, every_route
from tests.reading.canaries import NOT_SAFE, TEXT, Case, every_case, things_in
from tests.reading.seen import everything_in, in_the_open

pytestmark = pytest.mark.django_db

OPF = "{http://www.idpf.org/2007/opf}"
CASES = {case.number: case for case in every_case()}
Things = set[tuple[int, str]]


def whole(content: bytes) -> str:
    """What has no gates shows all it holds."""
    return content.decode()


def page(content: bytes) -> str:
    return in_the_open(content.decode())


def book(content: bytes) -> str:
    """Of a book, what turning its pages shows: what stands behind a note is in documents that they pass by."""
    with ZipFile(BytesIO(content)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    [package] = [ElementTree.fromstring(file) for name, file in files.items() if name.endswith(".opf")]  # noqa: S314
    passed_by = {item.attrib["idref"] for item in package.iter(f"{OPF}itemref") if item.get("linear") == "no"}
    behind = {item.attrib["href"] for item in package.iter(f"{OPF}item") if item.attrib["id"] in passed_by}
    shown = [file for name, file in files.items() if name.rpartition("/")[2] not in behind]
    return "\n".join(file.decode(errors="replace") for file in shown)


@dataclass(frozen=True)
class Surface:
    """Where episodes may show. `shows` gives what is met there unasked; `tells` is what stands there of every episode.

    One that `is_safe` holds nothing of an episode in which anything is gated, and all others.
    """

    shows: Callable[[bytes], str] = page
    tells: tuple[str, ...] = ()
    is_safe: bool = False


NOTHING = Surface()
BOOK = Surface(shows=book, tells=("note",))
LIST = Surface(tells=("slug",))
CARD = Surface(shows=whole, tells=("slug", "note"))
SAFE = Surface(shows=whole, tells=("slug", "note"), is_safe=True)

SURFACES = {
    "home": Surface(),
    "episodes": LIST,
    "episode": Surface(tells=("slug", "note")),  # with Open Graph, the data block, the episodes beside it
    "topics": NOTHING,
    "topic": LIST,
    "season": LIST,
    "person": LIST,
    "verdict": LIST,
    "search": LIST,
    "about": NOTHING,
    "privacy": NOTHING,
    "house-rules": NOTHING,
    "help-now": NOTHING,
    "your-device": NOTHING,
    "manifest": Surface(shows=whole),
    "neutral-manifest": Surface(shows=whole),
    "service-worker": Surface(shows=whole),
    "show-sheet": Surface(shows=whole),
    "feeds": NOTHING,
    "feed": CARD,
    "topic-feed": CARD,
    "person-feed": CARD,
    "safe-feed": SAFE,
    "safe-topic-feed": SAFE,
    "safe-person-feed": SAFE,
    "oembed": CARD,
    "episode-epub": BOOK,
    "topic-epub": BOOK,
    "season-epub": BOOK,
    "sitemap": Surface(shows=whole, tells=("slug",)),
    "robots": Surface(shows=whole),
    "security": Surface(shows=whole),
    # Asking. Not in this table: what it offers for a letter, which is below.
    "ask": NOTHING,
    "watched-for": Surface(shows=whole),
    "follow-up": Surface(tells=("slug",)),
    "report": Surface(tells=("slug",)),
    "receipt": NOTHING,
    "lost": NOTHING,
}


def searches() -> Iterator[str]:
    """For each episode by words that stand all over it, and by one that stands in its gated part alone."""
    for case in CASES.values():
        yield f"/search/?q={quote(case.keywords)}"
        if case.has_gated_part:
            yield f"/search/?q={quote(case.hidden_keyword)}"


@dataclass(frozen=True)
class Met:
    """What was asked for: each answer's body by route and address, and the pages that asking makes of letters."""

    bodies: dict[str, dict[str, bytes]]
    offers: dict[int, str]

    def shown(self, route: str) -> dict[str, Things]:
        surface = SURFACES[route]
        return {address: things_in(surface.shows(body)) for address, body in self.bodies[route].items()}


def surface_routes() -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """Each route under the name of its surface, and the addresses it has now."""
    for pattern in every_route():
        name = (pattern.name or "").removesuffix("-page")
        yield name, partial(addresses_of, pattern, range(1, 10))
    yield "search", searches
    for pattern in asking_patterns:
        if not (pattern.name or "").endswith("-without-slash"):
            yield pattern.name or "", partial(asking_addresses, pattern)


def asking_addresses(pattern: URLPattern) -> Iterator[str]:
    slugs = [{"slug": case.slug} for case in CASES.values()] if pattern.pattern.converters else [{}]
    yield from (reverse(f"asking:{pattern.name}", kwargs=slug) for slug in slugs)


def everything_asked_for() -> Met:
    """Everything that anybody can ask for while all cases are published."""
    for case in CASES.values():
        case.publish()
    bodies: dict[str, dict[str, bytes]] = {}
    for name, addresses in surface_routes():
        answers = ((address, Client().get(address)) for address in addresses())
        found = {address: b"".join(answer) for address, answer in answers if answer.status_code == 200}
        bodies[name] = bodies.get(name, {}) | found
    offers = {number: in_the_open(Asker().looks_over(f"Is it {case.keywords}?").page) for number, case in CASES.items()}
    return Met(bodies, offers)


def test_every_surface_is_in_the_table() -> None:
    assert {name for name, _addresses in surface_routes()} == set(SURFACES)


def test_every_surface_keeps_to_the_notes() -> None:
    """One test for all, since to publish every case and to ask for every address takes the longest."""
    met = everything_asked_for()
    for route in SURFACES:
        assert list(leaks(met, route)) == [], f"{route}: gated, and in the open"
        assert list(missing(met, route)) == [], f"{route}: neither a note nor a link"
        assert list(not_safe(met, route)) == [], f"{route}: in what is to be safe"
    check_that_the_page_has_it_all(met)
    check_offers_to_askers(met)
    check_words_for_browsers(met)


def leaks(met: Met, route: str) -> Iterator[tuple[str, Case, str]]:
    """What is gated and stands anywhere but behind its note."""
    for address, things in met.shown(route).items():
        for number, thing in sorted(things):
            if thing in CASES[number].gated:
                yield address, CASES[number], thing


def missing(met: Met, route: str) -> Iterator[tuple[Case, str]]:
    """What the surface should tell of every episode and does not."""
    told = set().union(*met.shown(route).values())
    for case in CASES.values():
        if case.is_safe or not SURFACES[route].is_safe:
            yield from ((case, thing) for thing in SURFACES[route].tells if (case.number, thing) not in told)


def not_safe(met: Met, route: str) -> Iterator[Case]:
    """The episodes in which something is gated, on a surface that leaves them out."""
    if SURFACES[route].is_safe:
        told = set().union(*(things_in(everything_in(body)) for body in met.bodies[route].values()))
        yield from (
            CASES[number] for number in sorted({number for number, _thing in told}) if not CASES[number].is_safe
        )


def check_that_the_page_has_it_all(met: Met) -> None:
    """A gate hides nothing from who opens it, and the canaries above were there to be found."""
    for address, body in met.bodies["episode"].items():
        [case] = [case for case in CASES.values() if f"/{case.slug}/" in address]
        there = {thing for number, thing in things_in(body.decode()) if number == case.number}
        expected = set(TEXT) - {"summary"}
        if not case.has_gated_part:
            expected -= {"hidden", "hiddennote", "footnote"}
        if case.film != "a film in the answer that is not safe":
            expected -= {"answerfilm", "answerfilmnote"}
        assert expected <= there, case


def check_offers_to_askers(met: Met) -> None:
    """What is offered to who asks the same has the note and the link instead."""
    for number, words in met.offers.items():
        case, things = CASES[number], things_in(words)
        assert (number, "slug") in things, case
        assert {thing for of, thing in things if thing in CASES[of].gated} == set(), case
        if case.text == NOT_SAFE:
            assert (number, "note") in things, case


def check_words_for_browsers(met: Met) -> None:
    """No browser is given the words of a gated question to compare with."""
    [body] = met.bodies["watched-for"].values()
    episodes: list[dict[str, Any]] = json.loads(body)["episodes"]
    assert episodes
    for episode in episodes:
        [case] = [case for case in CASES.values() if f"/{case.slug}/" in episode["address"]]
        if case.text == NOT_SAFE:
            gated = {case.mark(thing)[:5] for thing in TEXT} - {case.mark("note")[:5], case.mark("title")[:5]}
            assert gated & set(episode["words"]) == set(), case
