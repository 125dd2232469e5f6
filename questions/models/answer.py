"""The answer to one question, and its revisions."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import AnswerState
from questions.models.person import Person
from questions.models.question import Question
from questions.sealing import SealedTextField


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_episodes(self) -> "AnswerQuerySet":
        """Approved answers in no episode yet, with what the assembling page shows of them."""
        return (
            self.filter(approved_revision__isnull=False, segments=None)
            .select_related("question__wording", "answerer", "approved_revision")
            .order_by("question__arrived_on", "question__number")
        )

    def for_writing(self) -> "AnswerQuerySet":
        """Answers with what the writing page says about their revisions."""
        return self.select_related("answerer", "current_revision__by", "approved_revision")


class Answer(models.Model):
    """The answer to a question. It changes only with its question locked, so the question's version covers it."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="answer")
    answerer = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="answers", verbose_name=_("answered by")
    )
    current_revision = models.ForeignKey("Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    approved_revision = models.ForeignKey("Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    approved_wording = models.ForeignKey("questions.Wording", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"answer to {self.question_id}"

    @property
    def state(self) -> str:
        return AnswerState.APPROVED if self.approved_revision_id else AnswerState.DRAFTING


class Revision(models.Model):
    """One saved text of an answer, in Markdown. Revisions are only added."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = SealedTextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("answer", "number")
        constraints = (models.UniqueConstraint(fields=("answer", "number"), name="revision_numbered_once"),)

    def __str__(self) -> str:
        return f"revision {self.number}"
