"""What somebody looks for, as a question to the index of what is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tantivy import Occur, Query

from questions.search.memory import MOST_WORDS, SHORTEST_BEGINNING
from questions.search.published_files import SCHEMA, Opened, column, is_no_episode
from questions.search.published_words import FIELDS
from questions.search.typed import Phrase, Wanted
from questions.search.words import AS_WRITTEN, small_change, stems_of

MOST_PHRASES = 32
"""So many phrases, and so many that must not be there, are looked for; whoever types more gets what has these."""

Clauses = list[tuple[Occur, Query]]
Within = Mapping[str, Sequence[int]]
"""What a search is narrowed down to: for each of GROUPS the numbers that an episode must have, all of them."""


class Way(IntEnum):
    """How much of what is looked for an episode must have."""

    EVERY_WORD = 1
    LAST_WORD_BEGUN = 2
    SOME_WORDS = 3


@dataclass(frozen=True)
class _Word:
    """A word as it is written, with its stems in every language that there is, and in how many places it stands."""

    written: str
    stems: frozenset[str]
    rarity: int
    is_small: bool


class Questions:
    """Every way to ask one index for one thing."""

    def __init__(self, opened: Opened, wanted: Wanted, within: Within, without: Iterable[int] = ()) -> None:
        """`without` are numbers of episodes that must not be found whatever the index says."""
        self._searcher = opened.searcher
        self._languages = opened.languages or [AS_WRITTEN]
        self.wanted = wanted
        self._words = self._words_of(wanted.text)
        self._bounds = self._sure(wanted, within, without)

    def by(self, way: Way) -> Query | None:
        """The question that looks in this way; nothing where that would be the same as a stricter one."""
        words = [word for word in self._words if not word.is_small] or self._words
        if way is Way.SOME_WORDS:
            # Of a single word nothing less can be wanted, and of none nothing at all.
            return self._asking([_any(map(self._word, words[:MOST_WORDS]))]) if len(words) > 1 else None
        if len(words) > MOST_WORDS:
            return None
        is_begun = way is Way.LAST_WORD_BEGUN
        last = stems_of(self.wanted.text, AS_WRITTEN)[-1:]
        if is_begun and not (self.wanted.is_unfinished and len(last[0]) >= SHORTEST_BEGINNING):
            return None
        return self._asking(
            [self._begun(word) if is_begun and word.written == last[0] else self._word(word) for word in words]
        )

    def unheard(self) -> list[str]:
        """The words, as they are written, that no episode has."""
        return [word.written for word in self._words if not word.rarity]

    def _asking(self, needed: Sequence[Query]) -> Query:
        helpful = [(Occur.Should, self._word(word)) for word in self._words if word.is_small]
        helpful += [(Occur.Should, self._word(word)) for word in self._words_of(self._in_phrases())]
        return Query.boolean_query([*((Occur.Must, query) for query in needed), *helpful[:MOST_WORDS], *self._bounds])

    def _in_phrases(self) -> str:
        return " ".join(word for phrase in self.wanted.phrases[:MOST_PHRASES] for word in phrase)

    def _sure(self, wanted: Wanted, within: Within, without: Iterable[int]) -> Clauses:
        """What must be so whatever the words: phrases, what it is narrowed down to, and what must not be there."""
        numbers = [(column(group), number) for group, several in within.items() for number in several]
        must = [self._phrase(phrase) for phrase in wanted.phrases[:MOST_PHRASES]]
        must += [Query.const_score_query(Query.term_query(SCHEMA, *number), 0.0) for number in numbers]
        must_not = [is_no_episode(), *(self._phrase(phrase) for phrase in wanted.without[:MOST_PHRASES])]
        must_not += [Query.term_set_query(SCHEMA, "number", list(without))] if without else []
        if not wanted.text:
            # What only says what it is without leaves everything else.
            must.append(Query.const_score_query(Query.all_query(), 0.0))
        return [*((Occur.Must, query) for query in must), *((Occur.MustNot, query) for query in must_not)]

    def _words_of(self, text: str) -> list[_Word]:
        """The different words of a text, the rarest first."""
        written = stems_of(text, AS_WRITTEN)
        # All languages split a text in the same way.
        in_each = zip(*(stems_of(text, language) for language in self._languages), strict=True)
        stems = dict(zip(written, map(frozenset, in_each), strict=True))
        small = {stem for language in self._languages for stem in small_change(text, language)}
        doc_freq = self._searcher.doc_freq
        words = [
            _Word(
                word,
                stems[word],
                sum(doc_freq(field.name, stem) for stem in stems[word] for field in FIELDS),
                stems[word] <= small,
            )
            for word in stems
        ]
        return sorted(words, key=lambda word: (word.rarity, word.written))

    def _word(self, word: _Word) -> Query:
        terms = [(field, stem) for field in FIELDS for stem in word.stems]
        found = [
            _weighed(_term(field.name, stem), field.weight)
            for field, stem in terms
            if self._searcher.doc_freq(field.name, stem)
        ]
        return _any(found)

    def _begun(self, word: _Word) -> Query:
        beginnings = [Query.regex_query(SCHEMA, field, f"{word.written}.*") for field in ("open", "behind")]
        return _any([self._word(word), *beginnings])

    def _phrase(self, words: Phrase) -> Query:
        words = words[:MOST_WORDS]
        if len(words) == 1:
            return Query.const_score_query(_any([_term(field, words[0]) for field in ("open", "behind")]), 0.0)
        return _any([Query.phrase_query(SCHEMA, field, list(words)) for field in ("open", "behind")])


def _term(field: str, word: str) -> Query:
    return Query.term_query(SCHEMA, field, word, index_option="freq")


def _weighed(query: Query, weight: float) -> Query:
    return query if weight == 1 else Query.boost_query(query, weight)


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
