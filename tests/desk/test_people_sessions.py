"""Where somebody is signed in: seen, ended, and nothing kept of it that says where they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.sessions import end_all_of, end_session, forget_sessions
from questions.desk.signed_in import browser_of
from questions.lifecycle import Verb
from questions.models import HOUSE_REF, Event, SignIn
from questions.sessions import digest
from tests import cast, factories

pytestmark = pytest.mark.django_db

OWN = "/desk/account/"
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


def signs_in(name: str = "tomas", agent: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR="203.0.113.9")
    answer = client.post("/desk/account/login/", {"login": name, "password": cast.PASSWORD})
    assert answer.headers["Location"] == "/desk/"
    return client


def key_of(client: Client) -> str:
    return digest(str(client.session.session_key))


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


@pytest.mark.parametrize(
    ("agent", "word"),
    [
        (FIREFOX, "Firefox on Android"), (CHROME, "Chrome on Linux"),
        (CHROME.replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64") + " Edg/141.0", "Edge on Windows"),
        (CHROME + " OPR/120.0", "Opera on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/141.0 Safari/604.1", "Chrome on iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/18.0 Safari/605.1", "Safari on macOS"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 SamsungBrowser/26.0", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/141.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Firefox/143", "Firefox"), ("curl/8.0", ""), ("", ""), ("\x00" * 9999, ""),
    ],
)  # fmt: skip
def test_a_browser_is_one_coarse_word(agent: str, word: str) -> None:
    assert browser_of(agent) == word


def test_signing_in_notes_the_browser_and_no_address() -> None:
    tomas = cast.tomas()
    client = signs_in()
    row = SignIn.objects.get()
    assert (row.user, row.browser, row.seen_on) == (tomas.user, "Firefox on Android", timezone.localdate())
    assert row.session_key == key_of(client)
    kept = str(SignIn.objects.values()) + str([session.get_decoded() for session in Session.objects.all()])
    assert [trace for trace in ("203.0.113", "Gecko", "143.0") if trace in kept] == []


def test_the_day_moves_on_once_a_day_and_costs_nothing_in_between() -> None:
    cast.tomas()
    client = signs_in()
    SignIn.objects.update(seen_on=timezone.localdate() - timedelta(days=3))
    client.get(OWN)
    assert SignIn.objects.get().seen_on == timezone.localdate() - timedelta(days=3)
    with factories.the_time(timezone.now() + timedelta(days=1)):
        client.get(OWN)
        assert SignIn.objects.get().seen_on == timezone.localdate()
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/account/2fa/")
        assert not any("signin" in query["sql"] for query in queries)


def test_ones_own_page_lists_them_and_ends_one() -> None:
    cast.tomas()
    here, there = signs_in(agent=CHROME), signs_in()
    page = here.get(OWN).content.decode()
    assert "Chrome on Linux" in page
    assert "Firefox on Android" in page
    gone = SignIn.objects.get(session_key=key_of(there))
    assert here.post(reverse("end_session", args=[gone.pk])).headers["Location"] == OWN
    assert (is_in(here), is_in(there)) == (True, False)
    assert not Session.objects.filter(session_key=gone.session_key).exists()
    assert "over already" in here.post(reverse("end_session", args=[gone.pk]), follow=True).content.decode()


def test_all_others_end_and_this_one_stays() -> None:
    cast.tomas()
    here, others = signs_in(), [signs_in(agent=CHROME), signs_in()]
    here.post(reverse("end_other_sessions"))
    assert (is_in(here), *(is_in(other) for other in others)) == (True, False, False)
    event = Event.objects.of(HOUSE_REF).get()
    assert (event.verb, event.person, event.details["sessions"]) == (Verb.END_SESSIONS, cast.tomas(), 2)


@pytest.mark.parametrize("who", [cast.viv, cast.ines])
def test_a_viewer_and_a_guest_look_after_their_own(who: Any) -> None:
    person = who()
    here, there = signs_in(person.slug), signs_in(person.slug)
    here.post(reverse("end_other_sessions"))
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_somebody_elses_session() -> None:
    cast.noor()
    cast.tomas()
    noors, tomases = signs_in("noor"), signs_in()
    row = SignIn.objects.get(session_key=key_of(noors))
    tomases.post(reverse("end_session", args=[row.pk]))
    assert not end_session(row, by=cast.tomas())
    assert is_in(noors)
    assert Client().post(reverse("end_session", args=[row.pk])).headers["Location"].startswith("/desk/account/login/")


def test_an_owner_signs_somebody_out_everywhere() -> None:
    tomas, noor = cast.tomas(), cast.noor()
    signed_in, owner = [signs_in(), signs_in()], cast.signed_in(noor)
    address = reverse("desk:edit-person", args=[tomas.ref])
    assert owner.get(address).content.decode().count("Firefox on Android") == 2
    owner.post(reverse("desk:end-person-sessions", args=[tomas.ref]))
    assert [is_in(client) for client in signed_in] == [False, False]
    assert SignIn.objects.filter(user=tomas.user).count() == 0
    event = Event.objects.of(HOUSE_REF).get()
    assert (event.verb, event.person, event.details["sessions"]) == (Verb.END_SESSIONS, noor, 2)
    with pytest.raises(Refused):
        end_all_of(noor, by=acting(tomas))


def test_signing_out_leaves_no_row() -> None:
    cast.tomas()
    client = signs_in()
    key = key_of(client)
    client.post("/desk/account/logout/")
    assert not SignIn.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()


def test_a_new_password_ends_every_other_session_and_this_one_stays_one_row() -> None:
    cast.tomas()
    here, there = signs_in(agent=CHROME), signs_in()
    new = "twelve brave newts"
    here.post("/desk/account/password/change/", {"oldpassword": cast.PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)
    row = SignIn.objects.get()
    assert (row.session_key, row.browser) == (key_of(here), "Chrome on Linux")


def test_a_session_that_has_run_out_goes_with_the_clock() -> None:
    cast.tomas()
    signs_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    forget_sessions(timezone.now())
    assert (SignIn.objects.count(), Session.objects.count()) == (0, 0)


def test_a_request_that_was_on_its_way_does_not_bring_an_ended_session_back() -> None:
    cast.tomas()
    client = signs_in()
    key = key_of(client)
    SignIn.objects.all().delete()
    Session.objects.filter(session_key=key).delete()
    assert not is_in(client)
    assert not Session.objects.filter(session_key=key).exists()
