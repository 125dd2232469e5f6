"""What every template knows: the show it belongs to."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from questions.models import Show


def show(request: HttpRequest) -> dict[str, object]:
    """The context processor for `show`, fetched only when a template mentions it."""
    return {"show": SimpleLazyObject(Show.objects.current)}
