"""What a probe is, and what it can find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How one part of an installation is. The worst stands first."""

    BROKEN = "broken", _("Broken")
    UNKNOWN = "unknown", _("Cannot be told")
    LOOK = "look", _("Look at this")
    WELL = "well", _("Well")


@dataclass(frozen=True)
class Finding:
    """The state of one part, a sentence about it and, unless it is well, what to do."""

    state: State
    sentence: str
    advice: str = ""


def well(sentence: str) -> Finding:
    return Finding(State.WELL, sentence)


def look(sentence: str, advice: str) -> Finding:
    return Finding(State.LOOK, sentence, advice)


def broken(sentence: str, advice: str) -> Finding:
    return Finding(State.BROKEN, sentence, advice)


@dataclass(frozen=True)
class Probe:
    """Looks at one part at the moment it is given. It may raise whatever it likes: “table.examine” sees to that.

    Its sentences hold no word of anybody, no address, no path and no key, since hosts read them as well. `room` is the
    page of the desk where the advice can be followed, by the name of its address.
    """

    name: str
    title: str | Promise
    look: Callable[[datetime], Finding]
    needs_database: bool = True
    room: str = ""
    is_for_owners: bool = field(default=False, kw_only=True)
    """Whether it tells of keys and settings, which hosts need not know."""
    is_for_doctors: bool = field(default=False, kw_only=True)
    """Whether it takes long or calls on others, so that a page must not wait for it."""
