"""Each field of each form, as somebody sees them, with hostile strings: nothing breaks, is lost, or runs."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from questions.models import Episode, Question
from tests import cast
from tests.doors.walking import House, every_door
from tests.hostile.forms import OURS, Form, dangers_in, forms_of

PASSING = {"presence", "session", "signin"}
"""Tables whose rows come and go with looking."""

MAY_ANSWER = (200, 301, 302, 304, 400, 403, 404, 405, 409, 410, 413, 422, 429, 501)

GIVES_NOTHING_BACK = re.compile("password|again|code|credential|typed", re.IGNORECASE)
"""Fields whose content no page shows again: what opens something."""

QUERIES = (
    "q", "page", "topic", "kind", "at", "before", "after", "state", "sort", "newest", "url", "format", "maxwidth",
    "next", "send", "person", "from", "to", "by", "days", "done", "order", "flag", "consent", "language", "older",
    "since", "until",
)  # fmt: skip
"""Names that some page reads from its address, besides those that its own forms and links have."""


@dataclass(frozen=True)
class Somebody:
    """A role with the pages that it has, and the forms that lead to further ones which have no address."""

    name: str
    client: Client
    pages: list[str]
    sends: tuple[Form, ...] = ()


def found_by(somebody: Somebody, *, steps: int = 3) -> list[Form]:
    """Every form on every page of theirs, each kind once: by where it goes and what it is made of.

    Pages that only a form leads to are found by sending each, with what fits, by each of its buttons, `steps` far.
    """
    found: dict[tuple[str, ...], Form] = {}
    answers = [(page, somebody.client.get(page, follow=True)) for page in somebody.pages]
    answers += [(form.action, post(somebody.client, form.action, form.filled())) for form in somebody.sends]
    for step in range(steps):
        fresh = dict(_forms_in(answers))
        fresh = {kind: form for kind, form in fresh.items() if kind not in found}
        found |= fresh
        if step < steps - 1:
            answers = [answer for form in fresh.values() for answer in _pressed(somebody, form)]
    return [*found.values()]


def _forms_in(answers: list[tuple[str, Any]]) -> Iterator[tuple[tuple[str, ...], Form]]:
    for address, response in answers:
        if "html" in response.headers.get("Content-Type", ""):
            for form in forms_of(text_of(response), address):
                yield (_shape(form.action), *form.kind), form


def _pressed(somebody: Somebody, form: Form) -> Iterator[tuple[str, Any]]:
    """What each button of a form leads to; nothing of it is kept."""
    for button in range(max(1, len(form.buttons))) if form.method == "post" else ():
        kept = SimpleCookie(somebody.client.cookies.output(header="", sep=";"))
        cache.clear()
        with transaction.atomic():
            yield form.action, post(somebody.client, form.action, form.filled(button=button))
            transaction.set_rollback(True)
        somebody.client.cookies = kept


def _shape(address: str) -> str:
    """The pattern behind an address, so that a row of the same list is no new form."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return address


def text_of(response: Any) -> str:
    body: bytes = b"".join(response) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def counts() -> dict[str, int]:
    """How many rows each table has."""
    models = [model for model in apps.get_models() if model._meta.model_name not in PASSING]
    parts = [f"SELECT '{model._meta.db_table}', count(*) FROM \"{model._meta.db_table}\"" for model in models]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def as_shown(text: str) -> str:
    """The text as a page holds it: without what no page can hold, its line ends alike."""
    alike = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return alike.encode("utf-8", "replace").decode()


def post(client: Client, action: str, sent: dict[str, list[str]]) -> Any:
    body = urlencode(sent, doseq=True, errors="surrogatepass")
    return client.post(action, body, content_type="application/x-www-form-urlencoded")


def faults_of_field(somebody: Somebody, form: Form, name: str, value: str) -> Iterator[str]:
    """What goes wrong when they put this into that field and send the form. Nothing of it is kept."""
    told = f"{somebody.name}: {form.method} {_shape(form.action)} {name}={value[:60]!r}"
    cache.clear()
    kept = SimpleCookie(somebody.client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        before = counts()
        try:
            if form.method == "post":
                response = post(somebody.client, form.action, form.filled({name: value}))
            else:
                query = urlencode(form.filled({name: value}), doseq=True, errors="surrogatepass")
                response = somebody.client.get(f"{form.action.split('?')[0]}?{query}")
        except Exception as fault:
            yield f"{told}: {type(fault).__name__}: {str(fault)[:200]}"
        else:
            yield from (f"{told}: {each}" for each in _faults_of_answer(response, form, name, value, before))
        transaction.set_rollback(True)
    somebody.client.cookies = kept


def _faults_of_answer(response: Any, form: Form, name: str, value: str, before: dict[str, int]) -> Iterator[str]:
    if response.status_code not in MAY_ANSWER:
        yield f"status {response.status_code}"
    after = counts()
    if response.status_code >= 400 and after != before:
        yield f"status {response.status_code}, and yet rows changed: {dict({*after.items()} - {*before.items()})}"
    if "html" not in response.headers.get("Content-Type", ""):
        return
    page = text_of(response)
    yield from (f"runs: {danger}" for danger in dangers_in(page))
    if response.status_code in (409, 422) and not is_given_back(page, form, name, value):
        yield f"status {response.status_code}, and what was typed is gone"


def is_given_back(page: str, form: Form, name: str, value: str) -> bool:
    """Whether a page that refused a form shows again what was typed into one of its boxes."""
    if name not in form.written or GIVES_NOTHING_BACK.search(name) or name in OURS:
        return True
    boxes = [text for again in forms_of(page, "/") for text in again.sent.get(name, [])]
    return any(same(text, value) for text in boxes)


def same(shown: str, typed: str) -> bool:
    """Whether a box shows what was typed. One line has no line ends, and some fields strip their ends or their NULs."""
    plain = re.compile(r"[\s\x00\ufffd?]+")
    return plain.sub("", as_shown(shown)) == plain.sub("", as_shown(typed))


def faults_of_address(somebody: Somebody, address: str) -> Iterator[str]:
    """What goes wrong when they ask for this address."""
    told = f"{somebody.name}: GET {address[:160]!r}"
    cache.clear()
    try:
        response = somebody.client.get(address)
    except Exception as fault:
        yield f"{told}: {type(fault).__name__}: {str(fault)[:200]}"
        return
    if response.status_code not in MAY_ANSWER:
        yield f"{told}: status {response.status_code}"
    if "html" in response.headers.get("Content-Type", ""):
        yield from (f"{told}: runs: {danger}" for danger in dangers_in(text_of(response)))


def addresses_with(value: str, house: House, chance: random.Random) -> Iterator[str]:
    """The string in a gap of some pattern, and behind the question mark of some page, by every name there is."""
    escaped = quote(value, safe="", errors="surrogatepass")
    doors = [door for door in every_door() if "(?P" not in door.route]
    with_gaps = chance.choice([door for door in doors if door.gaps])
    # A slash in the middle is another address, and one that ends a gap nothing new.
    yield "/" + re.sub(r"<\w+:\w+>", lambda _: escaped.replace("%2F", "-")[:2000] or "-", with_gaps.route)
    page = house.address_of(chance.choice(doors)).path.split("?")[0]
    names = chance.sample(QUERIES, 3)
    yield f"{page}?{'&'.join(f'{name}={escaped[:3000]}' for name in names)}"


def everybody(house: House) -> list[Somebody]:
    """The roles with the pages that each of them can open."""

    def pages(*journeys: str) -> list[str]:
        return [house.address_of(door).path for door in every_door() if door.name.startswith(journeys)]

    def desk() -> list[str]:
        """Questions and episodes in every state that they are in here."""
        asked, made = Question.objects.all(), Episode.objects.all()
        every = [reverse(f"desk:{name}", args=[row.ref]) for row in asked for name in ("question", "write-answer")]
        every += [
            reverse(f"desk:{verb}-episode", args=[row.ref]) for row in made for verb in ("edit", "preview", "correct")
        ]
        return [*pages("desk:"), *every]

    askers = pages("asking:", "reading:search", "join:")
    account = [
        "/desk/account/",
        "/desk/account/password/change/",
        "/desk/account/reauthenticate/",
        "/desk/account/2fa/",
    ]
    return [
        Somebody("reader", Client(), [*pages("reading:"), "/desk/account/login/"]),
        Somebody("asker", Client(), askers, (Form("/receipt/", "post", {"code": [house.code]}),)),
        Somebody("guest", Client(), pages("guests:")),
        Somebody("host", cast.signed_in(cast.tomas()), [*desk(), *account]),
        Somebody("owner", cast.signed_in(cast.noor()), desk()),
    ]
