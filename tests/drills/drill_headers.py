"""The headers of every asking page and state, as they reach a browser through the real server."""

from typing import Any

from advice.headers import ASKING, PERMISSIONS_POLICY
from tests.drills.database import broken_seal, let_minutes_pass
from tests.drills.site import Site
from tests.drills.visitors import Host, Visitor, asker, take_time

WORDS = "Is it rude to nap at a wedding?"

EXACTLY = {
    "cache-control": "no-store",
    "content-security-policy": ASKING.content_security_policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS_POLICY,
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
OF_THE_CONNECTION = {"connection", "content-length", "content-type", "date", "server", "transfer-encoding"}
BY_STATUS = {405: {"allow"}, 429: {"retry-after"}}


def every_answer(site: Site, host: Host, way: str) -> list[Any]:
    """Form, mistakes, check, ticket, status, thread, wording, taking it back, and everything that is refused."""
    visitor = Visitor(site, way, address="198.51.100.7" if way == "nginx" else "203.0.113.7")
    someone = asker(visitor)
    someone.opens("/ask/").presses("check", text="")
    take_time()
    someone.presses("check", text=WORDS, adult="on").presses("edit").presses("check").presses("send")
    code = someone.code
    ticket, someone.path = someone.answer, "/receipt/"
    someone.presses("typed-back", typed="nothing like it")
    someone.answers.append(ticket)
    someone.presses("note")
    ref = site.newest_question()
    someone.opens("/receipt/").sends({"code": "wrong"}).sends({"code": code})
    someone.presses("add", text="").presses("add", text="One more thing.").presses("change").presses("amend")
    host.decides(ref, "claim")
    host.writes(ref, text=f"{WORDS} Edited.", body="")
    host.writes(ref, text=f"{WORDS} Edited.", body="", verb="preview")
    let_minutes_pass(site.database)
    someone.opens("/receipt/").sends({"code": code})
    someone.presses("ask-change", text="Shorter, please.").presses("agree").presses("object")
    with broken_seal(site.database):
        more = [visitor.post("/receipt/", {"code": code})]
    someone.presses("withdraw").presses("withdraw-for-good").sends({"code": code, "step": "add", "text": "Late."})
    someone.sends({"step": "send"}, **{"Sec-Fetch-Site": "cross-site"})
    more += [
        visitor.get("/receipt/lost/"), visitor.send("HEAD", "/ask/"), visitor.send("PUT", "/ask/", b"x"),
        visitor.send("POST", "/ask/", b"--x", {"Content-Type": "multipart/form-data; boundary="}),
        visitor.get("/ask/nowhere/"), visitor.get("/receipt/0123456789ABCDEF/"),
    ]  # fmt: skip
    with site.database.broken():
        more += [visitor.get("/ask/"), visitor.post("/ask/", {"step": "send", "text": WORDS})]
    flood = [visitor.post("/receipt/", {"code": "wrong"}) for _ in range(120)]
    return [*someone.answers, *more, *[answer for answer in flood if answer.status_code == 429][:2]]


def test_every_asking_page_has_these_headers_and_no_other(site: Site, host: Host, way: str) -> None:
    answers = every_answer(site, host, way)
    assert {answer.status_code for answer in answers} >= {200, 400, 403, 404, 405, 409, 422, 429, 500, 503}
    for number, answer in enumerate(answers):
        found = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in OF_THE_CONNECTION}
        for name in BY_STATUS.get(answer.status_code, ()):
            found.pop(name)
        found.pop("content-disposition", None)
        assert found == EXACTLY, f"answer {number}, status {answer.status_code}"
        assert len(answer.headers.items()) == len({name.lower() for name in answer.headers})


def test_the_server_says_nothing_of_its_version(site: Site, way: str) -> None:
    assert Visitor(site, way, address="198.51.100.7").get("/ask/").headers["Server"] == way


def test_addresses_without_a_slash_lead_on_and_carry_nothing(site: Site, way: str) -> None:
    answer = Visitor(site, way, address="198.51.100.7").get("/ask?text=secret")
    assert (answer.status_code, answer.headers["Location"], answer.headers["Cache-Control"]) == (
        301,
        "/ask/",
        "no-store",
    )
    assert "Set-Cookie" not in answer.headers
