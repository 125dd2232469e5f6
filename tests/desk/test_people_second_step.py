"""Where the show asks for a second step, a host without one is led to it; its secrets are sealed at rest."""

import json
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.conf import settings
from django.test import Client

from questions.desk.sign_in import SealedSecrets
from questions.models import Person, Show
from questions.sealing import SealBroken
from tests import cast, factories

pytestmark = pytest.mark.django_db

STEPS = "/desk/account/2fa/"


@pytest.fixture
def asked_for() -> None:
    Show.objects.update_or_create(pk=1, defaults={"asks_second_step": True})


def with_app(person: Person) -> str:
    """Give somebody an authenticator app; returns its secret."""
    assert person.user
    secret = str(generate_totp_secret())
    TOTP.activate(person.user, secret)
    return secret


@pytest.mark.usefixtures("asked_for")
@pytest.mark.parametrize("who", [cast.noor, cast.tomas])
def test_a_host_without_one_can_do_nothing_else_at_the_desk(who: Any) -> None:
    desk, asked = cast.signed_in(who()), factories.asked()
    for address in ("/desk/", "/desk/people/", asked.get_absolute_url(), "/desk/house/"):
        assert desk.get(address).headers["Location"] == STEPS
    answer = desk.post(f"{asked.get_absolute_url()}note/", {"text": "An evening’s work"})
    assert answer.status_code == 403
    assert answer.context["typed"] == [("text", "An evening’s work")]
    asked.refresh_from_db()
    assert not asked.notes.exists()
    assert "asks every host for a second step" in desk.get(STEPS).content.decode()


@pytest.mark.usefixtures("asked_for")
def test_with_one_the_desk_is_open_and_the_reason_is_gone() -> None:
    tomas = cast.tomas()
    with_app(tomas)
    desk = cast.signed_in(tomas)
    assert desk.get("/desk/people/").status_code == 200
    assert "asks every host" not in desk.get(STEPS).content.decode()


@pytest.mark.usefixtures("asked_for")
def test_codes_on_paper_alone_are_no_second_step() -> None:
    tomas = cast.tomas()
    assert tomas.user
    RecoveryCodes.activate(tomas.user)
    assert cast.signed_in(tomas).get("/desk/people/").status_code == 302


@pytest.mark.usefixtures("asked_for")
def test_others_are_not_asked_and_strangers_learn_nothing_of_it() -> None:
    assert "/2fa/" not in cast.signed_in(cast.viv()).get("/desk/people/").headers.get("Location", "")
    assert cast.signed_in(cast.ines()).get("/desk/people/").status_code == 403
    assert Client().get("/desk/people/").headers["Location"].startswith("/desk/account/login/")


def test_nobody_is_led_anywhere_while_the_show_does_not_ask() -> None:
    assert cast.signed_in(cast.tomas()).get("/desk/people/").status_code == 200


def test_secrets_are_sealed_and_still_open_the_door() -> None:
    tomas = cast.tomas()
    assert tomas.user
    secret = with_app(tomas)
    codes = RecoveryCodes.activate(tomas.user)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert kept.count("gAAAA") == 2
    assert secret not in kept
    assert not any(code in kept for code in codes.get_unused_codes())
    stored = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert stored.validate_code(codes.get_unused_codes()[0])
    assert not stored.validate_code("00000000")


def test_a_secret_from_before_they_were_sealed_is_sealed_and_works_on() -> None:
    tomas = cast.tomas()
    with_app(tomas)
    plain = Authenticator.objects.get(type="totp")
    Authenticator.objects.filter(pk=plain.pk).update(data={"secret": "JBSWY3DPEHPK3PXP"})
    migration = import_module("questions.migrations.0006_sealed_second_steps")
    for _again in range(2):
        migration.seal_secrets(apps, None)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert (kept[:6], SealedSecrets().decrypt(kept)) == ("gAAAAA", "JBSWY3DPEHPK3PXP")


def test_a_secret_does_not_open_without_its_key(settings: Any) -> None:
    sealed = SealedSecrets().encrypt("JBSWY3DPEHPK3PXP")
    assert SealedSecrets().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    settings.SEALING_KEYS = ["b3RoZXIta2V5LWZvci10ZXN0cy1vbmx5LS0tLS0tLS0="]
    with pytest.raises(SealBroken):
        SealedSecrets().decrypt(sealed)


def test_an_app_and_a_key_know_the_show_by_its_name() -> None:
    Show.objects.update_or_create(pk=1, defaults={"name": "It’s Probably You"})
    assert SealedSecrets().get_totp_issuer() == "It’s Probably You"
    assert settings.MFA_ADAPTER.endswith("SealedSecrets")
