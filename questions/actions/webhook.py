"""A host has an address of their own told what is done at the desk."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused
from questions.actions.chronicle import note_in_history
from questions.actions.house import hold_house, host_behind
from questions.lifecycle import Verb
from questions.models import Delivery, Webhook
from questions.models.notice import TEST

PORTS = (443, 8443)
"""Where webhooks answer. Other ports belong to other things: mail servers, databases, somebody's router."""

MOST = 10
"""So many webhooks may one host have."""

BY_ASKERS = (Verb.SUBMIT, Verb.ADD, Verb.AMEND, Verb.CONSENT, Verb.ASK_CHANGE, Verb.OBJECT, Verb.WITHDRAW)
BY_HOSTS = (
    Verb.ALERT, Verb.KEEP, Verb.CLAIM, Verb.UNCLAIM, Verb.TAKE_OVER, Verb.HAND_IN, Verb.APPROVE, Verb.REOPEN,
    Verb.DECLINE, Verb.RECONSIDER, Verb.MERGE, Verb.SPLIT, Verb.REPLY, Verb.PREVIEW, Verb.ANSWER_PRIVATELY, Verb.FORGET,
)  # fmt: skip
OF_EPISODES = (
    Verb.ASSEMBLE, Verb.DISBAND, Verb.SCHEDULE, Verb.UNSCHEDULE, Verb.PUBLISH, Verb.AIR, Verb.HOLD, Verb.CORRECT,
    Verb.RETRACT,
)  # fmt: skip
TOLD = (*BY_ASKERS, *BY_HOSTS, *OF_EPISODES)
"""What a webhook can be told of. Drafts, notes and comments are nobody's business outside."""


@dataclass(frozen=True)
class Target:
    """Where a webhook is called. `host` is its name as DNS knows it, or a bare IP address."""

    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host as the header and the eye know it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[0] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"https://{self.named}{self.path}"


def target_of(url: str, *, ports: Collection[int] = PORTS) -> Target:
    """The parts of a webhook's address; raises Refused with what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), PORTS[0] if parts.port is None else parts.port
    except ValueError as wrong:  # Also what is no name at all: UnicodeError is one.
        raise Refused(_("This is no address on the web.")) from wrong
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme != "https" or not host:
        raise Refused(_("Type an address that begins with https://."))
    if parts.username is not None or parts.password is not None:
        raise Refused(_("Leave the name and the password out: the signature says who is calling."))
    if port not in ports:
        raise Refused(_("Only the ports {ports} are called.").format(ports=_(" and ").join(map(str, ports))))
    if not path.isascii() or not path.isprintable() or " " in path or any(mark in host for mark in " %/\\"):
        raise Refused(_("Write everything after the host in plain letters, others as %C3%BC."))
    return Target(host, port, path)


@transaction.atomic
def add_webhook(url: str, verbs: list[str], *, by: Actor) -> Webhook:
    """Have `url` told of `verbs` from now on. Its secret is made here and signs everything it is told."""
    person = host_behind(by)
    target = target_of(url)
    unknown = set(verbs) - set(TOLD)
    if unknown or not verbs:
        raise Refused(_("Choose what it is told of."))
    if Webhook.objects.filter(person=person).count() >= MOST:
        raise Refused(_("{most} webhooks are enough. Delete one first.").format(most=MOST))
    hook = Webhook(
        person=person, url=target.url, secret=secrets.token_urlsafe(32), verbs=sorted(verbs), made_at=timezone.now()
    )
    hook.save(force_insert=True)
    note_in_history(Verb.SET, by=by, setting="webhook", change="added", verbs=hook.verbs)
    return hook


@transaction.atomic
def pause_webhook(webhook: Webhook, *, is_paused: bool, by: Actor) -> None:
    """Let a webhook rest, or go on. What comes due meanwhile is dropped and not told later."""
    hook = _own(webhook, by)
    if hook.is_paused != is_paused:
        hook.is_paused = is_paused
        hook.save(update_fields=["is_paused"])
        note_in_history(Verb.SET, by=by, setting="webhook", change="paused" if is_paused else "resumed")


@transaction.atomic
def remove_webhook(webhook: Webhook, *, by: Actor) -> None:
    """Forget a webhook, its secret and what it was told. That it is gone already is no trouble."""
    hold_house()
    if Webhook.objects.filter(pk=webhook.pk, person=host_behind(by)).delete()[0]:
        note_in_history(Verb.SET, by=by, setting="webhook", change="deleted")


@transaction.atomic
def try_webhook(webhook: Webhook, *, by: Actor) -> Delivery:
    """Call a webhook once for a trial, at the next tick: a page waits for nobody else's server."""
    hook = _own(webhook, by)
    if hook.is_paused:
        raise Refused(_("It is paused. Let it go on first."))
    day = timezone.localdate().isoformat()
    body = {"kind": "test", "verb": None, "ref": None, "state": None, "day": day, "at": None, "link": None}
    return Delivery.objects.create(person=hook.person, webhook=hook, kind=TEST, body=body, due_at=timezone.now())


def _own(webhook: Webhook, by: Actor) -> Webhook:
    """The actor's own webhook, locked; nobody can touch another's."""
    hold_house()
    hook = Webhook.objects.select_for_update().filter(pk=webhook.pk, person=host_behind(by)).first()
    if hook is None:
        raise Refused(_("This webhook is gone."))
    return hook
