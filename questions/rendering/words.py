"""Texts as words: without Markdown's marks, and a question's plain text as paragraphs."""

import re
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from questions.rendering.cleaning import clean
from questions.rendering.lines import words_of
from questions.rendering.parser import ANSWER
from questions.rendering.sections import open_tokens
from questions.rendering.source import tidy

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\r\n?")


def plain_words(markdown: str, *, open_only: bool = False) -> str:
    """The words of an answer or a short text without its marks and addresses, one line for each block.

    `open_only` leaves out what stands behind a gate.
    """
    source = _LINE_END.sub("\n", tidy(markdown))
    if not any(mark in source for mark in _SPANNING) and not any(map(_may_span, source.split("\n"))):
        # Most of an answer is paragraphs that stand by themselves, and to read those takes no parser.
        return "\n".join(filter(None, map(_block_words, _BETWEEN_BLOCKS.split(source))))
    return _parsed_words(source, open_only=open_only)


def _parsed_words(source: str, *, open_only: bool = False) -> str:
    env: dict[str, Any] = {}
    tokens = ANSWER.parse(source, env)
    return words_of(open_tokens(tokens) if open_only else tokens)


# What may reach beyond the next empty line, or belong to something that does: lists, quotes, code, containers, tables,
# definitions, and whatever is indented. It begins a line, but for these.
_SPANNING = ("|", ":::", "```", "~~~")
_BEGINNINGS = frozenset("-+*>~`=<_:[")
_ITEM = re.compile(r"\d{1,9}[.)]")
_BETWEEN_BLOCKS = re.compile(r"\n(?:[ \t]*\n)+")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=[^#\s])")
_MARKS = re.compile(r"[\\*_\[\]<>&`~]|^#|\n#|#\s*$")


def _may_span(line: str) -> bool:
    first = line[:1]
    if first in _BEGINNINGS:
        return True
    if first.isdecimal():
        return bool(_ITEM.match(line))
    return first in (" ", "\t") and bool(line.strip(" \t"))


def _block_words(block: str) -> str:
    """The words of a paragraph or heading; only one with marks in it has to be parsed."""
    text = block if "\n" in block else _HEADING.sub("", block, count=1) if block.startswith("#") else block
    return _parsed_words(block) if _MARKS.search(text) else " ".join(text.split())


def render_plain(text: str) -> SafeString:
    """Plain text, such as a question, as escaped paragraphs that each find their own direction."""
    source = _LINE_END.sub("\n", tidy(text)).strip()
    paragraphs = _BETWEEN_PARAGRAPHS.split(source) if source else []
    lines = (escape(paragraph.strip()).replace("\n", "<br>") for paragraph in paragraphs)
    return clean("\n".join(f'<p dir="auto">{words}</p>' for words in lines))


def count_words(words: str) -> int:
    return sum(1 for _ in _WORD.finditer(words))
