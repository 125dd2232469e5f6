"""What readers tell the show about an episode. Its words are sealed, and only the day is kept."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from questions.models.episode import Episode
from questions.models.person import Person
from questions.safety import cries
from questions.sealing import SealedTextField

MAX_REPORT_LENGTH = 4000


class ReportKind(models.TextChoices):
    WRONG = "wrong", _("Something is wrong")
    ABOUT_ME = "about-me", _("This is about me, please remove it")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Those nobody has settled yet, requests to remove something first, then the oldest."""
        return self.filter(settled_on=None).select_related("episode__season").order_by("kind", "told_on", "pk")

    def settled(self) -> "ReportQuerySet":
        return (
            self.exclude(settled_on=None).select_related("episode__season", "settled_by").order_by("-settled_on", "-pk")
        )

    def past_retention(self, *, open_before: date, settled_before: date) -> "ReportQuerySet":
        """Reports that were kept long enough: nobody has got to them, or has settled them, since those days."""
        return self.filter(Q(settled_on=None, told_on__lt=open_before) | Q(settled_on__lt=settled_before))


class Report(models.Model):
    """One reader's word on an episode. Nothing says who they are; `told_on` is a day, never a time."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    episode = models.ForeignKey(Episode, models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind)
    text = SealedTextField(null=True)
    # The form's token, digested: sending the same form twice is one report.
    token_digest = models.CharField(max_length=64, unique=True)
    told_on = models.DateField(default=timezone.localdate)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # What was done about it, in a few words for colleagues; sealed, since it may quote.
    outcome = SealedTextField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"report {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("desk:report", args=[self.ref])

    @cached_property
    def calls_for_help(self) -> bool:
        """Whether its words sound like it. Nothing of that is stored."""
        return bool(cries(self.text or ""))
