"""Films, and what else there is to watch, read, visit or attend."""

from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.content_notes import ContentLevel, ContentNote
from questions.players import Player, player_for


class ResourceKind(models.TextChoices):
    FILM = "film", _("Film")
    BOOK = "book", _("Book")
    CLASS = "class", _("Class")
    SHOP = "shop", _("Shop")
    VIDEO = "video", _("Video")
    QUOTATION = "quotation", _("Quotation")
    POST = "post", _("Post")
    EPISODE = "episode", _("Earlier episode")
    PODCAST = "podcast", _("Podcast")
    HELP = "help", _("Help")


class Video(models.Model):
    """A film of the episode, by link to where it is hosted."""

    episode = models.ForeignKey("questions.Episode", models.CASCADE, related_name="videos")
    url = models.URLField(_("link"), max_length=300)
    title = models.CharField(_("title"), max_length=120)
    seconds = models.PositiveIntegerField(_("length"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=ContentLevel, default=ContentLevel.FINE)
    kinds = models.JSONField(_("because of"), default=list, blank=True)
    note = models.CharField(_("what to expect"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def content_note(self) -> ContentNote:
        return ContentNote(self.level, tuple(self.kinds), self.note)

    @property
    def player(self) -> Player | None:
        return player_for(self.url)


class ResourceQuerySet(models.QuerySet["Resource"]):
    def for_house(self) -> "ResourceQuerySet":
        """All of them with their episodes, by title."""
        return self.select_related("episode").order_by("title", "pk")

    def about(self, words: str) -> "ResourceQuerySet":
        """Those in which each of the words stands somewhere: in title, maker, place, note or link."""
        found = self
        for word in words.split()[:8]:
            places = ("title", "maker", "place", "note", "url")
            found = found.filter(reduce(or_, (models.Q(**{f"{place}__icontains": word}) for place in places)))
        return found


class Resource(models.Model):
    """Something to watch, read, visit or attend."""

    episode = models.ForeignKey("questions.Episode", models.CASCADE, related_name="resources")
    kind = models.CharField(_("kind"), max_length=10, choices=ResourceKind)
    title = models.CharField(_("title"), max_length=160)
    maker = models.CharField(_("maker"), max_length=120, blank=True)
    url = models.URLField(_("link"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    extent = models.CharField(_("length"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title
