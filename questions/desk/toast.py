"""The word after a deed, with the way back beside it."""

from django.contrib import messages
from django.http import HttpRequest

from questions.models import Event


def toast(request: HttpRequest, words: str, event: Event | None) -> None:
    """Say on the next page what was done, with a button that undoes `event`."""
    messages.success(request, words, extra_tags=str(event.pk) if event else "")
