"""The show itself: one row of settings, and the lists its hosts choose from."""

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.countries import name_of_country
from questions.languages import direction_of


class ShowQuerySet(models.QuerySet["Show"]):
    def current(self) -> "Show":
        """The show of this installation; an unsaved one with the default name before it has been set up."""
        return self.first() or Show()


class Show(models.Model):
    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=80, default="Querent")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    about = models.TextField(_("about the show"), blank=True)
    house_rules = models.TextField(_("house rules"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    leave_url = models.URLField(_("where “Leave this page” goes"), default="https://www.wikipedia.org/")
    is_asking_open = models.BooleanField(_("questions are welcome now"), default=True)
    closed_words = models.CharField(_("what the form says while closed"), max_length=300, blank=True)
    keeps_waiting_days = models.PositiveSmallIntegerField(
        _("days an unanswered question is kept"), default=180, validators=[MinValueValidator(1)]
    )
    keeps_closed_days = models.PositiveSmallIntegerField(
        _("days a declined or privately answered question is kept"),
        default=60,
        validators=[MinValueValidator(1)],
    )
    keeps_traces_days = models.PositiveSmallIntegerField(
        _("days after which also the wordless traces of a forgotten question go"),
        default=365,
        validators=[MinValueValidator(1)],
    )

    languages = models.JSONField(_("languages in which questions are welcome"), default=list, blank=True)
    colour = models.CharField(_("colour on light paper"), max_length=7, blank=True)
    colour_at_night = models.CharField(_("colour on dark paper"), max_length=7, blank=True)
    asks_second_step = models.BooleanField(_("hosts need a second step to sign in"), default=False)
    asks_second_host = models.BooleanField(_("an answer is approved by somebody else than its writer"), default=False)

    objects = ShowQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="show_is_one_row"),)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> tzinfo:
        """The show's time zone, or UTC where the one it was given does not exist on this machine."""
        try:
            return ZoneInfo(self.time_zone)
        except (LookupError, ValueError, OSError):
            return UTC

    @property
    def keeps_backups_days(self) -> int:
        """For how many days backups are kept at most: never longer than it is known what they have to forget again."""
        return min(int(settings.BACKUP_DAYS), self.keeps_traces_days)

    @property
    def direction(self) -> str:
        """Which way the show's own language is written: "rtl" or "ltr"."""
        return direction_of(self.language)

    @property
    def name_head(self) -> str:
        """All but the last word of the name: the look sets the last word in another colour."""
        return self.name.rpartition(" ")[0]

    @property
    def name_tail(self) -> str:
        return self.name.rpartition(" ")[2]


class DeclineReason(models.Model):
    """Why a question is not answered: a label for hosts and the words the asker reads."""

    slug = models.SlugField(unique=True, max_length=60)
    label = models.CharField(_("label"), max_length=80)
    words = models.TextField(_("what the asker reads"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "label")

    def __str__(self) -> str:
        return self.label


class CannedReply(models.Model):
    """Words that hosts often write to askers, to be changed before they are sent."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    text = models.TextField(_("words"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "title")

    def __str__(self) -> str:
        return self.title


class Caller(models.TextChoices):
    """Whom a crisis line is for."""

    ANYONE = "anyone", _("Anyone in despair")
    HURT = "hurt", _("People who are being hurt")
    YOUNG = "young", _("Children and young people")


class CrisisLineQuerySet(models.QuerySet["CrisisLine"]):
    def for_young_people(self) -> Self:
        return self.filter(caller=Caller.YOUNG).order_by("pk")

    def unchecked(self) -> Self:
        return self.filter(checked_on=None)

    def in_language_first(self, language: str) -> Self:
        """Lines in this language before all others; among equals those a host has checked, then as they were listed."""
        bare = language.partition("-")[0]
        is_spoken = models.Q(language=bare) | models.Q(language__startswith=f"{bare}-")
        return self.annotate(
            is_foreign=models.Case(models.When(is_spoken, then=0), default=1),
            is_unchecked=models.Case(models.When(checked_on=None, then=1), default=0),
        ).order_by("is_foreign", "is_unchecked", "pk")

    def to_call(
        self, language: str, *, callers: Sequence[Caller] = (Caller.ANYONE, Caller.HURT), most: int = 3
    ) -> list["CrisisLine"]:
        """A few lines for somebody who writes in `language`: at most `most` for each kind of caller, in that order.

        Where a kind has a line in that language, the lines in others are left out.
        """
        lines = list(self.filter(caller__in=callers).in_language_first(language))
        chosen: list[CrisisLine] = []
        for caller in callers:
            own = [line for line in lines if line.caller == caller]
            chosen += [line for line in own if line.speaks(language) or not own[0].speaks(language)][:most]
        return chosen


class CrisisLine(models.Model):
    """A line for people who need help now. `checked_on` is empty until a host has confirmed it."""

    country = models.CharField(_("country code"), max_length=2)
    language = models.CharField(_("language"), max_length=12)
    caller = models.CharField(_("for whom"), max_length=10, choices=Caller, default=Caller.ANYONE)
    name = models.CharField(_("name"), max_length=80)
    number = models.CharField(_("number"), max_length=40)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    url = models.URLField(_("link"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = CrisisLineQuerySet.as_manager()

    class Meta:
        ordering = ("country", "name")
        constraints = (
            models.UniqueConstraint(fields=("country", "language", "number"), name="crisis_line_listed_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def country_name(self) -> str:
        return name_of_country(self.country)

    def speaks(self, language: str) -> bool:
        """Whether it answers in this language, whatever the country: "en-GB" is spoken where "en" is."""
        return self.language.partition("-")[0] == language.partition("-")[0]
