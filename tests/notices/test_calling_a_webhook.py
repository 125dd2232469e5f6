"""A call is signed, reaches the address that was checked, and believes nothing that comes back."""

import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from questions.notices import calling
from questions.notices.calling import CallFailed, call
from tests.notices.receiver import Receiver, receiving

pytestmark = pytest.mark.pure

SECRET = "a-secret-that-was-shown-once"
PAYLOAD = {"id": "one", "kind": "question", "verb": "keep"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Receiver, Any]]:
    with receiving(tmp_path_factory.mktemp("receiver")) as found:
        yield found


@pytest.fixture
def receiver(running: tuple[Receiver, Any]) -> Receiver:
    running[0].told.clear()
    running[0].status, running[0].location = 204, ""
    return running[0]


@pytest.fixture
def told(running: tuple[Receiver, Any]) -> Any:
    return partial(running[1], secret=SECRET, payload=PAYLOAD, timestamp=1_800_000_000)


def test_a_call_is_signed_over_its_time_and_body(receiver: Receiver, told: Any) -> None:
    told(f"https://localhost:{receiver.port}/hook?a=b")
    [(path, headers, body)] = receiver.told
    assert path == "/hook?a=b"
    assert json.loads(body) == PAYLOAD
    assert headers["Host"] == f"localhost:{receiver.port}"
    assert (headers["Querent-Delivery"], headers["Querent-Timestamp"]) == ("one", "1800000000")
    expected = hmac.new(SECRET.encode(), b"1800000000." + body, hashlib.sha256).hexdigest()
    assert headers["Querent-Signature"] == f"v1={expected}"
    assert not any(name in headers for name in ("Cookie", "Authorization", "Referer"))


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_these_answers_count_as_delivered(status: int, receiver: Receiver, told: Any) -> None:
    receiver.status = status
    told(f"https://localhost:{receiver.port}/")
    assert len(receiver.told) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410, 500, 503])
def test_other_answers_do_not_and_no_redirect_is_followed(status: int, receiver: Receiver, told: Any) -> None:
    receiver.status, receiver.location = status, f"https://localhost:{receiver.port}/elsewhere"
    with pytest.raises(CallFailed, match=rf"^It answered with {status}\.$"):
        told(f"https://localhost:{receiver.port}/")
    assert [path for path, _headers, _body in receiver.told] == ["/"]


def test_a_private_address_is_not_called(receiver: Receiver) -> None:
    for host in ("localhost", "127.0.0.1", "[::1]"):
        with pytest.raises(CallFailed, match="not on the public internet"):
            call(f"https://{host}:{receiver.port}/", secret=SECRET, payload=PAYLOAD, timestamp=1, ports=[receiver.port])
    assert receiver.told == []


def test_a_name_that_leads_to_one_private_address_is_not_called(
    receiver: Receiver, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: both)
    with pytest.raises(CallFailed, match="not on the public internet"):
        told(f"https://localhost:{receiver.port}/")


def test_the_name_is_looked_up_once_and_what_was_checked_is_called(
    receiver: Receiver, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently the second time leads nowhere else."""
    real, asked = socket.getaddrinfo, []

    def answer(host: str, *args: Any, **options: Any) -> Any:
        asked.append(host)
        names = [name for name in asked if name == "localhost"]
        return real("127.0.0.1" if host == "localhost" and len(names) == 1 else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    told(f"https://localhost:{receiver.port}/")
    assert asked == ["localhost", "127.0.0.1"]
    assert len(receiver.told) == 1


def test_the_certificate_must_be_for_the_name_and_from_somebody_trusted(receiver: Receiver, told: Any) -> None:
    with pytest.raises(CallFailed, match="certificate"):
        told(f"https://localhost:{receiver.port}/", trust=ssl.create_default_context())
    assert receiver.told == []


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with receiving(tmp_path, "somebody-else.example") as (receiver, caller):
        with pytest.raises(CallFailed, match="certificate"):
            caller(f"https://localhost:{receiver.port}/", secret=SECRET, payload=PAYLOAD, timestamp=1)
        assert receiver.told == []


def test_whoever_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends a byte now and then, and so never is silent for long, holds nobody up."""
    monkeypatch.setattr(calling, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                try:
                    connection.sendall(b"\x16\x03\x03\x40\x00")  # A long record of TLS begins, and does not end.
                    while True:
                        connection.sendall(b"\x02")
                        time.sleep(0.05)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        port = server.getsockname()[1]
        with pytest.raises(CallFailed, match="No answer within"):
            call(
                f"https://127.0.0.1:{port}/", secret=SECRET, payload=PAYLOAD, timestamp=1, ports=[port],
                is_allowed=lambda address: True,
            )  # fmt: skip


def test_nobody_there_is_told_in_a_few_words(told: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(CallFailed, match=r"^The connection failed \(ConnectionRefusedError\)\.$"):
        told(f"https://localhost:{port}/", ports=[port])
    with pytest.raises(CallFailed, match=r"^The host is not found\.$"):
        told("https://nobody.invalid/", ports=[443])
