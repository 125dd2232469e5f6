"""Words which say that somebody in the question may be under 18."""

import re
from functools import cache
from pathlib import Path

from questions.safety.phrasing import Finder, languages_in, small

AGES = Path(__file__).parent / "ages"

# Alone: not the end of a date or a price, nor followed by a decimal, inches (5'10) or a per cent sign.
YOUNG = ("{8-17}", r"(?<![\d$€£#'])(?<!\d[.,:/])(?:1[0-7]|[89])(?![.,:/]\d|['´`]\d|\s?[%°$€£])")
NUMBER = ("{number}", r"\d{1,3}")
# The last line, "Mia, 15" or "Leo (16)": a name and an age, as letters and sign-offs end.
SIGNED = re.compile(r"(?:^|\n)[^\w\n]{0,9}[^\W\d]{2,20}(?: [^\W\d]{1,20})?\s?[,(\[/-]\s?(?:1[0-7]|[89])\W{0,9}$")


def may_be_under_18(text: str) -> bool:
    """Whether the words of `text` say that its asker, or somebody whom the asker is with, may be under 18.

    A lover of 17 counts as well, because a show for adults cannot air that either; somebody's child does not. The words
    may mislead, so this only ever brings a host to look. True too often is a small harm here; false is the greater one.
    """
    lower = small(text)
    return bool(SIGNED.search(text)) or any(True for finder in _finders() for _span in finder.found(lower))


@cache
def _finders() -> list[Finder]:
    return [language.compiled() for language in languages_in(AGES, YOUNG, NUMBER)]
