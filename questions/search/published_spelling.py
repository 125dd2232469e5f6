"""Words that somebody may have meant, taken from those that readers can read in the open."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from questions.search.typed import LONGEST
from questions.search.words import AS_WRITTEN, readable, words_of

SHORTEST_CORRECTED = 4
"""A shorter word is like too many others."""
TWO_SLIPS_FROM = 8
"""Letters from which on a word may differ in two places."""
MOST_CORRECTED = 6
"""So many words of one search are corrected; in a whole letter, it would take too long and help nobody."""


class Spellings:
    """The words that may be suggested, each with how often it is used, laid out so that near ones are found quickly."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self.known = known
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in known:
            self._by_length[len(word)].append((_letters_of(word), word))

    def corrections(self, words: Iterable[str]) -> dict[str, str]:
        """For each word that has one, the known word that is spelt most nearly like it; of several the commonest."""
        found = {}
        for word in list(dict.fromkeys(words))[:MOST_CORRECTED]:
            if len(word) < SHORTEST_CORRECTED or any(sign.isdigit() for sign in word):
                continue
            if nearest := self._nearest(word):
                found[word] = nearest
        return found

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        letters = _letters_of(word)
        lengths = range(len(word) - slips, len(word) + slips + 1)
        near = (
            (difference, -self.known[other], other)
            for length in lengths
            # Most are ruled out by their length and letters, before they are compared letter by letter.
            for signs, other in self._by_length.get(length, ())
            if (signs ^ letters).bit_count() <= 2 * slips and other != word
            if (difference := slips_between(word, other)) <= slips
        )
        return min(near, default=(0, 0, ""))[2]


def _letters_of(word: str) -> int:
    """The letters that a word has, one bit for each; rare ones may share a bit, which rules out less."""
    letters = 0
    for sign in word:
        letters |= 1 << (ord(sign) % 61)
    return letters


def rewritten(typed: str, corrected: Mapping[str, str]) -> str:
    """What was typed with its corrected words in their places; quotation marks and the rest stay."""
    typed = readable(typed[:LONGEST])
    rewritten, at = "", 0
    for word in words_of(typed, AS_WRITTEN):
        rewritten += typed[at : word.start] + corrected.get(word.stem, typed[word.start : word.end])
        at = word.end
    return re.sub(r"\s+", " ", rewritten + typed[at:]).strip()


def slips_between(word: str, other: str) -> int:
    """How many letters must be added, left out, changed, or swapped with their neighbour, to make one of the other."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        two_before, before, line = before, line, [row]
        for column, sign in enumerate(other, 1):
            cost = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == sign:
                cost = min(cost, two_before[column - 2] + 1)
            line.append(cost)
    return line[-1]
