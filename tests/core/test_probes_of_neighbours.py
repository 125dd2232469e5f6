"""What probes say of other servers, of a standby and of a shared memory."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advice.shared_cache import SharedCache
from questions.probes import neighbours
from tests.probing import said

NOW = datetime(2030, 3, 4, 12, tzinfo=UTC)


class Well(BaseHTTPRequestHandler):
    """A server that is well when it is asked by the show's name."""

    def do_GET(self) -> None:
        self.send_response(200 if (self.path, self.headers["Host"]) == ("/healthz", "querent.example") else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def another() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Well)
    threading.Thread(target=server.serve_forever).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def test_servers_that_do_not_answer_are_told_by_their_number(another: str, nobody: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.SERVERS = ["querent.example"], []
    assert said(neighbours.servers(NOW)) == ("well", "This is the only one.")
    settings.SERVERS = [another, another]
    assert said(neighbours.servers(NOW)) == ("well", "2 servers answer.")
    settings.SERVERS = [another, nobody, nobody]
    assert said(neighbours.servers(NOW)) == ("broken", "Of 3 servers no answer comes from number 2, 3.")


@pytest.mark.django_db
def test_a_database_without_a_standby_says_so() -> None:
    sentences = {
        "sqlite": "A file has none; backups are what there is.",
        "postgresql": "There is none; backups are what there is.",
    }
    assert said(neighbours.standby(NOW)) == ("well", sentences[connection.vendor])


def test_a_shared_memory_that_is_away_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SHARED_CACHE = ""
    assert said(neighbours.shared_memory(NOW)) == ("well", "Not shared: each process has its own.")
    settings.SHARED_CACHE = "redis://127.0.0.1:9"
    monkeypatch.setattr(neighbours, "cache", SharedCache(settings.SHARED_CACHE, {}))
    assert said(neighbours.shared_memory(NOW)) == (
        "look",
        "The shared memory does not answer. Limits on signing in count for each process by itself meanwhile.",
    )
