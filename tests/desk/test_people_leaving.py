"""Somebody leaves the show in one step, and can be welcomed back."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.claim import claim, take_over
from questions.actions.draft import draft
from questions.actions.invite import invite
from questions.actions.people import offboard
from questions.actions.share import share_preview, share_with_guest
from questions.actions.undo import undo
from questions.lifecycle import QuestionState, Role, Verb
from questions.models import (
    HOUSE_REF,
    Autosave,
    Delivery,
    DeliveryState,
    Digest,
    Event,
    LinkKind,
    Person,
    Presence,
    Question,
    SharedLink,
    SignIn,
    Webhook,
)
from tests import cast, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.noor())


def goodbye_to(person: Person) -> str:
    return reverse("desk:offboard-person", args=[person.ref])


def claimed(person: Person, text: str = "Is it rude to nap at a wedding?") -> Question:
    question = factories.asked(text)
    claim(question, by=acting(person), seen=question.version)
    question.refresh_from_db()
    return question


def busy() -> Person:
    """Tomas with something of everything that a host leaves behind."""
    tomas = cast.tomas()
    question = claimed(tomas)
    draft(question, body="Nap between the speeches.", by=acting(tomas), seen=question.version)
    Autosave.objects.create(question=question, person=tomas, body="Half a", seen=1)
    Presence.objects.create(question=question, person=tomas)
    hook = Webhook.objects.create(person=tomas, url="https://hooks.example/", secret="s")
    Delivery.objects.create(person=tomas, webhook=hook, kind="event")
    share_preview(factories.assembled_episode(), days=3, by=acting(tomas))
    given = factories.asked("Who snores?")
    share_with_guest(given, "Ines Okafor", days=3, by=acting(tomas), seen=given.version)
    Authenticator.objects.create(user=tomas.user, type="totp", data={"secret": "s"})
    Person.objects.filter(pk=tomas.pk).update(digest=Digest.DAILY, is_on_duty=True)
    tomas.refresh_from_db()
    tomas.address = "tomas@example.org"
    tomas.save()
    cast.signed_in(tomas).get(reverse("own_account"))
    return tomas


def test_the_page_says_exactly_what_will_happen(desk: Client) -> None:
    tomas = busy()
    page = " ".join(desk.get(goodbye_to(tomas)).content.decode().split())
    for sentence in (
        "1 session ends", "1 question they have claimed is free again", "1 invitation or preview link they made",
        "1 guest whom they invited", "1 webhook of theirs pauses", "history of what they did stay",
    ):  # fmt: skip
        assert sentence in page
    tomas.refresh_from_db()
    assert tomas.left_on is None


def test_everything_that_lets_them_in_or_speaks_for_them_ends(desk: Client) -> None:
    tomas = busy()
    in_session = cast.signed_in(tomas)
    assert desk.post(goodbye_to(tomas), {}).status_code == 302
    tomas.refresh_from_db()
    assert (tomas.left_on, tomas.digest, tomas.is_on_duty) == (timezone.localdate(), Digest.NEVER, False)
    assert (tomas.address, tomas.role, tomas.name) == (None, Role.HOST, "Tomas Reyl")
    user = User.objects.get(username="tomas")
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert "/login/" in in_session.get("/desk/people/").headers["Location"]
    for gone in (SignIn.objects.filter(user=user), Authenticator.objects.filter(user=user), Autosave.objects.all()):
        assert not gone.exists()
    assert not Presence.objects.exists()
    assert Webhook.objects.get().is_paused
    assert Delivery.objects.get().state == DeliveryState.DROPPED
    assert not SharedLink.objects.filter(revoked_at=None).exists()
    assert not Question.objects.filter(state=QuestionState.ANSWERING).exists()


def test_claims_are_freed_by_the_owner_in_one_stroke_and_drafts_stay(desk: Client) -> None:
    tomas = busy()
    desk.post(goodbye_to(tomas), {"keeps_guest_links": "on"})
    asked = Question.objects.exclude(answer=None).get(state=QuestionState.KEPT)
    assert asked.answer.current_revision is not None
    last, goodbye = Event.objects.of(asked.ref).last(), Event.objects.of(HOUSE_REF).last()
    assert last
    assert goodbye
    assert (last.verb, last.person, goodbye.verb) == (Verb.UNCLAIM, cast.noor(), Verb.OFFBOARD)
    assert last.batch == goodbye.batch
    assert goodbye.batch is not None
    assert (goodbye.details["claims"], goodbye.details["kept_guest_links"]) == (1, 1)


@pytest.mark.parametrize(("kept", "state"), [(True, QuestionState.ANSWERING), (False, QuestionState.KEPT)])
def test_guests_whom_they_invited_go_on_answering_if_that_is_wished(kept: bool, state: QuestionState) -> None:
    tomas = busy()
    offboard(tomas, keeps_guest_links=kept, by=acting(cast.noor()))
    link = SharedLink.objects.select_related("question").get(kind=LinkKind.GUEST)
    assert link.question
    assert (link.revoked_at is None, link.question.state) == (kept, state)


def test_what_they_did_keeps_their_name(desk: Client) -> None:
    factories.published_episode()
    tomas = cast.tomas()
    offboard(tomas, keeps_guest_links=False, by=acting(cast.noor()))
    assert Event.objects.filter(verb=Verb.PUBLISH, person=tomas).exists()
    assert "Tomas Reyl" in Client().get("/episodes/episode-1-1/").content.decode()
    assert "Have left" in desk.get(reverse("desk:people")).content.decode()


def test_nobody_says_goodbye_to_themselves_or_twice(desk: Client) -> None:
    assert desk.post(goodbye_to(cast.noor()), {}).status_code == 409
    tomas = cast.tomas()
    offboard(tomas, keeps_guest_links=False, by=acting(cast.noor()))
    with pytest.raises(Refused, match="has left already"):
        offboard(tomas, keeps_guest_links=False, by=acting(cast.noor()))


def test_a_refused_goodbye_leaves_everything_as_it_was() -> None:
    tomas, question = cast.tomas(), claimed(cast.tomas())
    with pytest.raises(Refused):
        offboard(tomas, keeps_guest_links=False, by=acting(Person.objects.create(name="H", slug="h", role=Role.HOST)))
    question.refresh_from_db()
    assert (question.state, question.claimed_by) == (QuestionState.ANSWERING, tomas)


def test_somebody_with_no_account_can_leave_too() -> None:
    lior = Person.objects.create(name="Lior Brandt", slug="lior", role=Role.GUEST)
    offboard(lior, keeps_guest_links=False, by=acting(cast.noor()))
    lior.refresh_from_db()
    assert lior.left_on == timezone.localdate()


def test_welcome_back_is_a_new_invitation_for_the_same_person(desk: Client) -> None:
    tomas = busy()
    desk.post(goodbye_to(tomas), {})
    assert f"?person={tomas.ref}" in desk.get(reverse("desk:people")).content.decode()
    assert f'value="{tomas.ref}" selected' in desk.get(f"/desk/people/invite/?person={tomas.ref}").content.decode()
    _link, token = invite(role=Role.HOST, days=3, by=acting(cast.noor()), person=tomas)
    page = Client()
    assert "Welcome back" in page.get(f"/join/{token}/").content.decode()
    typed = {"name": "Tomas Reyl", "user_name": "tomas", "password": "nine new herons", "again": "nine new herons"}
    assert page.post(f"/join/{token}/", typed).status_code == 200
    tomas.refresh_from_db()
    assert (tomas.left_on, tomas.role, User.objects.filter(username="tomas").count()) == (None, Role.HOST, 1)
    old = page.post("/desk/account/login/", {"login": "tomas", "password": cast.PASSWORD})
    new = page.post("/desk/account/login/", {"login": "tomas", "password": "nine new herons"})
    assert (old.status_code, new.headers.get("Location")) == (200, "/desk/")
    assert Webhook.objects.get().is_paused


def test_an_invitation_for_somebody_ends_when_they_leave() -> None:
    lior = Person.objects.create(name="Lior Brandt", slug="lior", role=Role.GUEST)
    invite(role=Role.HOST, days=3, by=acting(cast.noor()), person=lior)
    offboard(lior, keeps_guest_links=True, by=acting(cast.noor()))
    assert SharedLink.objects.get().revoked_at is not None


def test_no_undo_gives_a_question_to_somebody_who_has_left() -> None:
    tomas, noor = cast.tomas(), acting(cast.noor())
    question = claimed(tomas)
    taken = take_over(question, by=noor, seen=question.version)
    offboard(tomas, keeps_guest_links=True, by=noor)
    with pytest.raises(Refused, match="Whoever had it has left the show"):
        undo(taken, by=noor)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, so nobody waits for a row")
def test_questions_are_locked_before_the_house() -> None:
    """The other way round, a goodbye and a guest who saves could wait for each other."""
    tomas = busy()
    with CaptureQueriesContext(connection) as done:
        offboard(tomas, keeps_guest_links=False, by=acting(cast.noor()))
    locked = [query["sql"] for query in done.captured_queries if "FOR UPDATE" in query["sql"]]
    tables = [sql.split(' FROM "questions_')[1].split('"')[0] for sql in locked]
    assert tables[: tables.index("show")][0] == "question"
    assert " IN " in locked[0], "all of them at once, in the order of their numbers"
