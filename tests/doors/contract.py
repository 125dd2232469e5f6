"""The headers of every kind of answer, all of them and no other. What is written here is what browsers get."""

from typing import Any

from tests.doors.walking import Door

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), compute-pressure=(), cross-origin-isolated=(), "
        "display-capture=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), "
        "idle-detection=(), interest-cohort=(), keyboard-map=(), local-fonts=(), magnetometer=(), microphone=(), "
        "midi=(), otp-credentials=(), payment=(), private-state-token-issuance=(), "
        "private-state-token-redemption=(), screen-wake-lock=(), serial=(), speaker-selection=(), "
        "storage-access=(), sync-xhr=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; connect-src 'self'"
)
PLAYERS = "frame-src https://www.youtube-nocookie.com https://player.vimeo.com"
WITH_PLAYERS = f"{OWN}; media-src 'self'; manifest-src 'self'; {PLAYERS}"


def _kind(policy: str, cache: str, referrer: str, *, hidden: bool) -> dict[str, str]:
    robots = {"X-Robots-Tag": "noindex, nofollow, noarchive"} if hidden else {}
    return {
        "Content-Security-Policy": policy, "Cache-Control": cache, "Referrer-Policy": referrer, **ALWAYS, **robots,
    }  # fmt: skip


NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
READERS = "public, max-age=0, must-revalidate, s-maxage=1"
KINDS = {
    "ask": _kind(OWN, "no-store", "no-referrer", hidden=True),
    "receipt": _kind(OWN, "no-store", "no-referrer", hidden=True),
    "desk": _kind(OWN, "no-store", "same-origin", hidden=True),
    "guest": _kind(OWN, "no-store", "no-referrer", hidden=True),
    "join": _kind(OWN, "no-store", "no-referrer", hidden=True),
    "preview": _kind(WITH_PLAYERS, "no-store", "no-referrer", hidden=True),
    "sw.js": _kind("default-src 'none'; connect-src 'self'", "no-cache", "same-origin", hidden=True),
    "search": _kind(WITH_PLAYERS, "private, no-store", "no-referrer", hidden=True),
    **{each: _kind(NOTHING, "no-store", "no-referrer", hidden=True) for each in ("healthz", "readyz", "metrics")},
    "": _kind(WITH_PLAYERS, READERS, "same-origin", hidden=False),
}
"""By the first part of the address; whatever is not named is for readers."""

OF_FILES = {"Content-Disposition"}
OF_BOOKS = {"Content-Disposition", "ETag", "Link"}
ON_SUCCESS = {
    "books/": OF_BOOKS,
    "desk/history/history.": OF_FILES,
    "desk/insights/<slug:name>.csv": OF_FILES,
    "episodes/<slug:slug>/episode.epub": OF_BOOKS | {"Last-Modified"},
    "show.css": {"ETag"},
    **{f"feeds/{kind}": {"ETag", "Last-Modified"} for kind in ("episodes", "topics", "people", "safe/")},
}
"""What else an answer has whose address begins so; its value is the answer's own."""

OTHERS_MAY_READ = ("feeds/episodes", "feeds/topics", "feeds/people", "feeds/safe/", "oembed")
"""Feeds and cards are there to be fetched by pages of other sites."""

SENT_IN_PIECES = "desk/history/history."
"""Nobody knows how long the whole history is before it has been read."""

NEVER_KEPT = {"login/", "signup/", "login/code/confirm/", "2fa/authenticate/", "2fa/webauthn/login/"}
"""What django-allauth marks itself, with more words than ours."""


def headers_of(door: Door, response: Any, method: str) -> dict[str, str]:
    """All headers that this answer has to have. Length, type, target and tags are the answer's own."""
    route, status = door.route.lstrip("^"), response.status_code
    first = route.partition("/")[0]
    is_whole = status != 200 or not route.startswith(SENT_IN_PIECES)
    wanted = {"Content-Type", *(("Content-Length",) if is_whole else ())}
    wanted |= {"Location"} if status in (301, 302) else {"Allow"} if status == 405 else set()
    expected = dict(KINDS.get(first, KINDS[""]))
    refused_method = method not in ("GET", "HEAD", "POST")
    if status == 200:
        wanted |= {name for begins, names in ON_SUCCESS.items() if route.startswith(begins) for name in names}
    if route.startswith(OTHERS_MAY_READ) and status != 405:
        expected |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    if route.removeprefix("desk/account/") in NEVER_KEPT and not refused_method:
        wanted.add("Expires")
        expected["Cache-Control"] = "max-age=0, no-cache, no-store, must-revalidate, private"
    if first == "desk" and not refused_method:
        expected["Vary"] = "Cookie"
    if _may_be_packed(route, first, response):
        expected["Vary"] = "Accept-Encoding"
    return expected | {name: response.headers.get(name, "(none)") for name in wanted}


def _may_be_packed(route: str, first: str, response: Any) -> bool:
    """Whether there was a choice to compress: readers' pages that are long enough, and what is watched for."""
    if route == "ask/watched-for.json":
        return bool(response.status_code == 200)
    is_readers = KINDS.get(first, KINDS[""]) in (KINDS[""], KINDS["search"]) and not route.endswith(".epub")
    return is_readers and first != "sw.js" and int(response.headers["Content-Length"]) >= 200
