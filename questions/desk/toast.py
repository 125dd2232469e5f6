"""The word after a deed, with the way back beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import FINAL, Verb
from questions.models import Event

WAYS_BACK = {Verb.PUBLISH: _("Take it down again"), Verb.RETRACT: _("Publish it again")}
"""What the button says where undoing does more than to set something back."""

_STROKE = "stroke"


@dataclass(frozen=True)
class Toast:
    """What was done, and the address to which the button is sent that undoes it."""

    words: str
    address: str
    way_back: str | Promise


def toast(request: HttpRequest, words: str, event: Event | None) -> None:
    """Say on the next page what was done, with a button that undoes `event` unless it is final."""
    is_open = event is not None and event.verb not in FINAL
    messages.success(request, words, extra_tags=f"{event.verb}:{event.pk}" if event and is_open else "")


def toast_for_all(request: HttpRequest, words: str, events: Sequence[Event]) -> None:
    """The same for the deeds of one stroke, which one button undoes together."""
    messages.success(request, words, extra_tags=f"{_STROKE}:{events[0].batch}")


def toasts(request: HttpRequest) -> list[Toast]:
    """The messages that have a way back; templates/_messages.html shows the others."""
    return [_read(str(message), message.extra_tags) for message in messages.get_messages(request) if message.extra_tags]


def _read(words: str, tags: str) -> Toast:
    verb, _colon, what = tags.partition(":")
    if verb == _STROKE:
        return Toast(words, reverse("desk:undo-several", args=[what]), _("Undo all"))
    return Toast(words, reverse("desk:undo", args=[what]), WAYS_BACK.get(Verb(verb), _("Undo")))
