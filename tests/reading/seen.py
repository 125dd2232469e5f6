"""What a reader sees of a response, taken from its HTML by a parser that knows nothing of our templates."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol

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
