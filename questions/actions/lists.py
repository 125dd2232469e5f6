"""The lists that hosts choose from: verdicts, seasons, reasons to decline, canned replies."""

from typing import Any, cast

from django.db import transaction
from django.db.models import Max, Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused
from questions.actions.house import HOSTS, Unfit, hold_house, note_setting, refuse_if_overtaken, require
from questions.lifecycle import Verb
from questions.models import CannedReply, DeclineReason, Event, Question, Season, Verdict
from questions.models.topic import spelled_alike

Ordered = DeclineReason | CannedReply
"""The lists whose order is the hosts' own."""

Entry = Verdict | Season | Ordered

FACTS: dict[type[Model], tuple[str, ...]] = {
    Verdict: ("words",),
    Season: ("number", "title"),
    DeclineReason: ("label", "words"),
    CannedReply: ("title", "text"),
}
"""What an entry of each list consists of. The first fact names it, and no two of a list have the same."""

PUBLIC = (Verdict, Season)
"""The lists of which readers see entries."""


def entry_facts(entry: Entry) -> dict[str, Any]:
    """What a page shows of an entry, as far as its form can change it."""
    return {name: getattr(entry, name) for name in FACTS[type(entry)]}


def list_name(entry: Entry) -> str:
    """What the history calls an entry's list."""
    return str(entry._meta.model_name)


@transaction.atomic
def set_entry(entry: Entry, *, by: Actor, shown: str | None = None) -> Entry:
    """Add an entry at the end of its list, or change the one with its key. Its address stays what it was.

    Raises Unfit where another entry says the same, Refused where somebody has removed it, and Stale where somebody has
    changed it since a page showed `shown`.
    """
    require(by, *HOSTS)
    hold_house()
    kind = type(entry)
    before = kind._default_manager.select_for_update().filter(pk=entry.pk).first()
    if entry.pk and before is None:
        raise Refused(_("Somebody has removed this entry meanwhile."))
    if before:
        refuse_if_overtaken(shown, entry_facts(before), what=list_name(entry), which=entry.pk)
    _refuse_the_same_again(entry)
    if before is None:
        _give_a_place(entry)
    fields = [name for name in FACTS[kind] if before is None or getattr(before, name) != getattr(entry, name)]
    if fields:
        entry.save()
        _note("changed" if before else "added", entry, by, fields=fields)
    return entry


@transaction.atomic
def move_entry(entry: Ordered, *, up: bool, by: Actor) -> None:
    """Let an entry change places with the one above it, or with the one below. At the end of the list it stays."""
    require(by, *HOSTS)
    hold_house()
    entries = list(type(entry)._default_manager.all())
    here = next((place for place, other in enumerate(entries) if other.pk == entry.pk), None)
    if here is None:
        raise Refused(_("Somebody has removed this entry meanwhile."))
    there = here + (-1 if up else 1)
    if not 0 <= there < len(entries):
        return
    entries[here], entries[there] = entries[there], entries[here]
    for position, other in enumerate(entries):
        type(entry)._default_manager.filter(pk=other.pk).update(position=position)
    _note("moved up" if up else "moved down", cast(Entry, entries[there]), by)


@transaction.atomic
def remove_entry(entry: Entry, *, by: Actor) -> None:
    """Take an entry off its list. Raises Refused where something uses it; that it is gone already is no trouble."""
    require(by, *HOSTS)
    hold_house()
    row = type(entry)._default_manager.select_for_update().filter(pk=entry.pk).first()
    if row is None:
        return
    if count := uses_of(row):
        raise Refused(_("“{entry}” is in use ({count}), so it stays.").format(entry=row, count=count))
    _note("removed", row, by)
    row.delete()


def uses_of(entry: Entry) -> int:
    """How many questions or episodes hang on an entry, and decisions that a host could still bring back."""
    if isinstance(entry, CannedReply):
        return 0
    if isinstance(entry, DeclineReason):
        reconsidered = Event.objects.standing().filter(
            verb=Verb.RECONSIDER, was__question__decline_reason_id=entry.pk
        )  # fmt: skip
        return Question.objects.filter(decline_reason=entry).count() + reconsidered.count()
    return entry.episodes.count()


def _refuse_the_same_again(entry: Entry) -> None:
    name = FACTS[type(entry)][0]
    said = spelled_alike(str(getattr(entry, name)))
    others = type(entry)._default_manager.exclude(pk=entry.pk)
    if any(spelled_alike(str(other)) == said for other in others.values_list(name, flat=True)):
        raise Unfit(name, _("This is on the list already."))


def _give_a_place(entry: Entry) -> None:
    """The end of its list, and an address of its own made of its name."""
    if isinstance(entry, Ordered):
        last = type(entry)._default_manager.aggregate(last=Max("position"))["last"]
        entry.position = 0 if last is None else last + 1
    if isinstance(entry, Verdict | DeclineReason):
        wanted = slugify(str(entry))[:50].strip("-") or list_name(entry)
        slugs = (wanted if count == 1 else f"{wanted}-{count}" for count in range(1, 10_000))
        taken = type(entry)._default_manager.filter
        entry.slug = next(slug for slug in slugs if not taken(slug=slug).exists())


def _note(deed: str, entry: Entry, by: Actor, fields: list[str] | None = None) -> None:
    address = getattr(entry, "slug", "") or (str(entry) if isinstance(entry, Season) else "")
    note_setting(list_name(entry), deed, by=by, which=entry.pk, fields=fields or [], slug=address)
    if isinstance(entry, PUBLIC):
        edition.advance()
