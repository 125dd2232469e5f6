"""The keys: whether they are there, and open what was sealed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.checks import faults, faults_of_keys
from questions.probes.finding import Finding, broken, look, well
from questions.sealing import SealBroken, Sealed, SealedTextField, seal, unseal

MOST_EACH = 5
"""So many of the oldest and as many of the newest rows are tried of each sealed column, where not all are."""

_SINGLE = ("SECRET_KEY", "RECEIPT_KEY", "HISTORY_KEY")
# How every token of ours begins: the version of Fernet, and no time.
_TOKEN_BEGINS = "gAAAAAAAAAAA"  # noqa: S105 (no secret)


class _AsSet:
    """The settings as they were set: Django gives out no SECRET_KEY that is empty."""

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(settings, name)
        except ImproperlyConfigured:
            return ""


def safe_settings(now: datetime) -> Finding:
    """Whether a server would start with these settings, but for its keys."""
    as_set = _AsSet()
    found = [sentence for sentence in faults(as_set) if sentence not in faults_of_keys(as_set)]
    if found:
        return broken(" ".join(found), _("Set these variables; docs/operations.md says what each is for."))
    return well(_("A server starts with them."))


def keys(now: datetime) -> Finding:
    """Whether each key is set and good, none is used twice, and what they seal they open."""
    if found := faults_of_keys(_AsSet()):
        advice = _(
            "If this show has run before, put the keys back that it had: fresh ones open nothing that is there. On a "
            "server they are in /etc/querent/keys.env, which a command only sees in the unit's environment."
        )
        return broken(" ".join(found), advice)
    if unseal(seal("words", place="probe"), place="probe") != "words":
        return broken(_("What these keys seal they do not open."), _("Install the packages anew."))
    values = [getattr(settings, name) for name in _SINGLE] + settings.SEALING_KEYS
    if len(set(values)) < len(values):
        advice = _("Give each its own. Changing QUERENT_RECEIPT_KEY makes every receipt useless: change the other.")
        return look(_("A key is used twice: whoever learns one learns both."), advice)
    return well(_("All are set and different."))


def seals(now: datetime) -> Finding:
    """Whether the newest and the oldest sealed texts open."""
    return _opening(MOST_EACH)


def every_seal(now: datetime) -> Finding:
    """The same for all of them."""
    return _opening(None)


def _opening(most: int | None) -> Finding:
    tried = [_opens(row, field) for field in _columns() for row in _rows(field, most)]
    shut = tried.count(False)
    if not shut:
        sentence = ngettext(
            "{count} sealed text was tried; it opens.", "{count} sealed texts were tried; all open.", len(tried)
        )
        return well(sentence.format(count=len(tried)))
    sentence = _("{shut} of {count} sealed texts that were tried do not open.").format(shut=shut, count=len(tried))
    if shut < len(tried):
        advice = _("A row was changed or damaged, or an older key is missing: put it behind the first.")
        return look(sentence, advice)
    advice = _(
        "Put the key that sealed them back into QUERENT_SEALING_KEYS, behind the first. Nothing else opens them."
    )
    return broken(sentence, advice)


def older_keys(now: datetime) -> Finding:
    """How many keys there are, and whether those behind the first are still needed, by the oldest of what is sealed."""
    return _needing_older_keys(50)


def every_older_key(now: datetime) -> Finding:
    """The same, sure: by all that is sealed."""
    return _needing_older_keys(None)


def _needing_older_keys(most: int | None) -> Finding:
    count = len(settings.SEALING_KEYS)
    if count < 2:
        return well(_("One key seals and opens everything."))
    first, every = Fernet(settings.SEALING_KEYS[0]), MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])
    tokens = chain(
        (vars(row)[field.attname] for field in _columns() for row in _rows(field, most, newest=False)),
        _of_second_steps(),
    )
    needing = sum(not _decrypts(first, token) and _decrypts(every, token) for token in tokens)
    words = {"count": count, "needing": needing}
    if needing:
        sentence = _(
            "There are {count} keys, and those behind the first are still needed by {needing} of the texts tried."
        )
        return look(sentence.format(**words), _("“manage.py rotate_keys” seals everything anew."))
    if most is None:
        sentence = _("There are {count} keys, and nothing needs those behind the first any more.")
        return look(sentence.format(**words), _("Take them out once no backup needs them."))
    sentence = _("There are {count} keys. Nothing that was tried needs those behind the first.")
    return look(sentence.format(**words), _("“manage.py doctor --thorough” tries everything; then take them out."))


def _columns() -> list[SealedTextField]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]


def _rows(field: SealedTextField, most: int | None, *, newest: bool = True) -> Iterator[Any]:
    """Rows that have something in this column: all, or “most” of the oldest and, if asked for, of the newest."""
    rows = field.model._base_manager.exclude(**{field.attname: None}).only("pk", "ref", field.attname)
    if most is None:
        yield from rows.order_by("pk").iterator(chunk_size=500)
        return
    oldest = list(rows.order_by("pk")[:most])
    yield from oldest
    if newest:
        yield from rows.filter(pk__gt=oldest[-1].pk if oldest else 0).order_by("-pk")[:most]


def _opens(row: Any, field: SealedTextField) -> bool:
    try:
        getattr(row, field.attname)
    except SealBroken:
        return False
    return True


def _of_second_steps() -> Iterator[str]:
    """The sealed secrets of hosts' second steps, which allauth keeps among other things."""
    for kept in Authenticator.objects.values_list("data", flat=True).iterator():
        values = kept.values() if isinstance(kept, dict) else ()
        yield from (value for value in values if isinstance(value, str) and value.startswith(_TOKEN_BEGINS))


def _decrypts(fernet: Fernet | MultiFernet, token: str | Sealed) -> bool:
    try:
        fernet.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
