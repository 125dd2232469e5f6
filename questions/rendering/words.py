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
    env: dict[str, Any] = {}
    tokens = ANSWER.parse(tidy(markdown), env)
    return words_of(open_tokens(tokens) if open_only else tokens)


def render_plain(text: str) -> SafeString:
    """Plain text, such as a question, as escaped paragraphs that each find their own direction."""
    source = _LINE_END.sub("\n", tidy(text)).strip()
    paragraphs = _BETWEEN_PARAGRAPHS.split(source) if source else []
    lines = (escape(paragraph.strip()).replace("\n", "<br>") for paragraph in paragraphs)
    return clean("\n".join(f'<p dir="auto">{words}</p>' for words in lines))


def count_words(words: str) -> int:
    return sum(1 for _ in _WORD.finditer(words))
