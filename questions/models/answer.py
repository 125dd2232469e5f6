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
        return self.select_related("question", "answerer", "current_revision__by", "approved_revision")


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


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, question: Question) -> "RevisionQuerySet":
        """All that was saved as the question's answer, the newest first, with who wrote it."""
        return self.filter(answer__question=question).select_related("by", "answer__question").order_by("-number")


class Revision(models.Model):
    """One saved text of an answer, in Markdown. Revisions are only added."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = SealedTextField()
    name = SealedTextField(null=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("answer", "number")
        constraints = (models.UniqueConstraint(fields=("answer", "number"), name="revision_numbered_once"),)

    def __str__(self) -> str:
        return f"revision {self.number}"


class Autosave(models.Model):
    """What somebody has typed and not saved: one row for each question and writer, written over and over.

    It is no revision and makes no Event. `seen` is the version of the question on which it was typed.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="autosaves")
    person = models.ForeignKey(Person, models.CASCADE, related_name="autosaves")
    text = SealedTextField(null=True)
    sign_off = SealedTextField(null=True)
    body = SealedTextField(null=True)
    seen = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("question", "person"), name="autosave_one_for_each_writer"),)

    def __str__(self) -> str:
        return f"autosave of {self.question_id}"


class Part(models.TextChoices):
    """What a comment is about."""

    WORDING = "wording", _("The wording")
    ANSWER = "answer", _("The answer")


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, question: Question) -> "CommentQuerySet":
        """What was said about the question's wording and answer, oldest first, with who said it."""
        return self.filter(question=question).select_related("by", "resolved_by").order_by("pk")


class Comment(models.Model):
    """A word on a passage of the wording or the answer. `quote` is the passage as it stood; `reply_to` a first one."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="comments")
    part = models.CharField(max_length=10, choices=Part, default=Part.ANSWER)
    quote = SealedTextField(null=True)
    text = SealedTextField()
    reply_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"comment {self.pk}"
