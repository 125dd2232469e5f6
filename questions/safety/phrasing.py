"""How the phrases of `phrases/` are written, and what regular expressions they become.

# a heading or a remark
want to die                  these words in any case; accents, apostrophes and hyphens may be missing in the text
(want|wish) to be dead       one of the alternatives
I [just|really] want         words that may be missing; "cut[ting]" is "cut" or "cutting"
he ... hits me               up to three other words of the same sentence in between
want to be here .            only where a sentence, a line or the text ends or pauses
. 15yo here                  only where a sentence, a line or the text begins
{he} = he|she|my (ex|boss)   from here on, {he} stands for these
- hits me at chess           not a call: a phrase that shares a word of the text with this does not count
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import NamedTuple

# Spelt out, because `\w` and `\b` know all alphabets in Python and only the English one in JavaScript.
LETTER = "[0-9a-zà-öø-ɏ\u0300-\u036f]"
# What stands between words and what words are made of have no sign in common, and both have an end: no text,
# however it is made, can be cut up in so many ways that looking for a phrase takes long.
BETWEEN = r'\s*_~,"«»()\[\]\-'
SPACE = f"[{BETWEEN}]{{1,9}}"
GAP = f"(?:{SPACE}[^{BETWEEN}.!?:;]{{1,24}}){{0,3}}?"
AS_EXPRESSION = {
    " ...": " ...",  # these two are parts, spelt out at the end
    " ": " ",
    " .": r"(?=\s{0,9}(?:[.!?,;)\]\n]|$))",
    ". ": r"(?:(?<![\s\S])|(?<=\n)|(?<=[.!?]\s))",
    "(": "(?:",
    ")": ")",
    "|": "|",
    " [": "(?: (?:",
    "[": "(?:(?:",
    "]": "))?",
    "'": r"['´`\s]?",
    "-": r"[\s\-]?",
    "/": r"\s?/\s?",
    ":": r"\s?:\s?",
    ".": r"\.?",
    "ß": "(?:ß|ss)",
}
SIGN = re.compile(r"^\. | \.\.\.| \.$| \[|\{[^{}]*\}|.")
# Dashes, curly quotes and apostrophes, dots in one: read as spaces, so that the expressions stay small and quick.
TYPOGRAPHIC = dict.fromkeys(range(0x2010, 0x2028), " ")
NO_WORD_BEFORE = re.compile(r"(?:^|[(|\[])\[")
NO_WORD_AFTER = re.compile(r" \[[^\[\]]*\]$")


class Language(NamedTuple):
    """The phrases of one language as regular expressions, in short: each of `parts` is a name and what it stands for.

    The same for Python and JavaScript, so that a page can look while somebody types, and send nothing. There, `text`
    calls for help if this is true for one of the languages:

        const plain = text.replace(/[\\u2010-\\u2027]/g, " ")
        const spelt = (short) => parts.reduceRight((long, [name, words]) => long.replaceAll(name, words), short)
        const found = (short) => [...plain.matchAll(new RegExp(spelt(short), "giu"))]
        const shareWords = (a, b) => a.index < b.index + b[0].length && b.index < a.index + a[0].length
        found(calls).some((call) => !found(exceptions).some((exception) => shareWords(call, exception)))
    """

    parts: list[tuple[str, str]]
    calls: str
    exceptions: str

    def compiled(self) -> "Finder":
        return Finder(_compiled(self.calls, self.parts), _compiled(self.exceptions, self.parts))


class Finder(NamedTuple):
    """The expressions of one language, ready to be used again and again."""

    calls: re.Pattern[str]
    exceptions: re.Pattern[str]

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the phrases stand in `text`, which has been made `small`: (start, end) in characters, sorted."""
        calls = [call.span() for call in self.calls.finditer(text)]
        exceptions = [exception.span() for exception in self.exceptions.finditer(text)] if calls else []
        for start, end in calls:
            if not any(start < until and since < end for since, until in exceptions):
                yield start, end


def small(text: str) -> str:
    """`text` in small letters and plain signs, each at its place: letters that would become two stay as they are."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lower.translate(TYPOGRAPHIC)


def languages_in(folder: Path, *known: tuple[str, str]) -> list[Language]:
    """What the files of `folder` say; they may use the names of `known`, which are given with their expressions."""
    return [language_of(path.read_text("utf-8"), *known) for path in sorted(folder.glob("*.txt"))]


def language_of(phrases: str, *known: tuple[str, str]) -> Language:
    """What one phrase file says. A line that breaks the notation raises ValueError with its number."""
    parts = [(" ", SPACE), (" ...", GAP), *known]
    calls: list[str] = []
    exceptions: list[str] = []
    for number, line in enumerate(unicodedata.normalize("NFC", phrases).lower().splitlines(), start=1):
        phrase = " ".join(line.split())
        name, is_name, words = phrase.partition("} = ")
        try:
            if is_name:
                parts.append((name + "}", f"(?:{_expression(words, parts)})"))
            elif phrase.startswith("- "):
                exceptions.append(_expression(phrase[2:], parts))
            elif phrase and not phrase.startswith("#"):
                calls.append(_expression(phrase, parts))
        except KeyError as sign:
            raise ValueError(f"line {number} cannot be read at {sign}: {line}") from sign
    return Language(
        parts, *(f"(?<!{LETTER})(?={LETTER})(?:{'|'.join(some)})(?!{LETTER})" for some in (calls, exceptions))
    )


def _expression(phrase: str, parts: list[tuple[str, str]]) -> str:
    known = AS_EXPRESSION | {name: name for name, _words in parts}
    if any(phrase.count(opening) != phrase.count(closing) for opening, closing in ("()", "[]")):
        raise KeyError("a bracket")
    if NO_WORD_BEFORE.search(phrase) or NO_WORD_AFTER.search(phrase):
        raise KeyError("[")
    return SIGN.sub(lambda sign: known[sign[0]] if sign[0] in known else _letter(sign[0]), phrase)


def _letter(letter: str) -> str:
    if not letter.isalnum():
        raise KeyError(letter)
    base, *accents = list(unicodedata.normalize("NFD", letter))
    return f"(?:{letter}|{base}{''.join(accents)}?{'e?' * (letter in 'äöü')})" if accents else letter


def _compiled(short: str, parts: list[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile(reduce(lambda long, part: long.replace(*part), reversed(parts), short))
