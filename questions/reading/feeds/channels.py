"""Which feeds there are: one of everything, one for each topic, one for each person.

Each is there twice: whole, and safe, which is without the episodes in which something is not safe for work.
"""

import uuid
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from questions.models import Person, Show, Topic
from questions.reading.addresses import absolute

FORMATS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
"""What ends the address of a feed, and what people call that format."""


@dataclass(frozen=True)
class Channel:
    """One feed, whatever its format and page.

    `name` is that of its route and `about` what is never renamed in it: the address of a topic can change, and its
    feed is still the same one. `page` is the path of the page that shows the same.
    """

    show: Show
    name: str
    about: str
    title: str
    description: str
    page: str
    slug: str = ""
    is_safe: bool = False

    @property
    def id(self) -> str:
        kind = "safe " if self.is_safe else ""
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, absolute(f'/feeds/#{kind}{self.about}'))}"

    @property
    def safe(self) -> "Channel":
        """The same without what is not safe."""
        return replace(
            self,
            title=_("%(title)s (safe)") % {"title": self.title},
            description=_("%(description)s Whatever has something in it that is not safe for work is left out.")
            % {"description": self.description},
            is_safe=True,
        )

    def made(self, is_safe: bool) -> "Channel":
        return self.safe if is_safe else self

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """Each format by the name that people call it, with the address."""
        return [(words, self.address(format)) for format, words in FORMATS.items()]

    def path(self, format: str, number: int = 1) -> str:
        names: dict[str, str | int] = {"format": format}
        if self.slug:
            names["slug"] = self.slug
        if number > 1:
            names["number"] = number
        return reverse(f"reading:{'safe-' if self.is_safe else ''}{self.name}", kwargs=names)

    def address(self, format: str, number: int = 1) -> str:
        return absolute(self.path(format, number))


def of_everything(show: Show) -> Channel:
    return Channel(show, "feed", "everything", show.name, show.tagline or show.name, reverse("reading:home"))


def of_topic(topic: Topic, show: Show) -> Channel:
    description = topic.description or _("Questions about %(topic)s, answered.") % {"topic": topic.name}
    title = f"{topic.name} · {show.name}"
    return Channel(show, "topic-feed", f"topic {topic.pk}", title, description, topic.get_absolute_url(), topic.slug)


def of_person(person: Person, show: Show) -> Channel:
    description = _("What %(name)s answers or has a hand in.") % {"name": person.name}
    title = f"{person.name} · {show.name}"
    return Channel(
        show, "person-feed", f"person {person.ref}", title, description, person.get_absolute_url(), person.slug
    )
