"""Numbers that were not counted to the end."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma

register = template.Library()


@register.filter
def counted(number: int, most: int = 10_000) -> str:
    """The number, or "10,000+" where it is more than `most`: nobody has counted further."""
    return f"{intcomma(most)}+" if number > most else str(intcomma(number))
