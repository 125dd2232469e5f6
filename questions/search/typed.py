"""What somebody types into a search box, read so that no text of theirs is an error."""

import re
from dataclasses import dataclass

from questions.search.words import AS_WRITTEN, readable, words_of

LONGEST = 10_000
"""So many characters of what is typed are read."""

_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')

Phrase = tuple[str, ...]
"""Words as they are written, in their order."""


@dataclass(frozen=True)
class Wanted:
    """What a search asks for: the words of `text`, phrases that must be there, and phrases that must not.

    `is_unfinished` says that the last word of `text` may only be its beginning.
    """

    text: str
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    is_unfinished: bool = False


def wanted_by(typed: str) -> Wanted:
    """Words, "phrases", -without and -"without phrases"; everything else that is typed counts as words."""
    typed = readable(typed[:LONGEST]).translate(_QUOTES)
    words: list[str] = []
    phrases: list[Phrase] = []
    without: list[Phrase] = []
    is_unfinished = False
    for part in _PART.finditer(typed):
        said = part["phrase"] or part["word"] or ""
        found = words_of(said, AS_WRITTEN)
        phrase = tuple(word.stem for word in found)
        is_unfinished = bool(found) and part["phrase"] is None and not part["without"] and found[-1].end == len(said)
        if phrase and part["without"]:
            without.append(phrase)
        elif len(phrase) > 1 and part["phrase"] is not None:
            phrases.append(phrase)
        elif phrase:
            words.append(said)
    return Wanted(" ".join(words), tuple(phrases), tuple(without), is_unfinished and not typed[-1:].isspace())
