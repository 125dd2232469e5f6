"""An episode whose words do not open must not keep readers from all others."""

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from questions.actions.holding import air
from questions.models import Episode
from questions.sealing import SealBroken


class UnopenedMiddleware:
    """Where a reader's page fails for a broken seal, put aside what is broken and make the page once more.

    Every list of what is out names the episode, so until the next tick no page would come. Whoever reads first does
    the clock's deed instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(fault, SealBroken) or match is None or match.app_name != "reading":
            return None
        for episode in Episode.objects.due_to_air(timezone.now()):
            with suppress(SealBroken):
                air(episode)
        page: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return page
