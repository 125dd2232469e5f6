"""Markdown and plain text to safe HTML: the only sanitiser of the house."""

from questions.rendering.answer import RenderedAnswer, RenderedPart, render_answer, render_text
from questions.rendering.films import PartVideo, film
from questions.rendering.gates import FOLDED, LEFT_OUT, Gating
from questions.rendering.source import MAX_LENGTH
from questions.rendering.words import plain_words, render_plain

__all__ = [
    "FOLDED",
    "LEFT_OUT",
    "MAX_LENGTH",
    "Gating",
    "PartVideo",
    "RenderedAnswer",
    "RenderedPart",
    "film",
    "plain_words",
    "render_answer",
    "render_plain",
    "render_text",
]
