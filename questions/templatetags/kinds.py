"""The kinds of content that a reader may agree to, for the controls that keep such a choice on a device."""

import json

from django import template

from questions.content_notes import ContentKind

register = template.Library()


@register.simple_tag
def kinds_in_words() -> str:
    """What each kind is called, as JSON for an attribute."""
    return json.dumps({kind.value: str(kind.label) for kind in ContentKind}, ensure_ascii=False)
