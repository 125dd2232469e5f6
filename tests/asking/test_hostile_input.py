"""Whatever arrives, nobody gets an error page without a sentence, and words come out as they went in."""

import json
from itertools import zip_longest
from pathlib import Path

import pytest

from questions.models import Message, Question
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

OWN = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></form><h1>x",
    "' OR 1=1; DROP TABLE questions_question; --",
    "{{ show.name }} {% debug %} ${7*7} %(x)s {0} %s",
    "&amp; &lt; &#39; &nbsp; &notit;",
    "a\u0000b",
    "\n\nstarts with empty lines",
    "ends with them\n\n ",
    "tab\tvertical\x0btab\x0cfeed\x7f\x1b[31m",
    "\u202eright to left\u202c \u200f\u200e\u2066x\u2069",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "👩‍❤️‍💋‍👩 👍🏽 🇺🇸 \U0010ffff \ufdd0 \ufffe",
    "كيف أقول له؟\nHow do I say it?\nאיך אומרים?",
    "=1+1",
    "../../../../etc/passwd",
    "\ufeffbyte order mark",
    "line\u2028separator\u2029paragraph",
    "a" * 10_000,
]
BLNS = Path(__file__).parents[3] / "shared/data/hostile/blns.json"
NAUGHTY = json.loads(BLNS.read_text()) if BLNS.exists() else []
# Twenty of the published strings make one question, so that this takes seconds and not minutes.
STRINGS = [*OWN, *("\n".join(batch) for batch in zip_longest(*[iter(NAUGHTY)] * 20, fillvalue=""))]


def as_a_page_holds_it(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def test_words_come_out_of_the_way_to_the_ticket_as_they_went_in() -> None:
    asker = Asker()
    for text in STRINGS:
        question = asker.asks(text, sign_off=text[:80])
        assert question.text == as_a_page_holds_it(text)
        assert question.sign_off == as_a_page_holds_it(text[:80]).strip()
        asker.returns_with(asker.code)
        assert asker.answer.status_code == 200


def test_words_come_back_from_the_check_page_and_from_an_error_as_they_went_in() -> None:
    asker = Asker().opens("/ask/")
    empty = {**asker.form("check"), "adult": "on"}
    for text in STRINGS:
        asker.sends({**empty, "text": text, "step": "check"}).presses("edit")
        assert asker.form("check")["text"] == as_a_page_holds_it(text)
        asker.sends({**empty, "text": text, "language": "none", "step": "check"})
        assert asker.answer.status_code == 422
        assert asker.form("check")["text"] == as_a_page_holds_it(text)


def test_no_field_of_asking_gives_an_error_page() -> None:
    asker = Asker().opens("/ask/")
    fields = {**asker.form("check"), "text": "Is it rude?", "adult": "on"}
    for name in (*fields, "step", "surprise"):
        for text in OWN:
            asker.sends({**fields, "step": "send", name: text})
            assert asker.answer.status_code in (200, 422), (name, text)


def test_no_field_of_the_receipt_gives_an_error_page() -> None:
    asker = Asker()
    asker.asks()
    code = asker.code
    asker.path = "/receipt/"
    for step, name in (
        ("read", "code"),
        ("", "step"),
        ("agree", "wording"),
        ("add", "text"),
        ("ask-change", "text"),
        ("ask-change", "wording"),
        ("amend", "text"),
        ("amend", "sign_off"),
        ("typed-back", "typed"),
        ("note", "surprise"),
        ("read", "surprise"),
    ):
        for text in OWN:
            asker.sends({"code": code, "step": step, name: text})
            assert asker.answer.status_code in (200, 409, 422), (step, name, text)


def test_messages_come_out_as_they_went_in() -> None:
    asker = Asker()
    asker.asks()
    asker.returns_with(asker.code)
    texts = [text for text in OWN if len(text) < 4000]
    for text in texts:
        asker.presses("add", text=text)
        assert asker.answer.status_code == 200
    assert [message.text for message in Message.objects.all()] == [as_a_page_holds_it(text) for text in texts]


@pytest.mark.parametrize(
    "sent",
    [b"\xff\xfe", b"%FF%FE", b"%ED%A0%80", b"\xed\xa0\x80", b"%C0%AF", b"%", b"%zz", b"%00"],
)
def test_bytes_that_are_no_text_are_taken_for_unreadable_letters(sent: bytes) -> None:
    asker = Asker().opens("/ask/")
    token = asker.form("check")["form_token"].encode().replace(b":", b"%3A")
    body = b"text=a" + sent + b"b&airing=preview&language=en&adult=on&step=send&form_token=" + token
    kind = "application/x-www-form-urlencoded"
    asker.answers.append(asker.client.post("/ask/", body, content_type=kind))
    assert asker.answer.status_code == 200
    text = Question.objects.get().text or ""
    assert (text[0], text[-1]) == ("a", "b")
    assert text.encode()


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1"])
@pytest.mark.parametrize("path", ["/ask/", "/receipt/"])
def test_a_program_that_declares_another_encoding_is_read_as_utf_8(charset: str, path: str) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-\r\n--x--\r\n'
        answer = Asker().client.post(path, body, content_type=f"{kind}; charset={charset}")
        assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 2_000_000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2000))),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=\xff".encode("latin-1").decode("latin-1"), b"x"),
    ],
    ids=["too long", "too many fields", "no boundary", "odd boundary"],
)
@pytest.mark.parametrize("path", ["/ask/", "/receipt/"])
def test_what_cannot_be_read_gets_a_page_that_says_what_to_do(path: str, kind: str, body: bytes) -> None:
    asker = Asker()
    asker.answers.append(asker.client.post(path, body, content_type=kind))
    assert asker.answer.status_code == 400
    assert asker.sees("This did not reach us in one piece")
    assert asker.sees("Nothing of it was kept")
    assert asker.sees("a question can have 10,000 letters")
    assert f'href="{path}"' in asker.page
    assert not asker.sees("still be there")
