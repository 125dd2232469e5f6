"""Limits that do not remember who.

An address is cut down to its network and counted under a digest. The key of that digest lives in this process's memory
only and is thrown away with all counts when a window ends, so nobody, not even we, can tell whether a network of this
window was there in the last. Each worker process counts for itself: with two workers a limit lies between once and
twice its figure. That is accepted, since the alternative is a place outside the process where addresses would lie.

Whoever has no network of their own is not counted: behind a Tor onion service, on the machine itself, on a local
network. So a proxy that nobody has told us of shuts nobody out; it only leaves the limits without effect.
"""

import hashlib
import hmac
import ipaddress
import math
import secrets
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest

WINDOW_SECONDS = 600
MOST_SOURCES = 50_000
"""How many networks one throttle counts at most in a window, about 7 MB. Whoever comes after them is not counted."""

# A show's question after an episode comes from thousands of networks; a campus behind one address sends dozens.
HELD_BEYOND = 90
"""Questions of one network in a window; more of them are held for a host."""
HELD_BEYOND_WITHOUT_PROOF = 10
"""As above, for questions without the work done, where a show asks for it."""
REFUSED_BEYOND = 600
"""Questions of one network in a window; more of them are asked to wait."""
REPORTS_REFUSED_BEYOND = 30
"""Reports about episodes of one network in a window; more of them are asked to wait. Nothing can be held there."""
MOST_WRONG_CODES = 30
"""Codes that lead nowhere, from one network in a window; then all codes are asked to wait. So are made-up links."""

# Loopback, local and carriers' own networks: what stands there is a proxy, a neighbour or an onion service.
NOBODYS = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "::/127", "fc00::/7", "fe80::/10",
    )
]  # fmt: skip


class Throttle:
    """Counts how often each source came in this window, and forgets everything when the window ends."""

    def __init__(self, *, window: float = WINDOW_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.window, self.clock = window, clock
        self._lock = threading.Lock()
        self._begin()

    def count(self, source: bytes | None) -> int:
        """One more from this source: how many that makes in this window. 0 for a source that is not counted."""
        if source is None:
            return 0
        with self._lock:
            self._forget_if_over()
            name = self._name(source)
            if name not in self._counts and len(self._counts) >= MOST_SOURCES:
                return 0
            self._counts[name] = self._counts.get(name, 0) + 1
            return self._counts[name]

    def seen(self, source: bytes | None) -> int:
        """How often this source was counted in this window."""
        if source is None:
            return 0
        with self._lock:
            self._forget_if_over()
            return self._counts.get(self._name(source), 0)

    def pseudonym(self, source: bytes) -> str:
        """A name for the source that holds for this window only and leads back to nobody."""
        with self._lock:
            self._forget_if_over()
            return self._name(source).hex()

    def seconds_left(self) -> int:
        """Whole seconds until this window ends, at least one."""
        return max(1, math.ceil(self._ends_at - self.clock()))

    def forget_if_over(self) -> None:
        """Forget a window that has ended."""
        with self._lock:
            self._forget_if_over()

    def _forget_if_over(self) -> None:
        if self.clock() >= self._ends_at:
            self._begin()

    def _begin(self) -> None:
        self._key = secrets.token_bytes(32)
        self._counts: dict[bytes, int] = {}
        self._ends_at = self.clock() + self.window

    def _name(self, source: bytes) -> bytes:
        return hmac.new(self._key, source, hashlib.sha256).digest()[:16]


# Each has its own key, so that nobody can tell either whether an asker's network is also a host's.
QUESTIONS = Throttle()
REPORTS = Throttle()
WRONG_CODES = Throttle()
PROOFS = Throttle()
SIGN_IN = Throttle()
WRONG_LINKS = Throttle()


def forget_ended_windows() -> None:
    """Forget them also when nobody comes any more; each worker's clock calls this every five minutes."""
    for limit in (QUESTIONS, REPORTS, WRONG_CODES, PROOFS, SIGN_IN, WRONG_LINKS):
        limit.forget_if_over()


def network_of(request: HttpRequest) -> bytes | None:
    """The network a request comes from, or None when it has none of its own. It must not outlive the request.

    With QUERENT_TRUSTED_PROXY=1 the proxy's word is believed: the last entry of X-Forwarded-For, which it appends.
    What stands before it, and the header without a proxy, anybody can invent.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        address = forwarded.rpartition(",")[2]
    return network(address.strip())


def network(address: str) -> bytes | None:
    """The /24 of an IPv4 address or the /64 of an IPv6 address, packed; None for all that is nobody's, or nothing."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if any(found in nobodys for nobodys in NOBODYS):
        return None
    return found.packed[:3] if found.version == 4 else found.packed[:8]
