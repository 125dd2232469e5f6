"""Postcodes of the countries where they tell much, and of all others after a word for them."""

import re
from collections.abc import Iterator

from questions.safety.folding import Span
from questions.safety.street_words import CAPITALISED

# Behind the town or in front of it, inside an address.
POSTCODE = (
    r"(?:(?:[A-Z]{1,2}-)?(?:\d{5}(?:-\d{3,4})?|\d{4}[ ]?[A-Z]{2}|\d{2,3}[ -]\d{2,3}|\d{4}"
    r"|[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}|[A-Z]\d[A-Z][ ]?\d[A-Z]\d)(?!\w))"
)
STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT"
    r"|V[AIT]|W[AIVY])"
)
STATE_AND_ZIP = re.compile(rf"(?<!\w){STATES},?[ ](?P<zip>\d{{5}}(?:-\d{{4}})?)(?!\w|[,.]\d)")
BRITISH = re.compile(
    r"(?<![\w-])(?:GIR[ ]?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]"
    r"|[A-HK-Y]\d[ABEHMNPRV-Y]))[ ]?\d[ABD-HJLNP-UW-Z]{2})(?!\w)"
)
CANADIAN = re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?!\w)")
DUTCH = re.compile(
    rf"(?<![\w-])[1-9]\d{{3}}[ ]?(?!SA|SD|SS|AM|PM|AD|BC|IU|MG|ML|KM|CE|KG)[A-Z]{{2}},?[ ](?={CAPITALISED})"
)
CUED_POSTCODE = re.compile(
    r"""
    (?<![^\W_]) (?: zip (?:[ ]?codes?)? | post[ ]?codes? | postal[ ]?codes? | plz | postleitzahl | code[ ]postal
    | c[óo]digo[ ]postal | cep
      | postnummer | postnr | postinumero | pin[ ]?code | eircode | cap | kod[ ]pocztowy | irányítószám
      | psč ) (?![^\W_])
    (?: [ ]? (?: is | was | ist | es | est | er | é | [:=\#?] | -
      | (?: my | the | area | change | changed | to | now ) (?![^\W_]) ) ){0,4} \s{0,2} ['"(]?
    (?P<zip> (?:[A-Z]{1,2}-)? (?: \d{5}-\d{3,4} | \d{2}-\d{3} | \d{3,8} (?:[ ]?[A-Z]{2}(?!\w)|[ -]\d{2,4})?
    | [A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2} | [A-Z]\d[A-Z\d][ -]?[A-Z\d]{3,4} ) ) (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def postcodes(text: str) -> Iterator[Span]:
    """Postcodes of the shapes that are nothing else, and any after a word for them."""
    for pattern in (STATE_AND_ZIP, CUED_POSTCODE):
        for found in pattern.finditer(text):
            yield found.span("zip")
    for pattern in (BRITISH, CANADIAN, DUTCH):
        for found in pattern.finditer(text):
            yield found.start(), found.start() + len(found[0].rstrip(" ,"))
