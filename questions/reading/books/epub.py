"""EPUB 3.3: a book as one file, and the same bytes as long as what is in it is the same.

Why there is no package for this: docs/decisions/0008-books.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from questions.languages import direction_of
from questions.models import Show
from questions.reading.addresses import absolute
from questions.reading.books.chapters import Chapter, Document, Entry
from questions.reading.books.cover import drawn
from questions.reading.books.markup import element, filled, in_line, written
from questions.rendering.source import tidy
from questions.showing import Page, last_change

# What the book can say of itself to those who need it: https://www.w3.org/TR/epub-a11y-11/
ACCESSIBLE_BY = (
    "alternativeText",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)

# ZIP begins here. A book has no other date than the one that its package tells.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Book:
    """What a book is of: its episodes in the order of reading, and what stands around them."""

    ref: UUID
    title: str
    subtitle: str
    cover_words: str
    note: str
    description: str
    language: str
    address: str
    pages: list[Page]

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def source(self) -> str:
        return absolute(self.address)

    @property
    def modified(self) -> datetime:
        """When something in it last changed for readers."""
        return max(last_change(page.episode) for page in self.pages)

    @property
    def authors(self) -> list[str]:
        return _once(credit.name for page in self.pages for credit in page.answered_by)

    @property
    def subjects(self) -> list[str]:
        return _once(topic.name for page in self.pages for topic in page.episode.topics.all())


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(in_line, names)))


def tag_of(language: str) -> str:
    """The language as books name it, "und" where the words are none: a book with a wrong one is refused."""
    return language if _TAG.fullmatch(language) else "und"


def bound(book: Book, show: Show) -> bytes:
    """The book as an EPUB file."""
    chapters = _chapters(book, show)
    documents = _documents(book, show, chapters)
    entries = [chapter.entry for chapter in chapters]
    entries.append(Entry(documents[-1].name, "", documents[-1].title))
    contents = filled("contents.html", entries=entries, first=chapters[0].first)
    files = {
        "package.opf": _package(book, show, documents),
        "contents.xhtml": written(_("Contents"), contents, book.language, book.direction),
        "cover.svg": drawn(_cover_in_words(book, show), show.name, book.cover_words, book.subtitle, book.direction),
        "book.css": render_to_string("reading/book/book.css").encode(),
    }
    for document in documents:
        files[document.name] = written(document.title, document.blocks, document.language, document.direction)
    return _zipped(files)


def _chapters(book: Book, show: Show) -> list[Chapter]:
    chapters = []
    for number, page in enumerate(book.pages, start=1):
        language = tag_of(page.episode.language or show.language)
        chapters.append(Chapter(page, f"episode-{number}", language, direction_of(language)))
    homes = {chapter.page.episode.get_absolute_url(): chapter.first for chapter in chapters}
    for chapter in chapters:
        chapter.link(homes)
    return chapters


def _documents(book: Book, show: Show, chapters: list[Chapter]) -> list[Document]:
    """Every document but the contents, in the order of reading; each episode's ways past its gates are laid here."""
    picture = element("img", src="cover.svg", alt=_cover_in_words(book, show), role="doc-cover")
    help_now = absolute(reverse("reading:help-now"))
    first = _leaf(book, "cover", _("Cover"), [element("section", "", picture, class_="cover")])
    title = _leaf(book, "title", in_line(book.title), filled("title.html", book=book, show=show))
    last = _leaf(book, "about", _("About this book"), filled("about.html", book=book, show=show, help_now=help_now))
    for chapter, following in zip(chapters, [*(chapter.documents[0] for chapter in chapters[1:]), last], strict=True):
        chapter.add_ways(following)
    return [first, title, *(document for chapter in chapters for document in chapter.documents), last]


def _leaf(book: Book, name: str, title: str, blocks: list[Element]) -> Document:
    return Document(f"{name}.xhtml", title, book.language, book.direction, blocks=blocks)


def _cover_in_words(book: Book, show: Show) -> str:
    return _("Cover: %(show)s. %(words)s") % {"show": in_line(show.name), "words": in_line(book.cover_words)}


def _package(book: Book, show: Show, documents: Iterable[Document]) -> bytes:
    told = {
        "book": book,
        "title": in_line(book.title),
        "publisher": in_line(show.name),
        "modified": f"{book.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "features": ACCESSIBLE_BY,
        "documents": documents,
    }
    return tidy(render_to_string("reading/book/package.opf", told)).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files in their container. Programs know a book by its first bytes, so its type comes first and as it is."""
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr(_entry("mimetype"), b"application/epub+zip", ZIP_STORED)
        archive.writestr(_entry("META-INF/container.xml"), CONTAINER, ZIP_DEFLATED)
        for name, content in files.items():
            archive.writestr(_entry(f"book/{name}"), content, ZIP_DEFLATED)
    return whole.getvalue()


def _entry(name: str) -> ZipInfo:
    """A file that whoever unpacks the book can read; on its own it would be nobody's to read."""
    entry = ZipInfo(name, _LONG_AGO)
    entry.external_attr = 0o644 << 16
    return entry
