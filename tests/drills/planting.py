"""Planting: somebody goes every way there is, and says the same rare word on each of them."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from unittest import mock

from django.core import signing

from questions import throttle
from questions.receipts import FORM_TOKEN_SECONDS, grouped, mint
from tests.asking.asker import Asker
from tests.drills.database import broken_seal, let_minutes_pass
from tests.drills.searching import fresh_address, fresh_stem
from tests.drills.site import NAME, Site
from tests.drills.visitors import Answer, Host, Visitor, asker, take_time

NEARLY_A_MEGABYTE = 1_000_000


class Planting:
    """One asker who says the word in every field and header, and the host who quotes it."""

    def __init__(self, site: Site, host: Host, way: str) -> None:
        self.site, self.host, self.way = site, host, way
        self.stem, self.address = fresh_stem(), fresh_address()
        self.secrets = [self.stem, self.address]
        """What must be found nowhere, the word itself and the address first."""
        self.visitor = self.visits(self.address)

    def visits(self, address: str) -> Visitor:
        word = self.stem
        return Visitor(
            self.site, self.way, address=address, User_Agent=f"{word}Agent/5.0", Cookie=f"sessionid={word}cookie",
            Referer=f"https://{word}.example/?{word}", Accept_Language=word, Forwarded=f"for={word}",
            X_Real_IP=f"{word}.example", Origin=f"https://{word}origin.example", From=f"{word}@example.org",
        )  # fmt: skip

    def words(self, what: str) -> str:
        return f"My flatmate {self.stem}{what} hums at night. Write to {self.stem}{what}@example.org. Is it me?"

    def new_asker(self) -> Asker:
        return asker(self.visitor).opens(f"/ask/?q={self.stem}query")

    def looked_over(self, what: str, *, in_time: bool = False) -> Asker:
        """Somebody on the check page; without `in_time` they write so fast that a host has to look first."""
        someone = self.new_asker()
        self.keep_token(someone)
        if in_time:
            take_time()
        fields = {"text": self.words(what), "sign_off": f"{self.stem} sign-off", "adult": "on"}
        return expect(200, someone.presses("check", **fields))

    def asked(self, what: str) -> Asker:
        someone = expect(200, self.looked_over(what, in_time=True).presses("send"))
        self.keep_code(someone.code)
        someone.path = "/receipt/"
        return someone

    def keep_token(self, someone: Asker) -> None:
        """What makes the receipt, together with the text, must lie nowhere either."""
        self.secrets.append(str(someone.form("check")["form_token"]).partition(":")[0])

    def keep_code(self, code: str) -> None:
        self.secrets.append(re.sub(r"\W", "", code))

    # The ways

    def the_form(self) -> None:
        someone = self.looked_over("form")
        for place in (0, -1):
            expect(200, someone.presses(someone.steps(beginning="blur:")[place]))
        sent = {**someone.form("send"), "step": "send"}
        expect(200, someone.sends(sent))
        self.keep_code(someone.code)
        expect(200, someone.sends(sent))
        expect(422, self.new_asker().presses("check", text=self.words("no tick")))
        expect(422, self.new_asker().presses("check", text=self.words("long") * 200, adult="on"))

    def what_a_reader_tells(self) -> None:
        """A report with the word in it, a second one in vain, and a question that goes on from the same episode."""
        slug = f"naps-{self.way}"
        code = "from tests import factories as f; f.published_episode(slug='{0}', answers=[f.approved_answer('{0}')])"
        self.site.manage("shell", "-v0", "-c", code.format(slug))
        for kind, what in (("about-me", "told"), ("wrong", "wrong")):
            someone = asker(self.visitor).opens(f"/ask/about/{slug}/?q={self.stem}query")
            token = str(someone.form("send")["form_token"])
            self.secrets.append(token.partition(":")[0])
            take_time()
            sent = {**someone.form("send"), "step": "send", "kind": kind, "text": self.words(what)}
            expect(200, someone.sends(sent).sends(sent))
            expect(422, someone.sends({**sent, "text": self.words("long") * 200}))
        assert self.visitor.get(f"/ask/after/{slug}/?{self.stem}").status_code == 200

    def what_cannot_be_read(self) -> None:
        fields = {"step": "send", "text": self.words("part"), "sign_off": self.stem}
        assert self.visitor.post_multipart("/ask/", fields).status_code == 422
        assert self.visitor.post_multipart("/ask/", fields, file=self.stem.encode() * 20_000).status_code == 422
        for boundary in (self.stem, "", f"{self.stem}\xff"):
            broken = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
            body = f"--{self.stem}\r\nContent-Disposition: form-data; name=text\r\n\r\n{self.stem}".encode()
            assert self.visitor.send("POST", "/ask/", body, broken).status_code in (200, 400)
        for encoding in ("utf-16", "utf-7", self.stem):
            form = {"Content-Type": f"application/x-www-form-urlencoded; charset={encoding}"}
            body = f"text={self.stem}".encode("utf-16")
            assert self.visitor.send("POST", "/ask/", body, form).status_code in (200, 400)
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert self.visitor.post("/ask/", fields, cross).status_code == 403
        signer = signing.TimestampSigner(key=self.site.keys["QUERENT_SECRET_KEY"], salt="querent.ask")
        with mock.patch("time.time", return_value=time.time() - FORM_TOKEN_SECONDS - 1):
            expired = signer.sign(f"{self.stem}nonce")
        assert self.visitor.post("/ask/", {**fields, "form_token": expired}).status_code == 422
        for method in ("PUT", "DELETE", "OPTIONS", "TRACE", self.stem.upper()):
            # Whoever refuses need not hear the rest.
            with suppress(OSError):
                assert self.visitor.send(method, f"/ask/?{self.stem}", self.stem.encode()).status_code >= 400

    def what_is_too_large(self) -> None:
        """As much as fits, slowly sent and slowly read; more than fits; a length that nobody says; half of it."""
        body = f"step=check&text={self.stem}".encode().ljust(NEARLY_A_MEGABYTE, b"x")
        head = f"POST /ask/ HTTP/1.1\r\nHost: {NAME}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n"
        with_length = f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
        assert self.visitor.says(with_length + body[:400_000], body[400_000:], patience=60)[:12] == b"HTTP/1.1 422"
        self.visitor.says(with_length + body[:400_000])
        with suppress(OSError):
            assert self.visitor.post("/ask/", {"text": self.stem * 200_000}).status_code in (400, 413)
        chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
        without_length = f"{head}Transfer-Encoding: chunked\r\n\r\n".encode()
        # nginx wants to know the length; the server alone sees an empty body. Both may hang up before they heard all.
        answers = {b"HTTP/1.1 411" if self.way == "nginx" else b"HTTP/1.1 200", b""}
        for part in (body[:100], body):
            chunk = f"{len(part):x}\r\n".encode() + part + b"\r\n0\r\n\r\n"
            assert self.visitor.says(without_length, chunk, patience=60)[:12] in answers

    def what_is_no_request(self) -> None:
        word = self.stem
        for line in (
            f"{word}\r\n\r\n",
            f"GET /{word} {word} HTTP/1.1\r\n\r\n",
            f"GET /ask/?{word} HTTP/9.9\r\nHost: {NAME}\r\n\r\n",
            f"GET /ask/ HTTP/1.1\r\nHost: {word}.example\r\n\r\n",
            f"GET /ask/ HTTP/1.1\r\nHost: {NAME}\r\n{word}\r\n\r\n",
            f"POST /ask/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {word}\r\n\r\n{word}",
            f"GET /ask/ HTTP/1.1\r\nHost: {NAME}\r\nX-{word}: {word * 5000}\r\n\r\n",
            f"GET /ask/{word}%ff%00 HTTP/1.1\r\nHost: {NAME}\r\nX-Forwarded-Proto: https\r\n\r\n",
        ):
            self.visitor.says(line.encode())
        if self.way == "nginx":
            with socket.create_connection(("127.0.0.1", self.site.https)) as plain:
                plain.sendall(f"POST /ask/ HTTP/1.1\r\nHost: {word}\r\n\r\ntext={word}".encode())
                plain.recv(4096)
            answer = self.visitor.in_clear().post(f"/ask/?{word}", {"text": word})
            assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}/ask/")

    def addresses_that_lead_nowhere(self) -> None:
        for path in (
            "/ask/{}/",
            "/receipt/{}/",
            "/receipt/lost/{}",
            "/guest/{}/",
            "/{}",
            "/ask?{}",
            "/desk/{}/?{}",
            "/ask/about/{}/",
            "/ask/after/{}/",
            "/ask/about/{}",
            "/ask/after/{}",
        ):
            assert self.visitor.get(path.replace("{}", self.stem)).status_code in (301, 302, 404)
        assert self.visitor.get(f"/search/?q={self.stem}").status_code in (200, 404)
        assert self.visitor.get(f"/receipt/lost/?{self.stem}").status_code == 200
        self.visitor.post("/desk/account/login/", {"login": self.stem, "password": self.stem})
        Host.fails_to_sign_in(self.site, self.way, self.stem)

    def the_thread(self) -> None:
        """Everything an asker and a host say to each other, and about each other."""
        someone, write, ref = self.asked("thread"), self.host.writes, self.site.newest_question()
        code = someone.code
        expect(200, someone.presses("typed-back", typed=f"{self.stem}typed").sends({"code": code, "step": "note"}))
        expect(200, someone.sends({"code": code}).presses("add", text=self.words("added")))
        expect(200, someone.presses("change").presses("amend", text=self.words("amended")))
        self.host.decides(ref, "note", text=self.words("note"))
        self.host.decides(ref, "reply", text=self.words("reply"))
        self.host.decides(ref, "claim")
        write(ref, text=self.words("wording"), body=self.words("draft"))
        write(ref, text=self.words("wording two"), body=self.words("draft two"))
        write(ref, text=self.words("wording two"), body=self.words("draft two"), verb="preview")
        self.host.visitor.post("/desk/preview/", {"body": self.words("unsaved")})
        let_minutes_pass(self.site.database)
        expect(200, someone.sends({"code": code}).presses("ask-change", text=self.words("other")).presses("agree"))
        assert self.stem in someone.page

    def a_private_answer(self) -> None:
        someone, ref = self.asked("private"), self.site.newest_question()
        self.host.decides(ref, "answer-privately", text=self.words("private answer"))
        let_minutes_pass(self.site.database)
        assert "private answer" in expect(200, someone.sends({"code": someone.code})).page

    def codes_that_lead_nowhere(self) -> None:
        """Wrong ones, until all codes wait; each with words that must not be lost, nor kept."""
        statuses = set()
        for number in range(100):
            code = " ".join(grouped(mint(str(number), self.stem)))
            if number in (0, 50, 99):
                self.keep_code(code)
            answer = self.visitor.post("/receipt/", {"code": code, "step": "add", "text": self.words("late")})
            statuses.add(answer.status_code)
        assert statuses == {422, 429}

    def a_flood(self) -> None:
        """The same form so often that its network is asked to wait. It is one question all the same."""
        if self.way == "nginx":
            return
        someone = self.looked_over("flood")
        fields = {**someone.form("send"), "step": "send"}

        def send(_number: int) -> Answer:
            return self.visitor.post("/ask/", fields)

        with ThreadPoolExecutor(8) as crowd:
            statuses = {answer.status_code for answer in crowd.map(send, range(2 * throttle.REFUSED_BEYOND + 20))}
        assert statuses == {200, 429}

    def a_pause(self) -> None:
        code = "from questions.models import Show; s = Show.objects.current(); s.is_asking_open = {}; s.save()"
        someone = self.looked_over("pause")
        self.site.manage("shell", "-v0", "-c", code.format(False))
        expect(200, someone.presses("send"))
        assert self.stem in someone.page
        self.site.manage("shell", "-v0", "-c", code.format(True))

    def faults(self) -> None:
        """A database in trouble, a seal that does not open, a server that is not there."""
        someone, other, database = self.looked_over("fault"), self.asked("seal"), self.site.database
        with database.broken():
            expect(503, someone.presses("send"))
            assert self.visitor.post("/receipt/", {"code": other.code, "text": self.stem}).status_code == 503
        with broken_seal(database):
            expect(500, other.sends({"code": other.code, "step": "add", "text": self.words("with a fault")}))
        if self.way == "nginx":
            with self.site.without_server():
                answer = self.visitor.post("/ask/", {"step": "send", "text": self.words("nobody")})
                assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
                assert self.stem.encode() not in answer.content

    @contextmanager
    def taking_back(self) -> Iterator[None]:
        """A question with all that can be said about it; it is taken back at the end of the block."""
        someone, ref = self.asked("taken back"), self.site.newest_question()
        code = someone.code
        self.host.decides(ref, "note", text=self.words("note"))
        self.host.decides(ref, "claim")
        self.host.writes(ref, text=self.words("wording"), body=self.words("draft"))
        expect(200, someone.sends({"code": code}).presses("add", text=self.words("added")))
        yield
        expect(200, someone.sends({"code": code}).presses("withdraw").presses("withdraw-for-good"))
        assert self.stem not in someone.page


def expect(status: int, someone: Asker) -> Asker:
    assert someone.answer.status_code == status
    return someone
