"""An episode as the documents of a book.

What is gated stands in documents of its own behind a page that holds its note: the same `<details>` that the page
folds is taken apart here. A reader who turns page after page meets the note first; where the reading system keeps to
the spine's `linear="no"` they pass by what is behind it, for the page has a link into it and another one past it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count, pairwise
from xml.etree.ElementTree import Element
from zlib import crc32

from django.utils.translation import gettext as _

from questions.reading.addresses import absolute
from questions.reading.books.links import anchor_in, written_out
from questions.reading.books.markup import element, filled, in_line, words_in
from questions.reading.books.pieces import gated_blocks, is_gate, is_gate_of_film, note_of_gate, suited
from questions.showing import Page

_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(eq=False)
class Document:
    """One document of a book. `depth` says behind how many notes it stands; an open one has 0."""

    name: str
    title: str
    language: str
    direction: str
    depth: int = 0
    blocks: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """A line of the book's contents."""

    address: str
    label: str
    title: str
    inside: list["Entry"] = field(default_factory=list)


class Chapter:
    """An episode's documents, the first of which is `name`.xhtml, and the lines that lead into them."""

    def __init__(self, page: Page, name: str, language: str, direction: str) -> None:
        self.page, self.name = page, name
        self.language, self.direction = language, direction
        self.address = absolute(page.episode.get_absolute_url())
        self.documents: list[Document] = []
        self._numbers = count()
        self._notes: list[tuple[Document, Document]] = []
        self._lay(filled("episode.html", page=page), 0, in_line(page.title))
        self._places = self._name_places()

    @property
    def first(self) -> str:
        return self.documents[0].name

    @property
    def entry(self) -> Entry:
        """Its title and the titles of its parts, as far as they are in the open."""
        inside = [
            Entry(f"{self._places[line.anchor]}#{_id(line.anchor)}", line.label, in_line(line.title))
            for line in self.page.contents
            if line.anchor in self._places
        ]
        return Entry(self.first, "", in_line(self.page.title), inside)

    def _lay(self, blocks: Iterable[Element], depth: int, heading: str) -> None:
        """Deal the blocks out to documents, a new one wherever a gate begins or ends."""
        here: Document | None = None
        anchor = "film"
        for block in blocks:
            if block.get("class") == "part":
                heading = words_in(block[-1])
            if block.get("class") in ("asked", "part"):
                anchor = block.get("id", "")
            if is_gate(block) and not is_gate_of_film(block):
                self._lay_gate(block, depth, heading, here)
                here = None
                continue
            if here is None:
                begins = block.get("class") == "part" or not self.documents
                here = self._begin(heading if begins else _("%(title)s, continued") % {"title": heading}, depth)
            here.blocks.append(suited(block, written_out(f"{self.address}#{anchor}")))

    def _lay_gate(self, gate: Element, depth: int, heading: str, before: Document | None) -> None:
        note = self._begin(_("%(title)s: before you read on") % {"title": heading}, depth)
        if before and before.blocks[-1].get("class") == "part":
            # The title of a part goes with its words, and if they are gated, with their note.
            note.blocks.append(before.blocks.pop())
            if not before.blocks:
                self.documents.remove(before)
        note.blocks.append(note_of_gate(gate))
        start = len(self.documents)
        self._lay(gated_blocks(gate), depth + 1, heading)
        self._notes.append((note, self.documents[start]))

    def _begin(self, title: str, depth: int) -> Document:
        number = next(self._numbers)
        name = f"{self.name}-{number}.xhtml" if number else f"{self.name}.xhtml"
        self.documents.append(Document(name, title, self.language, self.direction, depth))
        return self.documents[-1]

    def _name_places(self) -> dict[str, str]:
        """Which document each id of the page is in. An id that comes twice keeps its first place only."""
        places: dict[str, str] = {}
        for document in self.documents:
            for block in document.blocks:
                for each in block.iter():
                    if (name := each.attrib.pop("id", None)) and name not in places:
                        places[name] = document.name
                        each.set("id", _id(name))
        return places

    def add_ways(self, after: Document) -> None:
        """Let each note lead on to what it is about and past it, and let that lead on: `after` follows the episode.

        Call it once `link` is done, which knows the page's links only.
        """
        every = [*self.documents, after]
        notes = [note for note, _gated in self._notes]
        for document, following in pairwise(every):
            if document.depth and document not in notes:
                # Turning pages may not lead on from here.
                document.blocks.append(_way(following, _("Go on to “%(title)s”") % {"title": following.title}))
        for note, gated in self._notes:
            beyond = next(document for document in every[every.index(gated) :] if document.depth <= note.depth)
            note.blocks.append(_way(gated, _("Go on reading")))
            note.blocks.append(_way(beyond, _("Skip to “%(title)s”") % {"title": beyond.title}))

    def link(self, homes: Mapping[str, str]) -> None:
        """Lead every link to a place in the book where it has one: `homes` are other episodes by their paths."""
        for document in self.documents:
            for block in document.blocks:
                for link in block.iter("a"):
                    address = self._address(link.attrib.pop("href", ""), document.name, homes)
                    if address:
                        link.set("href", address)
                    else:
                        link.tag = "span"

    def _address(self, address: str, here: str, homes: Mapping[str, str]) -> str:
        anchor = anchor_in(address)
        if anchor is None:
            return homes.get(address) or written_out(address)
        if anchor not in self._places:
            return written_out(f"{self.address}{address}")
        name = self._places[anchor]
        return f"{'' if name == here else name}#{_id(anchor)}"


def _way(document: Document, words: str) -> Element:
    return element("p", "", element("a", words, href=document.name), class_="way")


def _id(name: str) -> str:
    """An id in the few letters that every reading system takes."""
    return name if _PLAIN_ID.fullmatch(name) else f"id-{crc32(name.encode()):08x}"
