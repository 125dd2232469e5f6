"""Which words are first names, and which begin with a capital without being a name."""

import re
import unicodedata
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def is_first_name(word: str) -> bool:
    """Whether the word, or the first half of a double one, is on the list of first names."""
    return _plain(word.split("-")[0]) in _words("first_names.txt")


def is_common(word: str) -> bool:
    """Whether the word often has a capital without being a name: in front of a sentence, for a month, a disease."""
    return _plain(word) in _words("not_surnames.txt")


def _plain(word: str) -> str:
    """In small letters and without accents, as the lists are compared."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return bare.lower().removesuffix("'s")


@cache
def _words(file_name: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in (HERE / file_name).read_text(encoding="utf-8").split())


def either(words: str) -> str:
    """A pattern for any of these words; the longer ones are tried first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True)) + ")"
