"""The people of the show: the list of them, what readers see of each, and their roles."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.actions.acting import Refused, acting
from questions.actions.claim import claim
from questions.actions.invite import invite
from questions.actions.people import Profile, add_person, appoint, edit_person, offboard
from questions.lifecycle import QuestionState, Role, Verb
from questions.models import HOUSE_REF, Event, Person, Question, SharedLink
from tests import cast, factories
from tests.reading import seen

pytestmark = pytest.mark.django_db

TYPED = {"name": "Lior Brandt", "slug": "lior-brandt", "pronouns": "they", "bio": "Knots.", "disclosure": "No doctor."}


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.noor())


def address(name: str, person: Person | None = None) -> str:
    return reverse(f"desk:{name}", args=[person.ref] if person else [])


def words(response: Any) -> str:
    return seen.only(response, "main")


def last_of_the_house() -> Event:
    event = Event.objects.of(HOUSE_REF).last()
    assert event
    return event


def test_the_list_says_what_a_host_wants_to_know_of_colleagues(desk: Client) -> None:
    tomas, asked = cast.tomas(), factories.asked()
    cast.signed_in(tomas).get(address("people"))
    claim(asked, by=acting(tomas), seen=asked.version)
    rows = {row.person.slug: row for row in desk.get(address("people")).context["here"]}
    assert rows["tomas"].person.claim_count == 1
    assert rows["tomas"].person.second_step_count == 0
    assert rows["tomas"].seen_on is not None
    assert "Invite somebody" in words(desk.get(address("people")))


def test_a_host_sees_the_list_and_changes_nothing() -> None:
    noor = cast.noor()
    page = cast.signed_in(cast.tomas()).get(address("people")).content.decode()
    assert "Noor Haddad" in page
    assert "Invite somebody" not in page
    assert address("edit-person", noor) not in page


def test_the_list_costs_the_same_however_many_there_are(desk: Client, django_assert_num_queries: Any) -> None:
    desk.get(address("people"))
    with CaptureQueriesContext(connection) as few:
        desk.get(address("people"))
    for number in range(12):
        Person.objects.create(name=f"Guest {number}", slug=f"guest-{number}")
    with django_assert_num_queries(len(few)):
        desk.get(address("people"))


def test_somebody_is_added_and_can_be_credited_but_not_sign_in(desk: Client) -> None:
    assert desk.post(address("new-person"), TYPED | {"role": "guest"}).status_code == 302
    lior = Person.objects.get(slug="lior-brandt")
    assert (lior.name, lior.role, lior.user) == ("Lior Brandt", Role.GUEST, None)
    event = last_of_the_house()
    assert (event.verb, event.person, event.details["name"]) == (Verb.APPOINT, cast.noor(), "Lior Brandt")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "x" * 81), ("name", "a\x00b"), ("slug", ""), ("slug", "noor"), ("slug", "two words"),
        ("slug", "x" * 81), ("pronouns", "x" * 41), ("bio", "x" * 2001), ("role", "emperor"), ("role", "asker"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_named_and_nothing_typed_is_lost(desk: Client, field: str, value: str) -> None:
    response = desk.post(address("new-person"), TYPED | {"role": "host"} | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "No doctor." in response.content.decode()
    assert not Person.objects.filter(pronouns="they").exists()


def test_what_readers_see_of_somebody_is_changed_and_noted_without_the_words(desk: Client) -> None:
    tomas = cast.tomas()
    assert desk.post(address("edit-person", tomas), TYPED).status_code == 302
    tomas.refresh_from_db()
    assert (tomas.name, tomas.bio) == ("Lior Brandt", "Knots.")
    event = last_of_the_house()
    assert event.verb == Verb.SET
    assert event.details["changed"] == ["name", "slug", "pronouns", "bio", "disclosure"]
    assert "Knots" not in str(event.details)


def test_a_page_that_an_episode_leads_to_keeps_its_address(desk: Client) -> None:
    factories.published_episode()
    tomas = cast.tomas()
    assert desk.post(address("edit-person", tomas), TYPED).status_code == 302
    tomas.refresh_from_db()
    assert (tomas.name, tomas.slug) == ("Lior Brandt", "tomas")
    with pytest.raises(Refused, match="keeps its address"):
        edit_person(tomas, Profile("Tomas", "elsewhere"), by=acting(cast.noor()))


def test_two_people_never_share_an_address() -> None:
    cast.tomas()
    with pytest.raises(Refused, match="this address already"):
        add_person(Profile("Tomas the Second", "tomas"), role=Role.GUEST, by=acting(cast.noor()))


def test_an_owner_gives_another_role(desk: Client) -> None:
    tomas = cast.tomas()
    response = desk.post(address("appoint-person", tomas), {"role": "owner"})
    assert response.headers["Location"] == address("people")
    tomas.refresh_from_db()
    assert tomas.role == Role.OWNER
    event = last_of_the_house()
    assert (event.verb, event.details["role"], event.details["was"]) == (Verb.APPOINT, "owner", "host")
    assert desk.post(address("appoint-person", tomas), {"role": "emperor"}).status_code == 422


def test_nobody_changes_their_own_role(desk: Client) -> None:
    response = desk.post(address("appoint-person", cast.noor()), {"role": "host"})
    assert response.status_code == 409
    assert "Ask another owner" in response.content.decode()
    assert cast.noor().role == Role.OWNER


def test_whoever_is_no_host_any_more_gives_back_what_they_claimed() -> None:
    tomas, asked = cast.tomas(), factories.asked()
    claim(asked, by=acting(tomas), seen=asked.version)
    event = appoint(tomas, role=Role.VIEWER, by=acting(cast.noor()))
    asked.refresh_from_db()
    assert (asked.state, asked.claimed_by) == (QuestionState.KEPT, None)
    freed = Event.objects.of(asked.ref).last()
    assert freed
    assert (freed.verb, freed.person, freed.batch) == (Verb.UNCLAIM, cast.noor(), event.batch)


def test_an_owner_who_becomes_a_host_keeps_their_claims_and_loses_their_invitations() -> None:
    noor, other, asked = cast.noor(), cast.tomas(), factories.asked()
    appoint(other, role=Role.OWNER, by=acting(noor))
    other.refresh_from_db()
    claim(asked, by=acting(other), seen=asked.version)
    link, _token = invite(role=Role.OWNER, days=3, by=acting(other))
    appoint(other, role=Role.HOST, by=acting(noor))
    assert Question.objects.get().claimed_by == other
    assert SharedLink.objects.get(pk=link.pk).revoked_at is not None


def test_two_owners_who_demote_each_other_leave_one() -> None:
    noor, other = cast.noor(), cast.tomas()
    appoint(other, role=Role.OWNER, by=acting(noor))
    other.refresh_from_db()
    by_noor, by_other = acting(noor), acting(other)
    appoint(noor, role=Role.HOST, by=by_other)
    with pytest.raises(Refused, match="for the owners"):
        appoint(other, role=Role.HOST, by=by_noor)
    assert Person.objects.filter(role=Role.OWNER).count() == 1


@pytest.mark.parametrize("deed", ["appoint", "offboard"])
def test_the_show_never_loses_its_last_owner_who_can_sign_in(deed: str) -> None:
    """Another owner on the list who has no account does not help."""
    noor, by = cast.noor(), acting(Person.objects.create(name="On paper", slug="on-paper", role=Role.OWNER))
    with pytest.raises(Refused, match="needs an owner"):
        appoint(noor, role=Role.HOST, by=by) if deed == "appoint" else offboard(noor, keeps_guest_links=True, by=by)
    noor.refresh_from_db()
    assert (noor.role, noor.left_on, User.objects.get(username="noor").is_active) == (Role.OWNER, None, True)


@pytest.mark.parametrize("who", [cast.tomas, cast.ines, cast.viv])
def test_nobody_but_an_owner_does_any_of_it_even_past_the_door(who: Any) -> None:
    noor, by = cast.noor(), acting(who())
    for deed in (
        lambda: add_person(Profile("X", "x"), role=Role.OWNER, by=by),
        lambda: edit_person(noor, Profile("X", "x"), by=by),
        lambda: appoint(noor, role=Role.VIEWER, by=by),
        lambda: offboard(noor, keeps_guest_links=False, by=by),
        lambda: invite(role=Role.OWNER, days=3, by=by),
    ):
        with pytest.raises(Refused):
            deed()
    assert not Event.objects.of(HOUSE_REF).exists()
