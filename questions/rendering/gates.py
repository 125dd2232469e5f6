"""Content notes as they are written and as they stand on a page.

A gate is a closed `<details>` with its note as the summary; where a surface has to leave the gated words out, the
note and a link to the page stand in their place.
"""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _

from questions.content_notes import NOTHING_AGREED, ContentLevel, ContentNote, Showing, known_kinds, showing_of

LEVELS = {"fine": ContentLevel.FINE, "racy": ContentLevel.RACY, "not safe": ContentLevel.NOT_SAFE}

_SPACES = re.compile(r"[\s_-]+")
_BEFORE_KINDS = re.compile("[|:]")


@dataclass(frozen=True)
class Gating:
    """What a surface does with gated words: fold them for who has `agreed` to some kinds, or leave them out."""

    agreed: frozenset[str] = NOTHING_AGREED
    leaves_out: bool = False

    def showing_of(self, note: ContentNote) -> Showing:
        return showing_of(note, self.agreed)

    def behind(self, note: ContentNote) -> "Gating":
        """The gating of what stands inside something with this note: who sees it has agreed to that."""
        if self.showing_of(note) is not Showing.GATED:
            return self
        return Gating(self.agreed | set(note.gated_kinds), self.leaves_out)

    def placed(self, note: ContentNote, html: str, *, title: str = "", anchor: str = "") -> str:
        """`html` as it stands on this surface: as it is, after its note, behind its gate, or not at all."""
        showing = self.showing_of(note)
        if showing is Showing.PLAIN:
            return html
        if showing is Showing.NOTED or not html:
            return f'<p class="expect-words">{_said(note, title)}</p>\n{html}'
        if self.leaves_out:
            way = f'<a href="#{escape(anchor)}">{escape(_("Read it on our pages"))}</a>'
            return f'<p class="left-out">{_said(note, title)} {way}</p>\n'
        kinds = escape(" ".join(note.gated_kinds))
        opens = f'<span class="gate__open" data-hide="{escape(_("Hide it"))}">{escape(_("Show it"))}</span>'
        summary = f'<summary class="gate__note">{_said(note, title)} {opens}</summary>'
        return f'<details class="gate" data-kinds="{kinds}">{summary}<div class="gate__body">\n{html}</div></details>\n'


FOLDED = Gating()
LEFT_OUT = Gating(leaves_out=True)


def _said(note: ContentNote, title: str) -> str:
    named = f'<span class="gate__what">{escape(title)}</span> ' if title else ""
    words = f" {escape(note.words)}" if note.words else ""
    return f"{named}<strong>{escape(note.sentence)}</strong>{words}"


def read_expect_line(line: str) -> ContentNote:
    """The note in "level | kinds", in which words that are neither are kept. What is not understood is not safe."""
    level_words, *kind_words = _BEFORE_KINDS.split(line, maxsplit=1)
    level = read_level(level_words)
    kinds, unknown = read_kinds(", ".join(kind_words if level else [level_words, *kind_words]))
    return ContentNote(level or ContentLevel.NOT_SAFE, kinds, ", ".join(unknown))


def read_level(words: str) -> ContentLevel | None:
    return LEVELS.get(_SPACES.sub(" ", words.strip().lower()))


def read_kinds(words: str) -> tuple[tuple[str, ...], list[str]]:
    """The kinds in a list with commas, and what is none."""
    named = [word.strip() for word in words.split(",") if word.strip()]
    return known_kinds(named), [word for word in named if not known_kinds([word])]
