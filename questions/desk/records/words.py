"""The history in words: who did what to what. Only names of people, settings and lists are quoted, never a question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from questions.desk.triage.history import deeds
from questions.lifecycle import FINAL, Role, Verb
from questions.models import Episode, Event, Person, Question, SubjectKind

HOUSE_DONE: dict[str, str | Promise] = {
    Verb.SET: gettext_lazy("changed: {what}"),
    Verb.INVITE: gettext_lazy("invitation made for {name}, {role}"),
    Verb.JOIN: gettext_lazy("{name} joined, {role}"),
    Verb.APPOINT: gettext_lazy("{name} made {role}"),
    Verb.OFFBOARD: gettext_lazy("goodbye said to {name}"),
    Verb.END_SESSIONS: gettext_lazy("sessions of {name} ended"),
    Verb.SHARE: gettext_lazy("link made: {kind}"),
    Verb.REVOKE: gettext_lazy("link revoked: {kind}"),
    Verb.MERGE_TOPICS: gettext_lazy("topics merged: {slug} into {into_slug}"),
    Verb.RESTORE: gettext_lazy("went back to the backup of {backup}; what was done after it is lost"),
}
"""The deeds to the house as what was done, with the names that their details hold."""

_LISTED: dict[str, str | Promise] = {
    "added": gettext_lazy("added: {what}"),
    "removed": gettext_lazy("removed: {what}"),
    "confirmed": gettext_lazy("confirmed: {what}"),
    "moved up": gettext_lazy("moved up: {what}"),
    "moved down": gettext_lazy("moved down: {what}"),
}
"""What is done to an entry of a list, besides changing it."""

_KINDS = {
    "guest": gettext_lazy("a guest answers"),
    "preview": gettext_lazy("somebody may look"),
    "join": gettext_lazy("a colleague joins"),
}


@dataclass
class Line:
    """One deed, or several that were done in one stroke: then `others` are all of them, this one included."""

    event: Event
    words: str
    who: str
    subject: str
    address: str
    undone_by: str = ""
    can_undo: bool = False
    others: list["Line"] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.event.day

    @property
    def at(self) -> datetime | None:
        return self.event.at


@dataclass(frozen=True)
class Day:
    """One day of the history: what askers did, by kind and in no order, and then the deeds of the show."""

    day: date
    askers: list[tuple[str, list[Line]]]
    lines: list[Line]

    @classmethod
    def of(cls, day: date, lines: Sequence[Line]) -> "Day":
        askers: dict[str, list[Line]] = {}
        for line in lines:
            if line.event.role == Role.ASKER:
                askers.setdefault(line.words, []).append(line)
        return cls(day, sorted(askers.items()), in_strokes([line for line in lines if line.event.role != Role.ASKER]))


def lines_of(events: Sequence[Event], host: Person | None = None) -> list[Line]:
    """Each event as a line, in a fixed number of reads; those that `host` can probably undo say so."""
    subjects = _Subjects(events)
    open_ones = _open(events) if host and host.is_host else set[int]()
    return [_line(event, subjects, can_undo=event.pk in open_ones) for event in events]


def in_strokes(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of one stroke as one. Its words say what was done most often in it, and to how many."""
    strokes: dict[UUID | int, list[Line]] = {}
    for line in lines:
        strokes.setdefault(line.event.batch or line.event.pk, []).append(line)
    return [lines[0] if len(lines) == 1 else _as_one(lines) for lines in strokes.values()]


def words_of(event: Event, otherwise: str = "") -> str:
    """What was done, without by whom; `otherwise` where it was not done to the house."""
    if event.subject_kind != SubjectKind.HOUSE:
        return otherwise
    told = event.details
    known = {
        "name": told.get("name") or _("somebody new"),
        "role": Role(told["role"]).label if told.get("role") in Role.values else "",
        "kind": str(_KINDS.get(told.get("kind", ""), "")),
        "slug": told.get("slug", ""),
        "into_slug": told.get("into_slug", ""),
        "backup": told.get("backup", ""),
        "what": _what(told),
    }
    done = _LISTED.get(told.get("deed", "")) or HOUSE_DONE[event.verb]
    return str(done).format(**known)


def _what(told: dict[str, object]) -> str:
    """Which setting or person was changed, and which fields of it, by their names."""
    what = told.get("what") or told.get("setting") or told.get("name") or told.get("person") or ""
    if told.get("deed") and (entry := told.get("slug") or told.get("name")):
        what = f"{what} “{entry}”"
    if told.get("deed") in _LISTED:
        return str(what)
    fields = told.get("fields") or told.get("changed") or [told.get("deed") or told.get("change") or ""]
    listed = ", ".join(str(name) for name in fields) if isinstance(fields, list) else ""
    return f"{what} ({listed})" if listed else str(what)


def _line(event: Event, subjects: "_Subjects", *, can_undo: bool) -> Line:
    undoing = getattr(event, "undone_by", None)
    deed = deeds([event])[0]
    words, who = words_of(event, deed.words), deed.who
    label, address = subjects.of(event)
    undone_by = deeds([undoing])[0].who if undoing else ""
    return Line(event, words, who, label, address, undone_by=undone_by, can_undo=can_undo)


def _as_one(lines: list[Line]) -> Line:
    first = lines[0]
    of_house = [line for line in lines if line.event.subject_kind == SubjectKind.HOUSE]
    if of_house:
        return Line(first.event, of_house[0].words, first.who, of_house[0].subject, of_house[0].address, others=lines)
    count = ngettext("{count} question or episode", "{count} questions or episodes", len(lines))
    return Line(
        first.event, first.words, first.who, count.format(count=len(lines)), "",
        can_undo=any(line.can_undo for line in lines), others=lines,
    )  # fmt: skip


def _open(events: Sequence[Event]) -> set[int]:
    """Which of them nothing that we know of has overtaken. `actions.undo` decides; this spares most refusals."""
    candidates = [event for event in events if event.verb not in FINAL and not getattr(event, "undone_by", None)]
    later: dict[UUID, list[tuple[int, str, bool]]] = {}
    standing = Event.objects.standing().filter(subject__in={event.subject for event in candidates})
    for subject, seq, verb, is_quiet in standing.values_list("subject", "seq", "verb", "is_quiet"):
        later.setdefault(subject, []).append((seq, verb, is_quiet))
    return {
        event.pk
        for event in candidates
        if not any(
            seq > event.seq and (verb == event.verb or not (quiet or event.is_quiet))
            for seq, verb, quiet in later.get(event.subject, [])
        )
    }


class _Subjects:
    """What the events were done to, by number, and where that is. What is gone has no address any more."""

    def __init__(self, events: Sequence[Event]) -> None:
        refs = {event.subject for event in events if event.subject_kind != SubjectKind.HOUSE}
        self.questions = dict(Question.objects.filter(ref__in=refs).values_list("ref", "number"))
        episodes = Episode.objects.filter(ref__in=refs).values_list("ref", "season__number", "number")
        self.episodes = {ref: f"{season}.{number}" for ref, season, number in episodes}

    def of(self, event: Event) -> tuple[str, str]:
        ref = event.subject
        if ref in self.questions:
            return _("question {number}").format(number=self.questions[ref]), reverse("desk:question", args=[ref])
        if ref in self.episodes:
            address = reverse("desk:preview-episode", args=[ref])
            return _("episode {number}").format(number=self.episodes[ref]), address
        if event.subject_kind == SubjectKind.HOUSE:
            return _("the house"), ""
        return _("a question that is gone") if event.subject_kind == "question" else _("an episode that is gone"), ""
