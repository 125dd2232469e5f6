"""The HTML of the `:::` blocks: checklist, aside, spoken sentence, quotation, film, "Is it you?"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from questions.rendering.cleaning import clean
from questions.rendering.containers import blocks
from questions.rendering.films import film, read_film_line


@dataclass(frozen=True)
class _Piece:
    """One container and the means to write what is in it."""

    token: Token
    renderer: RendererHTML
    options: OptionsDict
    env: EnvType

    @property
    def inside(self) -> list[Token]:
        return self.token.children or []

    def write(self, tokens: Sequence[Token]) -> str:
        return self.renderer.render(tokens, self.options, self.env)

    def title(self) -> str:
        """The words after the container's name, as HTML."""
        title = self.token.meta["title"]
        return self.write([title]) if title else ""

    def title_paragraph(self) -> str:
        """The same as a paragraph, for containers that have no place for a title."""
        return f"<p>{title}</p>\n" if (title := self.title()) else ""

    def next_number(self, of_what: str) -> int:
        self.env[of_what] = number = self.env.get(of_what, 0) + 1
        return int(number)

    def identifier(self, *steps: object) -> str:
        return escape("-".join(map(str, (self.env["docId"], *steps))))


def render_container(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """The parser's render rule for "container" tokens."""
    token = tokens[index]
    return _WRITERS[token.meta["name"]](_Piece(token, self, options, env))


def _is_list(block: Sequence[Token]) -> bool:
    return block[0].type in ("ordered_list_open", "bullet_list_open")


def _is_paragraph(block: Sequence[Token]) -> bool:
    return block[0].type == "paragraph_open"


def _items(list_block: Sequence[Token]) -> Iterator[list[Token]]:
    """What stands inside each item of a list."""
    return (item[1:-1] for item in blocks(list_block[1:-1]))


def _checklist(piece: _Piece) -> str:
    number = piece.next_number("checklists")
    name = piece.identifier("check", number)
    written = []
    ticks = 0
    for block in blocks(piece.inside):
        if not _is_list(block):
            written.append(piece.write(block))
            continue
        tag = block[0].tag
        written.append(f'<{tag} class="checklist__items"{piece.renderer.renderAttrs(block[0])}>\n')
        for item in _items(block):
            ticks += 1
            written.append(f"<li>{_tickable(piece, item, f'{name}-{ticks}')}</li>\n")
        written.append(f"</{tag}>\n")
    title = piece.title() or escape(_("Checklist"))
    heading = f'<h3 id="{name}" class="checklist__title">{title}</h3>'
    return f'<section class="checklist" aria-labelledby="{name}">{heading}\n{"".join(written)}</section>\n'


def _tickable(piece: _Piece, item: list[Token], name: str) -> str:
    """An item behind its box, if it begins with words; the box needs them as its label."""
    first = next(blocks(item), None)
    if not first or not _is_paragraph(first) or not first[1].children:
        return piece.write(item)
    label = piece.write([first[1]])
    rest = piece.write(item[len(first) :])
    return f'<input type="checkbox" id="{name}"><label for="{name}">{label}</label>{rest}'


def _aside(piece: _Piece) -> str:
    return f'<aside class="aside">\n{piece.title_paragraph()}{piece.write(piece.inside)}</aside>\n'


def _spoken(piece: _Piece) -> str:
    sentences = [f"<q>{title}</q>"] if (title := piece.title()) else []
    others = False
    for block in blocks(piece.inside):
        if _is_paragraph(block):
            sentences.append(f"<q>{piece.write([block[1]])}</q>")
        else:
            others = True
            sentences.append(piece.write(block))
    if len(sentences) == 1 and not others:
        return f'<p class="spoken">{sentences[0]}</p>\n'
    paragraphs = "\n".join(f"<p>{words}</p>" if words.startswith("<q>") else words for words in sentences)
    return f'<div class="spoken">\n{paragraphs}</div>\n'


def _quote(piece: _Piece) -> str:
    source = f"<figcaption>{title}</figcaption>" if (title := piece.title()) else ""
    words = piece.write(piece.inside)
    return f'<figure class="quotation"><blockquote>\n{words}</blockquote>{source}</figure>\n'


def _video(piece: _Piece) -> str:
    video = read_film_line(piece.token.meta["words"])
    piece.env.setdefault("videos", []).append(video)
    every_block = list(blocks(piece.inside))
    if all(_is_paragraph(block) for block in every_block):
        caption = " ".join(piece.write([block[1]]) for block in every_block)
    else:
        caption = piece.write(piece.inside)
    return film(
        video.address, video.title, video.seconds, video.level, clean(caption),
        kinds=video.kinds, gating=piece.env["gating"], anchor=piece.env["anchor"],
    ) + "\n"  # fmt: skip


def _expect(piece: _Piece) -> str:
    """Nothing: the note stands where its section begins."""
    return ""


def _examine(piece: _Piece) -> str:
    examined = piece.next_number("examined")
    every_block = list(blocks(piece.inside))
    remarks = next((block for block in every_block if _is_list(block)), [])
    piece.env["remarks"] = sum(1 for item in _items(remarks))
    written = [piece.title_paragraph()]
    for index, block in enumerate(every_block):
        if index == 0 and _is_paragraph(block):
            written.append(f'<p class="examine__question">{piece.write([block[1]])}</p>\n')
        elif block is remarks:
            written.append('<ol class="examine__remarks">\n')
            for number, item in enumerate(_items(remarks), start=1):
                name = piece.identifier("remark", examined, number)
                written.append(f'<li id="{name}">{piece.write(item)}</li>\n')
            written.append("</ol>\n")
        else:
            written.append(piece.write(block))
    return f'<div class="examine">\n{"".join(written)}</div>\n'


_WRITERS: dict[str, Callable[[_Piece], str]] = {
    "checklist": _checklist,
    "aside": _aside,
    "spoken": _spoken,
    "quote": _quote,
    "video": _video,
    "examine": _examine,
    "expect": _expect,
}
