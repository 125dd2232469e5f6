"""The word after a deed, with the way back beside it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import FINAL, Verb
from questions.models import Event

WAYS_BACK = {Verb.PUBLISH: _("Take it down again"), Verb.RETRACT: _("Publish it again")}
"""What the button says where undoing does more than to set something back."""


@dataclass(frozen=True)
class Toast:
    """What was done, and the key of the event that the button undoes."""

    words: str
    event: str
    way_back: str | Promise


def toast(request: HttpRequest, words: str, event: Event | None) -> None:
    """Say on the next page what was done, with a button that undoes `event` unless it is final."""
    is_open = event is not None and event.verb not in FINAL
    messages.success(request, words, extra_tags=f"{event.verb}:{event.pk}" if event and is_open else "")


def toasts(request: HttpRequest) -> list[Toast]:
    """The messages that have a way back; templates/_messages.html shows the others."""
    return [_read(str(message), message.extra_tags) for message in messages.get_messages(request) if message.extra_tags]


def _read(words: str, tags: str) -> Toast:
    verb, _colon, event = tags.partition(":")
    return Toast(words, event, WAYS_BACK.get(Verb(verb), _("Undo")))
