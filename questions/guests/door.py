"""The door of everybody who comes by a link: the link is their credential, and the only thing they bring.

There is no cookie that another site could make use of, so no CSRF token; a form that another site sends is refused all
the same. Whoever is turned away is given back what they typed.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from questions import links, throttle
from questions.guests.forms import TYPED
from questions.models import LinkKind, SharedLink, Show

View = Callable[[HttpRequest, SharedLink], HttpResponse]


class Shut(Exception):
    """The door stays shut; the page says why in a heading and a sentence."""

    def __init__(self, status: int, heading: str, sentence: str, *, wait: int = 0) -> None:
        super().__init__(heading)
        self.status, self.heading, self.sentence, self.wait = status, heading, sentence, wait


def by_link(kind: LinkKind, *methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Open a view to whoever has an open link of this kind; it gets the link in place of the token."""

    def guard(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods([*methods])
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            # Other encodings, which only programs declare, could smuggle in what no page can show.
            request.encoding = "utf-8"
            try:
                _read(request)
                link = _link_behind(request, kind, token)
                with timezone.override(Show.objects.current().zone):
                    return view(request, link)
            except Shut as shut:
                return _shut(request, shut)

        return guarded

    return guard


def _read(request: HttpRequest) -> None:
    try:
        request.POST  # noqa: B018 - reading it is what fails
    except (SuspiciousOperation, BadRequest, MultiPartParserError) as error:
        sentence = _("Nothing of it was saved. Very long texts do not fit: go back and send a shorter one.")
        raise Shut(HTTPStatus.BAD_REQUEST, _("This did not reach us in one piece"), sentence) from error
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        sentence = _("So nothing was saved. If these are your words, open your link again and put them in.")
        raise Shut(HTTPStatus.FORBIDDEN, _("This came from another site"), sentence)


def _link_behind(request: HttpRequest, kind: LinkKind, entry: str) -> SharedLink:
    """The open link whose token this is; what was made up is refused without a look into the database."""
    token = links.genuine(kind, entry)
    if token is None:
        _count_guess(request)
        sentence = _("Is it complete? Ask whoever sent it to you for a new one.")
        raise Shut(HTTPStatus.NOT_FOUND, _("This link leads nowhere"), sentence)
    link = SharedLink.objects.with_digest(kind, links.digests(token))
    # With a question that its asker takes back its links go too.
    if link is None or link.revoked_at or (link.person and link.person.left_on):
        sentence = _("The show has ended it. Ask whoever sent it to you if that was a mistake.")
        raise Shut(HTTPStatus.GONE, _("This link has ended"), sentence)
    if link.expires_at <= timezone.now():
        sentence = _("Ask whoever sent it to you for a new one.")
        raise Shut(HTTPStatus.GONE, _("This link has expired"), sentence)
    return link


def _count_guess(request: HttpRequest) -> None:
    """Count a link that leads nowhere. Genuine ones are never made to wait, since nobody can guess one."""
    if throttle.WRONG_LINKS.count(throttle.network_of(request)) > throttle.MOST_WRONG_CODES:
        sentence = _("Many links that lead nowhere have come from your network. Try again in ten minutes.")
        wait = throttle.WRONG_LINKS.seconds_left()
        raise Shut(HTTPStatus.TOO_MANY_REQUESTS, _("Please wait a little"), sentence, wait=wait)


def _shut(request: HttpRequest, shut: Shut) -> HttpResponse:
    is_readable = shut.status != HTTPStatus.BAD_REQUEST
    typed = [(field.label, request.POST.get(name, "")) for name, field in TYPED.items()] if is_readable else []
    context = {"heading": shut.heading, "sentence": shut.sentence, "typed": [pair for pair in typed if pair[1].strip()]}
    response = render(request, "guests/shut.html", context, status=shut.status)
    if shut.wait:
        response.headers["Retry-After"] = str(shut.wait)
    return response
