"""What every deed to the house shares: who may do it, whether its page is still true, and its line of history."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, Stale
from questions.actions.chronicle import note_in_history
from questions.lifecycle import Role, Verb
from questions.models import HOUSE_REF, Event, Person, Show

HOSTS = (Role.HOST, Role.OWNER)


class Unfit(Refused):
    """What was typed in one field cannot stand; the message says why, `field` which one."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def require(by: Actor, *roles: Role) -> None:
    """Raise Refused unless `by` has one of these roles."""
    if by.role not in roles:
        raise Refused(_("This is for the owners of the show.") if roles == (Role.OWNER,) else _("This is for hosts."))


def host_behind(by: Actor) -> Person:
    """The host who acts; raises Refused where it is nobody of the show, or no host."""
    if by.person is None or not by.person.is_host:
        raise Refused(_("This is for hosts."))
    return by.person


def hold_house() -> Show:
    """The show's row, made where nothing has been set up yet, locked until the transaction ends.

    Deeds to the house queue up behind it, so that two of them never decide on the same name or address.
    """
    Show.objects.get_or_create(pk=1)
    return Show.objects.select_for_update().get(pk=1)


def digest_of(values: Mapping[str, Any]) -> str:
    """A short name for exactly these values: a page carries it, so that its form can tell whether they still stand."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def refuse_if_overtaken(shown: str | None, stands: Mapping[str, Any], *, what: str, which: object = "") -> None:
    """Raise Stale with the last deed to this setting or entry where a page that showed `shown` is out of date.

    A deed that no page has asked for brings None, and always goes through.
    """
    if shown is not None and shown != digest_of(stands):
        deeds = Event.objects.of(HOUSE_REF).filter(details__what=what, details__which=str(which))
        last = deeds.select_related("person").last()
        raise Stale([last] if last else [])


def note_setting(
    what: str, deed: str, *, by: Actor, which: object = "", fields: Iterable[str] = (), **details: Any
) -> Event:
    """Write into the history of the house that `deed` was done to a setting or to an entry of a list.

    `what` is the setting or the list, `which` the entry's key, `fields` the names of what has changed; `details` are
    addresses and names of the house. The words of a setting are left out.
    """
    return note_in_history(
        Verb.SET, by=by, what=what, deed=deed, which=str(which), fields=sorted(fields), **details
    )  # fmt: skip
