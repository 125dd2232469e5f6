"""Every address there is, taken from the site map itself, and a house in which something stands behind each."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from questions.actions.acting import acting
from questions.actions.correspond import note
from questions.actions.invite import invite
from questions.actions.share import share_preview
from questions.actions.views import save_view
from questions.actions.webhook import add_webhook
from questions.desk.queue.news import name_of
from questions.lifecycle import Role
from questions.models import Video
from tests import cast, factories
from tests.asking.asker import Asker
from tests.guests.visitor import given_to_ines

MADE_UP = "A" * 44
"""A token as links have them, which nobody has made."""


@dataclass(frozen=True)
class Door:
    """One pattern of the site map, as it is written there, and its name."""

    route: str
    name: str

    @property
    def gaps(self) -> set[str]:
        return set(re.findall(r"<\w+:(\w+)>", self.route))


def every_door(resolver: URLResolver | None = None, route: str = "", journey: str = "") -> Iterator[Door]:
    """Every pattern of the site map, in its order."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{journey}{found.namespace}:" if found.namespace else journey
            yield from every_door(found, f"{route}{found.pattern}", inner)
        else:
            assert isinstance(found, URLPattern)
            yield Door(f"{route}{found.pattern}", f"{journey}{found.name or ''}")


@dataclass(frozen=True)
class Address:
    """Where one door is, and what stands in its gaps (and near it, where it leads elsewhere)."""

    path: str
    gaps: dict[str, Any]

    def fill(self, template: str) -> str:
        """<here> and the names of gaps as they are at this address."""
        for gap, value in {"here": self.path, **self.gaps}.items():
            template = template.replace(f"<{gap}>", str(value))
        return template


class House:
    """A show in which every kind of thing is there once, and where each of them is found."""

    def __init__(self) -> None:
        noor, by = cast.noor(), acting(cast.noor())
        topic, verdict = factories.topic("Sleep"), factories.verdict()
        question, episode = factories.asked(), factories.assembled_episode("Soup", slug="soup")
        film = Video(url="https://vimeo.com/76979871", title="The talk")
        aired = factories.published_episode(
            "Naps", slug="naps", number=7, videos=[film], topics=[topic], verdict=verdict.words
        )
        preview, preview_token = share_preview(episode, days=3, by=by)
        invitation, join_token = invite(role=Role.HOST, days=3, by=by)
        event = note(question, text="Mine.", by=by).pk
        self.code, self.guest_token = self._asked(), given_to_ines()[2].split("/")[2]
        of_topic, of_tomas = {"slug": topic.slug}, {"slug": cast.tomas().slug}
        page, feed = {"number": 1}, {"number": 1, "format": "rss"}
        self.gaps: dict[str, dict[str, Any]] = {
            "ask/": {"slug": aired.slug},
            "desk/queue/": {"name": "kept", "batch": uuid.uuid4()},
            "desk/queue/views/": {"ref": save_view(name="Ours", query="state=kept", by=noor, is_shared=True).ref},
            "desk/questions/": {"ref": question.ref, "number": 1},
            "desk/history/": {"event": event, "question": question.ref},
            "desk/calendar/": {"year": 2030, "month": 11},
            "desk/episodes/": {"ref": episode.ref},
            "desk/links/": {"ref": preview.ref, "episode": episode.ref},
            "desk/reports/": {"ref": factories.report(aired).ref},
            "desk/house/crisis-lines/": {"pk": factories.crisis_line("116 000").pk},
            "desk/topics/": {"pk": topic.pk},
            "desk/lists/": {"kind": "verdicts", "pk": verdict.pk},
            "desk/people/": {"ref": cast.ines().ref},
            "desk/people/invitations/": {"ref": invitation.ref},
            "desk/notices/webhooks/": {"ref": add_webhook("https://hooks.invalid/x", ["keep"], by=by).ref},
            "desk/insights/": {"name": "weeks"},
            "desk/account/": {"pk": 1},
            "join/": {"token": join_token},
            "guest/": {"token": self.guest_token},
            "preview/": {"token": preview_token},
            "episodes/": {"slug": aired.slug, **page},
            "topics/": {**of_topic, **page},
            "seasons/": {"season_number": 1, **page},
            "people/": {**of_tomas, **page},
            "verdicts/": {"slug": verdict.slug, **page},
            "books/": {**of_topic, "season_number": 1},
            **{f"feeds/{safe}": feed for safe in ("", "safe/")},
            **{f"feeds/{safe}topics/": {**of_topic, **feed} for safe in ("", "safe/")},
            **{f"feeds/{safe}people/": {**of_tomas, **feed} for safe in ("", "safe/")},
            "sitemap/": page,
        }
        self.queries = {
            "desk/queue/<queue:name>/news.json": f"?newest={name_of(event)}",
            "oembed": "?url=http://testserver/episodes/naps/",
        }

    def _asked(self) -> str:
        asker = Asker()
        asker.asks("Is it rude to snore at a wedding?")
        return asker.code

    def address_of(self, door: Door) -> Address:
        """An address behind which there is something; fails where nobody has said what a gap can be."""
        if "(?P" in door.route:
            return Address("/" + _filled_by_hand(door.route), {})
        beginnings = [begins for begins in self.gaps if door.route.startswith(begins)]
        given = self.gaps[max(beginnings, key=len)] if beginnings else {}
        assert door.gaps <= {*given}, f"{door.route}: say in tests/doors/walking.py what its gaps can be"
        path = reverse(door.name, kwargs={gap: given[gap] for gap in door.gaps})
        return Address(path + self.queries.get(door.route, ""), given)


def _filled_by_hand(route: str) -> str:
    """An address of a pattern that is written as a regular expression."""
    gaps = {
        r"(?P<rest>.*)": "done/", r"(?:confirm-)?": "", r"(?P<key>[-:\w]+)": "abc", r"(?P<uidb36>[0-9A-Za-z]+)": "1",
        r"(?P<key>.+)": "abc-1",
    }  # fmt: skip
    for gap, value in gaps.items():
        route = route.replace(gap, value)
    filled = re.sub(r"[\^$]", "", route)
    assert re.fullmatch(r"[\w/-]+", filled), f"{route}: say in tests/doors/walking.py what its gaps can be"
    return filled
