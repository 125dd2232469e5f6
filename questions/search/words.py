"""Texts as words: split, in small letters, without accents, and brought to their stem where we know how."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import tantivy
from tantivy import Filter

from questions.rendering.source import tidy

# The languages in which words are brought to their stem. In the others they are compared as they are written.
STEMMED = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip

AS_WRITTEN = ""
"""The language of a text whose words are to be compared as they are written."""

LONGEST_WORD = 40

# Scripts that put no space between words: two signs that stand together are taken for a word there.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def readable(text: str) -> str:
    """The text as everything here reads it: without what nothing can carry, every letter in one piece."""
    text = tidy(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Word(NamedTuple):
    """One word of a text: its stem, and where it stands there."""

    stem: str
    start: int
    end: int


def words_of(text: str, language: str) -> list[Word]:
    """The words of any text in their order, by their stems in `language`. `text` has to be readable already."""
    return list(_words(text, stemmer_of(language)))


def stems_of(text: str, language: str) -> list[str]:
    """The stems of any text's words, in their order."""
    text, is_usual = _read(text)
    if not is_usual:
        return [word.stem for word in words_of(text, language)]
    # The same, only quicker.
    return _analyser(stemmer_of(language)).analyze(text)


# The same text is asked for in several languages, one after the other.
@lru_cache(maxsize=32)
def _read(text: str) -> tuple[str, bool]:
    """The text as everything here reads it, and whether all its words are between spaces and none is too long."""
    text = readable(text)
    # Too long is judged as it is written: its stem may be shorter, and longer without its accents.
    is_long = max(map(len, text.split()), default=0) > LONGEST_WORD
    return text, not (is_long or (not text.isascii() and _UNSPACED.search(text)))


def letters_of(stems: Iterable[str]) -> set[str]:
    """Every four neighbouring signs of each stem with a space at its ends: what is spelt nearly alike shares many."""
    within = (f" {stem} " for stem in stems)
    return {word[at : at + 4] for word in within for at in range(len(word) - 3)}


def telling_stems(text: str, language: str) -> set[str]:
    """The stems of those words that are not the small change of their language: "the", "and", "I"."""
    small = small_change(text, language)
    return {stem for stem in stems_of(text, language) if stem not in small and (len(stem) > 2 or not stem.isascii())}


def small_change(text: str, language: str) -> set[str]:
    """The stems of those words of any text that nearly every text of that language has: "the", "and"."""
    text = readable(text)
    every, telling = _analyser(stemmer_of(language)), _analyser(stemmer_of(language), is_picky=True)
    return set(every.analyze(text)) - set(telling.analyze(text))


def stemmer_of(language: str) -> str:
    """The name of the stemmer for a language such as "de-AT"; empty where there is none."""
    return STEMMED.get(language.partition("-")[0].lower(), "")


def _words(text: str, stemmer: str) -> Iterator[Word]:
    for token in _analyser(stemmer).pre_tokenize(text).tokens:
        start, end = token.char_offset_from, token.char_offset_to
        if _UNSPACED.search(token.text):
            yield from _pairs(text, start, end)
        elif end - start <= LONGEST_WORD:
            yield Word(token.text, start, end)


def _pairs(text: str, start: int, end: int) -> Iterator[Word]:
    """Every two neighbours of an unspaced script, and what is written among them in another one."""
    at = start
    for run in _UNSPACED.finditer(text, start, end):
        if at < run.start():
            yield Word(text[at : run.start()].lower(), at, run.start())
        for first in range(run.start(), max(run.start() + 1, run.end() - 1)):
            last = min(first + 2, run.end())
            yield Word(text[first:last], first, last)
        at = run.end()
    if at < end:
        yield Word(text[at:end].lower(), at, end)


@cache
def _analyser(stemmer: str, *, is_picky: bool = False) -> tantivy.TextAnalyzer:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(Filter.lowercase())
    if is_picky and stemmer:
        words = words.filter(Filter.stopword(stemmer))
    if stemmer:
        words = words.filter(Filter.stemmer(stemmer))
    return words.filter(Filter.ascii_fold()).build()
