"""A host says how the house may reach them: by which mail, how often, and whether for unopened calls for help."""

import secrets
import smtplib
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused
from questions.actions.chronicle import note_in_history
from questions.actions.house import hold_house, host_behind
from questions.actions.telling import digest_due_on
from questions.letters import absolute, letter
from questions.lifecycle import Verb
from questions.models import Digest, Person, Show
from questions.sealing import SealBroken, seal, unseal
from questions.throttle import Throttle

CODE_HOLDS = timedelta(minutes=30)
"""How long the code of a confirming mail can be typed in."""

MOST_TRIES = 5
"""So often may a code be typed wrongly: with a million codes, guessing one has five chances in a million."""

MOST_OFFERS = 5
"""So many codes can one host have sent in an hour: they go to an address that may be somebody else's."""

_OFFERS = Throttle(window=3600)
_SALT = "questions.actions.notices"


@dataclass(frozen=True)
class Offer:
    """An address that somebody has typed and not yet confirmed. Nothing of it is in the database in clear.

    `ticket` is what the page keeps meanwhile: signed, so that it cannot be changed, sealed, so that it tells nothing,
    and good for CODE_HOLDS.
    """

    address: str
    ticket: str


def offer_address(address: str, *, by: Actor) -> Offer:
    """Send a code to `address`; only who reads its mail can confirm it. Raises Refused when no mail can be sent."""
    person, code = host_behind(by), f"{secrets.randbelow(1_000_000):06}"
    if _OFFERS.count(person.ref.bytes) > MOST_OFFERS:
        raise Refused(_("You have had many codes sent. Try again in an hour."))
    address = address.strip()
    sealed = seal(address, place=_place(person))
    ticket = signing.dumps({"address": sealed, "code": _mark(code, sealed)}, salt=_SALT)
    mail = letter(
        "confirm_address", to=address, subject=_("Your code: {code}").format(code=code), ref=uuid.uuid4(),
        code=code, minutes=int(CODE_HOLDS.total_seconds() // 60), notices=absolute(reverse("desk:notices")),
    )  # fmt: skip
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as trouble:
        raise Refused(_("The mail server did not take the mail. Nothing was changed; try again later.")) from trouble
    return Offer(address, ticket)


def offered(ticket: str, *, by: Actor) -> Offer:
    """The offer that a ticket stands for; raises Refused when it is over, changed, or another person's."""
    return Offer(_opened(ticket, host_behind(by))[0], ticket)


@transaction.atomic
def confirm_address(ticket: str, *, code: str, by: Actor) -> Person:
    """Take the offered address as this host's, if the code is the one that was mailed there."""
    person = _locked(by)
    address, mark, sealed = _opened(ticket, person)
    typed = "".join(code.split())
    if not constant_time_compare(mark, _mark(typed, sealed)):
        raise Refused(_("That is not the code that we sent."))
    person.address = address
    person.save(update_fields=["address"])
    note_in_history(Verb.SET, by=by, setting="address for notices", change="confirmed")
    return person


@transaction.atomic
def remove_address(*, by: Actor) -> Person:
    """Forget this host's address. Without one there is no digest either."""
    person = _locked(by)
    person.address, person.digest = None, Digest.NEVER
    person.save(update_fields=["address", "digest"])
    note_in_history(Verb.SET, by=by, setting="address for notices", change="removed")
    return person


@transaction.atomic
def set_notices(*, digest: str, is_on_duty: bool, by: Actor) -> Person:
    """Choose the digest and the duty. Whoever begins to get digests gets the first one at the next time for it."""
    person = _locked(by)
    if digest != Digest.NEVER and not person.address:
        raise Refused(_("Confirm your mail address first: a digest has to go somewhere."))
    if digest not in (Digest.NEVER, person.digest):
        person.digest_sent_on = digest_due_on(digest, timezone.now(), Show.objects.current().zone)
    is_changed = (person.digest, person.is_on_duty) != (digest, is_on_duty)
    person.digest, person.is_on_duty = digest, is_on_duty
    person.save(update_fields=["digest", "digest_sent_on", "is_on_duty"])
    if is_changed:
        note_in_history(Verb.SET, by=by, setting="notices", digest=digest, is_on_duty=is_on_duty)
    return person


def _opened(ticket: str, person: Person) -> tuple[str, str, str]:
    """The address, the mark of its code, and the address as it was sealed."""
    try:
        held = signing.loads(ticket, salt=_SALT, max_age=CODE_HOLDS)
        return unseal(held["address"], place=_place(person)), held["code"], held["address"]
    except (signing.BadSignature, SealBroken) as over:
        raise Refused(_("This code is over. Have a new one sent.")) from over


def _place(person: Person) -> str:
    return f"offered address:{person.ref}"


def _mark(code: str, sealed: str) -> str:
    """What the ticket says of its code, from which nobody without the key can find it."""
    return salted_hmac(_SALT, f"{code}:{sealed}", algorithm="sha256").hexdigest()


def _locked(by: Actor) -> Person:
    """The actor's own row, locked after the house, as everywhere: so two deeds never wait for each other."""
    hold_house()
    return Person.objects.select_for_update().get(pk=host_behind(by).pk)
