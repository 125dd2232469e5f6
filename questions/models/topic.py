"""Topics: what a question is about."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TopicQuerySet(models.QuerySet["Topic"]):
    def with_episode_counts(self, now: datetime) -> "TopicQuerySet":
        """Each topic with `episode_count`, the episodes readers can see at `now`."""
        released = models.Q(episodes__release_at__lte=now, episodes__retracted_at=None)
        return self.annotate(episode_count=models.Count("episodes", filter=released, distinct=True))


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=240, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")

    episode_count: int

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
