"""Episodes as words in memory, and which of them a text is like. Nothing of it ever touches the disk."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import tantivy
from tantivy import Filter, Occur, Query

from questions.rendering.source import tidy
from questions.search.words import LONGEST_WORD, stemmer_of

# What share of a text's weight an episode must have to be shown: that much on a shelf of one, and so much more each
# time the shelf is e times as large, as the more episodes there are the likelier one of them fits by chance. Chosen on
# questions that counsellors and doctors were asked; docs/decisions/0003-likeness-in-memory.md has the figures.
FLOOR_OF_ONE, FLOOR_GROWS = 0.15, 0.02
# Counted as that many rare words that are not in the episode: a few words say little, however well they fit.
DOUBT = 2
# Rarer words come first, so that only a long letter loses its commonest ones.
MOST_WORDS = 64

_CANDIDATES = 64
# Free again once the shelf is filled. With the least a writer takes, filling takes a third longer.
_WRITER_BYTES = 60_000_000


class Volume(NamedTuple):
    """One episode: what its question is, and all of its words with those of the question."""

    number: int
    asked: str
    everything: str


@dataclass(frozen=True)
class Weighed:
    """A text as word stems, each with its weight on one shelf; those in no episode count in `total` only."""

    known: Mapping[str, float]
    telling: frozenset[str]
    total: float


class Shelf:
    """What is filled once and then only read, from any number of threads."""

    def __init__(self, volumes: Iterable[Volume], language: str) -> None:
        self._analyser = analyser(language)
        self._schema = (
            tantivy.SchemaBuilder()
            .add_unsigned_field("number", stored=True)
            .add_text_field("asked", tokenizer_name="words", index_option="freq")
            .add_text_field("everything", tokenizer_name="words", index_option="freq")
            .build()
        )
        index = tantivy.Index(self._schema)
        index.register_tokenizer("words", self._analyser)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for volume in volumes:
            asked, everything = tidy(volume.asked), tidy(volume.everything)
            writer.add_document(tantivy.Document(number=volume.number, asked=asked, everything=everything))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def stems(self, text: str) -> list[str]:
        return self._analyser.analyze(tidy(text))

    def weigh(self, text: str) -> Weighed:
        """The words of any text by how few episodes have them: the square of their inverse document frequency."""
        found = {stem: self._searcher.doc_freq("everything", stem) for stem in set(self.stems(text))}
        rarest = sorted((stem for stem in found if found[stem]), key=lambda stem: (found[stem], stem))[:MOST_WORDS]
        # A word in more than half of the episodes tells nothing of what a question is about.
        telling = frozenset(stem for stem in rarest if 2 * found[stem] <= self._searcher.num_docs + 1)
        total = sum(map(self._weight, found.values())) + DOUBT * self._weight(0)
        return Weighed({stem: self._weight(found[stem]) for stem in rarest}, telling, total)

    def like(self, weighed: Weighed, limit: int) -> list[int]:
        """The numbers of the episodes that are like the text, the most alike first; none where nothing is.

        They are ranked by BM25 times the share of the text's weight that is in the episode, where what is in its
        question counts twice; one that has too little of it is left out.
        """
        if len(weighed.telling) < 2:
            return []
        shares = self._scores(self._sharing(weighed))
        ranks = self._scores(self._either(weighed.known))
        enough = [
            number for number, share in shares.items() if share >= self._floor() * weighed.total and number in ranks
        ]
        return sorted(enough, key=lambda number: (-shares[number] * ranks[number], -number))[:limit]

    def _floor(self) -> float:
        return FLOOR_OF_ONE + FLOOR_GROWS * math.log(self._searcher.num_docs or 1)

    def _weight(self, episodes: int) -> float:
        others = self._searcher.num_docs - episodes
        return math.log(1 + (others + 0.5) / (episodes + 0.5)) ** 2

    def _term(self, field: str, stem: str) -> Query:
        return Query.term_query(self._schema, field, stem, index_option="freq")

    def _either(self, stems: Iterable[str]) -> Query:
        return _any([self._term(field, stem) for stem in stems for field in ("asked", "everything")])

    def _sharing(self, weighed: Weighed) -> Query:
        """Scores an episode by the weight it shares, if it has two telling words and one of them in its question."""
        shared = [
            Query.const_score_query(self._term(field, stem), weight)
            for stem, weight in weighed.known.items()
            for field in ("asked", "everything")
        ]
        two = _any([self._term("everything", stem) for stem in weighed.telling], at_least=2)
        one = _any([self._term("asked", stem) for stem in weighed.telling])
        needs = [(Occur.Must, Query.const_score_query(need, 0)) for need in (two, one)]
        return Query.boolean_query([*needs, (Occur.Should, _any(shared))])

    def _scores(self, query: Query) -> dict[int, float]:
        hits = self._searcher.search(query, _CANDIDATES, count=False).hits
        return {self._searcher.doc(address)["number"][0]: score for score, address in hits}


def analyser(language: str) -> tantivy.TextAnalyzer:
    """Words in small letters, stemmed where we know how, then without accents."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    words = words.filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    if stemmed := stemmer_of(language):
        words = words.filter(Filter.stemmer(stemmed))
    return words.filter(Filter.ascii_fold()).build()


def _any(queries: list[Query], at_least: int = 1) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=at_least)
