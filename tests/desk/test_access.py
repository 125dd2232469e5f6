"""What the door of the desk does besides: nothing typed is lost at it, and what nobody has opened is shut.

Who may enter which room stands in tests/doors/table.py.
"""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests import cast, factories
from tests.doors.callers import BACKEND


def leads_to_sign_in(response: Any, address: str) -> bool:
    return (response.status_code, response.headers.get("Location")) == (302, f"/desk/account/login/?next={address}")


@pytest.mark.django_db
def test_what_is_not_there_is_shut_as_well() -> None:
    assert leads_to_sign_in(cast.signed_out().get("/desk/nowhere/"), "/desk/nowhere/")
    assert cast.signed_in(cast.ines()).get("/desk/nowhere/").status_code == 403
    assert cast.signed_in(cast.viv()).get("/desk/nowhere/").status_code == 403


@pytest.mark.django_db
def test_somebody_whose_account_is_switched_off_is_signed_out() -> None:
    client = cast.signed_in(cast.tomas())
    User.objects.update(is_active=False)
    assert leads_to_sign_in(client.get("/desk/"), "/desk/")


@pytest.mark.django_db
def test_what_was_typed_is_shown_when_the_session_is_over() -> None:
    response = cast.signed_out().post("/desk/preview/", {"body": "An evening’s work <b>"})
    assert response.status_code == 403
    assert "An evening’s work &lt;b&gt;" in response.content.decode()


@pytest.mark.django_db
def test_every_field_that_was_typed_is_given_back_and_no_token() -> None:
    typed = {"title": "Naps", "videos-0-note": "Loud.", "body": "Long. " * 30, "topics": ["3", "5"], "blank": " "}
    ours = {"csrfmiddlewaretoken": "tokentoken", "seen": "1234", "videos-TOTAL_FORMS": "8765", "action": "save"}
    response = cast.signed_out().post("/desk/episodes/new/", {**typed, **ours})
    assert response.status_code == 403
    assert response.context["typed"] == [
        ("title", "Naps"), ("videos-0-note", "Loud."), ("body", "Long. " * 30), ("topics", "3"), ("topics", "5"),
    ]  # fmt: skip
    page = response.content.decode()
    assert 'value="Naps"' in page
    assert ("Long. " * 30) in page
    assert not any(value in page for value in ("tokentoken", "1234", "8765"))


@pytest.mark.django_db
def test_what_was_typed_outlives_signing_in_again_in_another_tab() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tomas().user, backend=BACKEND)  # type: ignore[arg-type]
    page = reverse("desk:write-answer", args=[factories.asked().ref])
    response = client.post(
        page, {"body": "An evening’s work. " * 9, "sign_off": "Drowsy", "csrfmiddlewaretoken": "old"}
    )
    assert response.status_code == 403
    shown = response.content.decode()
    assert response.context["typed"] == [("body", "An evening’s work. " * 9), ("sign_off", "Drowsy")]
    assert "so nothing was saved" in shown
    assert f'href="{page}"' in shown
    assert 'class="skip"' in shown


@pytest.mark.django_db
def test_a_password_is_not_given_back_with_a_stale_form() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "noor", "password": "eleven quiet herons"})
    assert response.status_code == 403
    assert "eleven quiet" not in response.content.decode()
    assert "Go back and try once more" in response.content.decode()


@pytest.mark.django_db
def test_nobody_is_promised_a_letter() -> None:
    assert "Forgot" not in cast.signed_out().get("/desk/account/login/").content.decode()
    for address in ("/desk/account/password/reset/", "/desk/account/password/reset/done/"):
        assert "Ask an owner of the show" in cast.signed_out().get(address).content.decode()
        assert cast.signed_in(cast.tomas()).post(address, {"email": "a@example.org"}).status_code == 200
    assert cast.signed_in(cast.tomas()).get("/desk/account/email/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/desk/account/2fa/", "Second step when signing in"),
        ("/desk/account/password/change/", "A new password"),
        ("/desk/account/logout/", "Sign out?"),
        ("/desk/account/reauthenticate/", "Is it still you?"),
    ],
)
def test_the_pages_of_ones_account_speak_with_our_voice(address: str, words: str) -> None:
    client = Client()
    cast.tomas()
    client.post("/desk/account/login/", {"login": "tomas", "password": cast.PASSWORD})
    assert f'<h1 class="title">{words}</h1>' in " ".join(client.get(address).content.decode().split())


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot to say who may enter."""
    return HttpResponse("secrets")


app_name = "desk"
urlpatterns = [
    path("desk/forgotten/", forgotten),
    path("desk/account/", include("allauth.urls")),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_view_that_does_not_say_who_may_enter_is_shut_to_all() -> None:
    for somebody in (cast.ines, cast.viv, cast.tomas, cast.noor):
        assert cast.signed_in(somebody()).get("/desk/forgotten/").status_code == 403
