"""An episode as a row of a list, and what every page says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.languages import native_name
from questions.models import (
    Credit,
    CreditRole,
    Episode,
    Script,
    SpokenSegment,
)
from questions.visibility import (
    Fact,
    Showing,
    because_of,
    is_text_gated,
    name_of,
    note_in_words,
    showing_of,
    what_to_expect,
)

SHORT_QUESTION = 140
LONGEST_HEADING = 400


@dataclass(frozen=True)
class Row:
    """An episode in a list. Its script is read once, because reading it may mean to unseal it."""

    episode: Episode
    script: Script

    @property
    def title(self) -> str:
        return name_of(self.episode, self.script)

    @property
    def is_gated(self) -> bool:
        """Whether the whole text stands behind its note."""
        return is_text_gated(self.episode)

    @property
    def answered_by(self) -> list[Credit]:
        """The credits of those who answer. A guest who gives one of the answers is among them."""
        slugs = {segment.answerer_slug for segment in self.script.segments}
        return [
            credit
            for credit in self.episode.credits.all()
            if credit.role == CreditRole.ANSWERED or (credit.role == CreditRole.GUEST and credit.person.slug in slugs)
        ]

    @property
    def because_of(self) -> str:
        return because_of(self.episode)

    @property
    def facts(self) -> list[Fact]:
        return what_to_expect(self.episode)

    @property
    def headline(self) -> str:
        return self.spoken.question if self.spoken else self.title

    @property
    def voice(self) -> str:
        """The class that sets the headline in a size it fits."""
        return "voice" if len(self.headline) <= SHORT_QUESTION else "voice voice--long"

    @property
    def spoken(self) -> SpokenSegment | None:
        """The question that can stand as a headline: the only one, unless it is gated or a whole letter."""
        segments = self.script.segments
        is_headline = not self.is_gated and len(segments) == 1 and 0 < len(segments[0].question) <= LONGEST_HEADING
        return segments[0] if is_headline else None

    @property
    def watch(self) -> str:
        """What the button to the episode's film says, or an empty string when there is none."""
        video = next(iter(self.episode.videos.all()), None)
        if video is None:
            return ""
        minutes = (video.seconds or 0) // 60
        if not minutes:
            return _("Watch")
        return ngettext("Watch, %(minutes)d minute", "Watch, %(minutes)d minutes", minutes) % {"minutes": minutes}

    @property
    def watch_note(self) -> str:
        """The note that the film waits behind, which its button says as well; empty where it has no gate."""
        video = next(iter(self.episode.videos.all()), None)
        is_gated = video is not None and showing_of(video.content_note) is Showing.GATED
        return video.content_note.sentence if video and is_gated else ""

    @property
    def language(self) -> str:
        """The language by its own name, or an empty string where nobody said that it is not the show's."""
        return native_name(self.episode.language) if self.episode.language else ""

    @property
    def description(self) -> str:
        """A sentence or two for other sites and for feeds, which is the note where the text is not safe."""
        if self.is_gated:
            return note_in_words(self.episode, self.script.note)
        return self.script.summary or self.title


def row(episode: Episode) -> Row:
    return Row(episode, episode.script)


def rows(episodes: Iterable[Episode]) -> list[Row]:
    return [row(episode) for episode in episodes]


def last_change(episode: Episode) -> datetime:
    """When readers saw the episode change last: when it was released, or corrected after that."""
    assert episode.release_at
    return max(episode.release_at, episode.changed_at)
