"""The passage of an episode that is most like a text."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

SHORTEST = 160
LONGEST = 200

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)]*\s+|(?<=[。！？])")
_BETWEEN_BLOCKS = " · "


def best_passage(text: str, weights: Mapping[str, float], stems: Callable[[str], Iterable[str]]) -> str:
    """The beginning of a sentence and what follows it, of about SHORTEST to LONGEST characters, cut between words.

    It is the passage whose distinct words weigh most; where several do, the first whose first sentence weighs most.
    `text` has a block on each line. Empty when it has no words.
    """
    sentences = [
        (" ".join(sentence.split()), number)
        for number, block in enumerate(text.splitlines())
        for sentence in _sentences(block)
    ]

    def weight(words: str) -> float:
        # Exact, since a set has no order: else the same words could weigh a rounding more or less each time.
        return math.fsum(weights.get(stem, 0.0) for stem in set(stems(words)))

    passages = ((_passage_from(start, sentences), sentence) for start, (sentence, _block) in enumerate(sentences))
    best = max(passages, key=lambda found: (weight(found[0]), weight(found[1])), default=("", ""))
    return best[0]


def _sentences(block: str) -> list[str]:
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(block)), len(block)]
    return [piece for start, end in pairwise(ends) if (piece := block[start:end].strip())]


def _passage_from(start: int, sentences: list[tuple[str, int]]) -> str:
    passage, block = sentences[start]
    for index in range(start + 1, len(sentences)):
        if len(passage) >= SHORTEST:
            break
        sentence, number = sentences[index]
        passage += (" " if number == block else _BETWEEN_BLOCKS) + sentence
        block = number
    return shortened(passage)


def shortened(text: str) -> str:
    """The text, or as many of its words as fit into LONGEST characters with an ellipsis after them."""
    if len(text) <= LONGEST:
        return text
    start = text[:LONGEST]
    words = start[:-1] if text[LONGEST - 1].isspace() else start.rpartition(" ")[0]
    return f"{(words or start[:-1]).rstrip(' ·,;:–—-')}…"
