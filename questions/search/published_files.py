"""The files of the index of what readers can see: what stands in them, how they are opened and written."""

import json
import shutil
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import tantivy
from django.conf import settings
from tantivy import Occur, Query

from questions.search.mark import Mark
from questions.search.published_spelling import Spellings
from questions.search.published_words import FIELDS, GROUPS, Words
from questions.search.words import AS_WRITTEN, small_change, stems_of

# Raise it when the same fields come to hold something else: every installation then writes its index anew.
_EDITION_OF_THIS_FILE = 2
# More makes the first writing of a large show quicker by a tenth, and every worker larger.
_WRITER_BYTES = 20_000_000
# Stands between two texts, so that no phrase reaches from one into the next. No word is written like that.
_BETWEEN = " ¶ "
# The number of the one document that is no episode but says what the others were made from.
_COLOPHON = 0


def column(group: str) -> str:
    """The field that holds the numbers of one of GROUPS."""
    return f"by_{group}"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_unsigned_field("number", indexed=True, fast=True)
    for name in ("stamp", "released"):
        builder.add_unsigned_field(name, fast=True)
    for group in GROUPS:
        builder.add_unsigned_field(column(group), indexed=True, fast=True)
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    # By their stems, which the language of each episode has made of them before they come here.
    for field in FIELDS:
        builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="freq")
    # As they are written, for phrases and beginnings: first those that may also be suggested, then all others.
    for name in ("open", "behind"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("colophon", stored=True, indexed=False)
    return builder.build()


SCHEMA = _schema()
_MADE_OF = (_EDITION_OF_THIS_FILE, version("tantivy"), [field.name for field in FIELDS], GROUPS)
_FORM = blake2b(repr(_MADE_OF).encode(), digest_size=5).hexdigest()


def folder() -> Path:
    """Where the index lies. A release that makes it of other fields, or with another tantivy, looks elsewhere."""
    return Path(settings.HOME) / "search" / f"published-{_FORM}"


def number_is(number: int) -> Query:
    return Query.term_query(SCHEMA, "number", number)


def is_no_episode() -> Query:
    return number_is(_COLOPHON)


def tells_of_broken_files(fault: BaseException) -> bool:
    """Whether tantivy says with this that its files cannot be read: mostly a ValueError, sometimes it panics."""
    is_panic = type(fault).__name__ == "PanicException"
    return is_panic or isinstance(fault, ValueError | OSError | LookupError)


class Opened:
    """The index as it stood when it was opened; any number of threads may look into it."""

    def __init__(self) -> None:
        """Raises ValueError or OSError where there is none that can be read."""
        index = tantivy.Index.open(str(folder()))
        index.config_reader("manual")
        index.reload()
        self.searcher = index.searcher()
        self._mark, self.keeps_removed_words = "", False
        if found := self.searcher.search(is_no_episode(), 1).hits:
            colophon = json.loads(bytes(self.searcher.doc(found[0][1]).to_dict()["colophon"][0]))
            self._mark, self.keeps_removed_words = colophon["mark"], colophon["keeps_removed_words"]

    def is_of(self, mark: Mark) -> bool:
        """Whether it was made of what readers see at this mark."""
        return self._mark == str(mark)

    @property
    def is_written(self) -> bool:
        return bool(self._mark)

    @property
    def size(self) -> int:
        return self.searcher.num_docs

    @cached_property
    def languages(self) -> list[str]:
        """The languages of the episodes: a word is looked for by its stem in each of them."""
        return [language for language, _number in self.searcher.terms_with_prefix("language", "", Query.all_query())]

    @cached_property
    def spellings(self) -> Spellings:
        """Every word that stands in the open somewhere, and in how many episodes, but for small ones such as "will"."""
        words = dict(self.searcher.terms_with_prefix("open", "", Query.all_query()))
        small = {word for language in self.languages for word in small_change(" ".join(words), language)}
        return Spellings({word: number for word, number in words.items() if word not in small})

    def stamps(self) -> dict[int, int]:
        """The number of each episode that is here, and what its words were made from."""
        return dict(zip(self.numbers("number"), self.numbers("stamp"), strict=True))

    def numbers(self, field: str) -> list[int]:
        """What a field says of every episode, always in the same order."""
        episodes = [(Occur.Must, Query.all_query()), (Occur.MustNot, is_no_episode())]
        hits = self.searcher.search(Query.boolean_query(episodes), max(1, self.size), count=False).hits
        values = self.searcher.fast_field_values(field, [address for _score, address in hits])
        return [int(value) for value in values if value is not None]


def write(
    words: Iterable[tuple[int, Words]],
    mark: Mark,
    *,
    removed: Iterable[int] = (),
    is_new: bool,
    keeps_removed_words: bool = False,
) -> None:
    """Change the index in one go: whatever happens meanwhile, it is there as before or as it will be.

    `is_new` begins with an empty one, and clears away what is there and cannot be opened.
    """
    writer = _index().writer(heap_size=_WRITER_BYTES, num_threads=1)
    try:
        if is_new:
            writer.delete_all_documents()
        for number in chain(removed, [_COLOPHON]):
            writer.delete_documents_by_query(number_is(number))
        for number, said in words:
            writer.add_document(_document(number, said))
        colophon = tantivy.Document()
        colophon.add_unsigned("number", _COLOPHON)
        kept = {"mark": str(mark), "keeps_removed_words": keeps_removed_words}
        colophon.add_bytes("colophon", json.dumps(kept).encode())
        writer.add_document(colophon)
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
    # What another release has left behind holds words as well, which nobody would keep right.
    for other in folder().parent.glob("published-*"):
        if other != folder():
            shutil.rmtree(other, ignore_errors=True)


def clear_away() -> None:
    """Delete the index."""
    shutil.rmtree(folder(), ignore_errors=True)


def _index() -> tantivy.Index:
    path = folder()
    try:
        return tantivy.Index.open(str(path))
    except (ValueError, OSError):
        clear_away()
        path.mkdir(mode=0o700)
        return tantivy.Index(SCHEMA, path=str(path))


def _document(number: int, words: Words) -> tantivy.Document:
    facts = words.facts
    numbers = {"number": [number], "stamp": [facts.stamp], "released": [max(0, int(facts.released.timestamp()))]}
    numbers |= {column(group): list(facts.numbers(group)) for group in GROUPS}
    document = tantivy.Document()
    for name, values in numbers.items():
        for value in values:
            document.add_unsigned(name, value)
    for field in FIELDS:
        stems = (" ".join(stems_of(text, facts.language)) for text in field.words(words) if text)
        document.add_text(field.name, " ".join(stems))
    document.add_text("language", facts.language)
    document.add_text("open", _as_written(words.open))
    document.add_text("behind", _as_written(words.behind))
    return document


def _as_written(texts: Iterable[str]) -> str:
    return _BETWEEN.join(" ".join(stems_of(text, AS_WRITTEN)) for text in texts)
