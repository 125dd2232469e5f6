"""An answer's parts divided into sections, each with the content note that covers it, and its footnotes dealt out.

`::: expect` covers what follows it to the end of its part or to the next `::: expect`. One that stands inside a list,
a quotation or another block covers the whole of that as well, and never makes less of what was said before it.

A footnote, and a link's title, goes where it is referred to: one that only gated words need stands behind their gate.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from questions.content_notes import ContentNote, Showing, showing_of
from questions.rendering.containers import blocks
from questions.rendering.films import read_film_line
from questions.rendering.gates import FOLDED, Gating, read_expect_line
from questions.rendering.lines import words_of

Notes = dict[int, list[Token]]
"""Footnotes by their numbers, from 0."""


@dataclass
class Section:
    """Blocks that one note covers; None where nothing was said."""

    note: ContentNote | None = None
    tokens: list[Token] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing here but the note itself."""
        return all(_is_note(token) for token in self.tokens)

    @property
    def is_gated(self) -> bool:
        return self.note is not None and showing_of(self.note) is Showing.GATED and not self.is_empty


@dataclass
class Part:
    """The heading of a part (none for the opening) and its sections."""

    heading: list[Token] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section()])


def divided(tokens: Sequence[Token]) -> list[Part]:
    """The opening and the parts of a whole answer, with every footnote in a section that readers may see it in."""
    body, notes = _without_notes(tokens)
    parts = [Part()]
    for block in blocks(body):
        if block[0].type == "heading_open" and block[0].tag == "h1" and block[0].level == 0:
            parts.append(Part(heading=block))
            continue
        here = parts[-1].sections
        if said := _said_in(block):
            if not _is_note(block[0]) and here[-1].note:
                said = [here[-1].note, *said]
            note = _strictest(said)
            if _is_note(block[0]) or note != here[-1].note:
                here.append(Section(note))
        here[-1].tokens += block
    _deal(notes, parts)
    return parts


def open_tokens(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a whole answer without those that stand behind a gate."""
    return list(_open(divided(tokens)))


def _open(parts: Sequence[Part]) -> Iterator[Token]:
    for part in parts:
        yield from part.heading
        for section in part.sections:
            if not section.is_gated:
                yield from section.tokens


def references(tokens: Iterable[Token], gating: Gating = FOLDED) -> Iterator[Token]:
    """The places in these tokens that refer to a footnote where they are shown, which the words of a note are not."""
    for token in tokens:
        if _is_note(token) or (gating.leaves_out and _is_gated_film(token, gating)):
            continue
        if token.type == "footnote_ref":
            yield token
        yield from references(token.children or (), gating)
        if token.type == "container" and token.meta["title"]:
            yield from references([token.meta["title"]], gating)


def _without_notes(tokens: Sequence[Token]) -> tuple[list[Token], Notes]:
    """The body, and the footnotes; the parser has put them at the end."""
    starts = (index for index, token in enumerate(tokens) if token.type == "footnote_block_open")
    start = next(starts, len(tokens))
    notes: Notes = {}
    here: list[Token] = []
    for token in tokens[start + 1 : -1]:
        if token.type == "footnote_open":
            here = notes[token.meta["id"]] = []
        here.append(token)
    return list(tokens[:start]), notes


def _deal(notes: Notes, parts: list[Part]) -> None:
    """Put each footnote into the section that it belongs to."""
    left = dict(notes)
    for_all = _taken(left, _open(parts))
    gated = [section for part in parts for section in part.sections if section.is_gated]
    for section in gated:
        _append(section, _taken(left, section.tokens))
    # Footnotes that only refer to one another belong nowhere.
    if gated:
        _append(gated[-1], left)
    else:
        for_all |= left
    covered = {number: note for number, note in for_all.items() if _said_in(note)}
    plain = {number: note for number, note in for_all.items() if number not in covered}
    here = parts[-1].sections
    here += [Section(), Section()]
    _append(here[-2], plain)
    _append(here[-1], covered)


def _taken(left: Notes, tokens: Iterable[Token]) -> Notes:
    """The footnotes these tokens refer to, with those that these footnotes refer to, taken out of what is left."""
    taken: Notes = {}
    waiting = list(references(tokens))
    while waiting:
        number = waiting.pop().meta["id"]
        if note := left.pop(number, None):
            taken[number] = note
            waiting += references(note)
    return taken


def _append(section: Section, notes: Notes) -> None:
    """Write footnotes below a section; what they say of themselves counts for the whole of it."""
    if not notes:
        return
    said = [section.note] if section.note else []
    section.tokens.append(Token("footnote_block_open", "", 1))
    before = -1
    for number, note in sorted(notes.items()):
        # A list that leaves numbers out has to say where it goes on.
        note[0].meta["goes_on"] = number != before + 1
        section.tokens += note
        said += _said_in(note)
        before = number
    section.tokens.append(Token("footnote_block_close", "", -1))
    section.note = _strictest(said) if said else None


def _is_note(token: Token) -> bool:
    return token.type == "container" and token.meta["name"] == "expect"


def _is_gated_film(token: Token, gating: Gating) -> bool:
    if token.type != "container" or token.meta["name"] != "video":
        return False
    return gating.showing_of(read_film_line(token.meta["words"]).content_note) is Showing.GATED


def _said_in(tokens: Iterable[Token]) -> list[ContentNote]:
    """What every `::: expect` in these blocks says."""
    said = []
    for token in tokens:
        if _is_note(token):
            words = " ".join(words_of([token]).split())
            said.append(replace(read_expect_line(token.meta["words"]), words=words))
        if token.type == "container":
            said += _said_in(token.children or ())
    return said


def _strictest(notes: Sequence[ContentNote]) -> ContentNote:
    kinds = tuple(dict.fromkeys(kind for note in notes for kind in note.kinds))
    words = " ".join(note.words for note in notes if note.words)
    return ContentNote(max(note.level for note in notes), kinds, words)
