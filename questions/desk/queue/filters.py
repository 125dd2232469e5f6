"""Which questions of a queue the host wants to see, as it stands in the address.

Reading an address never fails: what nobody knows is left out, and said.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Self

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.languages import every_language, native_name, welcome_in
from questions.models import Consent, Flag, FormerAddress, Person, Show, Topic
from questions.models.question import QuestionQuerySet

LABELS: dict[str, str | Promise] = {
    "topic": gettext_lazy("Topic"),
    "language": gettext_lazy("Language"),
    "older": gettext_lazy("Older than (days)"),
    "flag": gettext_lazy("Flag"),
    "by": gettext_lazy("Claimed by"),
    "consent": gettext_lazy("Permission"),
}
"""What a queue can be filtered by, by the name that stands in the address."""

ME, NOBODY = "me", "nobody"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", re.ASCII)
_DAYS = re.compile(r"0*([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True)
class Known:
    """The values that an address may name, each with its label: what is not among them is unknown."""

    topics: dict[str, Topic] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    welcome: tuple[str, ...] = ("en",)
    moved: dict[str, str] = field(default_factory=dict)
    """The address of a topic by each that it had before: a saved view outlives its renaming."""

    @classmethod
    def now(cls) -> Self:
        show = Show.objects.current()
        return cls(
            {topic.slug: topic for topic in Topic.objects.all()},
            {person.slug: person for person in Person.objects.here().exclude(user=None)},
            tuple(welcome_in(show.language, show.languages)),
            dict(FormerAddress.objects.values_list("slug", "topic__slug")),
        )

    def choices(self, name: str) -> dict[str, str]:
        """What can be chosen for `name`, with its label."""
        match name:
            case "topic":
                return {slug: topic.name for slug, topic in self.topics.items()}
            case "language":
                return {code: native_name(code) for code in self.welcome}
            case "flag":
                return {value: str(label) for value, label in Flag.choices}
            case "consent":
                return {value: str(label) for value, label in Consent.choices}
            case "by":
                people = {slug: person.name for slug, person in self.people.items()}
                return {ME: _("me"), NOBODY: _("nobody"), **people}
        return {}


@dataclass(frozen=True)
class Filter:
    """The values that were understood, by their names, and the words of the address that were not."""

    values: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    unknown: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, str], known: Known) -> Self:
        """The filter that an address asks for."""
        found = {name: given[name].strip() for name in LABELS if given.get(name, "").strip()}
        values = {name: _READERS.get(name, _one_of)(name, value, known) for name, value in found.items()}
        unknown = tuple(f"{LABELS[name]}: {found[name][:60]}" for name, value in values.items() if not value)
        return cls({name: value for name, value in values.items() if value}, known, unknown)

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without a question mark."""
        return urlencode(self.values)

    def without(self, name: str) -> Self:
        return replace(self, values={other: value for other, value in self.values.items() if other != name})

    @property
    def labels(self) -> list[str]:
        """What it filters by, in words."""
        return [self.label_of(name) for name in self.values]

    def label_of(self, name: str) -> str:
        value = self.values[name]
        if name == "older":
            return _("older than {days} d").format(days=value)
        word = native_name(value) if name == "language" else self.known.choices(name)[value]
        return f"{LABELS[name]}: {word}"

    def sift(self, found: QuestionQuerySet, host: Person) -> QuestionQuerySet:
        """Those of `found` that fit; "me" is `host`, so that a shared view shows everybody their own."""
        values, today = self.values, timezone.localdate()
        by = values.get("by", "")
        return found.filtered(
            topic=self.known.topics.get(values.get("topic", "")),
            language=values.get("language", ""),
            arrived_before=today - timedelta(days=int(values["older"])) if "older" in values else None,
            flag=values.get("flag", ""),
            claimed_by=host if by == ME else self.known.people.get(by),
            is_unclaimed=by == NOBODY,
            consent=values.get("consent", ""),
        )


def _one_of(name: str, value: str, known: Known) -> str:
    return value if value in known.choices(name) else ""


def _topic(name: str, value: str, known: Known) -> str:
    """A topic by its address, or by one that it had once."""
    return _one_of(name, known.moved.get(value, value), known)


def _language(_name: str, value: str, known: Known) -> str:
    """A language, or one of its regions, such as de-AT: what questions are kept under."""
    if not _LANGUAGE.fullmatch(value):
        return ""
    named = {*every_language(), *known.welcome}
    return value if named & {value.lower(), value.partition("-")[0].lower()} else ""


def _days(_name: str, value: str, _known: Known) -> str:
    found = _DAYS.fullmatch(value)
    return found[1] if found else ""


_READERS: dict[str, Callable[[str, str, Known], str]] = {
    "topic": _topic,
    "language": _language,
    "older": _days,
}
