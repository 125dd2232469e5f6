"""The two video players a page may load once its reader has pressed play.

An address is recognised by its exact form or not at all, and the frame's address is put together here
from the video's number alone: nothing else of what was pasted reaches the page.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

PLAYER_HOSTS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")

_YOUTUBE_HOSTS = frozenset(
    {
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    }
)
_PRINTABLE = re.compile(r"[!-~]{1,500}")
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([A-Za-z0-9_-]{11})/?")
_YOUTUBE_SHORT_PATH = re.compile(r"/([A-Za-z0-9_-]{11})/?")
_VIMEO_ID = r"([0-9]{6,12})"
_VIMEO_HASH = r"(?:/([0-9a-f]{8,16}))?/?"
_VIMEO_PATH = re.compile(
    rf"/(?:(?:channels/[A-Za-z0-9_-]+|groups/[A-Za-z0-9_-]+/videos|album/[0-9]+/video|"
    rf"showcase/[0-9]+/video)/)?{_VIMEO_ID}{_VIMEO_HASH}"
)
_VIMEO_PLAYER_PATH = re.compile(rf"/video/{_VIMEO_ID}/?")
_VIMEO_HASH_VALUE = re.compile(r"[0-9a-f]{8,16}")


@dataclass(frozen=True)
class Player:
    """A video that can play inside the page: who serves it, its own page, and the frame's address."""

    provider: str
    page_address: str
    frame_address: str

    @property
    def embed_address(self) -> str:
        """The frame's address for those who do not press our button: it does not play by itself."""
        return self.frame_address.removesuffix("autoplay=1").rstrip("?&")


def player_for(address: str) -> Player | None:
    """The player of a YouTube or Vimeo link, or None for every other address."""
    address = address.strip()
    # Browsers drop tabs and line breaks inside addresses and read "\" as "/"; an address with any is refused.
    if not _PRINTABLE.fullmatch(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query, max_num_fields=30)
    except ValueError:
        return None
    if parts.scheme != "https":
        return None
    # Compared whole, so that an address with a user name or a port is never taken for the real host.
    host = parts.netloc.lower()
    if host == "youtu.be":
        return _youtube(_first_group(_YOUTUBE_SHORT_PATH, parts.path))
    if host in _YOUTUBE_HOSTS:
        if parts.path in ("/watch", "/watch/"):
            return _youtube(_only_value(query, "v", _YOUTUBE_ID))
        return _youtube(_first_group(_YOUTUBE_PATH, parts.path))
    if host in ("vimeo.com", "www.vimeo.com") and (found := _VIMEO_PATH.fullmatch(parts.path)):
        return _vimeo(found[1], found[2] or _only_value(query, "h", _VIMEO_HASH_VALUE))
    if host == "player.vimeo.com" and (found := _VIMEO_PLAYER_PATH.fullmatch(parts.path)):
        return _vimeo(found[1], _only_value(query, "h", _VIMEO_HASH_VALUE))
    return None


def _first_group(pattern: re.Pattern[str], path: str) -> str | None:
    found = pattern.fullmatch(path)
    return found[1] if found else None


def _only_value(query: dict[str, list[str]], name: str, pattern: re.Pattern[str]) -> str | None:
    values = query.get(name, [])
    return values[0] if len(values) == 1 and pattern.fullmatch(values[0]) else None


def _youtube(number: str | None) -> Player | None:
    if number is None:
        return None
    return Player(
        "YouTube",
        f"https://www.youtube.com/watch?v={number}",
        f"https://www.youtube-nocookie.com/embed/{number}?autoplay=1",
    )


def _vimeo(number: str, key: str | None) -> Player:
    """The player of a Vimeo video; `key` is the second half of an unlisted video's address."""
    page, frame = f"https://vimeo.com/{number}", f"https://player.vimeo.com/video/{number}?"
    if key:
        page, frame = f"{page}/{key}", f"{frame}h={key}&"
    return Player("Vimeo", page, f"{frame}dnt=1&autoplay=1")
