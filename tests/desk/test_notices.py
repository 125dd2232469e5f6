"""The page of one's own notices: address, digest, duty, webhooks and what became of what was sent."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.actions import webhook as deeds
from questions.actions.acting import acting
from questions.actions.notices import MOST_TRIES
from questions.models import Delivery, Person, Webhook
from tests import cast

pytestmark = pytest.mark.django_db

URL = "https://hooks.example.org/a-secret-path"


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def post(desk: Client, name: str, ref: Any = None, **typed: Any) -> Any:
    return desk.post(reverse(f"desk:{name}", args=[ref] if ref else []), typed)


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def tomas() -> Person:
    return Person.objects.get(slug="tomas")


def the_code() -> str:
    return mail.outbox[-1].subject.rpartition(" ")[2]


def test_an_address_is_confirmed_by_the_code_that_was_mailed_there(desk: Client) -> None:
    asked = post(desk, "offer-address", address="tomas@example.org")
    assert asked["Location"] == reverse("desk:confirm-address")
    assert "tomas@example.org" in page(desk.get(asked["Location"]))
    assert tomas().address is None
    done = post(desk, "confirm-address", code=the_code())
    assert done["Location"] == reverse("desk:notices")
    assert tomas().address == "tomas@example.org"
    assert "Your mails go to <bdi>tomas@example.org</bdi>" in page(desk.get(reverse("desk:notices")))


def test_a_wrong_code_can_be_typed_again_and_not_for_ever(desk: Client) -> None:
    post(desk, "offer-address", address="tomas@example.org")
    wrong = "000000" if the_code() != "000000" else "111111"
    tries = [post(desk, "confirm-address", code=wrong) for _try in range(MOST_TRIES)]
    assert [response.status_code for response in tries] == [409] * MOST_TRIES
    assert "That was the last try" in page(tries[-1])
    assert post(desk, "confirm-address", code=the_code())["Location"] == reverse("desk:notices")
    assert tomas().address is None


@pytest.mark.parametrize("typed", ["", "tomas", "tomas@", "a@b.example\nBcc: c@d.example", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_told_and_kept(desk: Client, typed: str) -> None:
    response = post(desk, "offer-address", address=typed)
    assert (response.status_code, mail.outbox) == (422, [])


def test_no_session_holds_an_address_in_clear(desk: Client) -> None:
    post(desk, "offer-address", address="tomas@example.org")
    held = dict(desk.session)
    assert "tomas@" not in str(held)
    assert the_code() not in str(held)


def test_digest_and_duty_are_chosen_on_the_page(desk: Client) -> None:
    refused = post(desk, "notices", digest="daily", is_on_duty="on")
    assert (refused.status_code, tomas().is_on_duty) == (409, False)
    assert 'value="daily" ' in page(refused)
    assert post(desk, "notices", digest="never", is_on_duty="on").status_code == 302
    assert tomas().is_on_duty
    assert "On duty now: <bdi>Tomas Reyl</bdi>." in page(desk.get(reverse("desk:notices")))
    assert post(desk, "notices", digest="hourly").status_code == 422


def test_a_webhook_is_added_and_its_secret_is_shown_once(desk: Client) -> None:
    added = post(desk, "new-webhook", url=URL, verbs=["keep", "publish"])
    hook = Webhook.objects.get()
    assert (hook.url, hook.verbs, hook.person) == (URL, ["keep", "publish"], tomas())
    assert added["Location"] == reverse("desk:webhook", args=[hook.ref])
    first, second = page(desk.get(added["Location"])), page(desk.get(added["Location"]))
    assert (hook.secret in first, hook.secret in second) == (True, False)
    assert "Told of</dt><dd>Keep, Publish now" in second
    listed = page(desk.get(reverse("desk:notices")))
    assert "hooks.example.org" in listed
    assert "a-secret-path" not in listed


@pytest.mark.parametrize(
    ("url", "verbs", "status"),
    [
        ("http://example.org/", ["keep"], 422),
        (URL, [], 422),
        (URL, ["note"], 422),
        ("", ["keep"], 422),
        ("https://example.org:22/", ["keep"], 409),
        ("https://you:me@example.org/", ["keep"], 409),
    ],
)
def test_what_cannot_be_called_is_told_and_kept(desk: Client, url: str, verbs: list[str], status: int) -> None:
    response = post(desk, "new-webhook", url=url, verbs=verbs)
    assert (response.status_code, Webhook.objects.count()) == (status, 0)
    assert f'value="{url}"' in page(response) or not url


def test_a_webhook_is_paused_tried_and_deleted(desk: Client) -> None:
    hook = deeds.add_webhook(URL, ["keep"], by=acting(tomas()))
    post(desk, "try-webhook", hook.ref)
    assert Delivery.objects.get().kind == "test"
    post(desk, "pause-webhook", hook.ref, to="pause")
    assert Webhook.objects.get().is_paused
    assert post(desk, "try-webhook", hook.ref).status_code == 409
    post(desk, "pause-webhook", hook.ref, to="go-on")
    assert not Webhook.objects.get().is_paused
    assert "Delete this webhook?" in page(desk.get(reverse("desk:remove-webhook", args=[hook.ref])))
    post(desk, "remove-webhook", hook.ref)
    assert Webhook.objects.count() == 0


def test_another_hosts_webhook_is_not_there(desk: Client) -> None:
    hook = deeds.add_webhook(URL, ["keep"], by=acting(cast.noor()))
    for name in ("webhook", "pause-webhook", "try-webhook", "remove-webhook"):
        for response in (desk.get(reverse(f"desk:{name}", args=[hook.ref])), post(desk, name, hook.ref, to="pause")):
            assert response["Location"] == reverse("desk:notices")
    assert (Webhook.objects.get().is_paused, Delivery.objects.count()) == (False, 0)


def test_what_was_given_up_is_shown_here_and_in_the_house(desk: Client) -> None:
    hook = deeds.add_webhook(URL, ["keep"], by=acting(tomas()))
    Delivery.objects.create(
        person=tomas(), webhook=hook, kind="test", state="failed", tries=6, trouble="It answered with 503.",
        ended_at=timezone.now(),
    )  # fmt: skip
    here = page(desk.get(reverse("desk:notices")))
    assert "1 delivery was given up after all its tries." in here
    assert "It answered with 503." in here
    assert "1 delivery was given up." in page(desk.get(reverse("desk:house")))
    assert "given up" not in page(cast.signed_in(cast.noor()).get(reverse("desk:house")))
