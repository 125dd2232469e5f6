"""Markdown and plain text to safe HTML: the only sanitiser of the house."""

from .answer import RenderedAnswer, RenderedPart, render_answer, render_text
from .films import PartVideo, film
from .source import MAX_LENGTH
from .words import plain_words, render_plain

__all__ = [
    "MAX_LENGTH",
    "PartVideo",
    "RenderedAnswer",
    "RenderedPart",
    "film",
    "plain_words",
    "render_answer",
    "render_plain",
    "render_text",
]
