"""Topics: what a question is about."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import QuestionState


class TopicQuerySet(models.QuerySet["Topic"]):
    def for_house(self, now: datetime) -> "TopicQuerySet":
        """Each topic with its synonyms, `open_count` (questions nobody has closed) and `episode_count` at `now`."""
        open_ones = models.Q(question__state__in=OPEN_STATES)
        released = models.Q(episode__release_at__lte=now, episode__retracted_at=None)
        return self.prefetch_related("synonyms").annotate(
            open_count=_counted(Topic.questions.through, open_ones),
            episode_count=_counted(Topic.episodes.through, released),
        )

    def once_at(self, slug: str) -> "Topic | None":
        """The topic that had this address once, or that took in the one which had it."""
        return self.filter(former_addresses__slug=slug).first()


OPEN_STATES = (QuestionState.WAITING, QuestionState.KEPT, QuestionState.ANSWERING, QuestionState.READY)


def _counted(through: Any, condition: models.Q) -> models.expressions.Combinable:
    """How many rows of a topic's table of connections meet the condition."""
    rows = through.objects.filter(condition, topic=models.OuterRef("pk")).order_by().values("topic")
    return Coalesce(models.Subquery(rows.annotate(count=models.Count("pk")).values("count")), 0)


def spelled_alike(word: str) -> str:
    """What is left of a word without case, accents and spare spaces: two words with the same rest are the same."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def lineage(topic: "Topic", topics: Mapping[int, "Topic"]) -> list["Topic"]:
    """The topic, the wider one it is in, and so on up, as far as `topics` know them; a circle is gone round once."""
    way = [topic]
    while (above := topics.get(way[-1].parent_id or 0)) and above not in way:
        way.append(above)
    return way


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=240, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")

    episode_count: int
    open_count: int

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="topic_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:topic", args=[self.slug])


class Synonym(models.Model):
    """Another word for a topic: searches and suggestions find the topic by it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="synonyms")
    word = models.CharField(_("word"), max_length=60, unique=True)

    class Meta:
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word


class FormerAddress(models.Model):
    """An address that a topic once had; it leads to the topic for ever."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.slug
