"""Texts as an index of their words, in memory only: nothing of it ever touches the disk."""

import math
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from questions.search.typed import Phrase, Wanted
from questions.search.words import AS_WRITTEN, letters_of, stems_of, telling_stems

# Rarer words come first, so that only a long text loses its commonest ones.
MOST_WORDS = 64
# A beginning of one letter would be nearly every word.
SHORTEST_BEGINNING = 2

# What two questions are compared by: the rarest of their words, and of the letters in these.
MOST_ALIKE, MOST_LETTERS = 40, 24
LETTERS_COUNT = 0.25
"""What four letters that are alike count beside words that are: chosen on questions to counsellors and doctors."""

# In so many questions a word is never too common to say something.
FEW = 3

_STEMS = ("asked", "others")
# Stands between two texts, so that no phrase reaches from one into the next. No word is written like that.
_BETWEEN = " ¶ "
# Enough to fill a memory of 20,000 questions in few pieces, which need not be put together afterwards.
_WRITER_BYTES = 60_000_000


class Said(NamedTuple):
    """All the words about one question: what it asks, and what else is said in it and about it."""

    asked: str
    others: tuple[str, ...] = ()
    language: str = "en"

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.asked, *self.others)


class Memory:
    """An index that one thread at a time changes and any number of threads search."""

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder().add_unsigned_field("number", indexed=True, fast=True)
        builder.add_text_field("asked", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("letters", tokenizer_name="letters", index_option="freq")
        builder.add_text_field("others", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("written", tokenizer_name="whitespace", index_option="position")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        four = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(4, 4, False)).build()
        self._index.register_tokenizer("letters", four)
        self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._searcher = self._index.searcher()
        self._held: set[int] = set()
        self._languages: frozenset[str] = frozenset()

    def change(self, said: Iterable[tuple[int, Said]], without: Iterable[int] = ()) -> None:
        """Let these numbers stand for these words from now on, whatever they stood for, and `without` for none."""
        for number in without:
            self._remove(number)
        for number, words in said:
            self._remove(number)
            self._writer.add_document(_document(number, words))
            self._held.add(number)
            self._languages |= {words.language}
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _remove(self, number: int) -> None:
        if number in self._held:
            self._writer.delete_documents_by_query(Query.term_query(self._schema, "number", number))
            self._held.discard(number)

    def find(self, wanted: Wanted, limit: int) -> list[int]:
        """The numbers of what has every word and phrase, the best first.

        Where nothing has all the words, and for more than MOST_WORDS of them, it is what has some of them.
        """
        words = self._words(wanted)
        sure = [(Occur.Must, self._phrase(phrase)) for phrase in wanted.phrases]
        sure += [(Occur.MustNot, self._phrase(phrase)) for phrase in wanted.without]
        if not words:
            # What only says what it is without leaves everything else.
            everything = (Occur.Must, Query.const_score_query(Query.all_query(), 0.0))
            return self._numbers([everything, *sure], limit) if sure else []
        if len(words) <= MOST_WORDS and (
            found := self._numbers([*((Occur.Must, word) for word in words), *sure], limit)
        ):
            return found
        return self._numbers([(Occur.Must, _any(words[:MOST_WORDS])), *sure], limit)

    def like(self, text: str, language: str, limit: int) -> list[tuple[int, float]]:
        """The numbers of the questions that ask something like a text, the most alike first, each with its likeness.

        The likeness is what of the text's weight a question shares: 1 where it asks the same in as many words. Words
        that no question has weigh as well, so that the likeness tells as much where few are remembered.
        """
        every = set(stems_of(text, language))
        stems = self._rarest("asked", every, MOST_ALIKE)
        fours = self._rarest("letters", letters_of(stems), MOST_LETTERS)
        words = _any([self._term("asked", stem) for stem in stems])
        letters = _any([self._term("letters", four) for four in fours])
        query = _any([words, Query.boost_query(letters, LETTERS_COUNT)])
        unheard = [stem for stem in every if not self._searcher.doc_freq("asked", stem)]
        whole = self._whole("asked", [*stems, *unheard]) + LETTERS_COUNT * self._whole("letters", fours)
        return [(number, min(1.0, score / whole)) for number, score in self._scored(query, limit)]

    def _rarest(self, field: str, terms: set[str], most: int) -> list[str]:
        """At most so many of the terms that are in some question at all, the rarest first."""
        searcher = self._searcher
        found = {term: number for term in terms if (number := searcher.doc_freq(field, term))}
        return sorted(found, key=lambda term: (found[term], term))[:most]

    def _whole(self, field: str, terms: Iterable[str]) -> float:
        """What a question of these terms alone would score."""
        searcher = self._searcher
        found = (searcher.doc_freq(field, term) for term in terms)
        return sum(math.log(1 + (searcher.num_docs - number + 0.5) / (number + 0.5)) for number in found)

    def telling(self, text: str, language: str) -> dict[str, float]:
        """The words of a text that say something, by their stems, each with its weight: the rarer the heavier.

        Left out are the small change of the language and what many of the questions have anyway.
        """
        searcher = self._searcher
        most = max(FEW, searcher.num_docs / 5)
        stems = telling_stems(text, language)
        return {stem: self._whole("asked", [stem]) for stem in stems if searcher.doc_freq("asked", stem) <= most}

    def _words(self, wanted: Wanted) -> list[Query]:
        """One query for each word, the rarest first: it is there in whatever language, or as it is written."""
        written = stems_of(wanted.text, AS_WRITTEN)
        # All languages split a text in the same way.
        languages = self._languages or {AS_WRITTEN}
        in_each = zip(*(stems_of(wanted.text, language) for language in languages), strict=True)
        stems = dict(zip(written, map(frozenset, in_each), strict=True))
        queries = {word: [self._term(field, stem) for stem in stems[word] for field in _STEMS] for word in stems}
        if wanted.is_unfinished and written and len(written[-1]) >= SHORTEST_BEGINNING:
            queries[written[-1]].append(Query.regex_query(self._schema, "written", f"{written[-1]}.*"))
        searcher = self._searcher
        rarity = {
            word: sum(searcher.doc_freq(field, stem) for stem in stems[word] for field in _STEMS) for word in stems
        }
        return [_any(queries[word]) for word in sorted(queries, key=lambda word: (rarity[word], word))]

    def _phrase(self, words: Phrase) -> Query:
        if len(words) == 1:
            return Query.const_score_query(self._term("written", words[0]), 0.0)
        return Query.phrase_query(self._schema, "written", list(words))

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, index_option="freq")

    def _numbers(self, clauses: list[tuple[Occur, Query]], limit: int) -> list[int]:
        return [number for number, _score in self._scored(Query.boolean_query(clauses), limit)]

    def _scored(self, query: Query, limit: int) -> list[tuple[int, float]]:
        searcher = self._searcher
        hits = searcher.search(query, limit, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _score, address in hits])
        scored = [
            (int(number), score) for number, (score, _address) in zip(numbers, hits, strict=True) if number is not None
        ]
        return sorted(scored, key=lambda found: (-found[1], -found[0]))


def _document(number: int, said: Said) -> tantivy.Document:
    """A question as the index holds it, in which every word is split and brought to its stem already."""
    stems = [stems_of(text, said.language) for text in said.texts]
    written = (" ".join(stems_of(text, AS_WRITTEN)) for text in said.texts)
    document = tantivy.Document(
        asked=" ".join(stems[0]),
        letters=f" {' '.join(stems[0])} ",
        others=" ".join(chain.from_iterable(stems[1:])),
        written=_BETWEEN.join(written),
    )
    document.add_unsigned("number", number)
    return document


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
