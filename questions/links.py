"""The token of a link that lets somebody in without an account: 136 bits nobody can guess, and a signature.

The signature says what kind of link it is, so that what was made up, or made for another door, is refused without a
look into the database. Only the keyed digest of a token is kept. Both keys hang on SECRET_KEY: a new one ends every
link, as soon as the old one is no fallback any more.
"""

import base64
import re
import secrets
from typing import NewType

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LinkToken = NewType("LinkToken", str)

_NONCE_BYTES = 17
_SIGNATURE_BYTES = 16
# 33 bytes fill 44 letters of base 64 to the last bit, so no token can be written in two ways.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{44}", re.ASCII)


def mint(kind: str) -> LinkToken:
    """A fresh token for a link of this kind, in letters that an address may hold."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return LinkToken(base64.urlsafe_b64encode(nonce + _signature(kind, nonce)).decode())


def genuine(kind: str, entry: str) -> LinkToken | None:
    """`entry` as the token it is, or None when this house never made such a token for a link of this kind."""
    if not _TOKEN.fullmatch(entry):
        return None
    raw = base64.urlsafe_b64decode(entry)
    nonce, signature = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    made_by_us = (constant_time_compare(signature, _signature(kind, nonce, secret)) for secret in _secrets())
    return LinkToken(entry) if any(made_by_us) else None


def digest(token: LinkToken) -> str:
    """The keyed digest under which the link is kept: 64 hexadecimal digits."""
    return digests(token)[0]


def digests(token: LinkToken) -> list[str]:
    """The digests under which the link may be found: that of today's key, and those of its fallbacks."""
    return [salted_hmac("querent.link.digest", token, secret, algorithm="sha256").hexdigest() for secret in _secrets()]


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _signature(kind: str, nonce: bytes, secret: str | None = None) -> bytes:
    return salted_hmac(f"querent.link.{kind}", nonce, secret, algorithm="sha256").digest()[:_SIGNATURE_BYTES]
