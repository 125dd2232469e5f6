"""An episode as a whole page: answers, contents, cards, films and credits."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from questions.languages import direction_of, native_name
from questions.models import ContentLevel, Credit, CreditRole, Episode, Resource, ResourceKind, Show, Video
from questions.rendering import Gating, film, render_text
from questions.rendering.answer import WORDS_A_MINUTE
from questions.showing.answers import SpokenAnswer, spoken_answer
from questions.showing.prose import introduced
from questions.showing.rows import Row
from questions.visibility import ContentNote, gating_within, note_of, slug_of_episode


@dataclass(frozen=True)
class Card:
    """A resource as a card; `earlier` is the episode of ours that it points to, which then speaks for itself."""

    resource: Resource
    earlier: Row | None = None

    @property
    def title(self) -> str:
        return self.earlier.title if self.earlier else self.resource.title


@dataclass(frozen=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    label: str
    title: str


@dataclass(frozen=True)
class Page(Row):
    """An episode as a whole page. `resources` are those that readers may see.

    `leaves_out` is for what goes where nothing can be folded, such as feeds: notes and links stand for what is gated,
    and an episode whose text is gated as a whole has no answers and no resources here. `earlier` are the episodes that
    resources point to, by slug, and `translations` the same episode in every language, as far as readers may see them.
    """

    resources: list[Resource] = field(default_factory=list)
    leaves_out: bool = False
    earlier: dict[str, Row] = field(default_factory=dict)
    translations: list[Episode] = field(default_factory=list)

    @cached_property
    def answers(self) -> list[SpokenAnswer]:
        if self.leaves_out and self.is_gated:
            return []
        gating = gating_within(self.episode, leaves_out=self.leaves_out)
        return [spoken_answer(number, spoken, gating) for number, spoken in enumerate(self.script.segments, start=1)]

    @property
    def shown_resources(self) -> list[Resource]:
        return [] if self.leaves_out and self.is_gated else self.resources

    @property
    def cards(self) -> list[Card]:
        """The shown resources. A quotation from an episode stays the quotation."""
        quotation = ResourceKind.QUOTATION
        return [
            Card(each, None if each.kind == quotation else self.earlier.get(slug_of_episode(each.url)))
            for each in self.shown_resources
        ]

    @property
    def other_languages(self) -> list[tuple[str, str, str]]:
        """Code, own name and address of each other language this episode can be read in."""
        own = Show.objects.current().language if len(self.translations) > 1 else ""
        others = [other for other in self.translations if other != self.episode]
        codes = [other.language or own for other in others]
        return [(code, native_name(code), other.get_absolute_url()) for code, other in zip(codes, others, strict=True)]

    @property
    def direction(self) -> str:
        """Which way its language is written, where it has one of its own: "rtl" or "ltr"."""
        return direction_of(self.episode.language)

    @property
    def text_note(self) -> ContentNote:
        """The note of the whole text, for its gate."""
        return note_of(self.episode)

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
    def minutes_to_watch(self) -> int:
        """The length of all films whose length is known, each counted once, in full minutes upwards."""
        of_episode = {video.url: video.seconds or 0 for video in self.episode.videos.all()}
        in_answers = [video for answer in self.answers for video in answer.rendered.videos]
        lengths = {video.address: video.seconds or 0 for video in in_answers} | of_episode
        return -(-sum(lengths.values()) // 60)

    @property
    def contents(self) -> list[Entry]:
        """Where the page can be entered; empty when there is only one place to go."""
        if self.is_gated:
            # Its lines are titles of parts, which are as gated as what stands under them.
            return []
        entries = []
        for answer in self.answers:
            if self.is_several:
                title = Truncator(answer.spoken.question).words(10)
                label = _("Question %(number)d") % {"number": answer.number}
                entries.append(Entry(answer.anchor, label, title))
            entries += [Entry(part.anchor, part.label, part.title) for part in answer.parts]
        if self.resources:
            entries.append(Entry("more", "", _("Watch, read and go to")))
        return entries if len(entries) > 1 else []

    @property
    def films(self) -> list[SafeString]:
        """The episode's own videos. Nothing in them is fetched before somebody presses play."""
        videos = enumerate(self.episode.videos.all())
        gating = Gating(leaves_out=self.leaves_out)
        return [_film(video, is_first=number == 0, gating=gating) for number, video in videos]

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


def _film(video: Video, *, is_first: bool, gating: Gating) -> SafeString:
    level = ContentLevel(video.level) or None
    return film(
        video.url, video.title, video.seconds, level, video.note,
        kinds=tuple(video.kinds), whole_episode=is_first, gating=gating,
    )  # fmt: skip
