"""What may surprise somebody, in three sizes, and what becomes of it on a page: the rule of all content notes.

`visibility` puts this rule to episodes, parts, videos and pictures, and the renderer puts it to what stands inside an
answer, so that there is one decision in the house and no surface has its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ContentLevel(models.IntegerChoices):
    """How safe something is to have on the screen where others can see it."""

    NONE = 0, gettext_lazy("None")
    FINE = 1, gettext_lazy("Fine at work")
    RACY = 2, gettext_lazy("Racy for work")
    NOT_SAFE = 3, gettext_lazy("Not safe for work")


class ContentKind(models.TextChoices):
    """What it is that somebody may not want to meet unprepared."""

    SEX = "sex", gettext_lazy("sex")
    NUDITY = "nudity", gettext_lazy("nudity")
    VIOLENCE = "violence", gettext_lazy("violence")
    ABUSE = "abuse", gettext_lazy("abuse")
    SELF_HARM = "self-harm", gettext_lazy("self-harm")
    DRUGS = "drugs", gettext_lazy("drugs")
    EATING = "eating", gettext_lazy("eating disorders")
    DEATH = "death", gettext_lazy("death")
    LANGUAGE = "language", gettext_lazy("strong language")
    OTHER = "other", gettext_lazy("something else")


class Showing(Enum):
    """What becomes of something on a page."""

    PLAIN = "plain"
    NOTED = "noted"  # shown, after its note
    GATED = "gated"  # behind its note, until the reader opens it


NOTHING_AGREED: frozenset[str] = frozenset()
"""What a reader has agreed to see of whom nothing is known: every reader, as far as this house knows."""


@dataclass(frozen=True)
class ContentNote:
    """What to expect of one thing: its level, the kinds of what is in it, and words in plain text."""

    level: int = ContentLevel.FINE
    kinds: tuple[str, ...] = ()
    words: str = ""

    @property
    def gated_kinds(self) -> tuple[str, ...]:
        """The kinds a reader has to agree to; what is not safe for no stated reason counts as something else."""
        return self.kinds or (ContentKind.OTHER.value,)

    @property
    def sentence(self) -> str:
        """Level and kinds, such as "Not safe for work: sex, drugs."; the words stand beside it."""
        level = ContentLevel(self.level).label
        return f"{level}: {labels_of(self.kinds)}." if self.kinds else f"{level}."

    @property
    def in_words(self) -> str:
        """The whole note as plain text."""
        return " ".join(f"{self.sentence} {self.words}".split())


def showing_of(note: ContentNote, agreed: Iterable[str] = NOTHING_AGREED) -> Showing:
    """What becomes of something with this note for a reader who has agreed to see these kinds."""
    if note.level == ContentLevel.NOT_SAFE and not set(note.gated_kinds) <= set(agreed):
        return Showing.GATED
    if note.level >= ContentLevel.RACY or note.kinds or note.words:
        return Showing.NOTED
    return Showing.PLAIN


def labels_of(kinds: Iterable[str]) -> str:
    """The kinds in the reader's language and this list's order, with commas; unknown ones are left out."""
    wanted = set(kinds)
    return _(", ").join(str(kind.label) for kind in ContentKind if kind.value in wanted)


def known_kinds(words: Iterable[str]) -> tuple[str, ...]:
    """The kinds named by these words, in any case, by name or by label, in this list's order."""
    said = {" ".join(word.replace("_", "-").lower().split()) for word in words}
    named = (kind for kind in ContentKind if said & {kind.value, str(kind.label).lower()})
    return tuple(kind.value for kind in named)
