"""The asker's receipt: 80 bits that lead back to one question and to nobody.

A receipt is made from the form's nonce and the exact text, so sending the same text twice with the same form gives the
same receipt. Only its keyed digest is kept. It is written in Crockford's base 32 (no I, L, O, U), sixteen letters in
four groups, and read forgivingly.
"""

import hashlib
import hmac
import secrets
import unicodedata
from typing import NewType

from django.conf import settings
from django.core import signing

Receipt = NewType("Receipt", str)

FORM_TOKEN_SECONDS = 24 * 60 * 60
"""How long a form may lie open before it must be fetched anew."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 16
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "|": "1"})
_LONGEST_ENTRY = 200


def _hmac(purpose: str, message: bytes) -> bytes:
    return hmac.new(settings.RECEIPT_KEY.encode(), purpose.encode() + b"\0" + message, hashlib.sha256).digest()


def new_form_token() -> str:
    """A signed, unstored token for one showing of the form; it carries a nonce and the time it was made."""
    return signing.TimestampSigner(salt="querent.ask").sign(secrets.token_urlsafe(16))


def nonce_of(form_token: str) -> str | None:
    """The token's nonce, or None when it is forged or older than FORM_TOKEN_SECONDS."""
    try:
        return signing.TimestampSigner(salt="querent.ask").unsign(form_token, max_age=FORM_TOKEN_SECONDS)
    except signing.BadSignature:
        return None


def is_newer_than(form_token: str, seconds: int) -> bool:
    """Whether the token is genuine and was made less than `seconds` ago."""
    try:
        signing.TimestampSigner(salt="querent.ask").unsign(form_token, max_age=seconds)
    except signing.BadSignature:
        return False
    return True


def mint(nonce: str, text: str) -> Receipt:
    """The receipt for `text` sent with the form whose token carries `nonce`."""
    start = int.from_bytes(_hmac("receipt", nonce.encode() + b"\0" + text.encode("utf-8", "surrogatepass"))[:10], "big")
    letters = []
    for _ in range(_LETTERS):
        start, place = divmod(start, 32)
        letters.append(_ALPHABET[place])
    return Receipt("".join(reversed(letters)))


def normalise(entry: str) -> Receipt | None:
    """What somebody typed as a receipt, or None when it cannot be one.

    Case, spaces, hyphens, full-width forms and the look-alikes O/0, I/L/1 and U/V do not matter.
    """
    letters = _letters_of(entry)
    if len(letters) != _LETTERS or any(letter not in _ALPHABET for letter in letters):
        return None
    return Receipt(letters)


def first_difference(receipt: Receipt, entry: str) -> int | None:
    """The number, from 1, of the first group in which `entry` is not the receipt; None when it is the receipt."""
    letters = _letters_of(entry)
    for number, group in enumerate(grouped(receipt), start=1):
        if letters[:4] != group:
            return number
        letters = letters[4:]
    return _LETTERS // 4 if letters else None


def _letters_of(entry: str) -> str:
    folded = unicodedata.normalize("NFKC", entry[:_LONGEST_ENTRY]).upper().translate(_LOOK_ALIKES)
    return "".join(letter for letter in folded if letter.isalnum())


def digest(receipt: Receipt) -> str:
    """The keyed digest under which a question is found: 64 hexadecimal digits."""
    return _hmac("digest", receipt.encode()).hex()


def grouped(receipt: Receipt) -> list[str]:
    """The receipt in four groups of four, as it is shown."""
    return [receipt[start : start + 4] for start in range(0, _LETTERS, 4)]
