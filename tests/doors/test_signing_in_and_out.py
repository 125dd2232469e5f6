"""A session begins with signing in, ends with signing out, and nobody else can begin, take over or end it."""

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from questions import throttle
from questions.models import SignIn
from questions.sessions import digest
from questions.throttle import Throttle
from tests import cast

pytestmark = pytest.mark.django_db

LOGIN, LOGOUT = "/desk/account/login/", "/desk/account/logout/"
CHOSEN = "abcdefghijklmnopqrstuvwxyz012345"
"""A key that somebody else has put into the browser of a host."""


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "SIGN_IN", Throttle())
    cache.clear()


def signs_in(client: Client, name: str = "tomas", password: str = cast.PASSWORD, **options: Any) -> Any:
    return client.post(LOGIN, {"login": name, "password": password}, **options)


def held_by(client: Client) -> str:
    cookie = client.cookies.get("querent_desk")
    return cookie.value if cookie else ""


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_nobody_has_a_session_before_they_sign_in() -> None:
    client = Client()
    for address in (LOGIN, "/desk/", "/desk/account/password/reset/", "/desk/account/signup/"):
        client.get(address)
    client.post(LOGIN, {"login": "tomas", "password": "nine loud herons"})
    assert held_by(client) == ""
    assert not Session.objects.exists()


def test_a_key_that_somebody_else_has_chosen_does_not_become_the_hosts() -> None:
    cast.tomas()
    client = Client()
    client.cookies["querent_desk"] = CHOSEN
    assert signs_in(client).headers["Location"] == "/desk/"
    assert held_by(client) not in ("", CHOSEN)
    thief = Client()
    thief.cookies["querent_desk"] = CHOSEN
    assert (is_in(client), is_in(thief)) == (True, False)


def test_a_session_that_is_somebody_elses_does_not_become_the_hosts() -> None:
    """Viv leaves her cookie in the browser in which Tomas signs in: it stays hers, and is no way into his."""
    cast.tomas()
    viv = Client()
    signs_in(viv, cast.viv().slug)
    tomas = Client()
    tomas.cookies["querent_desk"] = held_by(viv)
    tomas.get(LOGOUT)
    signs_in(tomas)
    assert tomas.get("/desk/").status_code == 200
    tomas.post(LOGOUT)
    signs_in(tomas)
    assert held_by(tomas) not in ("", held_by(viv))
    assert viv.get("/desk/people/").status_code == 302


def test_the_key_is_another_after_each_step_of_signing_in() -> None:
    tomas = cast.tomas()
    assert tomas.user
    TOTP.activate(tomas.user, str(generate_totp_secret()))
    codes = RecoveryCodes.activate(tomas.user).get_unused_codes()
    client = Client()
    assert signs_in(client).headers["Location"] == "/desk/account/2fa/authenticate/"
    half_way = held_by(client)
    assert client.get("/desk/").status_code == 302, "a password alone is not enough"
    assert client.post("/desk/account/2fa/authenticate/", {"code": codes[0]}).headers["Location"] == "/desk/"
    assert held_by(client) not in ("", half_way)
    thief = Client()
    thief.cookies["querent_desk"] = half_way
    assert (is_in(client), is_in(thief)) == (True, False)


def test_a_second_step_opens_nothing_once_somebody_has_left() -> None:
    tomas = cast.tomas()
    assert tomas.user
    TOTP.activate(tomas.user, str(generate_totp_secret()))
    codes = RecoveryCodes.activate(tomas.user).get_unused_codes()
    client = Client()
    signs_in(client)
    User.objects.filter(pk=tomas.user.pk).update(is_active=False)
    client.post("/desk/account/2fa/authenticate/", {"code": codes[0]})
    assert not is_in(client)


def test_looking_at_the_way_out_is_not_leaving_and_leaving_is_for_good() -> None:
    cast.tomas()
    client = Client()
    signs_in(client)
    held = held_by(client)
    assert [client.get(LOGOUT).status_code, client.head(LOGOUT).status_code] == [200, 200]
    assert is_in(client)
    assert client.post(LOGOUT).headers["Location"] == "/"
    back = Client()
    back.cookies["querent_desk"] = held
    assert (is_in(client), is_in(back)) == (False, False)
    assert not SignIn.objects.exists()


def test_another_site_signs_nobody_in_or_out() -> None:
    tomas = cast.tomas()
    client = Client(enforce_csrf_checks=True)
    assert signs_in(client).status_code == 403
    signed_in = cast.signed_in(tomas)
    signed_in.handler.enforce_csrf_checks = True
    assert signed_in.post(LOGOUT).status_code == 403
    assert is_in(signed_in)


def test_a_cookie_says_who_may_have_it_and_nothing_else() -> None:
    cast.tomas()
    client = Client()
    client.get(LOGIN)
    signs_in(client, secure=True)
    attributes = {
        name: {key: value for key, value in cookie.items() if value} for name, cookie in client.cookies.items()
    }
    for cookie in attributes.values():
        cookie.pop("expires", None)
    assert attributes == {
        "querent_desk": {"path": "/desk/", "httponly": True, "samesite": "Lax"},
        "querent_desk_csrf": {"path": "/desk/", "httponly": True, "samesite": "Lax", "max-age": 31449600},
    }


def test_no_table_holds_what_a_browser_holds() -> None:
    """So a stolen copy of the database lets nobody in."""
    cast.tomas()
    client = Client()
    signs_in(client)
    client.get("/desk/")
    held = held_by(client)
    assert Session.objects.get().session_key == SignIn.objects.get().session_key == digest(held)
    for model in apps.get_models():
        assert held not in str([*model._default_manager.values()]), model
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert held not in str(sessions)
    thief = Client()
    thief.cookies["querent_desk"] = Session.objects.get().session_key
    assert not is_in(thief)


def test_another_key_of_the_site_ends_every_session(settings: Any) -> None:
    cast.tomas()
    client = Client()
    signs_in(client)
    settings.SECRET_KEY = "another key, for this line only, and long enough"
    assert not is_in(client)


def test_nobody_elsewhere_can_shut_a_host_out() -> None:
    cast.tomas()
    for number in range(40):
        signs_in(Client(REMOTE_ADDR=f"203.0.{number}.9"), password="nine loud herons")
        signs_in(Client(REMOTE_ADDR="198.51.100.9"), password="nine loud herons")
    assert signs_in(Client(REMOTE_ADDR="192.0.2.7")).headers.get("Location") == "/desk/"
    assert signs_in(Client(REMOTE_ADDR="198.51.100.7")).headers.get("Location") is None, "who guesses waits"


@pytest.mark.parametrize("known", ["tomas", "ines", "left", "unusable"])
def test_a_name_that_is_known_is_answered_like_one_that_is_not(known: str) -> None:
    cast.tomas()
    cast.ines()
    User.objects.create_user("left", password=cast.PASSWORD, is_active=False)
    User.objects.create_user("unusable")
    answers = []
    for name in (known, "n" * len(known)):
        answer = signs_in(Client(), name, "nine loud herons")
        page = answer.content.decode().replace(name, "NAME")
        answers.append((answer.status_code, page, dict(answer.headers) | {"Expires": ""}, [*answer.cookies]))
    assert without_token(answers[0]) == without_token(answers[1])


def without_token(answer: Any) -> Any:
    status, page, headers, cookies = answer
    return status, re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", page), headers, cookies
