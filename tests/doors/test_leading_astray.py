"""Nobody is led to another site, or shown our name for it, by what stands in an address or a header."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.invite import invite
from questions.lifecycle import Role
from tests import cast, factories
from tests.doors.walking import House, every_door

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
ASTRAY = [
    f"https://{EVIL}", f"http://{EVIL}/desk/", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}/", f"/\\{EVIL}", f"\\\\{EVIL}",
    f"\\/{EVIL}", f"/\t/{EVIL}", f"/\n/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"\x00//{EVIL}", f"\x0b//{EVIL}",
    f"https:{EVIL}", f"https:/{EVIL}", f"https:///{EVIL}", f"HTTPS://{EVIL}", f"hTTps:\\\\{EVIL}",
    f"//testserver@{EVIL}/", f"https://testserver@{EVIL}/", f"https://testserver:443@{EVIL}", f"https://testserver.{EVIL}/",
    f"https://{EVIL}#testserver", f"https://{EVIL}?testserver", f"https://{EVIL}\\@testserver/",
    f"//{EVIL}\\.testserver",
    f"https://testserver\\.{EVIL}", f"//{EVIL}%2f..", f"/%2f/{EVIL}", f"/%5c{EVIL}", f"/%09/{EVIL}", f"%2f%2f{EVIL}",
    f"/.//{EVIL}", f"/..//{EVIL}", f"／／{EVIL}", f"https://testserver。{EVIL}", "//evil。example", f"https://[::1]@{EVIL}",
    f"https://[{EVIL}", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "vbscript:x", "blob:https://x/", "file:///etc/passwd", f"ftp://{EVIL}", f"/desk/\r\nLocation: https://{EVIL}",
    f"/desk/\r\n\r\n<h1>{EVIL}", f"//{EVIL}:80", f"@{EVIL}", f"/@{EVIL}", f"?//{EVIL}", f"#//{EVIL}", "//", "/\\",
    "\\", "", "x" * 5000, f"/desk/?next=//{EVIL}", "//١٢٣.example", "//xn--", "http://0x7f.1/", "http://2130706433/",
]  # fmt: skip
PASSED_ON = ("next", "redirect_to", "url", "to", "return", "continue", "back", "then", "from", "page", "ref")
STAYS_HERE = re.compile(r"(?:/(?![/\\])[!-~]*)?")
"""A target that every browser takes for a page of this site: it begins with one slash and holds no letter that browsers
drop."""


def leads_away(response: Any) -> bool:
    target = response.headers.get("Location", "")
    return not STAYS_HERE.fullmatch(target) or any(header in str(response.headers) for header in ("\r", "\n"))


def sent_with(target: str) -> Iterator[tuple[str, Any]]:
    """Everything that leads on after a form, with the target wherever somebody could put it."""
    cast.tomas()
    everywhere = dict.fromkeys(PASSED_ON, target)
    fresh, inside = Client(), cast.signed_in(cast.tomas())
    fits = {"login": "tomas", "password": cast.PASSWORD}
    yield "sign in, address", Client().post("/desk/account/login/", fits, query_params=everywhere)
    yield "sign in, form", fresh.post("/desk/account/login/", fits | everywhere)
    yield "signed in already", inside.get("/desk/account/login/", everywhere)
    yield "still you", inside.post("/desk/account/reauthenticate/", {"password": cast.PASSWORD} | everywhere)
    yield "key", inside.post("/desk/account/2fa/webauthn/login/", everywhere)
    yield "sign out", inside.post("/desk/account/logout/", everywhere)
    yield "signed out already", inside.get("/desk/account/logout/", everywhere)


@pytest.mark.parametrize("target", ASTRAY)
def test_whoever_signs_in_or_out_stays_here(target: str) -> None:
    cache.clear()
    assert [name for name, response in sent_with(target) if leads_away(response)] == []


@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
def test_no_address_leads_away_whatever_stands_behind_it() -> None:
    house, noor = House(), cast.signed_in(cast.noor())
    astray = [f"https://{EVIL}", f"//{EVIL}", f"/\\{EVIL}", "javascript:alert(1)", f"/desk/\r\nX: {EVIL}"]
    found = []
    for door in every_door():
        for target in astray:
            address = house.address_of(door).path.split("?")[0]
            for client in (Client(), noor):
                response = client.get(address, dict.fromkeys(PASSED_ON, target))
                if leads_away(response):
                    found.append(f"{door.route}: {response.headers['Location']}")
    assert found == []


def test_a_slash_too_many_or_too_few_leads_nowhere_else() -> None:
    for path in (f"//{EVIL}/", f"//{EVIL}/ask", f"/\\{EVIL}", f"//{EVIL}/episodes", "//desk", "//desk/", "/desk//"):
        for response in (Client().get("/", PATH_INFO=path), cast.signed_in(cast.noor()).get("/", PATH_INFO=path)):
            assert response.status_code in (301, 302, 404), path
            assert not leads_away(response), path


@pytest.mark.parametrize(
    "name", [EVIL, f"testserver.{EVIL}", f"{EVIL}:80", "testserver:80@evil.example", "", "*", "a b", "\x00"]
)
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_another_name_of_the_host_is_not_answered(name: str) -> None:
    for path in ("/", "/ask/", "/receipt/", "/desk/", "/desk/account/login/", "/feeds/episodes.rss", "/nowhere"):
        response = Client().get(path, headers={"Host": name})
        assert response.status_code == 400, path
        assert name.encode() not in response.content or len(name) < 2


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_no_header_says_who_we_are() -> None:
    """What a proxy might be made to pass on changes no byte of a page and no link on it."""
    lies = {
        "X-Forwarded-Host": EVIL, "X-Host": EVIL, "X-Original-URL": "/desk/", "X-Rewrite-URL": "/desk/",
        "X-HTTP-Host-Override": EVIL, "X-Forwarded-Server": EVIL, "Forwarded": f"host={EVIL}",
        "X-Forwarded-Port": "666",
        "X-Forwarded-Prefix": f"//{EVIL}", "X-Script-Name": f"//{EVIL}", "X-HTTP-Method-Override": "POST",
        "X-Original-Host": EVIL,
    }  # fmt: skip
    factories.published_episode("Naps", slug="naps")
    for path in ("/", "/episodes/naps/", "/feeds/episodes.rss", "/sitemap.xml", "/robots.txt", "/ask/after/naps/"):
        honest, lied = Client().get(path), Client().get(path, headers=lies)
        assert EVIL.encode() not in lied.content, path
        assert lied.status_code == honest.status_code, path
        if not path.startswith("/ask/"):
            assert (lied.content, lied.headers) == (honest.content, honest.headers), path


def test_the_link_of_an_invitation_is_of_the_name_that_the_host_came_by() -> None:
    _link, token = invite(role=Role.HOST, days=3, by=acting(cast.noor()))
    assert EVIL not in reverse("join:join", args=[token])
    page = cast.signed_in(cast.noor()).post(
        "/desk/people/invite/", {"role": "host", "days": "3"}, headers={"X-Forwarded-Host": EVIL}
    )
    assert "http://testserver/join/" in page.content.decode()
    assert EVIL not in page.content.decode()
