"""Which pages are printed: readers' pages that are the same bytes for everyone and change with the edition alone."""

from django.urls import Resolver404, resolve

from advice.headers import READING, kind_of

# By name, so that a new page is printed only when somebody has thought about it. Left out are what has a query
# (search, oembed), what changes with the day (security.txt), and what the browser keeps its own rules for (sw.js).
PRINTED = frozenset(
    {
        "home", "episodes", "episodes-page", "episode", "topics", "topic", "topic-page", "season", "season-page",
        "person", "person-page", "verdict", "verdict-page", "about", "privacy", "house-rules", "help-now",
        "your-device", "manifest", "neutral-manifest", "show-sheet", "sitemap", "sitemap-page", "robots", "feeds",
        *(f"{prefix}{name}" for prefix in ("", "safe-") for name in ("feed", "topic-feed", "person-feed")),
        "episode-epub", "topic-epub", "season-epub",
    }
)  # fmt: skip


def is_printed(path: str) -> bool:
    """Whether this address is one of a page that is printed. The slashes have to be right: others are led on."""
    if kind_of(path) is not READING or "//" in path or not path.isascii():
        return False
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.namespace == "reading" and match.url_name in PRINTED
