"""Somebody who reads through the press, without a server in between."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler

from advice.encoding import Application
from advice.press import Press
from advice.press.warming import request_for
from advice.press.watching import Watch
from questions import edition
from tests import factories

HOST = "testserver"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Counting:
    """Django, and which addresses it was asked for."""

    def __init__(self) -> None:
        self._django: Application = WSGIHandler()
        self.asked: list[str] = []
        self.seen: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        self.seen.append(environ)
        return self._django(environ, start)


def worker(application: Application | None = None) -> Press:
    """A worker process's press, as one starts it: it knows what the database says."""
    edition.mirror().follow(edition.standing, build="tests")
    return Press(application or WSGIHandler(), edition.mirror())


def look(press: Press, watch: Watch | None = None) -> None:
    """Let the worker do what it does every half second, and wait for what follows."""
    watch = watch or Watch(press)
    watch.look()
    watch.join_warming()


def read(press: Application, path: str, method: str = "GET", *, query: str = "", **headers: str) -> Reply:
    """One request; `headers` are named as WSGI has them, without HTTP_."""
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        names = [name.lower() for name, _value in headers]
        assert len(names) == len(set(names)), f"a header stands twice: {names}"
        told.update(status=int(status.split()[0]), headers={name.lower(): value for name, value in headers})

    given = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    environ = {**request_for(path), "HTTP_HOST": HOST, "REQUEST_METHOD": method, "QUERY_STRING": query, **given}
    body = b"".join(press(environ, start))
    return Reply(told["status"], told["headers"], body)


@contextmanager
def the_time(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for Django and for the press."""
    with factories.the_time(moment), mock.patch("questions.mirror.time", return_value=moment.timestamp()):
        yield
