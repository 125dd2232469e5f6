"""Telephone numbers, as people write them all over the world."""

import re
from collections.abc import Iterator

import phonenumbers

from questions.safety.cues import Cue, cue_before
from questions.safety.folding import Span
from questions.safety.vocabulary import either

# The longest stretch of digits with what people put between them; whether it is a number is decided afterwards.
RUN = re.compile(
    r"""
    (?<![\w+]) (?<!\d[.,:/-]) (?<![$€£¥₹])
    (?: \+ [ ]? \(? | \( [ ]? \+? )?+ \d
    (?: [ ().·~/-]{0,3}+ \d )++
    \)?
    """,
    re.VERBOSE | re.ASCII,
)
GROUP = re.compile(r"\d+", re.ASCII)
DATE = re.compile(
    r"""
    (?<!\d)(?<!\d[./-]) (?:
      (?:19|20)\d\d (?P<mark>[./-]) [01]?\d (?P=mark) [0-3]?\d (?: [T ][012]?\d (?=:) )?
    | [0-3]?\d (?P<sign>[./-]) [0-3]?\d (?P=sign) (?: (?:19|20)\d\d | \d\d )
    | [0-3]?\d [ ] [01]?\d [ ] (?:19|20)\d\d (?![ ]\d)
    ) (?!\d|[./-]\d)
    """,
    re.VERBOSE | re.ASCII,
)
EXTENSION = re.compile(
    r"[ ]?,?[ ]?(?:(?:ext(?:ension|n)?\b\.?|poste|durchwahl|int\.|anexo|ramal|toestel|apparat)[ ]?:?[ ]?"
    r"|[x#][ ]?)\d{1,6}(?!\w)",
    re.IGNORECASE,
)
# The words after a number that say as much as those before it.
SAID_AFTER = re.compile(
    r"""
    [ ]{0,2}[(\[,:-]?[ ]{0,2} (?:
      (?:office|fax|mobile|mob|cell|cellphone|home|work|tel|telephone|phone|landline|direct|voicemail|whats?app|handy)
        (?!\w|[ ](?:or|for|days?|hours?)\b)
    | (?:is|was|'s|are)[ ](?:my|his|her|their|our|the)[ ](?:\w+[ ])?(?:number|cell|phone|mobile|digits|line)
    | \([mhwocf]\)
    | [^.!?\n\d]{0,30}?(?<!\w)(?:calls?|called|calling|texts?|texted|rings?|phoned
        |phones|dialled|dialed|cell|whatsapp|answers?)(?!\w)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
UNIT = re.compile(
    r"""
    [ ]? (?: [%€$£°] | (?: mgs? | ml | mcg | µg | kgs? | g | lbs? | km | cm | mm | iu | kcal | cal | calories | hz | bpm
      | years? | yrs? | months? | weeks? | days? | hours? | hrs? | minutes? | mins? | seconds? | times | people | euros?
      | dollars? | usd | eur | pounds? | quid | rupees? | rs | kr | yen | steps | miles | feet | ft | ng | mmol
      | u/l | iu/ml
      | k | million | percent | units? | points? | am | pm | words | followers | views | cells | copies )
    (?![^\W_]) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
NORTH_AMERICAN = re.compile(
    r"(?:(?:\+?1|001)[ ./-]{1,3}|\+?1(?=\())?(?:\([2-9]\d\d\)[ ./-]{0,3}"
    r"|[2-9]\d\d[ ./-]{1,3})\d{3}[ ./-]{0,3}\d{4}",
    re.ASCII,
)
COUNTRY = "|".join(sorted(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE), key=len, reverse=True))
INTERNATIONAL = re.compile(rf"\(?(?:\+[ ]?\(?[1-9]|(?:00|011)[ -]?(?:{COUNTRY}))", re.ASCII)
# Brackets around an area or a country: "(351) 968 614 651", "8 (178) 737-0383", "(35)/588-1142".
BRACKETED = re.compile(r"(?:\d{1,3}[ -]?)?\(\d{1,5}\)[ ./-]{0,2}\d{2,}(?:[ ./-]?\d{2,}){0,4}", re.ASCII)
ELSEWHERE = re.compile(
    r"\d\d[ ]9?\d{4}-\d{4}"  # Brazil
    r"|[78][ -]\d{3}[ -]\d{3}[ -]\d\d[ -]\d\d"  # Russia
    r"|\d\d/\d{3}[ -]\d{4}"  # Hungary
    r"|69\d\d[ ]\d{6}",  # Greece
    re.ASCII,
)
# A first 0 is how most of the world begins a number at home, and how nobody begins an amount.
HOME = re.compile(r"(?!\d{5}-\d{4}$)\(?0(?!00)\d{1,5}\)?(?:[ ./-]{1,3}|(?=\d))\(?\d", re.ASCII)
# Where numbers begin without one, the grouping tells a number from a list of figures.
GROUPED_LIKE = ("US", "ES", "PL", "IT", "PT", "CZ", "GR", "HU", "BR", "MX", "IN", "RU", "CN", "AU", "IL", "TR")
WRITTEN_SOLID_IN = ("US", "IN", "CN", "ES", "PT", "IT")
EVENLY = re.compile(r"\d{2,3}([ .-])\d{3}\1\d{3}|\d{4}[ -]\d{4}|\d\d([.-])\d\d\2\d\d\2\d\d", re.ASCII)
# "7943 2027 Prospect" is the beginning of an address.
BEFORE_A_NAME = re.compile(r" [A-ZÀ-Þ]")
# 116 000 to 116 999 and the like are lines for everybody.
EVERYBODYS = re.compile(r"116\d{3}|[01]?800\d{3}\d?", re.ASCII)
# Six digits are a number only where nothing stands between them and its name.
DIRECTLY = re.compile(
    r"(?<!\w)(?:tel|telephone|phone|fax|mobile|cell|number is|call|telefon|tél|тел)[.: ]{1,3}$", re.IGNORECASE
)
# "NDC: 0052717", "SKU 00401": other numbers have capitals for a name.
LABELLED = re.compile(r"(?<!\w)(?!TEL|FAX|MOB|PH|SMS|HP|WA)[A-Z]{2,5}[:#]? ?$")
ROUND = re.compile(r"[1-9]\d{0,2}0{5,}", re.ASCII)
VERSION = re.compile(r"\d{1,5}\.\d+|(?=(?:.*\.)?\d(?:\.|$))\d+(?:\.\d+)+", re.ASCII)
DIGIT_WORD = either(
    """
    zero oh o nought one two three four five six seven eight nine
    null eins zwei zwo drei vier fünf sechs sieben acht neun
    """
)
SPOKEN = re.compile(
    rf"(?<!\w)(?:(?:double |triple )?{DIGIT_WORD}[ ,.-]{{1,3}}){{6,20}}(?:double "
    rf"|triple )?{DIGIT_WORD}(?!\w)",
    re.IGNORECASE,
)

FEWEST_DIGITS = 6


def phone_numbers(text: str) -> Iterator[Span]:
    """Telephone numbers with their extensions; never dates, years, prices, doses, or what is said to be else."""
    for found in SPOKEN.finditer(text):
        if _is_spelt_out(found[0].lower()):
            yield found.span()
    dateless = DATE.sub(lambda date: "|" * len(date[0]), text)
    for run in RUN.finditer(dateless):
        if len(_digits(run[0])) < FEWEST_DIGITS:
            continue
        for start, end in _in_run(dateless, *run.span()):
            extension = EXTENSION.match(text, end)
            yield start, extension.end() if extension else end


def _is_spelt_out(words: str) -> bool:
    """Whether digit words are a number: "oh oh oh" and counting to ten are none."""
    digits = re.findall(r"\w+", words)
    return len(set(digits)) >= 4 and digits[:4] != ["one", "two", "three", "four"]


def _in_run(text: str, start: int, end: int) -> Iterator[Span]:
    run = text[start:end]
    groups = [(start + group.start(), start + group.end()) for group in GROUP.finditer(run)]
    cue = None if run.startswith(("+", "(+")) else cue_before(text, start)
    if len(groups) <= 12 and _is_number(text, start, end, cue):
        yield start, end
        return
    place = 0
    while place < len(groups):
        # Two numbers beside each other, or a house number in front of one: the longest that has a known shape.
        for last in range(min(place + 7, len(groups)) - 1, place - 1, -1):
            if not 8 <= sum(stop - begin for begin, stop in groups[place : last + 1]) <= 17:
                continue
            piece = _with_brackets(text, groups[place][0], groups[last][1])
            if len(groups) > 1 and _has_a_shape(text[slice(*piece)], cue):
                yield piece
                place = last
                break
        place += 1


def _with_brackets(text: str, start: int, end: int) -> Span:
    """The same stretch with the plus or the opening bracket before it."""
    while start > 0 and text[start - 1] in "+(":
        start -= 1
    return start, end


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isdigit())


def _has_a_shape(written: str, cue: Cue | None) -> bool:
    """Whether it is written as numbers are, whatever stands around it."""
    count = len(_digits(written))
    if not 8 <= count <= 17 or cue not in (None, Cue.PHONE, Cue.NOTHING):
        return False
    if INTERNATIONAL.match(written):
        return True
    if cue is Cue.NOTHING:
        return False
    if any(shape.fullmatch(written) for shape in (NORTH_AMERICAN, BRACKETED, ELSEWHERE)):
        return True
    return HOME.match(written) is not None and (9 if written.isdigit() or " " in written[:4] else 8) <= count <= 13


def _is_number(text: str, start: int, end: int, cue: Cue | None) -> bool:
    written, digits = text[start:end], _digits(text[start:end])
    said_after = SAID_AFTER.match(text, end) is not None
    if not FEWEST_DIGITS <= len(digits) <= 17 or UNIT.match(text, end) or _is_figures(written):
        return False
    if cue is Cue.PHONE or said_after:
        enough = len(digits) >= 7 or DIRECTLY.search(text, max(0, start - 15), start) is not None
        return enough and len(digits) <= 15 and EVERYBODYS.fullmatch(digits) is None
    if LABELLED.search(text, max(0, start - 8), start):
        return False
    if _has_a_shape(written, cue):
        return True
    if cue is not None or len(digits) < 8:
        return False
    if written.isdigit():
        return any(_is_valid(written, region) for region in WRITTEN_SOLID_IN) if 9 <= len(written) <= 11 else False
    return (
        _is_alone(text, start, end)
        or (_is_grouped_evenly(written) and not BEFORE_A_NAME.match(text, end))
        or any(_is_grouped_like(written, region) for region in GROUPED_LIKE)
    )


def _is_figures(written: str) -> bool:
    """Years, decimals, ranges of years: "2019-2020", "1998 2003 2010", "12.3456789"."""
    groups = GROUP.findall(written)
    if all(len(group) == 4 and group[:2] in {"18", "19", "20"} for group in groups):
        return True
    return VERSION.fullmatch(written) is not None or ROUND.fullmatch(written) is not None


def _is_alone(text: str, start: int, end: int) -> bool:
    """A line that holds nothing else, as under a letter's name and address."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)].strip(" .,;")
    return len(line) == end - start and len(GROUP.findall(line)) <= 5 and len(_digits(line)) <= 12 and line_start > 0


def _is_grouped_evenly(written: str) -> bool:
    """Groups as on a card to be called, and not figures: those go up ("1000-2000", "25-50-75") or are round."""
    values = [int(group) for group in GROUP.findall(written)]
    figures = values == sorted(values) or all(value % 5 == 0 for value in values)
    return EVENLY.fullmatch(written) is not None and not figures


def _is_valid(written: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number_for_region(number, region)


def _is_grouped_like(written: str, region: str) -> bool:
    """Whether that country would write a valid number of its own with just these groups."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_valid_number_for_region(number, region):
        return False
    as_there = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return GROUP.findall(as_there) == GROUP.findall(written)
