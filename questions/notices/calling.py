"""A webhook is called: signed, once, at an address that was checked, with nothing believed that comes back.

What is sent is JSON by POST. `Querent-Signature` is "v1=" and the hexadecimal HMAC-SHA256, under the webhook's secret,
of the value of `Querent-Timestamp` (seconds since 1970), a full stop, and the body as it came. `Querent-Delivery` is
the same for every try of one delivery. Any answer from 200 to 299 counts as delivered.
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from questions.actions.acting import Refused
from questions.actions.webhook import PORTS, Target, target_of
from questions.notices.addresses import is_public

SECONDS = 10
"""How long one call may take from connecting to the last byte, however slowly the other side drips."""


class CallFailed(Exception):
    """The webhook did not take the call; the message says why in a few words, none of them the receiver's."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def call(
    url: str,
    *,
    secret: str,
    payload: dict[str, Any],
    timestamp: int,
    is_allowed: Callable[[str], bool] = is_public,
    ports: Collection[int] = PORTS,
    trust: ssl.SSLContext | None = None,
) -> None:
    """Send `payload` to `url`; raises CallFailed unless it is taken. Redirects are not followed: they are an answer.

    `is_allowed` and `ports` say which network addresses may be reached; `trust` is whose certificates are believed.
    """
    body = json.dumps(payload, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Querent",
        "Querent-Delivery": str(payload.get("id", "")),
        "Querent-Timestamp": str(timestamp),
        "Querent-Signature": f"v1={signature(secret, str(timestamp), body)}",
        "Connection": "close",
    }
    try:
        target = target_of(url, ports=ports)
        status = _answer(target, _checked(target, is_allowed), body, headers, trust or ssl.create_default_context())
    except Refused as wrong:
        raise CallFailed(str(wrong)) from wrong
    except ssl.SSLCertVerificationError as wrong:
        raise CallFailed(_("The certificate is not valid for this host.")) from wrong
    except TimeoutError as wrong:
        raise CallFailed(_("No answer within {seconds} seconds.").format(seconds=SECONDS)) from wrong
    except (OSError, http.client.HTTPException) as wrong:
        raise CallFailed(_("The connection failed ({fault}).").format(fault=type(wrong).__name__)) from wrong
    if not 200 <= status <= 299:
        raise CallFailed(_("It answered with {status}.").format(status=status))


def _checked(target: Target, is_allowed: Callable[[str], bool]) -> list[str]:
    """The addresses of the host, all of them allowed. A name that leads to one private address is not called at all."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise CallFailed(_("The host is not found.")) from unknown
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(map(is_allowed, addresses)):
        raise CallFailed(_("The host is not on the public internet."))
    return addresses


class _Pinned(http.client.HTTPSConnection):
    """A connection to the very address that was checked; the name is asked only of the certificate.

    Looking the name up a second time could lead somewhere else by then.
    """

    def __init__(self, target: Target, address: str, trust: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS, context=trust)
        self.address, self.trust = address, trust

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), timeout=SECONDS)
        self.sock = self.trust.wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _answer(target: Target, addresses: list[str], body: bytes, headers: dict[str, str], trust: ssl.SSLContext) -> int:
    """The status with which the host answers at the first address that can be reached. Raises what sockets raise.

    Of the answer no more than status and headers are read.
    """
    with _limited(SECONDS) as limit:
        connection = _connected([limit(_Pinned(target, address, trust)) for address in addresses])
        connection.request("POST", target.path, body=body, headers={"Host": target.named, **headers})
        return connection.getresponse().status


def _connected(candidates: list[_Pinned]) -> _Pinned:
    """The first that can be connected. Nothing has been said to the others, so nothing is said twice."""
    for connection in candidates[:-1]:
        try:
            connection.connect()
        except ssl.SSLError:
            raise
        except OSError:
            connection.close()
        else:
            return connection
    candidates[-1].connect()
    return candidates[-1]


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[Callable[[_Pinned], _Pinned]]:
    """Hang up all connections given to it when the time is over, and raise TimeoutError then.

    A socket's own timeout begins anew with every byte, so it does not stop somebody who drips.
    """
    connections: list[_Pinned] = []
    over = threading.Event()

    def hang_up() -> None:
        over.set()
        for connection in connections:
            connection.hang_up()

    def limit(connection: _Pinned) -> _Pinned:
        connections.append(connection)
        return connection

    watch = threading.Timer(seconds, hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield limit
    except (OSError, http.client.HTTPException) as broken:
        raise (TimeoutError() if over.is_set() else broken) from None
    finally:
        watch.cancel()
        for connection in connections:
            connection.close()
