"""One spelling for signs that look alike, so that the patterns need to know only one."""

from collections.abc import Iterable

# A stretch of a text: where it begins and where it has ended, in characters.
Span = tuple[int, int]

ZEROS = "٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
SPACES = "\t\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LINE_ENDS = "\v\f\u0085\u2028\u2029"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
APOSTROPHES = "\u2018\u2019\u02bc\u00b4`"


def _signs(signs: Iterable[str], becomes: str) -> dict[int, str]:
    return {ord(sign): becomes for sign in signs}


# The last lines win: a fullwidth dash is a dash first of all.
_ONE_SPELLING = {
    **{0xFF01 + place: chr(0x21 + place) for place in range(94)},
    **{ord(zero) + value: str(value) for zero in ZEROS for value in range(10)},
    **_signs(SPACES, " "),
    **_signs(LINE_ENDS, "\n"),
    **_signs(DASHES, "-"),
    **_signs(APOSTROPHES, "'"),
}


def folded(text: str) -> str:
    """The text with digits of other scripts, fullwidth letters, odd spaces and dashes as ASCII writes them.

    Every character becomes exactly one character, so a place in the one is the same place in the other.
    """
    return text.translate(_ONE_SPELLING)
