"""Who visits a drill's installation, over a real connection: through nginx, or straight at the server."""

import copy
import http.client
import re
import socket
import time
import uuid
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode

from questions.asking.sending import TOO_FAST_SECONDS
from tests import cast
from tests.asking.asker import Asker
from tests.drills.site import NAME, Site


@dataclass(frozen=True)
class Answer:
    """Named as Django's own test client names it, so that an `Asker` can read it."""

    status_code: int
    headers: Message
    content: bytes


class _OnSocket(http.client.HTTPConnection):
    """A connection to the server's own socket, as nginx makes one."""

    def __init__(self, path: str) -> None:
        super().__init__(NAME, timeout=60)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Visitor:
    """Somebody at an address of the internet. No cookie is kept unless `keeps_cookies`."""

    def __init__(self, site: Site, way: str, *, address: str, keeps_cookies: bool = False, **headers: str) -> None:
        self.site, self.way, self.keeps_cookies = site, way, keeps_cookies
        self.headers = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
        # nginx makes this of the address that it sees; for the drill it sees what the first header says.
        claimed = {"X-Drill-Address": address} if way == "nginx" else {"X-Forwarded-For": address}
        self.headers = {**self.headers, **claimed}
        if way in ("granian", "direct"):
            self.headers["X-Forwarded-Proto"] = "https"
        self.cookies: dict[str, str] = {}

    def connection(self) -> http.client.HTTPConnection:
        if self.way == "granian":
            return _OnSocket(str(self.site.socket))
        if self.way == "direct":
            # One of several servers, at its address.
            return http.client.HTTPConnection(self.site.listens, timeout=60)
        if self.way == "clear":
            return http.client.HTTPConnection("127.0.0.1", self.site.http, timeout=60)
        return http.client.HTTPSConnection("127.0.0.1", self.site.https, context=self.site.tls, timeout=60)

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        line = self.connection()
        try:
            line.request(method, path, body, {**self.headers, **(cookies if self.cookies else {}), **(headers or {})})
            reply = line.getresponse()
            answer = Answer(reply.status, reply.headers, reply.read())
        finally:
            line.close()
        if self.keeps_cookies:
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
        return answer

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, fields: dict[str, Any], headers: dict[str, str] | None = None) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields, doseq=True), {**form, **(headers or {})})

    def post_multipart(self, path: str, fields: dict[str, str], *, file: bytes = b"") -> Answer:
        mark = uuid.uuid4().hex
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}' for name, text in fields.items()]
        body = b"".join(f"--{mark}\r\n{part}\r\n".encode() for part in parts)
        if file:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
            body += head.encode() + file + b"\r\n"
        return self.send(
            "POST", path, body + f"--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"}
        )

    def says(self, *parts: bytes, patience: float = 1) -> bytes:
        """Send these very bytes, taking one's time between them, and listen until the other side has no more to say."""
        line = self.connection()
        line.connect()
        heard = b""
        try:
            line.sock.settimeout(patience)
            for part in parts:
                line.sock.sendall(part)
                time.sleep(0.3)
            while part := line.sock.recv(65536):
                heard += part
        except OSError:
            pass
        finally:
            line.close()
        return heard

    def in_clear(self) -> "Visitor":
        """The same visitor where nothing is encrypted."""
        other = copy.copy(self)
        other.way = "clear"
        return other


def asker(visitor: Visitor) -> Asker:
    """An asker's browser without JavaScript, on this connection."""
    someone = Asker()
    someone.client = visitor  # type: ignore[assignment]
    return someone


def take_time() -> None:
    """Nobody writes a question in no time: one that is sent sooner is held for a host."""
    time.sleep(TOO_FAST_SECONDS + 1)


class Host:
    """Noor at the desk, or whoever else has that user name, without a browser."""

    def __init__(self, site: Site, way: str, *, name: str = "noor") -> None:
        self.visitor = Visitor(site, way, address="192.0.2.44", keeps_cookies=True, Referer=f"https://{NAME}/desk/")
        self._post("/desk/account/login/", login=name, password=cast.PASSWORD)
        assert self.visitor.get("/desk/").status_code == 200, "the host could not sign in"

    @staticmethod
    def fails_to_sign_in(site: Site, way: str, word: str) -> None:
        """Somebody types the word for a name and for a password."""
        stranger = Visitor(site, way, address="192.0.2.45", keeps_cookies=True, Referer=f"https://{NAME}/desk/")
        shown = stranger.get("/desk/account/login/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        assert token
        given = {"csrfmiddlewaretoken": token[1], "login": word, "password": word}
        assert stranger.post("/desk/account/login/", given).status_code in (200, 422)

    def decides(self, ref: str, verb: str, **fields: str) -> None:
        """One verb to a question, from its page."""
        page = f"/desk/questions/{ref}/"
        self._post(page, to=f"{page}{verb}/", **fields)

    def writes(self, ref: str, **fields: str) -> None:
        """The wording and the answer."""
        self._post(f"/desk/questions/{ref}/answer/", **{"sign_off": "", **fields})

    def _post(self, page: str, *, to: str = "", **fields: str) -> None:
        """Send a form of that page with the token and the version it shows. It has to work."""
        shown = self.visitor.get(page).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        seen = re.search(r'name="seen"[^>]*value="([^"]*)"', shown)
        assert token, f"{page} has no form"
        answerer = re.search(r'name="answerer".*?<option value="([^"]*)" selected', shown, re.DOTALL)
        given = {"csrfmiddlewaretoken": token[1], "seen": seen[1] if seen else "", **fields}
        if answerer:
            given["answerer"] = answerer[1]
        answer = self.visitor.post(to or page, given)
        assert answer.status_code == 302, f"{to or page}: {answer.status_code}"
