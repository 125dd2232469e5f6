"""Where links lead from inside a book: into the book where it has the place, else to our pages or to others'."""

import re
from ipaddress import AddressValueError, IPv4Address
from urllib.parse import quote, unquote, urlsplit

from questions.reading.addresses import absolute
from questions.rendering.cleaning import is_allowed_address

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?")
_KEPT = "!$&'()*+,;=:@/?~-._"


def written_out(address: str) -> str:
    """The address as books may carry it, absolute and percent-encoded; an empty string where it cannot be."""
    if address.startswith("/"):
        address = absolute(address)
    if not is_allowed_address(address):
        return ""
    if address.lower().startswith("mailto:"):
        return f"mailto:{_encoded(address[7:])}"
    try:
        parts = urlsplit(address)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if not host or parts.username is not None:
        return ""
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{_encoded(parts.path)}{query}{fragment}"


def _encoded(piece: str) -> str:
    """Every character that an address may not carry as its bytes; what is encoded already stays as it is."""
    return "".join(part if number % 2 else quote(part, safe=_KEPT, errors="replace") for number, part in _split(piece))


def _split(piece: str) -> list[tuple[int, str]]:
    return list(enumerate(re.split("(%[0-9A-Fa-f]{2})", piece)))


def _host(name: str) -> str:
    """The name in the letters of the old net, or nothing where it is none."""
    try:
        host = name.encode("idna").decode() if not name.isascii() else name
        if any(label.startswith("xn--") and not label.encode().decode("idna") for label in host.split(".")):
            return ""
        if host.rstrip(".").rpartition(".")[2].isdigit():
            return str(IPv4Address(host))
    except (UnicodeError, AddressValueError):
        return ""
    return host if _HOST.fullmatch(host) else ""


def anchor_in(address: str) -> str | None:
    """The id that a link within its own page leads to."""
    return unquote(address[1:]) if address.startswith("#") else None
