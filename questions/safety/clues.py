"""What in a text could identify its author or somebody in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.safety.contacts import bare_domains, emails, ip_addresses, links
from questions.safety.folding import Span, folded
from questions.safety.handles import handles
from questions.safety.names import people
from questions.safety.numbers import bank_accounts, cards, identity_numbers
from questions.safety.phones import phone_numbers
from questions.safety.places import addresses
from questions.safety.postcodes import postcodes


class ClueKind(TextChoices):
    EMAIL = "EMAIL", _("an e-mail address")
    PHONE = "PHONE", _("a phone number")
    CARD = "CARD", _("a card number")
    IBAN = "IBAN", _("an account number")
    URL = "URL", _("a link")
    IP = "IP", _("a computer’s address")
    HANDLE = "HANDLE", _("a name on a network")
    ADDRESS = "ADDRESS", _("an address")
    PERSON = "PERSON", _("a name")
    SSN = "SSN", _("an identity number")
    ZIP = "ZIP", _("a postcode")


# Where two finds overlap the earlier line wins: a number that checks out as a card is no phone number, the name in
# an e-mail address is part of it, and "Anna Lindh Street" is a street and nobody's name.
FINDERS: tuple[tuple[ClueKind, Callable[[str], Iterable[Span]]], ...] = (
    (ClueKind.URL, links),
    (ClueKind.EMAIL, emails),
    (ClueKind.URL, bare_domains),
    (ClueKind.IP, ip_addresses),
    (ClueKind.IBAN, bank_accounts),
    (ClueKind.CARD, cards),
    (ClueKind.SSN, identity_numbers),
    (ClueKind.PHONE, phone_numbers),
    (ClueKind.HANDLE, handles),
    (ClueKind.ADDRESS, addresses),
    (ClueKind.ZIP, postcodes),
    (ClueKind.PERSON, people),
)


@dataclass(frozen=True)
class Clue:
    """`text[start:end]` is of that kind; offsets count characters."""

    kind: ClueKind
    start: int
    end: int

    @property
    def replacement(self) -> str | Promise:
        """Neutral words to stand in its place; an address becomes a place, so that the sentence still reads well."""
        return f"[{_('a place') if self.kind is ClueKind.ADDRESS else self.kind.label}]"


def _longest_first(span: Span) -> tuple[int, int]:
    start, end = span
    return start, -end


def clues(text: str) -> list[Clue]:
    """What could identify somebody, in the order of the text and never overlapping."""
    plain = folded(text)
    found: list[Clue] = []
    taken = bytearray(len(text))
    for kind, finder in FINDERS:
        for start, end in sorted(finder(plain), key=_longest_first):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Clue(kind, start, end))
    return sorted(found, key=lambda clue: clue.start)
