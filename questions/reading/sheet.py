"""The colours of the show, as a sheet of their own: the same bytes for everyone until an owner changes them."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from questions.colours import is_colour
from questions.models import Show


def _rules(request: HttpRequest) -> str:
    """The sheet: what was never set, or is no colour, stays as tokens.css has it."""
    show = Show.objects.current()
    rules = [f":root {{ --stamp: {show.colour}; }}"] if is_colour(show.colour) else []
    if is_colour(show.colour_at_night):
        night = f"{{ --stamp: {show.colour_at_night}; }}"
        rules.append(f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {night} }}')
        rules.append(f':root[data-theme="dark"] {night}')
    return "".join(f"{rule}\n" for rule in rules)


def _etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_rules(request).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_etag)
def show_sheet(request: HttpRequest) -> HttpResponse:
    """The sheet that base.html links where a colour is set."""
    return HttpResponse(_rules(request), content_type="text/css; charset=utf-8")
