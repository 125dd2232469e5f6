"""The people of the show: owners, hosts, guests and those who may only look."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import QuestionState, Role
from questions.sealing import SealedTextField

STAFF_ROLES = [(role.value, role.label) for role in (Role.VIEWER, Role.GUEST, Role.HOST, Role.OWNER)]

SECOND_STEPS = ("totp", "webauthn")
"""The kinds of allauth's authenticators that are a second step. Codes on paper only stand in for one of them."""

SECOND_STEP_PLACE = "mfa_authenticator.data"
"""Where the secrets of second steps open. allauth does not say whose it seals, so they have one place together."""


class Digest(models.TextChoices):
    """How often somebody gets a mail that says what is waiting, without a word of any question."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Every Monday")


class PersonQuerySet(models.QuerySet["Person"]):
    def hosts(self) -> "PersonQuerySet":
        return self.filter(role__in=[Role.HOST, Role.OWNER])

    def here(self) -> "PersonQuerySet":
        """Everybody who has not left."""
        return self.filter(left_on=None)

    def owners(self) -> "PersonQuerySet":
        return self.here().filter(role=Role.OWNER)

    def on_duty(self) -> "PersonQuerySet":
        """The hosts who are told of a call for help that nobody has opened."""
        return self.hosts().here().filter(is_on_duty=True)

    def to_digest(self) -> "PersonQuerySet":
        """The hosts who want a digest and have somewhere to get it."""
        return self.hosts().here().exclude(digest=Digest.NEVER).exclude(address=None)

    def with_activity(self) -> "PersonQuerySet":
        """Everybody with what the list of people says of them: claims, second steps, the last day a session was used.

        These are `claim_count`, `second_step_count` and `seen_on`; the account comes along.
        """
        claimed = models.Q(claims__state=QuestionState.ANSWERING)
        stepped = models.Q(user__authenticator__type__in=SECOND_STEPS)
        return self.select_related("user").annotate(
            claim_count=models.Count("claims", filter=claimed, distinct=True),
            second_step_count=models.Count("user__authenticator", filter=stepped, distinct=True),
            seen_on=models.Max("user__sign_ins__seen_on"),
        )


class Person(models.Model):
    """Somebody of the show. Only people with a `user` can sign in; the others are credited."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    role = models.CharField(_("role"), max_length=10, choices=STAFF_ROLES, default=Role.GUEST)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    bio = models.TextField(_("about them"), blank=True)
    disclosure = models.TextField(
        _("disclosure"),
        blank=True,
        help_text=_("What they are an expert in and what they are not. Markdown."),
    )

    uses_keys = models.BooleanField(_("single keys decide"), default=True)
    blurs_words = models.BooleanField(_("questions are blurred until asked for"), default=False)
    address = SealedTextField(_("mail address for notices"), null=True, blank=True)
    digest = models.CharField(_("digest by mail"), max_length=10, choices=Digest, default=Digest.NEVER)
    digest_sent_on = models.DateField(null=True, blank=True)
    is_on_duty = models.BooleanField(_("told of a call for help that nobody has opened"), default=False)
    left_on = models.DateField(null=True, blank=True)
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    claim_count: int
    second_step_count: int
    seen_on: date | None

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[role for role, _label in STAFF_ROLES]),
                name="person_has_a_staff_role",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:person", args=[self.slug])

    @property
    def is_host(self) -> bool:
        return self.role in (Role.HOST, Role.OWNER)


class SignIn(models.Model):
    """One session of somebody at the desk, so that they see it and can end it. It knows no network address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("-began_at",)

    def __str__(self) -> str:
        return f"sign-in {self.pk}"
