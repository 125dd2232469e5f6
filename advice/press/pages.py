"""A page as it is handed out: its bytes in one coding, its headers, and what a browser that has it is told."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern

import brotli

from questions.mirror import Generation

Headers = list[tuple[str, str]]

CODINGS = ("br", "gzip", "identity")
"""The smallest first."""

# Lowest that nginx takes for a time: 31 bits of the hash, as every file system can hold.
_HASH_BITS = 31
# 11 takes two and a half times as long for three per cent less; the window is as large as pages are.
_BROTLI = {"quality": 10, "lgwin": 18}
_OF_THE_BODY = {"content-length", "content-encoding", "content-type"}
_PACKED = ("text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml",
           "application/feed+json", "application/manifest+json", "image/svg+xml")  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One printed page in one coding. `headers` are all that it is sent with."""

    generation: Generation
    headers: Headers
    body: bytes
    etag: str
    modified: str = ""

    def is_known_to(self, environ: Mapping[str, str]) -> bool:
        """Whether the browser says that it has these very bytes."""
        if (named := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            tags = (tag.strip().removeprefix("W/") for tag in named.split(","))
            return any(tag in (self.etag, "*") for tag in tags)
        # Programs that read feeds send back what they were told, letter for letter.
        return bool(self.modified) and environ.get("HTTP_IF_MODIFIED_SINCE") == self.modified

    @property
    def headers_if_known(self) -> Headers:
        """What goes with 304: nothing that describes a body."""
        return [
            pair for pair in self.headers if not pair[0].lower().startswith("content-") or "policy" in pair[0].lower()
        ]


def hash_of(body: bytes) -> int:
    """A positive number of 31 bits that stands for these bytes."""
    number = int.from_bytes(blake2b(body, digest_size=8).digest()) >> (64 - _HASH_BITS)
    return number or 1


def etag_of(body: bytes) -> str:
    """The entity tag: hash and length of the bytes, and so no mark on a reader.

    nginx makes the same of a file whose time is that hash, so that it does not matter who hands a page out.
    """
    return f'"{hash_of(body):x}-{len(body):x}"'


def in_every_coding(body: bytes, content_type: str) -> dict[str, bytes]:
    """The body in each of CODINGS that makes it smaller, and as it is."""
    codings = {"identity": body}
    if content_type.startswith(_PACKED):
        codings["gzip"] = gzip.compress(body, 9, mtime=0)
        codings["br"] = brotli.compress(body, **_BROTLI)
    return {coding: packed for coding, packed in codings.items() if coding == "identity" or len(packed) < len(body)}


def coded_page(
    generation: Generation, headers: Sequence[tuple[str, str]], body: bytes, coding: str, *, varies: bool
) -> Page:
    """The page with the headers of one coding; `varies` says whether there are others."""
    etag = etag_of(body)
    own = [("Content-Length", str(len(body))), ("ETag", etag)]
    own += [("Content-Encoding", coding)] if coding != "identity" else []
    own += [("Vary", "Accept-Encoding")] if varies else []
    replaced = {"content-length", "content-encoding", "etag", "vary"}
    # Most headers are those of every page: one string for all of them, where each page would have 2 KB of its own.
    kept = [(intern(name), intern(value)) for name, value in headers if name.lower() not in replaced]
    modified = next((value for name, value in kept if name.lower() == "last-modified"), "")
    return Page(generation, kept + own, body, etag, modified)


def coding_for(accepted: str) -> str:
    """The coding that a browser with this Accept-Encoding wants most, the smallest of several (RFC 9110, 12.5.3)."""
    weights = {name: weight for name, weight in map(_weighed, accepted.lower().split(",")) if name}
    others = weights.get("*", 0.0)
    # What is not packed is always welcome, though least, unless it was refused.
    weights = {"identity": others or 0.0001 * ("*" not in weights), **weights}
    weights["gzip"] = max(weights.get("gzip", others), weights.get("x-gzip", 0.0))
    best = max(CODINGS, key=lambda coding: weights.get(coding, others))
    return best if weights.get(best, others) else "identity"


def _weighed(item: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in item.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, min(1.0, max(0.0, float(value)))
            except ValueError:
                return name, 0.0
    return name, 1.0
