"""Two topics become one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused
from questions.actions.chronicle import note_in_history
from questions.actions.house import HOSTS, hold_house, require
from questions.actions.topics import TOPIC, keys_above
from questions.lifecycle import Verb
from questions.models import HOUSE_REF, Event, FormerAddress, Synonym, Topic
from questions.models.topic import TopicQuerySet, spelled_alike


@transaction.atomic
def merge_topics(topic: Topic, *, into: Topic, by: Actor) -> Event:
    """Move everything of `topic` into `into`: questions, episodes, narrower topics, words and addresses.

    Its name becomes another word for `into`, its address leads there, and it is gone. There is no way back: once the
    questions of both stand under one name, nothing tells which of them had it before. Raises Refused where one of the
    two is not there any more, or both are the same.
    """
    require(by, *HOSTS)
    hold_house()
    rows = {row.pk: row for row in Topic.objects.select_for_update().filter(pk__in=[topic.pk, into.pk])}
    if len(rows) < 2:
        raise Refused(_("Choose two topics that are both there."))
    source, target = rows[topic.pk], rows[into.pk]
    moved = {
        "questions": _move(Topic.questions.through, "question", source, target),
        "episodes": _move(Topic.episodes.through, "episode", source, target),
    }
    _move_narrower(source, target)
    _move_words(source, target)
    source.former_addresses.update(topic=target)
    event = note_in_history(
        Verb.MERGE_TOPICS, by=by, what=TOPIC, which=str(source.pk), into=str(target.pk),
        slug=source.slug, into_slug=target.slug, **moved,
    )  # fmt: skip
    slug = source.slug
    source.delete()
    FormerAddress.objects.create(topic=target, slug=slug)
    edition.advance()
    return event


def as_they_stand(keys: Iterable[int]) -> TopicQuerySet:
    """The topics of these keys; one that was merged since is what it was merged into, one that was deleted is none."""
    merges = Event.objects.of(HOUSE_REF).filter(verb=Verb.MERGE_TOPICS)
    into = {int(merge.details["which"]): int(merge.details["into"]) for merge in merges}
    return Topic.objects.filter(pk__in={_followed(key, into) for key in keys})


def _followed(key: int, into: dict[int, int]) -> int:
    while key in into:
        key = into[key]
    return key


def _move(through: Any, thing: str, source: Topic, target: Topic) -> int:
    """Connect what is connected with `source` to `target` instead; returns how many things that were."""
    rows = through.objects.filter(topic=source)
    count: int = rows.count()
    there = through.objects.filter(topic=target).values(thing)
    rows.exclude(**{f"{thing}__in": there}).update(topic=target)
    # What stood under both is left over.
    rows.delete()
    return count


def _move_narrower(source: Topic, target: Topic) -> None:
    """Narrower topics go below `target`. Where that stands below `source` itself, it takes its place first."""
    if source.pk in keys_above(target):
        target.parent_id = source.parent_id
        target.save(update_fields=["parent"])
    source.children.exclude(pk=target.pk).update(parent=target)


def _move_words(source: Topic, target: Topic) -> None:
    source.synonyms.update(topic=target)
    known = {spelled_alike(target.name), *map(spelled_alike, target.synonyms.values_list("word", flat=True))}
    if spelled_alike(source.name) not in known:
        Synonym.objects.create(topic=target, word=source.name)
