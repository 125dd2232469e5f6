"""A colleague is invited by a link and comes in by it once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.invite import invite, join
from questions.actions.share import share_preview
from questions.lifecycle import Role, Verb
from questions.models import HOUSE_REF, Event, LinkKind, Person, SharedLink
from tests import cast, factories

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Lior Brandt", "user_name": "lior", "password": "seven slow otters", "again": "seven slow otters",
}  # fmt: skip


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.noor())


def invited(**facts: Any) -> tuple[SharedLink, str]:
    link, token = invite(**{"role": Role.HOST, "days": 3, "by": acting(cast.noor()), **facts})
    return link, reverse("join:join", args=[token])


def house_verbs() -> list[str]:
    return list(Event.objects.of(HOUSE_REF).values_list("verb", flat=True))


def test_the_link_is_shown_once_and_only_its_digest_is_kept(desk: Client) -> None:
    response = desk.post(reverse("desk:invite-person"), {"role": "host", "days": "3"})
    assert response.status_code == 200
    found = re.search(r"http://testserver/join/([\w-]{44})/", response.content.decode())
    assert found
    link = SharedLink.objects.get()
    assert (link.kind, link.role, link.made_by) == (LinkKind.JOIN, Role.HOST, cast.noor())
    assert link.expires_at - link.made_at < timedelta(days=3, minutes=1)
    assert found[1] not in str(SharedLink.objects.values().get())
    assert found[1] not in desk.get(reverse("desk:people")).content.decode()
    assert house_verbs() == [Verb.INVITE]


@pytest.mark.parametrize(
    "wrong", [{"days": "0"}, {"days": "15"}, {"days": ""}, {"days": "9" * 30}, {"role": "asker"}, {"person": "x\x00"}]
)
def test_an_invitation_that_cannot_be_is_not_made(desk: Client, wrong: dict[str, str]) -> None:
    response = desk.post(reverse("desk:invite-person"), {"role": "host", "days": "3"} | wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert not SharedLink.objects.exists()


def test_nobody_who_can_sign_in_is_invited_again() -> None:
    with pytest.raises(Refused, match="can sign in already"):
        invited(person=cast.tomas())


def test_somebody_new_joins_and_is_led_to_sign_in() -> None:
    _link, address = invited()
    page = Client()
    assert "Noor Haddad invites you" in page.get(address).content.decode()
    response = page.post(address, TYPED)
    assert response.status_code == 200
    assert "/desk/account/login/" in response.content.decode()
    assert page.cookies == {}
    lior = Person.objects.get(user__username="lior")
    assert (lior.name, lior.slug, lior.role) == ("Lior Brandt", "lior-brandt", Role.HOST)
    signing_in = page.post("/desk/account/login/", {"login": "lior", "password": "seven slow otters"})
    assert signing_in.headers["Location"] == "/desk/"
    assert house_verbs() == [Verb.INVITE, Verb.JOIN]


def test_somebody_credited_already_keeps_their_page_and_gets_an_account() -> None:
    ines = Person.objects.create(name="Ines Okafor", slug="ines", role=Role.GUEST)
    _link, address = invited(person=ines, role=Role.HOST)
    assert 'value="Ines Okafor"' in Client().get(address).content.decode()
    Client().post(address, TYPED | {"name": "Ines Okafor", "user_name": "ines"})
    ines.refresh_from_db()
    assert (ines.slug, ines.role, ines.user and ines.user.get_username()) == ("ines", Role.HOST, "ines")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "password1234", "again": "password1234"}, "password"),
        ({"password": "lior.brandt.1", "again": "lior.brandt.1", "user_name": "lior.brandt"}, "password"),
        ({"again": "another one entirely"}, "again"), ({"user_name": "noor"}, "user_name"),
        ({"user_name": "NOOR"}, "user_name"), ({"user_name": "two words"}, "user_name"),
        ({"user_name": ""}, "user_name"),
        ({"user_name": "x" * 151}, "user_name"), ({"name": ""}, "name"), ({"name": "x\x00"}, "name"),
        ({"password": "", "again": ""}, "password"), ({"user_name": "a\n"}, None),
    ],
)  # fmt: skip
def test_what_is_not_right_is_named_and_only_the_password_is_typed_again(
    wrong: dict[str, str], field: str | None
) -> None:
    _link, address = invited()
    response = Client().post(address, TYPED | wrong)
    if field is None:
        assert response.status_code == 200
        return
    assert response.status_code == 422
    assert field in response.context["form"].errors
    page = response.content.decode()
    assert field == "name" or 'value="Lior Brandt"' in page
    assert (TYPED | wrong)["password"] == "" or f'value="{(TYPED | wrong)["password"]}"' not in page
    assert User.objects.count() == 1
    assert Client().post(address, TYPED).status_code == 200, "the invitation was used up by a mistake"


def test_an_invitation_lets_in_once() -> None:
    _link, address = invited()
    Client().post(address, TYPED)
    for answer in (Client().get(address), Client().post(address, TYPED | {"user_name": "second"})):
        assert answer.status_code == 410
        assert "has been used" in answer.content.decode()
    assert not User.objects.filter(username="second").exists()


def test_of_two_at_the_same_moment_the_second_is_refused() -> None:
    """Both have passed the look at the link before either uses it up."""
    link, _address = invited()
    same = SharedLink.objects.get(pk=link.pk)
    join(link, name="Lior", user_name="lior", password="seven slow otters")
    with pytest.raises(Refused, match="has been used"):
        join(same, name="Mallory", user_name="mallory", password="seven slow otters")
    assert set(User.objects.values_list("username", flat=True)) == {"noor", "lior"}


def test_a_name_that_was_taken_meanwhile_does_not_use_up_the_invitation() -> None:
    link, _address = invited()
    with pytest.raises(Refused, match="signs in with this name"):
        join(link, name="N", user_name="Noor", password="seven slow otters")
    assert SharedLink.objects.get(pk=link.pk).used_at is None


def test_an_invitation_that_was_taken_back_or_has_run_out_says_so(desk: Client) -> None:
    link, address = invited()
    desk.post(reverse("desk:revoke-invitation", args=[link.ref]))
    assert "was taken back" in Client().get(address).content.decode()
    other, late = invited()
    with factories.the_time(timezone.now() + timedelta(days=3, minutes=1)):
        assert "has run out" in Client().get(late).content.decode()
        assert Client().post(late, TYPED).status_code == 410
        with pytest.raises(Refused):
            join(other, name="L", user_name="lior", password="seven slow otters")
    assert not User.objects.filter(username="lior").exists()


@pytest.mark.parametrize("token", ["x", "A" * 44, "%00", "-" * 44, "é" * 44, "A" * 4000])
def test_a_made_up_link_leads_nowhere_and_is_no_fault(token: str) -> None:
    for answer in (Client().get(f"/join/{token}/"), Client().post(f"/join/{token}/", TYPED)):
        assert answer.status_code == 404
        assert answer["Cache-Control"] == "no-store"


def test_a_link_of_another_kind_is_no_invitation() -> None:
    _link, token = share_preview(factories.assembled_episode(), days=3, by=acting(cast.noor()))
    assert Client().get(f"/join/{token}/").status_code == 404
