"""The people of the show: owners, hosts, guests and those who may only look."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import Role

STAFF_ROLES = [(role.value, role.label) for role in (Role.VIEWER, Role.GUEST, Role.HOST, Role.OWNER)]


class PersonQuerySet(models.QuerySet["Person"]):
    def hosts(self) -> "PersonQuerySet":
        return self.filter(role__in=[Role.HOST, Role.OWNER])


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
