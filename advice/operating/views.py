"""Three addresses for whoever runs the server and their programs. None says a word of anybody, or any version."""

import hmac
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from advice.operating import exposition
from advice.operating.metrics import families
from questions.probes.finding import State
from questions.probes.table import NEEDED, examine

PLAIN = "text/plain; charset=utf-8"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, least of all the database."""
    return HttpResponse("well\n", content_type=PLAIN)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this server should get visitors: each part it cannot do without, and one word about it."""
    found = examine(NEEDED, timezone.now())
    is_ready = all(each.finding.state in (State.WELL, State.LOOK) for each in found)
    lines = "".join(f"{each.probe.name} {each.finding.state.value}\n" for each in found)
    return HttpResponse(lines, content_type=PLAIN, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whoever has the token; where no token is set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_known = hmac.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    if kind.lower() != "bearer" or not is_known:
        return HttpResponse(
            "closed\n", content_type=PLAIN, status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"}
        )
    return HttpResponse(exposition.written(families(timezone.now())), content_type=exposition.CONTENT_TYPE)
