"""Filters of the reader's templates: prose from Markdown, links we may make, numbers that can be dialled."""

import re

from django import template
from django.utils.safestring import SafeString

from questions.rendering import render_text
from questions.showing import introduced, link_to

register = template.Library()

_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]{1,30}")


@register.filter
def prose(markdown: str) -> SafeString:
    return render_text(markdown)


@register.filter
def introduced_by(markdown: str, words: str) -> SafeString:
    """The Markdown as prose that begins with these words in bold."""
    return introduced(words, render_text(markdown))


@register.filter
def linked(address: str, words: str) -> SafeString:
    return link_to(address, words)


@register.filter
def dialled(number: str) -> str:
    """The digits a telephone dials, or an empty string where the words are no bare number."""
    return re.sub(r"[^0-9+]", "", number) if _NUMBER.fullmatch(number.strip()) else ""
