"""A piece of a text around the words that were looked for, with those words marked."""

from collections.abc import Callable, Sequence

from questions.search.typed import Wanted
from questions.search.words import AS_WRITTEN, Word, readable, small_change, stems_of, words_of

LONGEST = 200
"""Characters of a piece, the ellipses not counted."""

Pieces = list[tuple[str, bool]]
"""A text cut where the marking begins and ends; True marks what was looked for."""


def marked(text: str, language: str, weight: Callable[[str, str], float], longest: int = LONGEST) -> Pieces:
    """The stretch of a text whose looked-for words weigh most, cut between words and marked; the earliest of several.

    `weight` says what a word of the text counts, given as its stem and as it is written; nothing means it is unmarked.
    Each stem counts once in a stretch. Where nothing is marked it is the beginning.
    """
    text = " ".join(readable(text).split())
    words = words_of(text, language)
    written = words_of(text, AS_WRITTEN)
    weights = [weight(word.stem, as_written.stem) for word, as_written in zip(words, written, strict=True)]
    hits = [(word, found) for word, found in zip(words, weights, strict=True) if found]
    start, end = _stretch(text, words, hits, longest)
    pieces: Pieces = [("…", False)] if start else []
    at = start
    for word, _weight in hits:
        if start <= word.start and word.end <= end:
            pieces += [(text[at : word.start], False), (text[word.start : word.end], True)]
            at = word.end
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return _joined(pieces)


def is_wanted(wanted: Wanted, language: str) -> Callable[[str, str], bool]:
    """Tells of a word in `language`, by its stem and as it is written, whether a search looked for it.

    Small words such as "the" are told only where nothing else was looked for.
    """
    stems = set(stems_of(wanted.text, language))
    stems = stems - small_change(wanted.text, language) or stems
    written = {word for phrase in wanted.phrases for word in phrase}
    last = stems_of(wanted.text, AS_WRITTEN)[-1:] if wanted.is_unfinished else []
    return lambda stem, as_written: stem in stems or as_written in written or any(map(as_written.startswith, last))


def _stretch(text: str, words: Sequence[Word], hits: Sequence[tuple[Word, float]], longest: int) -> tuple[int, int]:
    """Where the best stretch begins and ends, with a little of what stands before its first marked word."""
    if len(text) <= longest:
        return 0, len(text)
    best, first = 0.0, 0
    for index, (begins, _weight) in enumerate(hits):
        within: dict[str, float] = {}
        for word, weight in hits[index:]:
            if word.end > begins.start + longest - longest // 4:
                break
            within[word.stem] = weight
        if sum(within.values()) > best:
            best, first = sum(within.values()), begins.start
    earliest = min(max(0, first - longest // 4), len(text) - longest)
    start = next((word.start for word in words if word.start >= earliest), earliest) if earliest else 0
    ends = [word.end for word in words if start < word.end <= start + longest]
    end = len(text) if len(text) <= start + longest else (ends[-1] if ends else start + longest)
    return start, end


def _joined(pieces: Pieces) -> Pieces:
    """Neighbours that are marked alike become one piece; empty ones go, and so does the space between two marks."""
    joined: Pieces = []
    for text, is_marked in pieces:
        if not text:
            continue
        if joined and joined[-1][1] == is_marked:
            joined[-1] = (joined[-1][0] + text, is_marked)
        else:
            joined.append((text, is_marked))
    return joined
