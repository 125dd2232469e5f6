"""What an operator is reminded of by `manage.py check --database default`, and by `migrate`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import ngettext

from questions.models import CrisisLine


@register(Tags.database)
def unchecked_crisis_lines(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """A warning for as long as the help page names lines that no host has confirmed.

    Only with a database at hand, so that a server's settings can be checked without one.
    """
    if not databases:
        return []
    try:
        count = CrisisLine.objects.unchecked().count()
    except DatabaseError:
        # Before the first migration there is no such table, and a database out of reach is not ours to report.
        return []
    if not count:
        return []
    sentence = ngettext(
        "{count} line for people who need help now has not been checked by a host.",
        "{count} lines for people who need help now have not been checked by a host.",
        count,
    )
    hint = "Ring each of them, or read its own page, and confirm it at /desk/house/crisis-lines/."
    return [Warning(sentence.format(count=count), hint=hint, id="questions.W001")]
