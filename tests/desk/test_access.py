"""Who may enter which room of the desk: every address, everybody, reading and writing, against one table."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path, reverse

from questions.actions.acting import acting
from questions.actions.correspond import note
from questions.actions.invite import invite
from questions.actions.share import share_preview
from questions.actions.views import save_view
from questions.desk import urls as desk_urls
from questions.lifecycle import Role
from tests import cast, factories

EVERYBODY = ("signed out", "no person", "guest", "viewer", "host", "owner")
SIGN_IN, SHUT, OPEN = "sign in", "shut", "open"

HOSTS_ONLY = {
    "GET": (SIGN_IN, SHUT, SHUT, SHUT, OPEN, OPEN),
    "POST": (SHUT, SHUT, SHUT, SHUT, OPEN, OPEN),
}
VIEWERS_TOO = {
    "GET": (SIGN_IN, SHUT, SHUT, OPEN, OPEN, OPEN),
    "POST": (SHUT, SHUT, SHUT, SHUT, OPEN, OPEN),
}
OWN_MATTER = {
    "GET": (SIGN_IN, SHUT, SHUT, OPEN, OPEN, OPEN),
    "POST": (SHUT, SHUT, SHUT, OPEN, OPEN, OPEN),
}
OWNERS_ONLY = {
    "GET": (SIGN_IN, SHUT, SHUT, SHUT, SHUT, OPEN),
    "POST": (SHUT, SHUT, SHUT, SHUT, SHUT, OPEN),
}
MATRIX = {
    "queue": VIEWERS_TOO,
    "queue-state": VIEWERS_TOO,
    "queue-news": VIEWERS_TOO,
    "preview-several": HOSTS_ONLY,
    "decide-several": HOSTS_ONLY,
    "undo-several": HOSTS_ONLY,
    "views": HOSTS_ONLY,
    "save-view": HOSTS_ONLY,
    "change-view": HOSTS_ONLY,
    "search": HOSTS_ONLY,
    "question": VIEWERS_TOO,
    "undo": HOSTS_ONLY,
    "here": HOSTS_ONLY,
    "preferences": OWN_MATTER,
    "alert-question": HOSTS_ONLY,
    "stand-down-question": HOSTS_ONLY,
    "lift-question": HOSTS_ONLY,
    "keep-question": HOSTS_ONLY,
    "claim-question": HOSTS_ONLY,
    "unclaim-question": HOSTS_ONLY,
    "take-over-question": HOSTS_ONLY,
    "tag-question": HOSTS_ONLY,
    "decline-question": HOSTS_ONLY,
    "reconsider-question": HOSTS_ONLY,
    "merge-question": HOSTS_ONLY,
    "split-question": HOSTS_ONLY,
    "reply-question": HOSTS_ONLY,
    "note-question": HOSTS_ONLY,
    "answer-privately-question": HOSTS_ONLY,
    "write-answer": HOSTS_ONLY,
    "autosave-answer": HOSTS_ONLY,
    "preview-wording": HOSTS_ONLY,
    "answer-revisions": HOSTS_ONLY,
    "compare-revisions": HOSTS_ONLY,
    "name-revision": HOSTS_ONLY,
    "mentions": HOSTS_ONLY,
    "preview-answer": HOSTS_ONLY,
    "episodes": HOSTS_ONLY,
    "new-episode": HOSTS_ONLY,
    "edit-episode": HOSTS_ONLY,
    "preview-episode": HOSTS_ONLY,
    "publish-episode": HOSTS_ONLY,
    "schedule-episode": HOSTS_ONLY,
    "unschedule-episode": HOSTS_ONLY,
    "retract-episode": HOSTS_ONLY,
    "correct-episode": HOSTS_ONLY,
    "disband-episode": HOSTS_ONLY,
    "share-episode": HOSTS_ONLY,
    "share-question": HOSTS_ONLY,
    "revoke-link": HOSTS_ONLY,
    "calendar": HOSTS_ONLY,
    "calendar-month": HOSTS_ONLY,
    "reports": VIEWERS_TOO,
    "report": VIEWERS_TOO,
    "settle-report": HOSTS_ONLY,
    "take-up-report": HOSTS_ONLY,
    "house": HOSTS_ONLY,
    "edit-asking": HOSTS_ONLY,
    "edit-promises": OWNERS_ONLY,
    "crisis-lines": HOSTS_ONLY,
    "new-crisis-line": HOSTS_ONLY,
    "edit-crisis-line": HOSTS_ONLY,
    "confirm-crisis-line": HOSTS_ONLY,
    "remove-crisis-line": HOSTS_ONLY,
    "show-settings": HOSTS_ONLY,
    "edit-show": OWNERS_ONLY,
    "preview-show": OWNERS_ONLY,
    "preview-sheet": HOSTS_ONLY,
    "topics": HOSTS_ONLY,
    "new-topic": HOSTS_ONLY,
    "edit-topic": HOSTS_ONLY,
    "merge-topic": HOSTS_ONLY,
    "delete-topic": HOSTS_ONLY,
    "entries": HOSTS_ONLY,
    "new-entry": HOSTS_ONLY,
    "edit-entry": HOSTS_ONLY,
    "move-entry": HOSTS_ONLY,
    "remove-entry": HOSTS_ONLY,
    "preview-entry": HOSTS_ONLY,
    "resources": HOSTS_ONLY,
    "people": HOSTS_ONLY,
    "new-person": OWNERS_ONLY,
    "edit-person": OWNERS_ONLY,
    "appoint-person": OWNERS_ONLY,
    "end-person-sessions": OWNERS_ONLY,
    "offboard-person": OWNERS_ONLY,
    "invite-person": OWNERS_ONLY,
    "revoke-invitation": OWNERS_ONLY,
    "history": HOSTS_ONLY,
    "history-csv": HOSTS_ONLY,
    "history-json": HOSTS_ONLY,
    "notices": HOSTS_ONLY,
    "offer-address": HOSTS_ONLY,
    "confirm-address": HOSTS_ONLY,
    "remove-address": HOSTS_ONLY,
    "new-webhook": HOSTS_ONLY,
    "webhook": HOSTS_ONLY,
    "pause-webhook": HOSTS_ONLY,
    "try-webhook": HOSTS_ONLY,
    "remove-webhook": HOSTS_ONLY,
    "insights": HOSTS_ONLY,
    "insights-table": HOSTS_ONLY,
}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


DESK = {str(pattern.name): pattern for pattern in patterns(list(desk_urls.urlpatterns))}


def address_of(name: str) -> str:
    """An address of that name, under which there is something."""
    wanted = DESK[name].pattern.converters
    given: dict[str, object] = {}
    if "name" in wanted:
        given["name"] = "kept"
    if "event" in wanted:
        given["event"] = note(factories.asked(), text="Mine.", by=acting(cast.noor())).pk
    if "ref" in wanted:
        given["ref"] = factories.assembled_episode().ref if "episode" in name else factories.asked().ref
    if "report" in name and "ref" in wanted:
        given["ref"] = factories.report().ref
    if "person" in name and "ref" in wanted:
        given["ref"] = cast.ines().ref
    if name == "revoke-invitation":
        given["ref"] = invite(role=Role.HOST, days=3, by=acting(cast.noor()))[0].ref
    if name == "revoke-link":
        given["ref"] = share_preview(factories.assembled_episode(), days=3, by=acting(cast.noor()))[0].ref
    if name == "change-view":
        given["ref"] = save_view(name="Ours", query="state=kept", by=cast.noor(), is_shared=True).ref
    if "batch" in wanted:
        given["batch"] = uuid.uuid4()
    if "year" in wanted:
        given |= {"year": 2030, "month": 11}
    if "number" in wanted:
        given["number"] = 1
    if "pk" in wanted:
        given["pk"] = factories.crisis_line("116 000").pk
    if name.endswith("-topic") and "pk" in wanted:
        given["pk"] = factories.topic().pk
    if "kind" in wanted:
        given |= {"kind": "verdicts"} | ({"pk": factories.verdict().pk} if "pk" in wanted else {})
    return reverse(f"desk:{name}", kwargs=given)


def client_of(somebody: str) -> Client:
    if somebody == "signed out":
        return cast.signed_out()
    if somebody == "no person":
        client = Client()
        client.force_login(User.objects.create_user("mallory"), backend=cast_backend())
        return client
    people = {"guest": cast.ines, "viewer": cast.viv, "host": cast.tomas, "owner": cast.noor}
    return cast.signed_in(people[somebody]())


def cast_backend() -> str:
    return "allauth.account.auth_backends.AuthenticationBackend"


def outcome(response: Any, address: str) -> str:
    if response.status_code == 403:
        return SHUT
    if response.status_code == 302 and response["Location"] == f"{reverse('account_login')}?next={address}":
        return SIGN_IN
    assert response.status_code < 500
    return OPEN


def test_every_address_of_the_desk_has_a_row() -> None:
    assert set(DESK) == set(MATRIX)


METHODS = {"GET": ("GET", "HEAD", "OPTIONS"), "POST": ("POST", "PUT", "PATCH", "DELETE")}
"""The methods that only read, and those that may change something: the door treats each kind alike."""


@pytest.mark.django_db
@pytest.mark.parametrize("kind", METHODS)
@pytest.mark.parametrize("name", MATRIX)
def test_the_door_lets_in_whom_the_table_lets_in(name: str, kind: str) -> None:
    address = address_of(name)
    found: dict[str, list[str]] = {method: [] for method in METHODS[kind]}
    for somebody in EVERYBODY:
        client = client_of(somebody)
        for method in METHODS[kind]:
            response = client.generic(method, address)
            assert "no-store" in response["Cache-Control"]
            found[method].append(outcome(response, address))
    assert found == {method: list(MATRIX[name][kind]) for method in METHODS[kind]}


@pytest.mark.django_db
def test_what_is_not_there_is_shut_as_well() -> None:
    assert outcome(client_of("signed out").get("/desk/nowhere/"), "/desk/nowhere/") == SIGN_IN
    assert client_of("guest").get("/desk/nowhere/").status_code == 403
    assert client_of("viewer").get("/desk/nowhere/").status_code == 403


@pytest.mark.django_db
def test_somebody_whose_account_is_switched_off_is_signed_out() -> None:
    client = client_of("host")
    User.objects.update(is_active=False)
    assert outcome(client.get("/desk/"), "/desk/") == SIGN_IN


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
    client.force_login(cast.tomas().user, backend=cast_backend())  # type: ignore[arg-type]
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
@pytest.mark.parametrize("name", [name for name in MATRIX if not name.startswith(("queue", "question", "preview-a"))])
def test_no_address_is_a_dead_end_in_the_address_bar(name: str) -> None:
    response = client_of("owner").get(address_of(name), follow=True)
    assert response.status_code == 200


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
    for somebody in EVERYBODY[1:]:
        assert client_of(somebody).get("/desk/forgotten/").status_code == 403
