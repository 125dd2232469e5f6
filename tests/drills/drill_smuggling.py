"""Requests whose end two servers could see in different places: none is smuggled in, and nobody else's answer touched.

Each is sent as bare bytes with another request hidden in it. The shipped nginx refuses what is ambiguous, and sends one
request on each connection to the server behind it. The same is tried at the server's own socket, which only nginx may
open.
"""

import re
from typing import NamedTuple

import pytest

from tests.drills.site import NAME, NGINX, Site
from tests.drills.visitors import Visitor

HOST = f"Host: {NAME}\r\n".encode()
HIDDEN = b"GET /receipt/lost HTTP/1.1\r\n" + HOST + b"\r\n"
"""It is answered with 301, which nothing else here is."""
FORM = b"Content-Type: application/x-www-form-urlencoded"
CHUNKED = b"Transfer-Encoding: chunked"
END = b"0\r\n\r\n"

REFUSED = ("400",), ("411",), ("501",), ("405",)
"""One answer that says no. Which of them nginx chooses is its version's matter."""
ONE = (("200",),)
IN_TURN = (("200", "301"),)
"""Both requests were honest: they are answered one after the other."""
REFUSED_THEN_TURN = (*REFUSED, ("411", "301"))
"""The first is refused, its end is beyond doubt, and what follows is a request like any other."""


class Trick(NamedTuple):
    """The bytes, and what nginx and the server may say to them."""

    sent: bytes
    nginx: tuple[tuple[str, ...], ...]
    granian: tuple[tuple[str, ...], ...]


def post(*headers: bytes, body: bytes = b"") -> bytes:
    return b"POST /ask/ HTTP/1.1\r\n" + HOST + b"\r\n".join((FORM, *headers)) + b"\r\n\r\n" + body


def get(*headers: bytes, body: bytes = b"") -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"GET /help-now/ HTTP/1.1\r\n" + HOST + lines + b"\r\n" + body


def length(number: int) -> bytes:
    return b"Content-Length: %d" % number


LONG = length(len(END + HIDDEN))
IN_A_CHUNK = b"%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n" + END
STEP = b"5\r\nstep=\r\n" + END

TRICKS = {
    # Two lengths: chunks and a number.
    "CL.TE": Trick(post(LONG, CHUNKED, body=END + HIDDEN), REFUSED, ONE),
    "TE.CL": Trick(post(CHUNKED, length(4), body=IN_A_CHUNK), REFUSED, ONE),
    # Chunks that only one of two recognises.
    "TE twice": Trick(post(LONG, CHUNKED, b"Transfer-Encoding: identity", body=END + HIDDEN), REFUSED, REFUSED),
    "TE identity": Trick(post(length(5), b"Transfer-Encoding: identity", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "TE unknown": Trick(post(LONG, b"Transfer-Encoding: xchunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE list": Trick(post(LONG, b"Transfer-Encoding: gzip, chunked", body=END + HIDDEN), REFUSED, ONE),
    "TE tab": Trick(post(LONG, b"Transfer-Encoding:\tchunked", body=END + HIDDEN), REFUSED, ONE),
    "TE vertical tab": Trick(post(LONG, b"Transfer-Encoding: \x0bchunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE quoted": Trick(post(LONG, b'Transfer-Encoding: "chunked"', body=END + HIDDEN), REFUSED, REFUSED),
    "TE capitals": Trick(post(LONG, b"tRANSFER-eNCODING: CHUNKED", body=END + HIDDEN), REFUSED, ONE),
    "TE empty": Trick(post(length(5), b"Transfer-Encoding:", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "TE, space before colon": Trick(post(LONG, b"Transfer-Encoding : chunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE folded": Trick(post(LONG, b"Transfer-Encoding:\r\n chunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE in a fold": Trick(post(LONG, b"X: y\r\n Transfer-Encoding: chunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE after a bare LF": Trick(post(LONG, b"X: y\nTransfer-Encoding: chunked", body=END + HIDDEN), REFUSED, ONE),
    "TE after a bare CR": Trick(post(LONG, b"X: y\rTransfer-Encoding: chunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE after a NUL": Trick(post(LONG, b"X: \0\r\nTransfer-Encoding: chunked", body=END + HIDDEN), REFUSED, REFUSED),
    "TE in nginx's own letters": Trick(post(LONG, b"Transfer_Encoding: chunked", body=END + HIDDEN), ONE, ONE),
    # Two numbers, or one that two read differently.
    "CL twice": Trick(post(length(5), LONG, body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL twice alike": Trick(post(length(5), length(5), body=b"step=" + HIDDEN), REFUSED, IN_TURN),
    "CL list": Trick(post(b"Content-Length: 5, 80", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL plus": Trick(post(b"Content-Length: +5", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL minus": Trick(post(b"Content-Length: -1", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL hexadecimal": Trick(post(b"Content-Length: 0x5", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL folded": Trick(post(b"Content-Length:\r\n 5", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL beyond numbers": Trick(post(b"Content-Length: 99999999999999999999", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "CL, space before the colon": Trick(post(b"Content-Length : 5", body=b"step=" + HIDDEN), REFUSED, REFUSED),
    "a body on GET": Trick(get(length(len(HIDDEN)), body=HIDDEN), ONE, ONE),
    # Chunks that are none.
    "chunk with more to say": Trick(
        post(CHUNKED, body=STEP.replace(b"5\r", b"5;a=b\r") + HIDDEN), REFUSED_THEN_TURN, IN_TURN
    ),
    "chunk with half a line end": Trick(
        post(CHUNKED, body=STEP.replace(b"5\r", b"5;") + HIDDEN), REFUSED_THEN_TURN, ONE
    ),
    "chunk of less than nothing": Trick(post(CHUNKED, body=b"-" + STEP + HIDDEN), REFUSED, ONE),
    "chunk beyond numbers": Trick(post(CHUNKED, body=b"f" * 17 + STEP + HIDDEN), REFUSED, ONE),
    # Honest ones, and ones that ask for another language.
    "pipelined": Trick(get(body=HIDDEN), IN_TURN, IN_TURN),
    "h2c": Trick(get(b"Upgrade: h2c", b"Connection: Upgrade, HTTP2-Settings", b"HTTP2-Settings: AAMAAABk", body=HIDDEN),
                 IN_TURN, IN_TURN),
    "websocket": Trick(get(b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13",
                           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", body=HIDDEN), IN_TURN, IN_TURN),
}  # fmt: skip


def answers_to(visitor: Visitor, sent: bytes) -> tuple[str, ...]:
    """The statuses that came back, in their order."""
    if visitor.way == "granian":
        sent = sent.replace(HOST, HOST + b"X-Forwarded-Proto: https\r\n", 1)
    heard = visitor.says(sent)
    return tuple(status.decode() for status in re.findall(rb"HTTP/1\.[01] (\d{3})", heard))


def test_nothing_is_smuggled_in_and_nobody_else_is_given_its_answer(site: Site, way: str) -> None:
    attacker, other = Visitor(site, way, address="198.51.100.66"), Visitor(site, way, address="198.51.100.7")
    own_page = other.get("/help-now/").content
    assert b"</html>" in own_page
    wrong = {}
    for name, trick in TRICKS.items():
        said = answers_to(attacker, trick.sent)
        allowed = trick.nginx if way == "nginx" else trick.granian
        if said not in allowed:
            wrong[name] = said
        for _again in range(3):
            answer = other.get("/help-now/")
            assert (answer.status_code, answer.content) == (200, own_page), name
    assert wrong == {}


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
def test_the_server_gets_one_request_on_each_connection_from_nginx(site: Site) -> None:
    """Where nothing follows on a line, nothing can be hidden behind what came before."""
    shipped = (site.folder / "querent.conf").read_text()
    assert 'proxy_set_header Connection "";' in shipped
    assert not re.search(r"^\s*keepalive\s", shipped, re.MULTILINE)
