"""Episodes in every combination of what may surprise, each word of them marked so that it can be found anywhere.

Each thing an episode consists of is one word that stands nowhere else: "q017hidden" is what stands behind a gate in
episode 17. Its films are told by the number in their address.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import ContentLevel, Credit, CreditRole, Episode, Resource, Video
from tests import cast
from tests.factories import approved_answer, host, published_episode, topic, verdict

FINE, RACY, NOT_SAFE = ContentLevel.FINE, ContentLevel.RACY, ContentLevel.NOT_SAFE
KINDS = ((), ("sex",), ("sex", "self-harm"))

FILMS = {
    "no film": ContentLevel.NONE,
    "no film, they say it is not safe": NOT_SAFE,
    "a fine film": FINE,
    "a racy film": RACY,
    "a film that is not safe": NOT_SAFE,
    "a film in the answer that is not safe": NOT_SAFE,
}
"""Which films an episode has, and what its note says of them."""

TEXT = ("question", "signoff", "body", "heading", "hidden", "hiddennote", "footnote", "summary", "reason", "correction",
        "resource", "answerfilm", "answerfilmnote")  # fmt: skip
"""What the text is. The rest, name, note and the titles of the episode's own films, is in the open everywhere."""

_THINGS = (*TEXT, "slug", "title", "note", "ownfilm")
_NAMES = "|".join(sorted(_THINGS, key=len, reverse=True))
_MARKED = re.compile(rf"q(\d{{3}})({_NAMES})|vimeo\.com/(?:video/)?77(00|01)000(\d{{3}})", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """One combination. What an episode's note says of its films is as high as the films are, or higher."""

    number: int
    text: int
    pictures: int
    film: str
    has_gated_part: bool
    kinds: tuple[str, ...]
    title_quotes: bool

    @property
    def video(self) -> int:
        return FILMS[self.film]

    @property
    def slug(self) -> str:
        return self.mark("slug")

    @property
    def keywords(self) -> str:
        """Words of question and answer by which this episode, and no other, can be searched for."""
        return " ".join(f"{self._mine}{animal}" for animal in ("alpaca", "heron", "otter", "ferret"))

    @property
    def hidden_keyword(self) -> str:
        """A word that stands behind the gate of a part alone."""
        return f"{self._mine}badger"

    @property
    def _mine(self) -> str:
        return "".join(chr(ord("b") + int(digit)) for digit in f"{self.number:03d}")

    def mark(self, thing: str) -> str:
        return f"q{self.number:03d}{thing}"

    @property
    def gated(self) -> set[str]:
        """What readers may meet behind the note alone, and programs not at all: said here once more, in other words."""
        gated = set(TEXT) if self.text == NOT_SAFE else set()
        if self.has_gated_part:
            gated |= {"hidden", "footnote"}
        if self.film == "a film that is not safe":
            gated.add("ownfilmaddress")
        if self.film == "a film in the answer that is not safe":
            gated.add("answerfilmaddress")
        return gated

    @property
    def is_safe(self) -> bool:
        return NOT_SAFE not in (self.text, self.video, self.pictures) and not self.has_gated_part

    def publish(self) -> Episode:
        own = {"a fine film": FINE, "a racy film": RACY, "a film that is not safe": NOT_SAFE}.get(self.film)
        address = f"https://vimeo.com/7700{self.number:06d}"
        films = [Video(url=address, title=self.mark("ownfilm"), level=own, kinds=list(self.kinds))] if own else []
        title = self.mark("question") if self.title_quotes else self.mark("title")
        episode = published_episode(
            title, slug=self.slug, at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=self.number),
            number=self.number + 1, summary=self.mark("summary"), note=self.mark("note"),
            verdict=verdict().words, verdict_reason=self.mark("reason"),
            text_level=self.text, video_level=self.video, pictures_level=self.pictures, kinds=self.kinds,
            topics=[topic("Sleep")], videos=films, resources=[Resource(kind="book", title=self.mark("resource"))],
            answers=[approved_answer(self._question, self.mark("signoff"), body=self._body)],
            credits=[
                Credit(person=cast.noor(), role=CreditRole.ASKED),
                Credit(person=host(), role=CreditRole.ANSWERED),
            ],
        )  # fmt: skip
        by = acting(host())
        correct(episode, bodies=[f"{self._body}\n"], words=self.mark("correction"), by=by, seen=episode.version)
        return episode

    @property
    def _question(self) -> str:
        return f"{self.mark('question')}? {self.keywords}"

    @property
    def _body(self) -> str:
        body = f"{self.keywords} {self.mark('body')}\n\n# {self.mark('heading')}\n\n"
        if self.film == "a film in the answer that is not safe":
            address = f"https://vimeo.com/7701{self.number:06d}"
            body += (
                f"::: video {address} | {self.mark('answerfilm')} | 4:00 | not safe: {', '.join(self.kinds) or 'sex'}"
            )
            body += f"\n{self.mark('answerfilmnote')}\n:::\n\n"
        if self.has_gated_part:
            body += f"::: expect not safe | {', '.join(self.kinds)}\n{self.mark('hiddennote')}\n:::\n\n"
            body += (
                f"{self.hidden_keyword} {self.keywords} {self.mark('hidden')}[^1]\n\n[^1]: {self.mark('footnote')}\n"
            )
        return body


def every_case() -> list[Case]:
    """Each level of the text × pictures none or not safe × each choice of films × a gated part or none; kinds in turn.

    Pictures have two levels here, as no page has one yet: all they do so far is to keep an episode out of safe feeds.
    """
    combined = product((FINE, RACY, NOT_SAFE), (ContentLevel.NONE, NOT_SAFE), FILMS, (False, True))
    return [
        Case(number, text, pictures, film, gated, KINDS[number % len(KINDS)], title_quotes=number // 3 % 2 == 1)
        for number, (text, pictures, film, gated) in enumerate(combined)
    ]


def things_in(words: str) -> set[tuple[int, str]]:
    """Which things of which episodes stand in these words."""
    found = set()
    for number, thing, film, of in _MARKED.findall(words):
        place = {"00": "ownfilmaddress", "01": "answerfilmaddress", "": thing.lower()}[film]
        found.add((int(number or of), place))
    return found
