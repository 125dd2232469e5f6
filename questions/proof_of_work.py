"""A little work that a browser does while somebody writes: cheap for one question, dear for a million.

The form's nonce is the challenge. Its solution is a number for which the SHA-256 of `nonce:number` begins with a given
count of zero bits; finding it takes 2 to the power of bits tries on average, checking it takes one.
"""

import hashlib

LONGEST_NUMBER = 15
"""Digits of the largest number that a browser counts to exactly."""


def proves(number: str, *, nonce: str, bits: int) -> bool:
    """Whether the number is a solution for this nonce."""
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        return False
    digest = hashlib.sha256(f"{nonce}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0
