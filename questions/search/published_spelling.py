"""Words that somebody may have meant, taken from those that readers can read in the open."""

import re
from collections.abc import Iterable, Mapping

from questions.search.typed import LONGEST
from questions.search.words import AS_WRITTEN, readable, words_of

SHORTEST_CORRECTED = 4
"""A shorter word is like too many others."""
TWO_SLIPS_FROM = 8
"""Letters from which on a word may differ in two places."""
MOST_CORRECTED = 6
"""So many words of one search are corrected; in a whole letter, it would take too long and help nobody."""


def corrections(words: Iterable[str], known: Mapping[str, int]) -> dict[str, str]:
    """For each word, as far as there is one, the known word that is spelt most nearly like it, then the commonest.

    `known` are the words that may be suggested, each with how often it is used.
    """
    found = {}
    for word in list(dict.fromkeys(words))[:MOST_CORRECTED]:
        if len(word) < SHORTEST_CORRECTED or any(sign.isdigit() for sign in word):
            continue
        if nearest := _nearest(word, known):
            found[word] = nearest
    return found


def rewritten(typed: str, corrected: Mapping[str, str]) -> str:
    """What was typed with its corrected words in their places; quotation marks and the rest stay."""
    typed = readable(typed[:LONGEST])
    rewritten, at = "", 0
    for word in words_of(typed, AS_WRITTEN):
        rewritten += typed[at : word.start] + corrected.get(word.stem, typed[word.start : word.end])
        at = word.end
    return re.sub(r"\s+", " ", rewritten + typed[at:]).strip()


def _nearest(word: str, known: Mapping[str, int]) -> str:
    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    letters = set(word)
    near = (
        (difference, -known[other], other)
        for other in known
        # Most are ruled out by their length and letters, before they are compared letter by letter.
        if other != word and abs(len(other) - len(word)) <= slips and len(letters ^ set(other)) <= 2 * slips
        if (difference := slips_between(word, other)) <= slips
    )
    return min(near, default=(0, 0, ""))[2]


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
