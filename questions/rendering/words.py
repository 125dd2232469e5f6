"""Texts as words: without Markdown's marks, and a question's plain text as paragraphs."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it.token import Token

from questions.rendering.cleaning import clean, is_allowed_address
from questions.rendering.films import read_film_line
from questions.rendering.parser import ANSWER
from questions.rendering.source import tidy

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\r\n?")


def plain_words(markdown: str) -> str:
    """The words of an answer or a short text without its marks and addresses, one line for each block."""
    env: dict[str, Any] = {}
    return words_of(ANSWER.parse(tidy(markdown), env))


def render_plain(text: str) -> SafeString:
    """Plain text, such as a question, as escaped paragraphs that each find their own direction."""
    source = _LINE_END.sub("\n", tidy(text)).strip()
    paragraphs = _BETWEEN_PARAGRAPHS.split(source) if source else []
    lines = (escape(paragraph.strip()).replace("\n", "<br>") for paragraph in paragraphs)
    return clean("\n".join(f'<p dir="auto">{words}</p>' for words in lines))


def words_of(tokens: Sequence[Token]) -> str:
    """The same as `plain_words`, from tokens that have been parsed."""
    return "\n".join(line for line in _lines(tokens) if line)


def count_words(words: str) -> int:
    return sum(1 for _ in _WORD.finditer(words))


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield " ".join("".join(_inline_words(token.children or ())).split())
        elif token.type in ("fence", "code_block"):
            yield token.content.strip()
        elif token.type == "container":
            yield from _container_lines(token)


def _container_lines(token: Token) -> Iterator[str]:
    if token.meta["name"] == "video":
        video = read_film_line(token.meta["words"])
        yield video.title if is_allowed_address(video.address) else token.meta["words"]
    elif token.meta["title"]:
        yield from _lines([token.meta["title"]])
    yield from _lines(token.children or ())


def _inline_words(children: Sequence[Token]) -> Iterator[str]:
    for token in children:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _inline_words(token.children or ())
