"""Prose and links of the hosts as pages show them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from questions.rendering.cleaning import EXTERNAL_REL, is_allowed_address, is_external


def introduced(words: str, html: SafeString) -> SafeString:
    """Sanitised prose whose first paragraph begins with these words in bold."""
    if html.startswith("<p>"):
        return format_html("<p><strong>{}</strong> {}", words, mark_safe(html[3:]))  # noqa: S308 - it was sanitised
    return format_html("<p><strong>{}</strong></p>{}", words, html)


def link_to(address: str, words: str) -> SafeString:
    """The words, as a link where the address is one that we may link to."""
    if not is_allowed_address(address):
        return format_html("{}", words)
    if is_external(address):
        return format_html('<a href="{}" rel="{}">{}</a>', address, EXTERNAL_REL, words)
    return format_html('<a href="{}">{}</a>', address, words)
