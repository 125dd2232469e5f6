"""Words that call for help now, found by reviewed phrases: one plain file for each language, in `phrases/`.

A list of phrases misses people, and whoever shows what it finds says so. How the files are written: `phrasing.py`.
"""

from functools import cache
from pathlib import Path

from questions.safety.phrasing import Finder, Language, languages_in, small

PHRASES = Path(__file__).parent / "phrases"


def cries(text: str) -> list[tuple[int, int]]:
    """Where `text` calls for help now in any of the languages: (start, end) in characters, sorted, never overlapping.

    An empty list means that no phrase of ours was found, which is not to say that nobody needs help.
    """
    lower = small(text)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(span for finder in _finders() for span in finder.found(lower)):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


@cache
def calls_by_language() -> list[Language]:
    """What the phrase files say, for Python and JavaScript alike."""
    return languages_in(PHRASES)


@cache
def _finders() -> list[Finder]:
    return [language.compiled() for language in calls_by_language()]
