"""The whole public site as files: what readers see now, walked from the first page by somebody without cookies."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from questions.models import Topic
from questions.models.topic import FormerAddress
from questions.visibility import public_topics

Get = Callable[[str], tuple[int, bytes]]
"""Asks for an address; answers with the status and the bytes."""

_NAMED = re.compile(rb'\s(?:href|src|action|data-neutral)="(/(?!/)[^"#?]*)')
# What only a living site can answer. `static` is copied as a whole.
_LIVING = re.compile(rb'(\s(?:href|action)=")(/(?:ask|receipt|search|desk)/)')
_NO_FILES = ("search", "oembed")
_FIRST = (
    "home",
    "sitemap",
    "robots",
    "security",
    "manifest",
    "neutral-manifest",
    "service-worker",
    "show-sheet",
    "feeds",
)
REDIRECTS = "_redirects"
"""The name of the file in which hosts of static sites look for addresses that have moved."""


class NotWhole(Exception):
    """A page could not be made; the message is its address."""


def files(get: Get, living: str, now: Any) -> Iterator[tuple[str, bytes]]:
    """Each file's place below the folder, and its bytes; always in the same order.

    Links to what needs a living site lead to the one at `living`, without a slash at its end. Raises NotWhole.
    """
    waiting = dict.fromkeys(reverse(f"reading:{name}") for name in _FIRST)
    seen = set(waiting)
    while waiting:
        path = next(iter(waiting))
        del waiting[path]
        status, body = get(path)
        if status >= 500:
            raise NotWhole(path)
        if status != 200:
            continue
        found = {link.decode() for link in _NAMED.findall(body) if link.isascii()} | _named_whole(body)
        new = sorted(link for link in found - seen if is_a_file(link))
        seen.update(new)
        waiting |= dict.fromkeys(new)
        yield place_of(path), _LIVING.sub(rf"\1{living}\2".encode(), body)
    yield "404.html", _LIVING.sub(rf"\1{living}\2".encode(), get("/no-such-page/")[1])
    yield from _moved(now)


def is_a_file(path: str) -> bool:
    """Whether this address of readers is the same for everyone and has no query."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.namespace == "reading" and match.url_name not in _NO_FILES


def place_of(path: str) -> str:
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


def _named_whole(body: bytes) -> set[str]:
    """The paths of addresses of this site that are written with its name, as in feeds and sitemaps."""
    site = re.escape(settings.SITE_ADDRESS.encode())
    return {path.decode() for path in re.findall(rb"%s(/[^\s\"'<>?#\\]*)" % site, body) if path.isascii()}


def _moved(now: Any) -> Iterator[tuple[str, bytes]]:
    """A page at each former address of a topic that leads on, and all of them once more in one file."""
    public = {topic.pk for topic in public_topics(now)}
    rows = FormerAddress.objects.filter(topic__in=public).select_related("topic").order_by("slug")
    moved = [(reverse("reading:topic", args=[row.slug]), row.topic.get_absolute_url()) for row in rows]
    taken = set(Topic.objects.values_list("slug", flat=True))
    lines = []
    for before, after in moved:
        if before.strip("/").rpartition("/")[2] in taken:
            continue
        lines.append(f"{before} {after} 301\n")
        page = f'<!doctype html>\n<meta charset="utf-8">\n<meta http-equiv="refresh" content="0; url={after}">\n'
        yield place_of(before), f'{page}<title>{after}</title>\n<a href="{after}">{after}</a>\n'.encode()
    yield REDIRECTS, "".join(lines).encode()


def asked_by_nobody(application: Callable[..., Any]) -> Get:
    """Ask this WSGI application as somebody without cookies, who says nothing about themselves."""
    address = urlsplit(settings.SITE_ADDRESS)
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS), address.netloc)

    def get(path: str) -> tuple[int, bytes]:
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": host,
            "HTTP_X_FORWARDED_PROTO": address.scheme, "SERVER_NAME": host, "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": address.scheme, "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(), "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False,
            "wsgi.run_once": True,
        }  # fmt: skip
        parts = application(environ, lambda status, headers, exc_info=None: told.append(status))
        try:
            return int(told[0].split()[0]), b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()

    return get
