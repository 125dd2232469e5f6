"""Printing the pages that matter before anybody asks: what the first page leads to, then what was read before."""

import re
import time
from io import BytesIO

from django.conf import settings
from django.db import connections

from advice.press.press import Answer, Environ, Press
from advice.press.routes import is_printed
from questions.mirror import Generation

MOST_PAGES = 200
"""So many pages are printed after each change."""
# Whoever asks meanwhile has the processor for as long as this has it.
_LONGEST_REST = 0.2

_LINK = re.compile(rb'\shref="(/[^"#?]*)')


def warm_up(press: Press, generation: Generation) -> int:
    """Have pages of this generation printed, the first page first, as long as it is right; returns how many.

    They are those that the first page leads to, then those that were printed in the generation before: somebody has
    read them, or may have.
    """
    before = press.store.before(generation)
    waiting = dict.fromkeys(["/", *(press.store.paths(before) if before else ())])
    printed = 0
    try:
        while waiting and printed < MOST_PAGES and press.mirror.generation() == generation:
            began = time.monotonic()
            path = next(iter(waiting))
            del waiting[path]
            answer = Answer(press, request_for(path))
            printed += 1
            if path == "/":
                links = [link.decode() for link in _LINK.findall(answer.body) if link.isascii()]
                waiting = dict.fromkeys(filter(is_printed, links)) | waiting
                waiting.pop("/", None)
            time.sleep(min(_LONGEST_REST, time.monotonic() - began))
    finally:
        connections.close_all()
    return printed


def request_for(path: str) -> Environ:
    """The request of a reader for this address, as it comes from a proxy in front."""
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS), "localhost")
    scheme = "https" if settings.HTTPS else "http"
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": scheme, "SERVER_NAME": host, "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
