"""Where somebody lives or works: street addresses, small places, named schools and employers."""

import re
from collections.abc import Callable, Iterator

from questions.safety.folding import Span
from questions.safety.postcodes import POSTCODE
from questions.safety.street_words import (
    ABBREVIATED,
    APART,
    BEGINNING,
    CAPITALISED,
    FREE,
    HOUSE,
    JOINED,
    LITTLE,
    NAMED,
    STREET,
    SURE_BEGINNING,
    SURE_STREET,
    UNIT,
)
from questions.safety.vocabulary import either, is_common

POST_BOX = re.compile(
    r"""
    (?<!\w) (?:
      p\.?[ ]?o\.?[ ]?box [ ]?(?:no\.?[ ]?|\#[ ]?)?\d{1,6}
    | post(?:fach|boks|bus|lokero|office[ ]box|al[ ]box|box|al[ ]bag)[ ]?\d{1,5}(?:[ ]\d{1,3}){0,2}
    | apartado (?:[ ]postal|[ ]de[ ]correos)?[ ]\d{1,6} | (?:casella|caixa|bo[îi]te)[ ]postale?[ ]\d{1,6}
    | (?:psc|unit|cmr)[ ]\d{1,5},?[ ]box[ ]\d{1,5}
    | (?:apo|fpo|dpo)[ ]a[aep][ ]\d{5}
    | (?:locked|private)[ ]bag[ ]\d{1,6} | (?:rural[ ]route|r\.?r\.?)[ ]\d{1,3},?[ ]box[ ]\d{1,5}
    ) (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
POINT = r"(?:[NSEW]|[NS][EW])"
NUMBER_FIRST = re.compile(
    rf"""
    {FREE} {HOUSE} ,?[ ] (?:{POINT}\.?[ ])? (?: (?:{CAPITALISED}|\d{{1,3}}(?:st|nd|rd|th)) [ ] ){{1,4}}
    (?P<street> (?i:{STREET}) ) \b\.? (?: [ ](?:{POINT}|North|South|East|West)\b\.? )?
    """,
    re.VERBOSE,
)
IN_SMALL_LETTERS = re.compile(
    rf"""
    {FREE} \d{{1,5}}[a-z]?,?[ ] (?P<name> (?: (?: [a-z]{{1,14}} | \d{{1,3}}(?:st|nd|rd|th) ) [ ] ){{1,2}} )
    (?: {SURE_STREET} | {either(ABBREVIATED)} ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
NOT_A_YEAR = r"(?!(?:19|20)\d\d(?!\d))"
NUMBER_LAST = re.compile(
    rf"""
    (?<![\w'.-]) (?:
      (?: {CAPITALISED}[ ] ){{0,3}} (?!Arbeitsplatz|Brigade) (?:
        (?=[^\W\d_a-z]) (?: (?:[^\W\d_]{{2,20}}-){{1,3}} | [^\W\d_]{{3,25}}? ) (?i:{JOINED})
      | {CAPITALISED} [ ] (?:[^\W\d_]{{3,12}}[ ])? (?i:{APART})
      )
    | (?P<beginning> (?i:{BEGINNING}) ) [ ]? (?:{LITTLE}[ ']){{0,2}} {NAMED}
    ) ,?[ ] (?:(?i:n[º°o]?\.?|nr\.?|no\.?|num\.?|д\.?|дом|буд\.)[ ]?)?
    {NOT_A_YEAR} {HOUSE} (?![\w%] | [.,:]\d | [ ]?(?:mg|ml|kg|km|years?|times)\b ) \.?
    """,
    re.VERBOSE,
)
ROMANCE = re.compile(
    rf"""
    {FREE} \d{{1,5}}[A-Za-z]? (?:[ ](?:bis|ter))? ,?[ ]
    (?i: rue | avenue | av\. | boulevard | bd | place | chemin | impasse | all[ée]e | quai | cours | passage
      | via | viale | calle | avenida | rua | plaza | piazza | jalan | strada ) [ ]
    (?:(?:{LITTLE})[ ']?){{0,3}} {CAPITALISED} (?:[ ](?:{LITTLE}[ ]){{0,2}}{CAPITALISED}){{0,3}} (?:,?[ ]\d{{1,5}}\b)?
    """,
    re.VERBOSE,
)
NOT_A_STREET = r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)"
# Two numbers around a name: half of the world has no word for its streets.
TWO_NUMBERS = re.compile(
    rf"""
    {FREE} \d{{1,5}} [ ] {NOT_A_STREET} (?=[^\W\d_]{{3}}) {NAMED} [ ] (?:{LITTLE}[ ])? \d{{1,4}}[A-RT-Za-rt-z]?\b
    (?! [.:%]\d | % | [ ]?(?:mg|ml|kg|years?|days?|weeks?|times)\b )
    """,
    re.VERBOSE,
)
NEXT = r"(?:[ ]?(?:,[ ]?|\n[ ]{0,4}))"
BEFORE_POSTCODE = re.compile(
    rf"{FREE} (?:{NAMED},?[ ]{HOUSE}|{HOUSE},?[ ]{NAMED}) {NEXT} {POSTCODE} [ ] {CAPITALISED}", re.VERBOSE
)
BEFORE_TOWN = re.compile(
    rf"{FREE} {HOUSE},?[ ]{NAMED} {NEXT} {NAMED} ,?[ ] (?:[A-Z]{{2,3}},?[ ])? {POSTCODE}", re.VERBOSE
)
BEFORE_UNIT = re.compile(
    rf"""
    {FREE} (?:{HOUSE},?[ ])? {NAMED} (?:[ ]\d{{1,5}}[A-Za-z]?\.?)?
    ,?\s{{0,3}} (?:Apt|Suite|Flat|Unit)\.?[ ]?\d{{1,5}}[A-Za-z]?\b
    """,
    re.VERBOSE,
)
UNIT_FIRST = re.compile(
    rf"(?<!\w) (?:Flat|Studio|Apartment|Apt\.?|Unit|Suite)[ ]\d{{1,4}}[A-Z]? {NEXT} (?:{HOUSE},?[ ])? {NAMED}",
    re.VERBOSE,
)
CORNER = re.compile(
    rf"(?<!\w)(?i:corner of|intersection of)[ ]{NAMED}(?:[ ]\d{{1,5}})?[ ](?:and|&)[ ]{NAMED}(?:[ ]\d{{1,5}})?"
)
# After "I live at" a name with a number beside it is enough.
AFTER_A_CUE = re.compile(
    rf"""
    (?<!\w) (?i: address(?:es)? (?:[ ](?:is|was|will[ ]be|are|here|they[ ]are))* | liv(?:e|es|ed|ing)[ ](?:at|on|in)
      | resid(?:e|es|ing)[ ](?:at|on) | meet[ ](?:me|you|us|him|her)[ ]at
      | (?:send|ship|sent|deliver|mail|post)(?:ed)?[ ](?:\w+[ ]){{0,4}}to | taxi[ ]to | mov(?:e|ed|ing)[ ]to
      | staying[ ]at
      | located[ ](?:at|on) | (?:house|home|flat|place|apartment|office)[ ](?:is[ ])?(?:at|on) | (?:side|end)[ ]of
      | it'?s[ ](?:in|at) | (?:pick|picked)[ ](?:\w+[ ])?up[ ](?:at|from) | wohne[ ](?:in|an|am)
      | adresse (?:[ ](?:ist|est))?
      | direcci[óo]n (?:[ ]es)? | vivo[ ]en | habite | abito[ ]in | moro[ ]na
    ) [ ]? [:,]? \s{{1,4}}
    (?P<place> \d{{1,5}}[A-Za-z]?,?[ ](?:\d{{1,4}}[ ])? {NAMED} (?:[ ]\d{{1,5}}[A-Za-z]?\b)?
      | {NAMED},?[ ]\d{{1,5}}[A-Za-z]?\b (?![ ](?:years?|months?|weeks?|days?|hours?|minutes?|times|miles|km)\b) )
    """,
    re.VERBOSE,
)
STREET_ALONE = re.compile(
    rf"""
    (?<!\w) (?: on | in | at | near | off | along | from | to ) [ ] (?:the[ ])? (?!Wall|Sesame)
    (?P<place> (?:{CAPITALISED}[ ]){{1,3}} (?:Street|Road|Avenue|Lane|Crescent|Terrace|Close|Boulevard)\b )
    """,
    re.VERBOSE,
)
SMALL_PLACE = re.compile(
    rf"""
    (?<!\w) (?i: village | hamlet | town | suburb | neighbou?rhood | estate | parish | street )
    [ ] (?:of|called|named) [ ]
    (?P<place> {CAPITALISED} (?: [ -] (?:{LITTLE}[ -]){{0,2}} {CAPITALISED} ){{0,2}} )
    """,
    re.VERBOSE,
)
ORGANISATION = either(
    """
    School Primary Elementary Academy College University High Hospital Clinic Church Surgery Ltd Inc GmbH LLC
    Bakery Pharmacy Library Council Nursery Kindergarten Practice Infirmary Prison Hotel Restaurant Middle Grammar
    Gymnasium Grundschule Secondary Prep
    """
)
WORKPLACE = re.compile(
    rf"""
    (?<!\w) (?i: work(?:s|ed|ing)? | teach(?:es|ing)? | taught | stud(?:y|ies|ied|ying) | employed | job | nurse
      | teacher
      | student | pupil | goes | go | went | attends? | attended | enrolled | patient | pastor | principal ) [ ]
    (?:(?:at|for|in|to|with|of)[ ])? (?:the[ ])?
    (?P<place> (?: {CAPITALISED} [ ] (?:of[ ]|and[ ])? ){{1,4}} {ORGANISATION} (?:[ ]{ORGANISATION})? \b )
    """,
    re.VERBOSE,
)
# What follows an address and belongs to it: the flat, the town with its postcode, the country.
TAIL = re.compile(
    rf"""
    [ ]? (?: ,[ ]? | ,?[ ]?\n\s{{0,4}} | [ ] ) (?:
      {UNIT}
    | {NAMED} ,?\s{{1,3}} (?:[A-Z]{{2,3}},?[ ])? {POSTCODE}
    | {POSTCODE} (?: [ ] {CAPITALISED} )?
    | (?<![^,\n][ ]) {NAMED} (?= [ ]?(?:[,.;?!)]|\n|$) )
    | [A-Z]{{2}}[ ]{POSTCODE}
    )
    """,
    re.VERBOSE,
)


def addresses(text: str) -> Iterator[Span]:
    """Street addresses with the town and postcode after them; small places and employers after words that say so."""
    for pattern, is_one in WHOLE.items():
        for found in pattern.finditer(text):
            if is_one(found):
                yield found.start(), _with_town(text, found.end())
    for found in AFTER_A_CUE.finditer(text):
        if _is_uncommon(found["place"]):
            yield found.start("place"), _with_town(text, found.end("place"))
    for pattern in (STREET_ALONE, SMALL_PLACE, WORKPLACE):
        for found in pattern.finditer(text):
            yield found.span("place")


def _always(found: re.Match[str]) -> bool:
    return True


def _is_uncommon(words: str) -> bool:
    """Whether no ordinary word is among them: "5 Musicians Of The 70" is no address."""
    return not any(is_common(word) for word in re.findall(r"[^\W\d_]{2,}", words) if word != "No")


def _has_no_street_word(found: re.Match[str]) -> bool:
    return _is_uncommon(found[0])


def _is_a_street(found: re.Match[str]) -> bool:
    """ "3 Big Hills" and "24 Hours way" are none, "3 Elm Hill," after "at" is one."""
    if EVEN_IN_SMALL_LETTERS.fullmatch(found["street"]):
        return True
    long_enough = found[0][1].isalnum() or LEADS_TO_A_NUMBER.search(
        found.string, max(0, found.start() - 5), found.start()
    )
    return found["street"][0].isupper() and bool(long_enough) and _is_uncommon(found[0][: -len(found["street"])])


def _is_named_plainly(found: re.Match[str]) -> bool:
    return not any(
        word.lower() not in DIRECTIONS and (is_common(word) or word.lower() in NOT_IN_STREETS)
        for word in found["name"].split()
    )


def _begins_a_street(found: re.Match[str]) -> bool:
    words = re.findall(r"[^\W\d_][^\W\d_-]+(?:-[^\W\d_]+)*", found[0])
    if not (beginning := found["beginning"]):
        return not is_common(words[0])
    sure = beginning[0].isupper() or re.fullmatch(SURE_BEGINNING, beginning, re.IGNORECASE) is not None
    return sure and _is_uncommon(found[0][len(beginning) :])


EVEN_IN_SMALL_LETTERS = re.compile(f"{SURE_STREET}|{either(ABBREVIATED)}", re.IGNORECASE)
DIRECTIONS = {"north", "south", "east", "west", "n", "s", "e", "w"}
LEADS_TO_A_NUMBER = re.compile(r"(?:^|\n|[,:] ?|(?<!\w)(?:at|to|in|is) )$", re.IGNORECASE)
NOT_IN_STREETS = set(
    """
    way lane years year months month weeks week days hours hour minutes minute mins min miles mile km blocks block
    steps houses house doors door people men women times busy different long short car cars side dead test driving
    disk hard square feet foot ft percent old bed room second third same down up from an by
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)
# Every pattern of a whole address, with what must be true of a match besides.
WHOLE: dict[re.Pattern[str], Callable[[re.Match[str]], bool]] = {
    POST_BOX: _always,
    NUMBER_FIRST: _is_a_street,
    IN_SMALL_LETTERS: _is_named_plainly,
    NUMBER_LAST: _begins_a_street,
    ROMANCE: _always,
    TWO_NUMBERS: _has_no_street_word,
    BEFORE_POSTCODE: _always,
    BEFORE_TOWN: _always,
    BEFORE_UNIT: _has_no_street_word,
    UNIT_FIRST: _always,
    CORNER: _always,
}


def _with_town(text: str, end: int) -> int:
    """Where an address ends, with its flat, town, state and postcode: six more pieces at most."""
    for _piece in range(6):
        if not (tail := TAIL.match(text, end)):
            break
        end = tail.end()
    return end
