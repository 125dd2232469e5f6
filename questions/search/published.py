"""The readers' search: in every word of the episodes that they can see, showing only what stands in the open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tantivy import DocAddress, Order, Query

from questions.models import Episode
from questions.search import at_hand, published_index
from questions.search.marking import Pieces
from questions.search.published_files import Opened, column
from questions.search.published_index import NotReady
from questions.search.published_query import Questions, Way, Within
from questions.search.published_snippets import pieces_of
from questions.search.published_spelling import Spellings, rewritten
from questions.search.published_words import GROUPS
from questions.search.typed import Wanted, wanted_by
from questions.search.words import AS_WRITTEN, stems_of
from questions.visibility import public_episodes

__all__ = ["FEW", "GROUPS", "Found", "Hit", "NotReady", "find"]

FEW = 3
"""Where no more than so many are found, it is asked whether something else was meant."""
MOST_NUMBERS = 1_000
"""Of each group at most so many are counted, the most frequent ones."""

_COUNT = {"value_count": {"field": "number"}}


@dataclass(frozen=True)
class Hit:
    """An episode that fits, and the piece of its words that fits best; what was looked for is True there."""

    episode: Episode
    pieces: Pieces


@dataclass(frozen=True)
class Found:
    """One page of what a search has found, the best first."""

    hits: list[Hit] = field(default_factory=list)
    first: int = 0
    """How many come before these."""
    count: int = 0
    """How many there are on all pages."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    """For each of GROUPS, how many of them have each number."""
    way: Way = Way.EVERY_WORD
    corrected: str = ""
    """What was looked for instead, because some word of what was typed stands nowhere."""
    suggested: str = ""
    """What may have been meant, where little was found."""
    without_narrowing: int = 0
    """How many there would be everywhere, where nothing is found within what it was narrowed down to."""


def find(typed: str, within: Within, now: datetime, *, first: int = 0, limit: int = 10, loosely: bool = True) -> Found:
    """The episodes readers can see at `now` that fit what is typed, within the numbers given for each group.

    Understands "phrases" and -without; nothing that is typed is an error. An episode has all the words, or else all
    with the last one as a beginning. Where nothing has and it may be done `loosely`, a word that stands nowhere gives
    way to one that is spelt nearly alike, and at last some of the words are enough. Nothing typed and no narrowing
    finds nothing; narrowing alone finds the newest first. Beyond the last page it is the last page.
    Raises NotReady while there is no index.
    """
    opened, is_behind = published_index.current(now)
    try:
        gone = _gone(opened, now) if is_behind else []
        return _Search(opened, within, now, gone, loosely, is_behind).find(typed, first, limit)
    except BaseException as fault:
        published_index.give_up(opened, fault)


def _gone(opened: Opened, now: datetime) -> list[int]:
    """The numbers that are in an index of episodes which readers cannot see any more."""
    public = set(public_episodes(now).values_list("pk", flat=True))
    return [number for number in opened.numbers("number") if number not in public]


@dataclass(frozen=True)
class _Attempt:
    """One way to understand what was typed; `corrected` is what it was changed to."""

    wanted: Wanted
    way: Way
    corrected: str = ""


class _Search:
    def __init__(
        self, opened: Opened, within: Within, now: datetime, gone: list[int], loosely: bool, is_behind: bool
    ) -> None:
        self._opened, self._searcher, self._is_behind = opened, opened.searcher, is_behind
        self._within, self._now, self._gone, self._loosely = within, now, gone, loosely

    @property
    def _spellings(self) -> Spellings:
        """What may be suggested: nothing by an index that is behind, for its words may have been taken down since."""
        return Spellings({}) if self._is_behind else self._opened.spellings

    def find(self, typed: str, first: int, limit: int) -> Found:
        wanted = wanted_by(typed)
        if not (wanted.text or wanted.phrases or wanted.without or any(self._within.values())):
            return Found()
        for attempt in self._attempts(wanted, typed):
            query = self._ask(attempt.wanted, self._within).by(attempt.way)
            if query is None:
                continue
            if count := self._count(query):
                return self._found(attempt, query, typed, count, min(first, (count - 1) // limit * limit), limit)
            everywhere = self._ask(attempt.wanted, {}).by(attempt.way) if any(self._within.values()) else None
            if everywhere and (count := self._count(everywhere)):
                return Found(way=attempt.way, corrected=attempt.corrected, without_narrowing=count)
        return Found()

    def _attempts(self, wanted: Wanted, typed: str) -> Iterator[_Attempt]:
        """The strictest first."""
        yield _Attempt(wanted, Way.EVERY_WORD)
        yield _Attempt(wanted, Way.LAST_WORD_BEGUN)
        if not self._loosely:
            return
        corrected = ""
        if better := self._spellings.corrections(self._ask(wanted, {}).unheard()):
            corrected = rewritten(typed, better)
            wanted = wanted_by(corrected)
            yield _Attempt(wanted, Way.EVERY_WORD, corrected)
        yield _Attempt(wanted, Way.SOME_WORDS, corrected)

    def _ask(self, wanted: Wanted, within: Within) -> Questions:
        return Questions(self._opened, wanted, within, self._gone)

    def _count(self, query: Query) -> int:
        return int(self._searcher.aggregate(query, {"all": _COUNT})["all"]["value"])

    def _found(self, attempt: _Attempt, query: Query, typed: str, count: int, first: int, limit: int) -> Found:
        # Where there are no words to tell the better from the worse, the newest come first.
        order = None if attempt.wanted.text or attempt.wanted.phrases else "released"
        result = self._searcher.search(query, limit, count=False, offset=first, order_by_field=order, order=Order.Desc)
        addresses = [address for _score, address in result.hits]
        return Found(
            hits=self._hits(addresses, attempt.wanted), first=first, count=count, counts=self._counts(query),
            way=attempt.way, corrected=attempt.corrected, suggested=self._suggested(attempt, typed, count),
        )  # fmt: skip

    def _counts(self, query: Query) -> dict[str, dict[int, int]]:
        asked = {group: {"terms": {"field": column(group), "size": MOST_NUMBERS}} for group in GROUPS}
        told = self._searcher.aggregate(query, asked)
        return {
            group: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in told[group]["buckets"]}
            for group in GROUPS
        }

    def _suggested(self, attempt: _Attempt, typed: str, count: int) -> str:
        """What finds more, with words that are spelt nearly alike and used much more often."""
        if count > FEW or attempt.way is not Way.EVERY_WORD or attempt.corrected or not self._loosely:
            return ""
        spellings = self._spellings
        known, words = spellings.known, stems_of(attempt.wanted.text, AS_WRITTEN)
        better = {
            word: other for word, other in spellings.corrections(words).items() if known[other] > 2 * known.get(word, 0)
        }
        suggested = rewritten(typed, better) if better else ""
        query = self._ask(wanted_by(suggested), self._within).by(Way.EVERY_WORD) if suggested else None
        return suggested if query and self._count(query) > count else ""

    def _hits(self, addresses: list[DocAddress], wanted: Wanted) -> list[Hit]:
        """The episodes at these addresses, without those that the database does not show any more."""
        numbers = [int(number) for number in self._searcher.fast_field_values("number", addresses) if number]
        visible = at_hand.episodes(numbers, self._now)
        found = (visible[number] for number in numbers if number in visible)
        return [Hit(each.episode, pieces_of(each, wanted)) for each in found]
