"""What the press relies on: as long as the edition and the last release are the same, so is every public page."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from advice.press.routes import is_printed
from questions import edition
from questions.actions.acting import acting
from questions.actions.crisis_lines import confirm_crisis_line, list_crisis_line, remove_crisis_line
from questions.actions.guest import introduce
from questions.actions.lists import remove_entry, set_entry
from questions.actions.merge_topics import merge_topics
from questions.actions.people import Profile, add_person, appoint, edit_person, offboard
from questions.actions.settings import Face, set_asking, set_promises, set_show, standing
from questions.actions.topics import TopicFacts, delete_topic, set_topic
from questions.lifecycle import Role
from questions.models import CrisisLine, Season, Show, Topic, Verdict
from tests import cast
from tests.core.test_random_walks import Walk
from tests.factories import crisis_line, published_episode, topic, verdict
from tests.reading.addresses import every_public_address

OWNER = cast.noor
SEEDS, STEPS = 4, 100
NUMBER = "0800 555 111"


def everything_public() -> dict[str, str]:
    """Each printed page, by a digest of what a reader gets: of feeds one format, of lists the first page."""
    again = ("/page/", "/safe/", ".atom", ".json")
    return pages(
        address
        for address in every_public_address()
        if is_printed(address) and not any(part in address for part in again)
    )


def changed_since(before: dict[str, str]) -> set[str]:
    now = everything_public()
    return {address for address in before if now.get(address) != before[address]}


def pages(addresses: Iterable[str]) -> dict[str, str]:
    client = Client()
    replies = {address: client.get(address) for address in addresses}
    return {address: f"{reply.status_code} {_digest(reply.content)}" for address, reply in replies.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def moment() -> tuple[int, float]:
    """What a printed page is kept under."""
    found = edition.standing()
    return found.number, found.since(timezone.now().timestamp())


class WatchedWalk(Walk):
    """A walk that looks at what lists and feeds say after every step; each of them names all that is out."""

    LOOKED_AT = ("/", "/feeds/episodes.json", "/about/", "/people/tomas/")

    def __init__(self, seed: int) -> None:
        self.printed: dict[tuple[int, float], dict[str, str]] = {}
        super().__init__(seed)

    def check(self) -> None:
        public = pages(self.LOOKED_AT)
        before = self.printed.setdefault(moment(), public)
        assert {address for address in public if before[address] != public[address]} == set()


@pytest.mark.django_db
def test_no_walk_changes_a_public_page_within_an_edition() -> None:
    moments = 0
    for seed in range(SEEDS):
        with transaction.atomic():
            walk = WatchedWalk(seed)
            for _step in range(STEPS):
                walk.step()
            moments += len(walk.printed)
            transaction.set_rollback(True)
    assert moments > 1.5 * SEEDS, "next to nothing was ever published"


def set_up() -> None:
    """Something of every kind that a deed to the house can change, and that readers see."""
    narrow = topic("Naps", parent=topic("Sleep"))
    published_episode("Naps at weddings", topics=[narrow], verdict=verdict().words, number=1)
    published_episode("Shoes on the sofa", topics=[topic("Home")], number=2)
    crisis_line(NUMBER)


def changed_face() -> None:
    face = Face(**standing(Show.objects.current(), tuple(Face.__dataclass_fields__)))
    set_show(Face(**{**asdict(face), "name": "It Never Rains", "colour": "#7a1f14"}), by=acting(OWNER()))


def the_line() -> CrisisLine:
    return CrisisLine.objects.get(number=NUMBER)


def corrected_number() -> None:
    line = the_line()
    line.number = "0800 555 112"
    list_crisis_line(line, by=acting(OWNER()))


def renamed_verdict() -> None:
    entry = Verdict.objects.get()
    entry.words = "It’s the cat."
    set_entry(entry, by=acting(OWNER()))


def named_season() -> None:
    entry = Season.objects.get()
    entry.title = "The long winter"
    set_entry(entry, by=acting(OWNER()))


def renamed_topic() -> None:
    set_topic(Topic.objects.get(slug="naps"), TopicFacts("Short sleep", slug="short-sleep"), by=acting(OWNER()))


PUBLIC: dict[str, Callable[[], object]] = {
    "the face of the show": changed_face,
    "what is promised": lambda: set_promises(
        leave_url="https://example.org/", keeps_waiting_days=90, keeps_closed_days=30, keeps_traces_days=200,
        may_forget=False, by=acting(OWNER()),
    ),
    "a person's words": lambda: edit_person(cast.tomas(), Profile("Tom Reyl", "tomas"), by=acting(OWNER())),
    "their own words": lambda: introduce(
        cast.tomas(), name="Tommy", pronouns="", bio="", disclosure="", by=acting(cast.tomas())
    ),
    "a topic's name and address": renamed_topic,
    "topics merged": lambda: merge_topics(
        Topic.objects.get(slug="home"), into=Topic.objects.get(slug="sleep"), by=acting(OWNER())
    ),
    "a verdict's words": renamed_verdict,
    "a season's name": named_season,
    "a line's number": corrected_number,
    "a line tried": lambda: confirm_crisis_line(the_line(), number=NUMBER, by=acting(OWNER())),
    "a line removed": lambda: remove_crisis_line(the_line(), by=acting(OWNER())),
}  # fmt: skip

HOUSE: dict[str, Callable[[], object]] = {
    "asking is paused": lambda: set_asking(is_open=False, closed_words="Back in May.", by=acting(OWNER())),
    "somebody new": lambda: add_person(Profile("Una", "una"), role=Role.GUEST, by=acting(OWNER())),
    "another role": lambda: appoint(cast.tomas(), role=Role.VIEWER, by=acting(OWNER())),
    "somebody leaves": lambda: offboard(cast.tomas(), keeps_guest_links=False, by=acting(OWNER())),
    "a topic nobody has": lambda: set_topic(Topic(), TopicFacts("Rain"), by=acting(OWNER())),
    "that topic goes": lambda: delete_topic(topic("Rain"), by=acting(OWNER())),
    "a verdict nobody got": lambda: set_entry(Verdict(words="It’s the rain."), by=acting(OWNER())),
    "that verdict goes": lambda: remove_entry(verdict("It’s the rain.", "rain"), by=acting(OWNER())),
}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", PUBLIC)
def test_a_deed_to_the_house_that_readers_see_begins_a_new_edition(deed: str) -> None:
    set_up()
    before, at = everything_public(), moment()
    PUBLIC[deed]()
    assert changed_since(before), "readers see nothing of it, so nothing was tested"
    assert moment() != at
    assert edition.standing().floor == edition.current(), "pages from before could still be shown"


@pytest.mark.django_db
@pytest.mark.parametrize("deed", HOUSE)
def test_a_deed_to_the_house_that_readers_do_not_see_may_keep_the_edition_only_if_every_page_stays(deed: str) -> None:
    set_up()
    before, at = everything_public(), moment()
    HOUSE[deed]()
    assert moment() != at or changed_since(before) == set()


@pytest.mark.django_db
def test_a_day_later_every_page_is_still_the_same() -> None:
    set_up()
    before = everything_public()
    later = timezone.now() + timedelta(days=400)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timezone, "now", lambda: later)
        assert changed_since(before) == set()
