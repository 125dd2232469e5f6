"""What no key has said is a wrong code, wherever a key is asked: at the door, as second step, and in one's account."""

import base64
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from questions.models import Person
from tests import cast

pytestmark = pytest.mark.django_db


def coded(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


WORDS: list[Any] = [
    None, "", "x", "é", "\x00", 7, [], {}, coded(b"{}"), coded(b"[]"), coded(b"\xff" * 37), coded(b"A" * 37),
    coded(b"\xa0"), coded(b'{"type":"webauthn.get","challenge":"YQ","origin":"http://x"}'),
]  # fmt: skip


def garbled() -> Iterator[str]:
    """Everything that is nearly what a key says, and what is nothing at all."""
    yield from ("[" * 5000, '{"a":' * 5000, "", "null", "{", "NaN", "9" * 5000)
    for one, other in itertools.product(WORDS, WORDS):
        parts = {"clientDataJSON": one, "authenticatorData": other, "attestationObject": other, "signature": "AA"}
        for said in ({"id": "eA", "rawId": "eA", "type": "public-key", "response": parts | {"userHandle": other}},
                     {"id": one, "rawId": other, "response": parts}, {"id": one, "response": other}):  # fmt: skip
            yield json.dumps(said)


def refused(client: Client, address: str) -> set[int]:
    found = set()
    for said in garbled():
        cache.clear()
        found.add(client.post(address, {"credential": said, "name": "x"}).status_code)
    return found


def with_second_step(person: Person) -> None:
    assert person.user
    TOTP.activate(person.user, str(generate_totp_secret()))


def test_nobody_signs_in_by_it() -> None:
    assert refused(Client(), "/desk/account/2fa/webauthn/login/") == {302}


def test_it_is_no_second_step() -> None:
    with_second_step(cast.tomas())
    client = Client()
    client.post("/desk/account/login/", {"login": "tomas", "password": cast.PASSWORD})
    assert refused(client, "/desk/account/2fa/authenticate/") == {200}
    assert client.get("/desk/").status_code == 302


def test_it_becomes_no_key() -> None:
    client = cast.signed_in(cast.tomas())
    client.post("/desk/account/reauthenticate/", {"password": cast.PASSWORD})
    client.get("/desk/account/2fa/webauthn/add/")
    assert refused(client, "/desk/account/2fa/webauthn/add/") == {200}
    assert not Authenticator.objects.exists()
