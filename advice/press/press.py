"""The press: in front of Django, it prints each public page once per edition and hands out the bytes.

A page is printed if its address is on the list (`routes.py`) and Django's answer is the same for everyone. Whatever
could make it differ is taken from the request before Django sees it.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import render_to_string

from advice.encoding import Application
from advice.press.pages import Headers, Page, coding_for
from advice.press.routes import is_printed
from advice.press.store import Memory, Store
from questions.mirror import Generation, Mirror

Environ = dict[str, Any]
Start = Callable[..., Any]

LARGEST = 4 * 2**20
"""Bytes of a page that is still printed; the rest, such as the book of a large season, is made each time."""

# Whoever asks, in whatever language and with whatever in hand, gets the same; compressing is done here.
STRIPPED = (
    "HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT",
    "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE",
)  # fmt: skip

_MOST_REMEMBERED = 256


class Answer:
    """What Django said to one request."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers = "", Headers()
        parts = application(environ, self._start)
        try:
            self.body = b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers

    @property
    def code(self) -> int:
        return int(self.status.split(" ", 1)[0])

    @property
    def is_for_everyone(self) -> bool:
        """Whether it is a whole page that says it may be kept, varies with nothing but its coding and is not huge."""
        named = [(name.lower(), value.lower()) for name, value in self.headers]
        varies = {part.strip() for name, value in named if name == "vary" for part in value.split(",")}
        is_public = any(name == "cache-control" and "public" in value for name, value in named)
        is_bare = all(name not in ("set-cookie", "content-encoding") for name, _value in named)
        is_same = is_public and is_bare and varies <= {"accept-encoding"}
        return self.code == HTTPStatus.OK and is_same and len(self.body) <= LARGEST


class Press:
    """A WSGI application around another one."""

    def __init__(self, application: Application, mirror: Mirror) -> None:
        self._application, self.mirror = application, mirror
        self._memory = Memory(settings.PRESS_MEMORY_BYTES)
        self.store = Store(mirror.pages, settings.PRESS_DISK_BYTES)
        # What was worked out for a header before; asking again would be most of the work for a printed page.
        self._codings: dict[str, str] = {}
        self._doors: set[tuple[str | None, ...]] = set()
        self.is_cut_off = False
        """Whether the database cannot be reached: then what was printed before is as good as it gets."""

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        coding = self._codings.get(environ.get("HTTP_ACCEPT_ENCODING", ""), "")
        page = self._memory.pages.get((environ["PATH_INFO"], coding))
        if page is None or page.generation != self.mirror.generation() or _door(environ) not in self._doors:
            return self._look_closer(environ, start)
        return self._hand_out(page, environ, start)

    def _hand_out(self, page: Page, environ: Environ, start: Start) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self._application(environ, start)
        if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and page.is_known_to(environ):
            start("304 Not Modified", page.headers_if_known)
            return [b""]
        start("200 OK", page.headers)
        return [page.body if method == "GET" else b""]

    def _look_closer(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_printed(path) or not self._is_welcome(environ):
            return self._application(environ, start)
        coding = self._coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        generation = self.mirror.generation()
        if generation is None:
            return self._application(environ, start)
        if page := self.store.get(generation, path, coding):
            self._memory.put(path, coding, page)
            return self._hand_out(page, environ, start)
        if not self.is_cut_off:
            return self._print(environ, start, generation, coding)
        older = self._older(generation, path, coding)
        return self._hand_out(older, environ, start) if older else out_of_order(start)

    def _print(self, environ: Environ, start: Start, generation: Generation, coding: str) -> Iterable[bytes]:
        """Have the page made, by one request at a time however many ask for it, and keep it if it may be kept."""
        path = environ["PATH_INFO"]
        with self.store.alone_with(f"{generation}{path}") as is_alone:
            if is_alone and (page := self.store.get(generation, path, coding)):
                return self._hand_out(page, environ, start)
            answer = Answer(self._application, plain(environ))
            # The number was read before and is compared after: what was made in between belongs to no edition.
            if is_alone and answer.is_for_everyone and self.mirror.generation() == generation:
                pages = self.store.put(generation, path, answer.headers, answer.body)
                page = pages.get(coding) or pages["identity"]
                self._memory.put(path, coding, page)
                return self._hand_out(page, environ, start)
        is_broken = answer.code >= HTTPStatus.INTERNAL_SERVER_ERROR
        if is_broken and (older := self._older(generation, path, coding)):
            return self._hand_out(older, environ, start)
        start(answer.status, answer.headers)
        return [answer.body]

    def forget(self) -> None:
        """Give back the memory of pages that are not right any more."""
        self._memory.clear()

    def _older(self, generation: Generation, path: str, coding: str) -> Page | None:
        """What may be shown where nothing newer can be had: a page of an edition since which nothing was taken away."""
        standing = self.mirror.standing()
        floor = standing.floor if standing else generation.number
        return self.store.older(path, coding, than=generation, floor=floor)

    def _coding(self, accepted: str) -> str:
        if len(self._codings) > _MOST_REMEMBERED:
            self._codings.clear()
        return self._codings.setdefault(accepted, coding_for(accepted))

    def _is_welcome(self, environ: Environ) -> bool:
        """Whether Django would answer here: by a name of ours, and over HTTPS where that is asked for."""
        door = _door(environ)
        if door in self._doors:
            return True
        request = WSGIRequest({**environ, "wsgi.input": BytesIO()})
        try:
            request.get_host()
        except DisallowedHost:
            return False
        if getattr(settings, "SECURE_SSL_REDIRECT", False) and not request.is_secure():
            return False
        if len(self._doors) > _MOST_REMEMBERED:
            self._doors.clear()
        self._doors.add(door)
        return True


def _door(environ: Environ) -> tuple[str | None, ...]:
    """What of a request says by which name and over which kind of line it came."""
    get = environ.get
    return get("HTTP_HOST"), get("HTTP_X_FORWARDED_PROTO"), get("wsgi.url_scheme")


def plain(environ: Environ) -> Environ:
    """The request as anybody would make it, without anything that could make a page differ."""
    kept = {name: value for name, value in environ.items() if name not in STRIPPED}
    return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": ""}


def out_of_order(start: Start) -> Iterable[bytes]:
    """Say that the page cannot be made now, without asking the database."""
    body = render_to_string("503.html").encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start("503 Service Unavailable", [*headers, ("Cache-Control", "no-store"), ("Retry-After", "10")])
    return [body]
