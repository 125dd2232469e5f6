"""An answer, from the Markdown its host wrote to the parts a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from questions.rendering.cleaning import clean
from questions.rendering.films import PartVideo
from questions.rendering.parser import ANSWER, OPENING_HEADINGS, PART_HEADINGS, TEXT, TEXT_HEADINGS
from questions.rendering.source import tidy
from questions.rendering.words import count_words, words_of

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


def render_answer(markdown: str, *, prefix: str = "a1") -> RenderedAnswer:
    """An answer's Markdown as safe HTML, split into its parts.

    Takes any text and never raises. `prefix` begins every id inside the parts, so that two answers can share
    a page; the parts' own anchors come from their titles alone and stay the same while the titles do.
    """
    env: dict[str, Any] = {"docId": prefix}
    tokens = ANSWER.parse(tidy(markdown), env)
    opening, sections = _split(tokens)
    opening_html = _html(opening, env, OPENING_HEADINGS)
    anchors: dict[str, int] = {}
    parts = [_part(number, section, env, anchors) for number, section in enumerate(sections, start=1)]
    word_count = count_words(words_of(tokens))
    return RenderedAnswer(
        opening=opening_html,
        parts=parts,
        videos=env.get("videos", []),
        word_count=word_count,
        minutes=max(1, round(word_count / WORDS_A_MINUTE)),
        checklists=env.get("checklists", 0),
    )


def render_text(markdown: str) -> SafeString:
    """Short prose (a biography, a note, an about page) as safe HTML: headings h2 to h4, no `:::` blocks."""
    source = tidy(markdown)
    # Several of these can stand on one page, so the ids of their footnotes begin with a mark of the text.
    env: dict[str, Any] = {"docId": f"t{crc32(source.encode()):08x}"}
    return _html(TEXT.parse(source, env), env, TEXT_HEADINGS)


def _split(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The tokens before the first level-1 heading, and those of each part, beginning with its heading."""
    opening: list[Token] = []
    sections: list[list[Token]] = []
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0:
            sections.append([])
        (sections[-1] if sections else opening).append(token)
    return opening, sections


def _html(tokens: Sequence[Token], env: dict[str, Any], headings: tuple[int, int]) -> SafeString:
    env["headings"] = headings
    return clean(ANSWER.renderer.render(tokens, ANSWER.options, env))


def _part(number: int, section: Sequence[Token], env: dict[str, Any], anchors: dict[str, int]) -> RenderedPart:
    heading, body = section[1:2], section[3:]
    label = _label(number)
    title = " ".join(words_of(heading).split())
    return RenderedPart(
        number=number,
        label=label,
        title=title or label,
        title_html=_html(heading, env, PART_HEADINGS) if title else clean(label),
        anchor=_anchor(title, number, anchors),
        html=_html(body, env, PART_HEADINGS),
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
