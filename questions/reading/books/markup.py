"""HTML as this house writes it, as trees of elements, and trees as the XHTML that is all a book may hold."""

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from django.template.loader import render_to_string

from questions.rendering.source import tidy

_EMPTY = frozenset({"br", "hr", "img", "input"})
_NAMESPACES = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}


class _Reader(HTMLParser):
    """Well-formed HTML becomes a tree. It may come from templates and from the sanitiser only."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _EMPTY:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def parsed(html: str) -> list[Element]:
    """The blocks of a piece of HTML; words that stand bare between them become paragraphs."""
    reader = _Reader()
    reader.feed(f"<body>{html}</body>")
    reader.close()
    return list(blocks_of(reader.tree.close()))


def filled(template: str, **context: object) -> list[Element]:
    return parsed(render_to_string(f"reading/book/{template}", context))


def blocks_of(body: Element) -> Iterator[Element]:
    """Its blocks, each by itself."""
    if (body.text or "").strip():
        yield element("p", body.text or "")
    for block in body:
        after, block.tail = block.tail or "", ""
        yield block
        if after.strip():
            yield element("p", after)


def element(tag: str, text: str = "", *children: Element, **attributes: str) -> Element:
    """A new element. An underscore ends a name that is a word of Python's."""
    made = Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    made.text = text
    made.extend(children)
    return made


def words_in(block: Element) -> str:
    """Its words on one line."""
    return in_line("".join(block.itertext()))


def in_line(words: str) -> str:
    """Words as a title: on one line, and with something to see where there are none."""
    return " ".join(tidy(words).split()) or "…"


def written(title: str, blocks: list[Element], language: str, direction: str) -> bytes:
    """A whole XHTML document, well-formed whatever words are in it."""
    for block in blocks:
        block.tail = "\n"
    head = element("head", "", element("meta", charset="utf-8"), element("title", title))
    head.append(element("link", rel="stylesheet", href="book.css"))
    attributes = {**_NAMESPACES, "lang": language, "xml:lang": language, "dir": direction}
    html = Element("html", attributes)
    html.extend([head, element("body", "\n", *blocks)])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{tidy(tostring(html, "unicode"))}\n'.encode()
