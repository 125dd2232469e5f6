"""What lives on a reader's own device: the page about it, what installs the show there, the worker that keeps pages.

Nothing of it comes back to us: these are the same bytes for everybody. Choices are kept by static/js/device.js.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from questions.colours import is_colour
from questions.models import Show
from questions.reading.metadata import show_page

PAPER, INK = "#faf5ea", "#211b17"
WORKER: Path = settings.BASE_DIR / "static/js/service-worker.js"


@require_safe
def your_device(request: HttpRequest) -> HttpResponse:
    return show_page(request, "reading/your_device.html", _("This device"), comforts=_comforts())


def _comforts() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """How somebody may like to read: names and values are those of the attributes in static/css/reading.css."""
    usual = ("", _("As it comes"))
    return [
        ("theme", _("Colours"), [usual, ("light", _("Light")), ("dark", _("Dark"))]),
        ("size", _("Text size"), [usual, ("small", _("Smaller")), ("large", _("Larger")), ("largest", _("Largest"))]),
        ("width", _("Width of the lines"), [usual, ("narrow", _("Narrow")), ("wide", _("Wide"))]),
        ("spacing", _("Line spacing"), [usual, ("airy", _("More"))]),
        ("letters", _("Letters"), [usual, ("plain", _("Plain"))]),
    ]


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a browser needs to put the show among the programs of a device."""
    show = Show.objects.current()
    colour = show.colour if is_colour(show.colour) else INK
    return _installable(show, "/", show.name, "icon", description=show.tagline, theme_color=colour)


@require_safe
def neutral_manifest(request: HttpRequest) -> JsonResponse:
    """The same in discreet mode: neither name nor picture says what it is."""
    return _installable(Show.objects.current(), "/notes", pgettext("a neutral name for a tab", "Notes"), "notes")


def _installable(show: Show, identity: str, name: str, icon: str, **more: str) -> JsonResponse:
    """`identity` tells two programs of this site apart; it is no address."""
    facts = {
        "id": identity,
        "name": name,
        "short_name": name,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": show.language,
        "dir": show.direction,
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": _icons(icon),
    }
    return JsonResponse(facts | more, content_type="application/manifest+json")


def _icons(name: str) -> list[dict[str, str]]:
    drawing = {"src": static(f"img/{name}.svg"), "sizes": "any", "type": "image/svg+xml"}
    pictures = [
        {"src": static(f"img/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    return [drawing, *pictures]


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """It stands at the root, since a worker may only look after what lies below its own address."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
