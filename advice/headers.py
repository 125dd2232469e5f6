"""The response headers of each kind of page.

What a view has set itself stands. Django's own middleware adds the rest: no sniffing of content types, no
framing, HTTPS only, and an opener policy.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponseBase

PLAYERS = "https://www.youtube-nocookie.com https://player.vimeo.com"

# No 'unsafe-inline', no nonce, no data: address anywhere, so that a page is the same bytes for everyone.
BASE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Kind(NamedTuple):
    """How the answers of one part of the site may be used. `name` is what they are counted under, if they are."""

    name: str
    content_security_policy: str
    cache_control: str
    referrer_policy: str
    indexed: bool


ASKING = Kind("asking", f"{BASE_POLICY}; connect-src 'self'", "no-store", "no-referrer", indexed=False)
# That somebody came back to look leaves no trace, also not in a count.
RECEIPT = ASKING._replace(name="")
DESK = Kind("desk", f"{BASE_POLICY}; connect-src 'self'", "no-store", "same-origin", indexed=False)
# A page of readers may ask its own site: what judges pages fetches robots.txt from within them.
READING = Kind(
    "reading",
    f"{BASE_POLICY}; connect-src 'self'; media-src 'self'; manifest-src 'self'; frame-src {PLAYERS}",
    # Browsers ask each time whether it is still right; what stands between may hand it out for a second, so that
    # nobody has to tell it what to drop.
    "public, max-age=0, must-revalidate, s-maxage=1",
    "same-origin",
    indexed=True,
)
# A preview looks like the page it will become, and is nobody else's business until then. Its address is a credential.
PREVIEW = READING._replace(name="preview", cache_control="no-store", referrer_policy="no-referrer", indexed=False)
# So is a guest's, and that of an invitation.
GUEST = DESK._replace(name="guest", referrer_policy="no-referrer")

# The worker that keeps pages for readers without a network: it fetches from here and does nothing else.
WORKER = Kind("worker", "default-src 'none'; connect-src 'self'", "no-cache", "same-origin", indexed=False)

# What somebody looks for may be their most private worry, and it stands in the address.
SEARCH = READING._replace(
    name="search", cache_control="private, no-store", referrer_policy="no-referrer", indexed=False
)

# How the server is, for whoever runs it.
OPERATING = Kind(
    "operating", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", "no-store",
    "no-referrer", indexed=False,
)  # fmt: skip

KIND_BY_FIRST_PART = {
    "ask": ASKING,
    "receipt": RECEIPT,
    "desk": DESK,
    "guest": GUEST,
    "join": GUEST,
    "preview": PREVIEW,
    "sw.js": WORKER,
    "search": SEARCH,
    "healthz": OPERATING,
    "readyz": OPERATING,
    "metrics": OPERATING,
}

COUNTED = tuple(dict.fromkeys(kind.name for kind in (READING, *KIND_BY_FIRST_PART.values()) if kind.name))
"""The names under which requests are counted."""
COUNTED_BY_DAY = frozenset({ASKING.name})
"""Those of which nobody may learn more than the day: a count that moves would tell when somebody asked."""

# Left to the browser's own rule, since pages or players use them: autoplay, clipboard-write, encrypted-media,
# fullscreen, picture-in-picture, publickey-credentials-create and -get, web-share.
REFUSED_FEATURES = (
    "accelerometer, browsing-topics, camera, compute-pressure, cross-origin-isolated, display-capture, gamepad, "
    "geolocation, gyroscope, hid, "
    "identity-credentials-get, idle-detection, interest-cohort, keyboard-map, local-fonts, magnetometer, "
    "microphone, midi, otp-credentials, payment, private-state-token-issuance, "
    "private-state-token-redemption, screen-wake-lock, serial, speaker-selection, storage-access, sync-xhr, "
    "unload, usb, window-management, xr-spatial-tracking"
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES.split(", "))


def kind_of(path: str) -> Kind:
    """The kind of page an address leads to; whatever is not listed is for readers."""
    return KIND_BY_FIRST_PART.get(path.lstrip("/").partition("/")[0], READING)


def headers_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give each answer the headers of its kind of page."""

    def add_headers(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        kind = kind_of(request.path_info)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", kind.content_security_policy)
        headers.setdefault("Cache-Control", kind.cache_control)
        headers.setdefault("Referrer-Policy", kind.referrer_policy)
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not kind.indexed:
            headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        return response

    return add_headers
