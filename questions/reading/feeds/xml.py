"""XML that is well-formed whatever the words in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from questions.rendering.source import tidy


class Document:
    """An XML document that is written element by element."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._xml = SimplerXMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def inside(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        """Everything written meanwhile stands in this element."""
        self._start(name, attributes)
        self._xml.ignorableWhitespace("\n")
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def element(self, name: str, words: str = "", attributes: dict[str, str] | None = None) -> None:
        self._start(name, attributes)
        self._xml.characters(tidy(words))
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def to_bytes(self) -> bytes:
        self._xml.endDocument()
        return self._text.getvalue().encode()

    def _start(self, name: str, attributes: dict[str, str] | None) -> None:
        # Without a value there is nothing to say: no attribute is ever blank.
        said = {key: tidy(value) for key, value in (attributes or {}).items()}
        self._xml.startElement(name, AttributesImpl({key: value for key, value in said.items() if value}))
