"""The card by which other sites show an episode when somebody pastes its address (oEmbed 1.0, oembed.com).

`/oembed?url=` is, with search, the only address of ours that takes a query: the specification wants it so. A card is
a link with a few words, without script or picture, and where the text is gated these words are its note.
"""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions import showing
from questions.models import Episode, Show
from questions.reading.addresses import absolute
from questions.reading.feeds.xml import Document
from questions.visibility import note_in_words, public_episodes

WIDEST, TALLEST = 600, 240
"""Points on the screen that a card takes at most."""
KEEPS_SECONDS = 3600
"""How long others may keep a card: an episode that is taken down should be gone from their pages as well."""

_TEXT = "text/plain; charset=utf-8"


def address_of_card(address: str) -> str:
    """Where the card of the page at `address` is."""
    return f"{absolute(reverse('reading:oembed'))}?{urlencode({'url': address, 'format': 'json'})}"


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The card as JSON or XML; 404 for whatever is no episode that readers can see, 501 for another format."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _open_to_all(HttpResponse(_("There is JSON and XML."), status=501, content_type=_TEXT))
    try:
        width, height = (_points(request, *most) for most in (("maxwidth", WIDEST), ("maxheight", TALLEST)))
    except ValueError:
        words = _("“maxwidth” and “maxheight” are whole numbers, one or more.")
        return _open_to_all(HttpResponseBadRequest(words, content_type=_TEXT))
    card = {**_card(_episode_at(request.GET.get("url", ""))), "width": width, "height": height}
    return _open_to_all(JsonResponse(card) if form == "json" else _as_xml(card))


def _points(request: HttpRequest, name: str, most: int) -> int:
    """How wide or tall the card may be. Raises ValueError for what is no such number."""
    wanted = request.GET.get(name) or str(most)
    if not re.fullmatch("[0-9]{1,6}", wanted) or not int(wanted):
        raise ValueError(wanted)
    return min(int(wanted), most)


def _episode_at(address: str) -> Episode:
    """The episode readers see at an address of this site, whatever was added to it; raises Http404 for all others."""
    try:
        parts, ours = urlsplit(address.strip()), urlsplit(settings.SITE_ADDRESS)
        match = resolve(parts.path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    is_ours = parts.scheme in ("http", "https") and parts.netloc.lower() == ours.netloc.lower()
    if not is_ours or match.view_name != "reading:episode":
        raise Http404
    found = public_episodes(timezone.now()).for_lists().filter(slug=match.kwargs["slug"]).first()
    if found is None:
        raise Http404
    return found


def _card(episode: Episode) -> dict[str, Any]:
    show, row = Show.objects.current(), showing.row(episode)
    address, note = absolute(episode.get_absolute_url()), note_in_words(episode, row.script.note)
    # Where the text is gated, its note is the description already.
    words = dict.fromkeys([row.description, note])
    card: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": row.title,
        "provider_name": show.name,
        "provider_url": absolute(reverse("reading:home")),
        "cache_age": KEEPS_SECONDS,
        "html": format_html(
            '<blockquote cite="{}"><p><a href="{}">{}</a></p>{}</blockquote>',
            address,
            address,
            row.title,
            format_html_join("", "<p>{}</p>", ((each,) for each in words)),
        ),
    }
    if row.answered_by:
        card["author_name"] = _(", ").join(credit.name for credit in row.answered_by)
    if len(row.answered_by) == 1:
        card["author_url"] = absolute(row.answered_by[0].person.get_absolute_url())
    return card


def _as_xml(card: dict[str, Any]) -> HttpResponse:
    document = Document()
    with document.inside("oembed"):
        for name, value in card.items():
            document.element(name, str(value))
    return HttpResponse(document.to_bytes(), content_type="text/xml; charset=utf-8")


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it: there is nothing in it that is not on the public page."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
