"""Sends what is due, item by item, and notes what became of each. A slow or dead receiver delays nobody else's much."""

import smtplib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.delivering import delivered, drop, not_delivered, reason_to_drop, take
from questions.letters import absolute, letter
from questions.models import Delivery, Show
from questions.models.notice import CALL
from questions.notices.calling import CallFailed, call

MOST_AT_ONCE = 200
"""So many deliveries leave in one go; the rest follow with the next tick."""

Caller = Callable[..., None]
"""`calling.call`, or that with other addresses and certificates allowed."""


def send_due(now: datetime, *, caller: Caller = call) -> tuple[int, int]:
    """Send what is due at `now`; returns how many were delivered and how many were not.

    A webhook that has failed is not called again in the same go: it would only hold up the others.
    """
    done = failed = 0
    resting: set[int | None] = set()
    for delivery in Delivery.objects.due(now)[:MOST_AT_ONCE]:
        if delivery.webhook_id and delivery.webhook_id in resting:
            continue
        if reason := reason_to_drop(delivery):
            drop(delivery, reason, timezone.now())
        elif take(delivery, timezone.now()):
            if trouble := _trouble_of(delivery, caller):
                resting.add(delivery.webhook_id)
                not_delivered(delivery, trouble, timezone.now())
                failed += 1
            else:
                delivered(delivery, timezone.now())
                done += 1
    return done, failed


def _trouble_of(delivery: Delivery, caller: Caller) -> str:
    """Try a delivery once. Why it failed, in words; empty where it went well."""
    try:
        _call(delivery, caller) if delivery.webhook else _mail(delivery)
    except CallFailed as trouble:
        return str(trouble)
    except (OSError, smtplib.SMTPException):
        # A mail server's words may repeat the address, which is sealed here.
        return _("The mail server did not take it.")
    except Exception as fault:
        # Whatever is wrong with this one, such as an address sealed under a lost key, the others have to leave.
        return _("It could not be sent ({fault}).").format(fault=type(fault).__name__)
    return ""


def _call(delivery: Delivery, caller: Caller) -> None:
    hook = delivery.webhook
    assert hook
    timestamp = int(timezone.now().timestamp())
    caller(hook.url, secret=hook.secret, payload={"id": str(delivery.ref), **delivery.body}, timestamp=timestamp)


def _mail(delivery: Delivery) -> None:
    """The digest or the notice of a call for help, by mail."""
    assert delivery.person.address
    write = partial(
        letter, to=delivery.person.address, ref=delivery.ref, desk=absolute(reverse("desk:queue")),
        notices=absolute(reverse("desk:notices")),
    )  # fmt: skip
    if delivery.kind == CALL:
        write("call_for_help", subject=_("A call for help has waited an hour")).send()
    else:
        subject = _("{show}: what waits for you").format(show=Show.objects.current().name)
        write("digest", subject=subject, counts=delivery.body).send()
