"""What leaves the house by mail or by webhook: where to, what is due, what became of it. No word of any question."""

import uuid
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.history import Event
from questions.models.person import Person
from questions.sealing import SealedTextField

DEED, TEST, DIGEST, CALL, QUARTERS = "deed", "test", "digest", "call", "quarters"
"""The kinds of delivery: a deed or a trial to a webhook, a digest by mail, an unopened call for help to either.

The last is no delivery: one row, never due, whose `due_at` says when the quarters of an hour were last counted.
"""


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def of_hosts(self) -> "WebhookQuerySet":
        """The webhooks of everybody who may know what the desk does."""
        return self.filter(person__in=Person.objects.hosts().here()).select_related("person")

    def listening(self) -> "WebhookQuerySet":
        return self.of_hosts().filter(is_paused=False)


class Webhook(models.Model):
    """An address of a host's choice that is told of deeds, with a secret that signs what it is told."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="webhooks")
    url = SealedTextField()
    secret = SealedTextField()
    verbs = models.JSONField(_("what it is told of"), default=list, blank=True)
    is_paused = models.BooleanField(_("paused"), default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"webhook {self.pk}"

    @property
    def host(self) -> str:
        """What lists call it by: the part of its address that is no secret."""
        return urlsplit(self.url).netloc


class DeliveryState(models.TextChoices):
    DUE = "due", _("Due")
    DONE = "done", _("Delivered")
    DROPPED = "dropped", _("Dropped")
    FAILED = "failed", _("Failed")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def told(self) -> "DeliveryQuerySet":
        """All but the one row that is no delivery: the sweep's own clock."""
        return self.exclude(kind=QUARTERS)

    def due(self, now: datetime) -> "DeliveryQuerySet":
        """What is to be sent at `now`, the longest due first, with all that sending looks at."""
        waiting = self.told().filter(state=DeliveryState.DUE, due_at__lte=now)
        return waiting.select_related("person", "webhook", "event").order_by("due_at", "pk")

    def of(self, person: Person) -> "DeliveryQuerySet":
        return self.told().filter(person=person).select_related("webhook", "event")

    def failed(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.FAILED)

    def ended_before(self, day: date) -> "DeliveryQuerySet":
        return self.told().filter(ended_at__date__lt=day)


class Delivery(models.Model):
    """One mail, or one call of a webhook where there is one. It is dropped when its `event` has been undone by then."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="deliveries")
    webhook = models.ForeignKey(Webhook, models.CASCADE, null=True, blank=True, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="deliveries")
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.DUE)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "deliveries"
        indexes = (models.Index(fields=("state", "due_at"), name="delivery_due"),)

    def __str__(self) -> str:
        return f"delivery {self.pk}"
