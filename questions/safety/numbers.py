"""Numbers that an office gave to one person: cards, bank accounts, social security, passports."""

import re
from collections.abc import Iterator

from questions.safety.cues import Cue, cue_before
from questions.safety.folding import Span

# Solid, or in the groups that are printed on cards.
CARD = re.compile(
    r"""
    (?<![\w+]) (?<!\d[.,-]) (?:
      \d{4} [ .-]{1,2} \d{4} [ .-]{1,2} \d{4} (?: [ .-]{1,2} \d{1,4} (?: [ .-]{1,2} \d{1,3} )? )?
    | \d{4} [ .-]{1,2} \d{6} [ .-]{1,2} \d{4,5}
    | \d{12,19}
    ) (?!\w) (?![.-]\d)
    """,
    re.VERBOSE | re.ASCII,
)


def cards(text: str) -> Iterator[Span]:
    """Payment cards: the check digit is right, or the words in front speak of a card."""
    for found in CARD.finditer(text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        cued = cue_before(text, found.start()) is Cue.CARD
        # Cards of 12 digits exist too; they all begin with 5 or 6.
        issued = digits[0] in ((5, 6) if len(digits) == 12 else (1, 2, 3, 4, 5, 6)) and len(set(digits)) > 1
        if cued or (issued and _passes_luhn(digits)):
            yield found.span()


def _passes_luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


# How long an account's number is in each country (IBAN registry).
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27,
    "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25,
    "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18,
    "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33,
    "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
IBAN_BEGINS = re.compile(r"(?<![^\W_])([a-z]{2})\d\d(?=[ -]?[a-z0-9]{2})", re.IGNORECASE | re.ASCII)
IBAN_SIGN = re.compile(r"[ -]?([a-z0-9])", re.IGNORECASE | re.ASCII)
IBAN_LOOSELY = re.compile(
    r"[a-z]{2}\d\d(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?!\w)", re.IGNORECASE | re.ASCII
)
BANK_NUMBER = re.compile(
    r"""
    (?<![^\W_]) (?: account | acct | a/c | routing | sort[ ]?code | bank | konto\w* | compte | cuenta | conto | conta
      | rekening\w* | blz ) (?![^\W_])
    (?: [ ]? (?: account | number | num | no | nr | code | id | is | was | n[uú]mero | de | [:=\#-]
      | \.(?=[ ]) ) (?![^\W_]) ){0,5}
    [ ]{0,2} (?P<token> (?: \d{2}[ -]\d{2}[ -]\d{2} | \d{6,18} | \d{2,5}(?:[ -]\d{2,5}){2,5} ) ) (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def bank_accounts(text: str) -> Iterator[Span]:
    """International account numbers, and others after words that speak of an account."""
    for begin in IBAN_BEGINS.finditer(text):
        if end := _iban_end(text, begin.start(), IBAN_LENGTHS.get(begin[1].upper(), 0)):
            yield begin.start(), end
        elif (loose := IBAN_LOOSELY.match(text, begin.start())) and re.search(
            "iban", text[max(0, loose.start() - 30) : loose.end() + 20], re.IGNORECASE
        ):
            yield loose.span()
    for found in BANK_NUMBER.finditer(text):
        yield found.span("token")


def _iban_end(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits from `start` end, if the check digits are right; else `None`."""
    signs, end = "", start
    while len(signs) < length:
        if not (sign := IBAN_SIGN.match(text, end)):
            return None
        signs, end = signs + sign[1], sign.end()
    if not signs or text[end : end + 1].isalnum():
        return None
    rearranged = "".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])
    return end if int(rearranged) % 97 == 1 else None


SOCIAL_SECURITY = re.compile(
    r"(?<![\w+])(?<!\d[.,/-])(\d{3})([ .-]{1,2})(\d\d)([ .-]{1,2})(\d{4})(?!\w|[./-]\d)", re.ASCII
)
# Numbers of other countries whose shape alone tells them from everything else.
NATIONAL = re.compile(
    r"""
    (?<![\w-]) (?:
      [ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][ ]?\d\d[ ]?\d\d[ ]?\d\d[ ]?[A-D]  # British national insurance
    | (?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}  # Swedish, by birthday
    | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A]\d{3}[0-9A-FHJ-NPR-Y]  # Danish and Finnish
    | \d{3}\.\d{3}\.\d{3}-\d\d  # Brazilian CPF
    | \d{1,2}\.\d{3}\.\d{3}-[\dkK]  # Chilean RUT
    | \d{8}-?[A-HJ-NP-TV-Z] | [XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]  # Spanish DNI and NIE
    | [A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]  # Italian codice fiscale
    | [A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d  # Mexican CURP
    | [12][ ]?\d\d[ ]?(?:0[1-9]|1[0-2])[ ]?(?:\d\d|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d\d  # French, by birth
    | 756\.\d{4}\.\d{4}\.\d\d  # Swiss AHV
    ) (?!\w|-\d)
    """,
    re.VERBOSE | re.ASCII,
)
IDENTIFIER = re.compile(
    r"""
    (?<![^\W_]) (?:
      ssns? | s\.s\.n\.? | itin | tin | sin | social[ ]security | social[ ]insurance | socials?
      | national[ ]insurance | ni
    | nino | tax (?:payer)? | passport | driv(?:er|ing)'?s?[ ]licen[cs]e | licen[cs]e | dl | policy | member (?:ship)?
    | patient | student | employee | staff | insurance | national | identity | identification | id | medicare | medicaid
    | nhs | badge | mrn | health[ ]card | (?:personal)?ausweis\w* | reisepass\w* | versicher\w* | steuer-?id\w*
    | dni | nie
    | nif | cpf | rg | curp | rfc | rut | aadhaa?r | pan | pesel | personnummer | cpr | bsn | codice[ ]fiscale
    | passeport
    | pasaporte | passaporto? | s[ée]curit[ée][ ]sociale | case
    ) (?![^\W_])
    (?P<filler> (?: [ ]? (?: security | insurance | licen[cs]e | identification | identity | number | numbers?
    | num | no | nr | id
      | card | code | is | was | it's | hospital | n[uú]mero | num[ée]ro | nummer | lautet | ist
      | [:=\#-] | \.(?=[ ]) )
      (?![^\W_]) ){0,6} )
    [ ]{0,2} (?P<token> (?: (?-i:[A-Z]{1,5})[ -]?)? \d (?: [ ./-]? [A-Z]{0,2} \d ){3,18} [A-Z]{0,2} ) (?!\w)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def identity_numbers(text: str) -> Iterator[Span]:
    """Social security numbers and their like, and other numbers of a person after words that say so."""
    for found in SOCIAL_SECURITY.finditer(text):
        cue = cue_before(text, found.start())
        if cue in (Cue.SOCIAL, Cue.IDENTITY) or (cue is not Cue.NOTHING and _is_issued(found[1], found[3], found[5])):
            yield found.span()
    for found in NATIONAL.finditer(text):
        yield found.span()
    for found in IDENTIFIER.finditer(text):
        if found["filler"].strip() or len(found["token"]) >= 7:
            yield found.span("token")


def _is_issued(area: str, group: str, serial: str) -> bool:
    """Whether the United States give out such numbers."""
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"
