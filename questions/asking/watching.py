"""What the writing page gives the browser to look for, so that nothing has to be sent to be looked at."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from questions.likeness import glances
from questions.safety import Clue, ClueKind, calls_by_language


@require_safe
@gzip_page
def watched_for(request: HttpRequest) -> HttpResponse:
    """The calls for help of every language, what each kind of clue is called, and the episodes to compare with.

    The same for everybody, so packing it tells nobody anything. It is not stored: a copy would stay on the device.
    """
    calls = [language._asdict() for language in calls_by_language()]
    kinds = {kind.value: {"label": kind.label, "instead": Clue(kind, 0, 0).replacement} for kind in ClueKind}
    episodes = [asdict(glance) for glance in glances()]
    return JsonResponse({"languages": calls, "kinds": kinds, "episodes": episodes})
