"""An answer, from the Markdown its host wrote to the parts a page shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from questions.content_notes import ContentNote, Showing
from questions.rendering.cleaning import clean
from questions.rendering.films import PartVideo
from questions.rendering.gates import FOLDED, Gating
from questions.rendering.lines import words_of
from questions.rendering.parser import ANSWER, OPENING_HEADINGS, PART_HEADINGS, TEXT, TEXT_HEADINGS
from questions.rendering.sections import Part, Section, divided, references
from questions.rendering.source import tidy
from questions.rendering.words import count_words

WORDS_A_MINUTE = 230

_LONGEST_SLUG = 60
_LABELS = (
    gettext_lazy("Part One"),
    gettext_lazy("Part Two"),
    gettext_lazy("Part Three"),
    gettext_lazy("Part Four"),
    gettext_lazy("Part Five"),
    gettext_lazy("Part Six"),
    gettext_lazy("Part Seven"),
    gettext_lazy("Part Eight"),
    gettext_lazy("Part Nine"),
    gettext_lazy("Part Ten"),
    gettext_lazy("Part Eleven"),
    gettext_lazy("Part Twelve"),
)


@dataclass(frozen=True)
class RenderedPart:
    """One titled part. `label` is "Part One" in the reader's language, `anchor` its id and link target."""

    number: int
    label: str
    title: str
    title_html: SafeString
    anchor: str
    html: SafeString


@dataclass(frozen=True)
class RenderedAnswer:
    """A whole answer: what stands before the first part, the parts, and what is known about them."""

    opening: SafeString
    parts: list[RenderedPart]
    videos: list[PartVideo]
    word_count: int
    minutes: int
    checklists: int
    has_gates: bool = False


def render_answer(
    markdown: str, *, prefix: str = "a1", parts_begin: str = "", gating: Gating = FOLDED
) -> RenderedAnswer:
    """An answer's Markdown as safe HTML, split into its parts.

    Takes any text and never raises. `prefix` is the id of the whole answer on its page and begins every id inside the
    parts, so that two answers can share a page. The parts' own anchors come from their titles alone, after
    `parts_begin`, and stay the same while the titles do. `gating` says what becomes of words and films that are not
    safe.
    """
    env: dict[str, Any] = {"docId": prefix, "gating": gating, "anchor": prefix}
    tokens = ANSWER.parse(tidy(markdown), env)
    opening, *with_titles = every_part = divided(tokens)
    env["referred"] = {(sign.meta["id"], sign.meta["subId"]) for sign in _signs_shown(every_part, gating)}
    opening_html = _sections_html(opening.sections, env, OPENING_HEADINGS)
    anchors: dict[str, int] = {}
    parts = [_part(number, part, env, parts_begin, anchors) for number, part in enumerate(with_titles, start=1)]
    word_count = count_words(words_of(tokens))
    return RenderedAnswer(
        opening=opening_html,
        parts=parts,
        videos=env.get("videos", []),
        word_count=word_count,
        minutes=max(1, round(word_count / WORDS_A_MINUTE)),
        checklists=env.get("checklists", 0),
        has_gates=any(section.is_gated for part in every_part for section in part.sections),
    )


def render_text(markdown: str) -> SafeString:
    """Short prose (a biography, a note, an about page) as safe HTML: headings h2 to h4, no `:::` blocks."""
    source = tidy(markdown)
    # Several of these can stand on one page, so the ids of their footnotes begin with a mark of the text.
    env: dict[str, Any] = {"docId": f"t{crc32(source.encode()):08x}"}
    return _html(TEXT.parse(source, env), env, TEXT_HEADINGS)


def _sections_html(sections: Sequence[Section], env: dict[str, Any], headings: tuple[int, int]) -> SafeString:
    env["headings"] = headings
    gating: Gating = env["gating"]
    written = []
    for section in sections:
        note = section.note or ContentNote()
        env["gating"] = gating.behind(note)
        html = ANSWER.renderer.render(section.tokens, ANSWER.options, env)
        written.append(gating.placed(note, html, anchor=env["anchor"]))
    env["gating"] = gating
    return clean("".join(written))


def _signs_shown(parts: Sequence[Part], gating: Gating) -> Iterator[Token]:
    """The places that refer to footnotes, without those that are left out: no footnote can lead back to them."""
    for part in parts:
        yield from references(part.heading)
        for section in part.sections:
            is_left_out = gating.leaves_out and gating.showing_of(section.note or ContentNote()) is Showing.GATED
            yield from () if is_left_out else references(section.tokens, gating)


def _html(tokens: Sequence[Token], env: dict[str, Any], headings: tuple[int, int]) -> SafeString:
    env["headings"] = headings
    return clean(ANSWER.renderer.render(tokens, ANSWER.options, env))


def _part(number: int, part: Part, env: dict[str, Any], begin: str, anchors: dict[str, int]) -> RenderedPart:
    heading = part.heading[1:2]
    label = _label(number)
    title = " ".join(words_of(heading).split())
    env["anchor"] = anchor = f"{begin}{_anchor(title, number, anchors)}"
    return RenderedPart(
        number=number,
        label=label,
        title=title or label,
        title_html=_html(heading, env, PART_HEADINGS) if title else clean(label),
        anchor=anchor,
        html=_sections_html(part.sections, env, PART_HEADINGS),
    )


def _label(number: int) -> str:
    if number <= len(_LABELS):
        return str(_LABELS[number - 1])
    return _("Part %(number)d") % {"number": number}


def _anchor(title: str, number: int, taken: dict[str, int]) -> str:
    """A part's id. `taken` holds every id so far and how often its words were wanted."""
    slug = slugify(title, allow_unicode=True)[:_LONGEST_SLUG].strip("-_")
    wanted = anchor = f"part-{slug or number}"
    while anchor in taken:
        taken[wanted] += 1
        anchor = f"{wanted}-{taken[wanted]}"
    taken[anchor] = 1
    return anchor
