"""What hosts need to work side by side: who looks where, who is mentioned, which views are kept."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.answer import Comment
from questions.models.person import Person
from questions.models.question import Note, Question

STILL_HERE = timedelta(seconds=60)
"""So long after a page has last said so, somebody counts as looking at it. Pages say so every 20 seconds."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def others_at(self, question: Question, person: Person, now: datetime) -> "PresenceQuerySet":
        """Who besides `person` has the question open at `now`, by name."""
        here = self.filter(question=question, seen_at__gt=now - STILL_HERE)
        return here.exclude(person=person).select_related("person").order_by("person__name")


class Presence(models.Model):
    """Somebody has a question open. It is shown to colleagues and locks nothing; old rows mean nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="presences")
    question = models.ForeignKey(Question, models.CASCADE, related_name="presences")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("question", "person"), name="presence_once_for_each"),)

    def __str__(self) -> str:
        return f"{self.person} at {self.question}"


class MentionQuerySet(models.QuerySet["Mention"]):
    def of(self, person: Person) -> "MentionQuerySet":
        """What was meant for somebody, the newest first, with the words it was said in."""
        return self.filter(person=person).select_related("by", "question", "note", "comment").order_by("-pk")

    def unseen(self) -> "MentionQuerySet":
        return self.filter(seen_at=None)


class Mention(models.Model):
    """A note, a comment or a word on taking over that is meant for somebody; `seen_at` is empty until they saw it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="mentions")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="mentions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="mentions")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"mention of {self.person}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_person(self, person: Person) -> "SavedViewQuerySet":
        """The views that somebody may use: their own in their own order, then what colleagues share."""
        is_own = models.Case(models.When(owner=person, then=0), default=1)
        usable = self.filter(models.Q(owner=person) | models.Q(is_shared=True)).select_related("owner")
        return usable.order_by(is_own, "position", "name", "pk")


class SavedView(models.Model):
    """A filtered queue under a name. `query` is what stands in its address; a shared one is everybody's to use."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=400)
    owner = models.ForeignKey(Person, models.CASCADE, related_name="views")
    is_shared = models.BooleanField(_("shared with all hosts"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name", "pk")

    def __str__(self) -> str:
        return self.name
