"""What a reader sees of a response, taken from its HTML by a parser that knows nothing of our templates."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZipFile

_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Response(Protocol):
    """What Django's test client returns, of which only the body matters here."""

    @property
    def content(self) -> Any: ...


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(self.pieces).split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)


def elements(response: Response) -> list[Element]:
    """Every element in order; fails when a tag is not closed where it should be."""
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    assert [element.tag for element in reader.open] == []
    return reader.elements


def with_class(response: Response, name: str) -> list[str]:
    """The words of each element of this class."""
    return [element.words for element in elements(response) if name in element.classes]


def only(response: Response, tag: str) -> str:
    """The words of the one element with this tag."""
    [words] = [element.words for element in elements(response) if element.tag == tag]
    return words


def links(response: Response) -> dict[str, str]:
    """Where each link leads, by its words."""
    found = (element for element in elements(response) if element.tag == "a")
    return {element.words: element.attributes.get("href", "") for element in found}


def named(response: Response, name: str) -> str:
    """The content of the `<meta>` with this name or property."""
    [element] = [
        each
        for each in elements(response)
        if each.tag == "meta" and name in (each.attributes.get("name"), each.attributes.get("property"))
    ]
    return element.attributes["content"]


class _InTheOpen(HTMLParser):
    """Collects whatever stands in a page, attributes and data blocks included, but for what closed gates hold."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        is_gate = tag == "details" and "gate" in values.get("class", "").split()
        assert not (is_gate and "open" in values), "a gate is closed until its reader opens it"
        # Its attributes stand outside, and so does its summary: that is the note.
        if not self._is_behind():
            self.pieces += values.values()
        if tag not in _EMPTY:
            self._open.append((tag, is_gate))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._is_behind():
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(data)

    def _is_behind(self) -> bool:
        """Whether this stands in a gate, outside of the summary of the outermost."""
        gates = [place for place, (_tag, is_gate) in enumerate(self._open) if is_gate]
        if not gates:
            return False
        inside = [tag for tag, _is_gate in self._open[gates[0] + 1 :]]
        return inside[:1] != ["summary"]


def everything_in(content: bytes) -> str:
    """All there is in an answer's body, whatever is gated; of a book, in all of its files."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def in_the_open(html: str) -> str:
    """Everything a page holds that no reader has to open a gate for."""
    reader = _InTheOpen()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.pieces)
