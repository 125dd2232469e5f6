"""The whole installation as a stranger meets it: odd, slow and huge requests, cookies, and where its keys are."""

import gzip
import os
import re
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests import cast
from tests.drills.site import NAME, NGINX, Site
from tests.drills.visitors import Host, Visitor

HOST = f"Host: {NAME}\r\n".encode()
SLOW = 120
"""Visitors who take all the time in the world, on two workers with four threads each."""


def line(target: bytes, *headers: bytes, host: bytes = HOST, method: bytes = b"GET") -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\n" + host + b"".join(each + b"\r\n" for each in headers) + b"\r\n"


ODD = {
    "no host": line(b"/help-now/", host=b""),
    "two hosts": line(b"/help-now/", b"Host: evil.example"),
    "another host": line(b"/help-now/", host=b"Host: evil.example\r\n"),
    "host and another": line(b"/help-now/", host=f"Host: {NAME}@evil.example\r\n".encode()),
    "host with a gap": line(b"/help-now/", host=f"Host: {NAME} evil.example\r\n".encode()),
    "a NUL": line(b"/help-now/\0"),
    "a gap in the address": line(b"/help now/"),
    "above the root": line(b"/static/../../../../../etc/passwd"),
    "above the root, escaped": line(b"/static/%2e%2e/%2e%2e/%2e%2e/home/querent.sqlite3"),
    "above the root, slashes escaped": line(b"/static/..%2f..%2f..%2fhome%2fquerent.sqlite3"),
    "above static": line(b"/static/..%5c..%5chome"),
    "the desk in capitals": line(b"/DESK/"),
    "the desk after two slashes": line(b"//desk/"),
    "the desk by a detour": line(b"/ask/../desk/"),
    "the desk by an escaped detour": line(b"/ask/%2e%2e/desk/"),
    "the desk with a parameter": line(b"/desk;x=1/"),
    "a tunnel": line(NAME.encode() + b":443", method=b"CONNECT"),
    "the server itself": line(b"*", method=b"OPTIONS"),
    "an echo": line(b"/help-now/", b"X: secret", method=b"TRACE"),
    "a method of five thousand letters": line(b"/help-now/", method=b"A" * 5000),
    "a method that is markup": line(b"/help-now/", method=b"<b>"),
    "two thousand headers": line(b"/help-now/", *(b"X-%d: y" % number for number in range(2000))),
    "a header with a NUL": line(b"/help-now/", b"X: a\0b"),
    "a header without a name": line(b"/help-now/", b": x"),
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"A" * 200 + b"\r\n\r\n",
    "nothing": b"\r\n\r\n",
}


def test_what_is_odd_is_refused_and_says_nothing(site: Site, way: str) -> None:
    stranger, secrets = (
        Visitor(site, way, address="198.51.100.66"),
        [*site.keys.values(), "SQLite format 3", "root:x:0"],
    )
    let_in = {}
    for name, sent in ODD.items():
        heard = stranger.says(sent.replace(HOST, HOST + b"X-Forwarded-Proto: https\r\n") if way == "granian" else sent)
        statuses = {int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", heard)}
        if not statuses <= {301, 302, 400, 404, 405, 414, 431} or b"secret" in heard or b"Traceback" in heard:
            let_in[name] = heard[:200]
        assert not any(secret.encode() in heard for secret in secrets), name
    assert let_in == {}


def test_a_line_or_header_of_any_length_is_answered_or_refused(site: Site, way: str) -> None:
    stranger = Visitor(site, way, address="198.51.100.66")
    for size in (100, 7_000, 9_000, 40_000, 200_000):
        for target, headers in ((f"/help-now/?{'a' * size}", {}), ("/help-now/", {"X-Long": "a" * size})):
            with suppress(OSError):
                assert stranger.send("GET", target, headers=headers).status_code in (200, 400, 414, 431)
    assert stranger.get("/help-now/").status_code == 200


# What is large, or becomes large


def memory(site: Site) -> int:
    """Bytes of memory that the server's processes have taken, all together."""
    pages = [Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in site.every_process()]
    return sum(map(int, pages)) * os.sysconf("SC_PAGE_SIZE")


def bombs() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """Bodies that are small on the way and large when somebody unpacks them, and ones that are large at once."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    packed = gzip.compress(b"text=" + b"a" * 500_000_000)
    yield "packed", packed, form | {"Content-Encoding": "gzip"}
    yield "packed twice", gzip.compress(packed), form | {"Content-Encoding": "gzip, gzip"}
    yield "deflated", packed, form | {"Content-Encoding": "deflate"}
    yield "900,000 fields", b"&" * 900_000, form
    yield "one name", b"text=" + b"%41" * 300_000, form
    yield "too long", b"text=" + b"a" * 20_000_000, form
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n\r\n' % n for n in range(15_000))
    yield "15,000 parts", parts + b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}
    for kind, content in FILES.items():
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../%s"\r\n\r\n' % kind.encode()
        yield kind, head + content + b"\r\n--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}


FILES = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "both.gif.html": b"GIF89a/*<script>*/=1;alert(1)//</script>",
    "bomb.zip": gzip.compress(b"\0" * 50_000_000),
    "large.bin": b"\0" * 900_000,
    "very-large.bin": b"\0" * 30_000_000,
}


@pytest.mark.parametrize("path", ["/ask/", "/receipt/", "/desk/account/login/"])
def test_no_body_fills_the_memory_or_a_disk(site: Site, way: str, path: str) -> None:
    stranger = Visitor(site, way, address="198.51.100.66")
    before, files = memory(site), everything_in(site)
    for name, body, headers in bombs():
        with suppress(OSError):
            assert stranger.send("POST", path, body, headers).status_code in (200, 400, 403, 413, 422), name
    assert memory(site) - before < 250_000_000
    assert everything_in(site) == files
    assert stranger.get("/help-now/").status_code == 200


def everything_in(site: Site) -> set[str]:
    """Every file of the installation, but for what the database itself writes."""
    found = (path for place in (site.home, site.temp, site.spill) for path in place.rglob("*") if path.is_file())
    return {str(path) for path in found if "querent.sqlite3" not in path.name and "press" not in path.parts}


def test_nobody_sends_us_a_file() -> None:
    """There is no page that takes one: what is imported lies on the operator's machine already."""
    root = Path(__file__).parents[2]
    code = [path.read_text() for path in (root / "questions").rglob("*.py")]
    pages = [path.read_text() for path in (root / "templates").rglob("*.html")]
    assert not any("request.FILES" in text or "FileField" in text or "ImageField" in text for text in code)
    assert not any('type="file"' in text or "multipart/form-data" in text for text in pages)


# Those who take their time


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
@pytest.mark.parametrize("part", ["headers", "body"])
def test_those_who_dawdle_keep_nobody_waiting(site: Site, part: str) -> None:
    begun = {
        "headers": b"GET /ask/ HTTP/1.1\r\n" + HOST + b"X-A: ",
        "body": b"POST /ask/ HTTP/1.1\r\n" + HOST + b"Content-Length: 900000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=",
    }[part]
    with ExitStack() as open_lines:
        lines = []
        for _number in range(SLOW):
            dawdler = Visitor(site, "nginx", address="198.51.100.66").connection()
            dawdler.connect()
            open_lines.callback(dawdler.close)
            dawdler.sock.sendall(begun)
            lines.append(dawdler.sock)
        for number in range(20):
            for each in lines:
                with suppress(OSError):
                    each.sendall(b"a")
            other = Visitor(site, "nginx", address=f"198.{18 + (part == 'body')}.{number}.9")
            assert other.get("/ask/").status_code == 200
            assert other.post("/receipt/", {"code": "nothing like it"}).status_code == 422
            time.sleep(0.1)


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
def test_those_who_say_nothing_are_shown_out(site: Site) -> None:
    """A line on which nothing more comes is closed after a while that a phone with a poor connection can keep."""
    silent = [Visitor(site, "nginx", address="198.51.100.66").connection() for _number in range(3)]
    begun = (b"GET /ask/ HT", b"GET /ask/ HTTP/1.1\r\nHost: ", b"")
    for each, said in zip(silent, begun, strict=True):
        each.connect()
        each.sock.sendall(said)
        each.sock.settimeout(40)
    for each in silent:
        with suppress(ConnectionError):
            assert each.sock.recv(1) in (b"", b"H"), "closed, or told that it took too long"
        each.close()


# What hosts' browsers are given, and what nobody is


def test_cookies_are_for_the_desk_alone_and_for_nobody_s_script(site: Site, way: str) -> None:
    visitor = Visitor(site, way, address="192.0.2.44", Referer=f"https://{NAME}/desk/")
    shown = visitor.get("/desk/account/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', shown.content)
    assert token
    cookies = shown.headers.get_all("Set-Cookie", [])
    given = {"csrfmiddlewaretoken": token[1].decode(), "login": "noor", "password": cast.PASSWORD}
    answer = visitor.post("/desk/account/login/", given, {"Cookie": cookies[0].partition(";")[0]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    flags = {}
    for cookie in [*cookies, *answer.headers.get_all("Set-Cookie", [])]:
        name, *attributes = re.sub(r" expires=[^;]+;", "", cookie, flags=re.IGNORECASE).split("; ")
        flags[name.partition("=")[0]] = sorted(attributes)
    assert flags == {
        "querent_desk": ["HttpOnly", "Path=/desk/", "SameSite=Lax", "Secure"],
        "querent_desk_csrf": ["HttpOnly", "Max-Age=31449600", "Path=/desk/", "SameSite=Lax", "Secure"],
    }
    assert Visitor(site, way, address="192.0.2.45").get("/").headers.get_all("Set-Cookie") is None


def test_no_key_is_in_a_list_of_processes_a_log_or_an_error(site: Site, host: Host) -> None:
    secrets = [key.encode() for value in site.keys.values() for key in value.split(",")]
    for pid in site.every_process():
        assert not any(secret in Path(f"/proc/{pid}/cmdline").read_bytes() for secret in secrets)
        mode = Path(f"/proc/{pid}/environ").stat().st_mode
        assert stat.S_IMODE(mode) == 0o400
    with site.database.broken():
        paths = ("/", "/ask/", "/desk/", "/desk/account/login/", "/search/?q=x")
        told = [Visitor(site, way, address="192.0.2.45").get(path).content for way in site.ways for path in paths]
    logs = [path.read_bytes() for path in site.logs.iterdir()]
    assert not any(secret in text for secret in secrets for text in [*told, *logs])
    assert host.visitor.get("/desk/").status_code == 200


def test_nobody_else_on_the_machine_reads_the_environment_or_the_memory(site: Site) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT DRILLED: only root can become somebody else")
    pid = site.workers()[0]
    for name in ("environ", "mem", "maps", "fd/0"):
        other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", f"/proc/{pid}/{name}"]
        assert subprocess.run(other, capture_output=True).returncode != 0, name
    with socket.socket(socket.AF_UNIX):
        assert stat.S_IMODE(site.socket.stat().st_mode) == 0o660
