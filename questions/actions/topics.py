"""The list of topics: named, described, ordered below each other, given other words and other addresses, deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused
from questions.actions.house import HOSTS, Unfit, hold_house, note_setting, refuse_if_overtaken, require
from questions.models import FormerAddress, Synonym, Topic
from questions.models.topic import spelled_alike

TOPIC = "topic"
"""What the history calls one."""


@dataclass(frozen=True)
class TopicFacts:
    """What a topic is called and where it stands. Without a `slug` it keeps its address; a new one is named for it."""

    name: str
    slug: str = ""
    description: str = ""
    parent: Topic | None = None
    synonyms: tuple[str, ...] = ()


def topic_facts(topic: Topic) -> dict[str, Any]:
    """What a page shows of a topic, as far as its form can change it."""
    words = sorted(topic.synonyms.values_list("word", flat=True)) if topic.pk else []
    return {
        "name": topic.name, "slug": topic.slug, "description": topic.description, "parent": topic.parent_id,
        "synonyms": words,
    }  # fmt: skip


@transaction.atomic
def set_topic(topic: Topic, facts: TopicFacts, *, by: Actor, shown: str | None = None) -> Topic:
    """Add a topic, or change the one with its key. An address that it leaves leads to it for ever.

    Raises Unfit where a name, word, address or parent cannot stand beside the other topics, Refused where the topic is
    gone, and Stale where somebody has changed it since a page showed `shown`.
    """
    require(by, *HOSTS)
    hold_house()
    row = _there(topic) if topic.pk else Topic()
    before = topic_facts(row)
    if row.pk:
        refuse_if_overtaken(shown, before, what=TOPIC, which=row.pk)
    row.slug, former = _address(row, facts), row.slug
    _refuse_known_words(row, facts)
    _refuse_circle(row, facts.parent)
    row.name, row.description, row.parent = facts.name, facts.description, facts.parent
    row.save()
    _remember_address(row, former)
    _set_synonyms(row, facts.synonyms)
    after = topic_facts(row)
    fields = [name for name in after if before[name] != after[name]]
    if fields:
        note_setting(TOPIC, "changed" if topic.pk else "added", by=by, which=row.pk, fields=fields, slug=row.slug)
        edition.advance()
    return row


@transaction.atomic
def delete_topic(topic: Topic, *, by: Actor) -> None:
    """Delete a topic that nothing uses, with its other words and former addresses. Raises Refused where one is used."""
    require(by, *HOSTS)
    hold_house()
    row = _there(topic)
    if is_used(row):
        raise Refused(_("“{topic}” is in use. Merge it into another topic instead.").format(topic=row.name))
    note_setting(TOPIC, "removed", by=by, which=row.pk, slug=row.slug)
    row.delete()
    edition.advance()


def is_used(topic: Topic) -> bool:
    """Whether a question, an episode or a narrower topic hangs on it."""
    return topic.questions.exists() or topic.episodes.exists() or topic.children.exists()


def _there(topic: Topic) -> Topic:
    row = Topic.objects.select_for_update().filter(pk=topic.pk).first()
    if row is None:
        raise Refused(_("Somebody has merged or deleted this topic meanwhile."))
    return row


def _address(row: Topic, facts: TopicFacts) -> str:
    """The address it is to have; raises Unfit where that is, or once was, another topic's."""
    slug = facts.slug or row.slug or slugify(facts.name)[:60].strip("-")
    if not slug:
        raise Unfit("slug", _("Type an address in letters from a to z: this name gives none."))
    if Topic.objects.filter(slug=slug).exclude(pk=row.pk).exists():
        raise Unfit("slug", _("Another topic has this address."))
    if FormerAddress.objects.filter(slug=slug).exclude(topic=row.pk).exists():
        raise Unfit("slug", _("This address leads to another topic, which had it once. It does so for ever."))
    return slug


def _remember_address(row: Topic, former: str) -> None:
    """Let the address that was left lead here; one that the topic takes up again is no former one any more."""
    row.former_addresses.filter(slug=row.slug).delete()
    if former and former != row.slug:
        FormerAddress.objects.create(topic=row, slug=former)


def _refuse_known_words(row: Topic, facts: TopicFacts) -> None:
    """Raise Unfit where the name or another word already finds a topic, whatever its case and accents."""
    taken = {spelled_alike(other.name): other for other in Topic.objects.exclude(pk=row.pk)}
    for synonym in Synonym.objects.exclude(topic=row.pk).select_related("topic"):
        taken[spelled_alike(synonym.word)] = synonym.topic
    for field, word in (("name", facts.name), *(("synonyms", word) for word in facts.synonyms)):
        if other := taken.get(spelled_alike(word)):
            raise Unfit(field, _("“{word}” finds “{topic}” already.").format(word=word, topic=other.name))
    seen = {spelled_alike(facts.name)}
    for word in facts.synonyms:
        if not spelled_alike(word):
            raise Unfit("synonyms", _("“{word}” has no letter in it.").format(word=word))
        if spelled_alike(word) in seen:
            raise Unfit("synonyms", _("“{word}” is there twice.").format(word=word))
        seen.add(spelled_alike(word))


def _refuse_circle(row: Topic, parent: Topic | None) -> None:
    """Raise Unfit where the topic would stand below itself, or below one that is gone."""
    if parent and not Topic.objects.filter(pk=parent.pk).exists():
        raise Unfit("parent", _("Somebody has merged or deleted “{topic}” meanwhile.").format(topic=parent.name))
    if row.pk and parent and row.pk in {parent.pk, *keys_above(parent)}:
        raise Unfit("parent", _("“{topic}” stands below this one itself.").format(topic=parent.name))


def keys_above(topic: Topic) -> list[int]:
    """The keys of the topics above, the nearest first. Where topics go round in a circle, each is there once."""
    parents = dict(Topic.objects.values_list("pk", "parent"))
    way: list[int] = []
    above = topic.parent_id
    while above and above not in way:
        way.append(above)
        above = parents.get(above)
    return way


def _set_synonyms(row: Topic, words: Iterable[str]) -> None:
    wanted = set(words)
    kept = set(row.synonyms.values_list("word", flat=True)) & wanted
    row.synonyms.exclude(word__in=kept).delete()
    Synonym.objects.bulk_create(Synonym(topic=row, word=word) for word in wanted - kept)
