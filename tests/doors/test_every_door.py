"""Every address, everybody, every method, against one table: who is let in, who is turned away, and exactly how."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path

from questions.models import Show
from tests import cast
from tests.doors.callers import CALLERS, SIGNED_IN, WORKS_HERE
from tests.doors.contract import headers_of
from tests.doors.table import TABLE
from tests.doors.walking import MADE_UP, Address, Door, House, every_door

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SIGN_IN = "302>/desk/account/login/?next=<here>"
SECOND_STEP = "302>/desk/account/2fa/"


class Row(NamedTuple):
    """One line of the table."""

    route: str
    whom: str
    get: str
    post: str


def rows() -> Iterator[Row]:
    for line in TABLE.splitlines():
        if line.strip():
            route, whom, get, post = line.split()
            yield Row("" if route == "." else route, whom, get, get if post == '"' else post)


ROWS = {row.route: row for row in rows()}
ROOMS = {
    "asking": ("ask", "receipt"), "the desk": ("desk/",), "accounts": ("desk/account/", "^desk/account/"),
    "links": ("join/", "guest/", "preview/"), "reading": ("",),
}  # fmt: skip


def room_of(route: str) -> str:
    """The part of the site with the longest beginning that fits."""
    return max((len(begins), room) for room, all_ in ROOMS.items() for begins in all_ if route.startswith(begins))[1]


def expected(row: Row, caller: str, method: str) -> str:
    """What the table says of one request."""
    if method not in ("GET", "HEAD", "POST"):
        return "405"
    inside = row.post if method == "POST" else row.get
    reads = method != "POST"
    match row.whom:
        case "everybody":
            return inside
        case "code":
            return inside if reads or caller == "asker" else "422"
        case "linked":
            return inside if caller == "linked" or inside == "405" else "404"
        case "signed-in":
            return inside if caller in SIGNED_IN else SIGN_IN
        case "signed-out":
            if row.route == "desk/account/logout/":
                return "200" if reads and caller in SIGNED_IN else inside
            return "302>/desk/" if caller in SIGNED_IN else inside
    return of_the_desk(row.whom, caller, inside, reads=reads)


def of_the_desk(whom: str, caller: str, inside: str, *, reads: bool) -> str:
    """As above, for what the door of the desk stands in front of."""
    if caller not in SIGNED_IN:
        return SIGN_IN if reads else "403"
    may = {"staff": WORKS_HERE, "owners": {"owner"}, "viewers": WORKS_HERE if reads else WORKS_HERE - {"viewer"}}
    if caller not in may.get(whom, WORKS_HERE - {"viewer"}):
        return "403"
    if caller == "one step":
        return SECOND_STEP if reads else "403"
    return "302>/desk/notices/" if whom == "mine" and caller == "host" else inside


def asks(caller: str, client: Client, method: str, address: Address, house: House) -> Any:
    """One request, of which nothing is left afterwards, neither in the database nor in the browser."""
    kept = SimpleCookie(client.cookies.output(header="", sep=";"))
    where = address.path
    if "token" in address.gaps and caller != "linked":
        where = where.replace(address.gaps["token"], MADE_UP)
    form = {"asker": {"code": house.code}, "linked": {"token": house.guest_token}}.get(caller, {})
    cache.clear()  # Nobody asks so often that they would have to wait.
    with transaction.atomic():
        if caller == "one step":
            Show.objects.update(asks_second_step=True)
        response = client.post(where, form) if method == "POST" else client.generic(method, where)
        transaction.set_rollback(True)
    client.cookies = kept
    return response


def said(response: Any, address: Address) -> str:
    """The status, and where it leads; an address that is carried along is <here>, however it is written."""
    if response.status_code not in (301, 302, 303, 307, 308):
        return str(response.status_code)
    parts = urlsplit(response.headers["Location"])
    if parse_qs(parts.query) == {"next": [address.path]}:
        return f"{response.status_code}>{parts.path}?next=<here>"
    return f"{response.status_code}>{response.headers['Location']}"


def wanted(row: Row, caller: str, method: str, address: Address) -> str:
    told = expected(row, caller, method)
    return told if told.endswith("?next=<here>") else address.fill(told)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert [door.route for door in every_door()] == [row.route for row in rows()]


def test_an_address_that_nobody_has_thought_of_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        get_resolver(), "url_patterns", [*get_resolver().url_patterns, path("new/", lambda _: HttpResponse())]
    )
    assert {door.route for door in every_door()} - set(ROWS) == {"new/"}


@pytest.mark.django_db
@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
@pytest.mark.parametrize("room", ROOMS)
def test_every_door_lets_in_whom_the_table_lets_in(room: str) -> None:
    house, clients = House(), {caller: make() for caller, make in CALLERS.items()}
    assert clients["linked"].get(f"/guest/{house.guest_token}/").status_code == 200
    doors = [door for door in every_door() if room_of(door.route) == room]
    wrong = [fault for door in doors for fault in faults(door, house, clients)]
    assert not wrong, "\n".join(wrong[:40])
    assert len(doors) > 3


def faults(door: Door, house: House, clients: dict[str, Client]) -> Iterator[str]:
    """Everything about one address that is not as the table and the contract of headers have it."""
    row, address = ROWS[door.route], house.address_of(door)
    for caller, client in clients.items():
        for method in METHODS:
            response = asks(caller, client, method, address, house)
            name = f"{caller}: {method} {door.route}"
            if (found := said(response, address)) != (told := wanted(row, caller, method, address)):
                yield f"{name}: {found}, not {told}"
            if response.cookies and not door.route.lstrip("^").startswith("desk/"):
                yield f"{name}: sets {[*response.cookies]}"
            if method in ("HEAD", "OPTIONS", "TRACE") and b"".join(response):
                yield f"{name}: has a body"
            differ = {*response.headers.items()} ^ {*headers_of(door, response, method).items()}
            if differ:
                yield f"{name}: {response.status_code} has headers {sorted(differ)}"


@pytest.mark.django_db
@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
def test_no_address_is_a_dead_end_in_the_address_bar() -> None:
    house, desk = House(), cast.signed_in(cast.noor())
    pages = [door for door in every_door() if ROWS[door.route].get not in ("404", "405")]
    ends = {door.route: desk.get(house.address_of(door).path, follow=True).status_code for door in pages}
    assert {route: status for route, status in ends.items() if status != 200} == {}
