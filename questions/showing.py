"""What readers are shown of an episode: its script as a row, as answers, contents and films."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.models import ContentLevel, Credit, CreditRole, Episode, Resource, Script, SpokenSegment, Video
from questions.rendering import RenderedAnswer, RenderedPart, film, render_answer, render_plain, render_text
from questions.rendering.answer import WORDS_A_MINUTE
from questions.rendering.cleaning import EXTERNAL_REL, is_allowed_address, is_external
from questions.visibility import Fact, may_be_quoted, note_in_words, what_to_expect

SHORT_QUESTION = 140
LONGEST_HEADING = 400

_FILM_LEVELS = {ContentLevel.FINE: "fine", ContentLevel.RACY: "racy", ContentLevel.NOT_SAFE: "not safe"}


@dataclass(frozen=True)
class Row:
    """An episode in a list. Its script is read once, because reading it may mean to unseal it."""

    episode: Episode
    script: Script

    @property
    def title(self) -> str:
        question = self.script.segments[0].question if self.script.segments else ""
        return self.script.title or Truncator(question).chars(SHORT_QUESTION) or str(self.episode.season)

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
        """The question that can stand as a headline: the only one, unless it is a whole letter."""
        segments = self.script.segments
        is_headline = len(segments) == 1 and 0 < len(segments[0].question) <= LONGEST_HEADING
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
    def description(self) -> str:
        """A sentence or two for other sites and for feeds, which is the note where the text is not safe."""
        if may_be_quoted(self.episode):
            return self.script.summary or self.title
        return note_in_words(self.episode, self.script.note)


def row(episode: Episode) -> Row:
    return Row(episode, episode.script)


def rows(episodes: Iterable[Episode]) -> list[Row]:
    return [row(episode) for episode in episodes]


@dataclass(frozen=True)
class Part:
    """A part with the anchor it has on this page, where another answer may have a part of the same name."""

    rendered: RenderedPart
    anchor: str


@dataclass(frozen=True)
class SpokenAnswer:
    """One question as it is read out, and the answer to it."""

    number: int
    spoken: SpokenSegment
    rendered: RenderedAnswer

    @property
    def anchor(self) -> str:
        return f"question-{self.number}"

    @property
    def parts(self) -> list[Part]:
        prefix = "" if self.number == 1 else f"a{self.number}-"
        return [Part(part, f"{prefix}{part.anchor}") for part in self.rendered.parts]

    @property
    def question_html(self) -> SafeString:
        return render_plain(self.spoken.question)

    @property
    def voice(self) -> str:
        """The class that sets the question, which stands below the page's own title, in a size it fits."""
        return f"voice voice--{'long' if len(self.spoken.question) <= LONGEST_HEADING else 'letter'}"


@dataclass(frozen=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    label: str
    title: str


@dataclass(frozen=True)
class Page(Row):
    """An episode as a whole page. `resources` are those that readers may see."""

    resources: list[Resource] = field(default_factory=list)

    @cached_property
    def answers(self) -> list[SpokenAnswer]:
        numbered = enumerate(self.script.segments, start=1)
        return [
            SpokenAnswer(number, spoken, render_answer(spoken.body, prefix=f"a{number}")) for number, spoken in numbered
        ]

    @property
    def is_several(self) -> bool:
        return len(self.answers) > 1

    @property
    def has_checklists(self) -> bool:
        return any(answer.rendered.checklists for answer in self.answers)

    @property
    def minutes(self) -> int:
        words = sum(answer.rendered.word_count for answer in self.answers)
        return max(1, round(words / WORDS_A_MINUTE))

    @property
    def contents(self) -> list[Entry]:
        """Where the page can be entered; empty when there is only one place to go."""
        entries = []
        for answer in self.answers:
            if self.is_several:
                title = Truncator(answer.spoken.question).words(10)
                label = _("Question %(number)d") % {"number": answer.number}
                entries.append(Entry(answer.anchor, label, title))
            entries += [Entry(part.anchor, part.rendered.label, part.rendered.title) for part in answer.parts]
        if self.resources:
            entries.append(Entry("more", "", _("Watch, read and go to")))
        return entries if len(entries) > 1 else []

    @property
    def films(self) -> list[SafeString]:
        """The episode's own videos. Nothing in them is fetched before somebody presses play."""
        videos = enumerate(self.episode.videos.all())
        return [_film(video, is_first=number == 0) for number, video in videos]

    @property
    def credits(self) -> list[tuple[str, list[Credit]]]:
        """The credits by role, those who ask and answer first."""
        by_role = {role: self.episode.credited(role) for role in CreditRole}
        by_role[CreditRole.ANSWERED] = self.answered_by
        by_role[CreditRole.GUEST] = [guest for guest in by_role[CreditRole.GUEST] if guest not in self.answered_by]
        return [(str(role.label), credited) for role, credited in by_role.items() if credited]

    @property
    def disclosures(self) -> list[SafeString]:
        """Who is talking: what those who answer are experts in, and what they are not."""
        who = [credit for credit in self.answered_by if credit.shown_disclosure.strip()]
        several = len(self.answered_by) > 1
        return [
            introduced(
                _("Who is talking: %(name)s.") % {"name": credit.name} if several else _("Who is talking."),
                render_text(credit.shown_disclosure),
            )
            for credit in who
        ]


def _film(video: Video, is_first: bool) -> SafeString:
    level = _FILM_LEVELS.get(ContentLevel(video.level))
    return film(video.url, video.title, video.seconds, level, video.note, whole_episode=is_first)


def introduced(words: str, html: SafeString) -> SafeString:
    """Sanitised prose whose first paragraph begins with these words in bold."""
    if html.startswith("<p>"):
        return format_html("<p><strong>{}</strong> {}", words, mark_safe(html[3:]))  # noqa: S308 - it was sanitised
    return format_html("<p><strong>{}</strong></p>{}", words, html)


def link_to(address: str, words: str) -> SafeString:
    """The words, as a link where the address is one that we may link to."""
    if not is_allowed_address(address):
        return format_html("{}", words)
    if is_external(address):
        return format_html('<a href="{}" rel="{}">{}</a>', address, EXTERNAL_REL, words)
    return format_html('<a href="{}">{}</a>', address, words)


def last_change(episode: Episode) -> datetime:
    """When readers saw the episode change last: when it was released, or corrected after that."""
    assert episode.release_at
    return max(episode.release_at, episode.changed_at)
