"""A guest without an account answers one question by their link, and comes nowhere else by it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from questions import links, throttle
from questions.actions import claim as claiming
from questions.actions import correspond, reword, withdraw
from questions.actions.acting import Refused, acting
from questions.actions.approve import approve
from questions.actions.people import offboard
from questions.actions.share import revoke, share_with_guest
from questions.models import HOUSE_REF, Answer, Event, Mention, Note, Person, Question, Revision, SharedLink
from tests import cast, factories
from tests.guests.visitor import DAYS, fresh, given_to_ines, page, typed, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> None:
    throttle.WRONG_LINKS._begin()


def later(**span: Any) -> Any:
    return factories.the_time(timezone.now() + timedelta(**span))


def test_a_guest_sees_the_wording_that_is_read_out_and_nothing_else_of_the_desk() -> None:
    question = factories.asked("My boss Katrin at the Harbour Bakery naps at weddings.", "Drowsy in Delft")
    other = factories.asked("Another question entirely?")
    reword.reword(question, text="My boss naps at weddings.", sign_off="Drowsy", by=acting(cast.tomas()), seen=1)
    question = fresh(question)
    Note.objects.create(question=question, by=cast.tomas(), text="A note among hosts")
    correspond.reply(question, text="A line to the asker", by=acting(cast.tomas()))
    question, _link, address = given_to_ines(question)
    status, shown = page(visitor(), address)
    assert status == 200
    assert "My boss naps at weddings." in shown
    assert "Drowsy" in shown
    words = (
        "Katrin",
        "Harbour",
        "Delft",
        str(other.text),
        "A note among hosts",
        "A line to the asker",
        "Tomas",
        "/desk/",
    )
    assert [hidden for hidden in words if hidden in shown] == []


def test_a_guest_saves_says_who_they_are_and_hands_in_without_a_cookie() -> None:
    question, _link, address = given_to_ines()
    client = visitor()
    self = {"name": "Dr Ines Okafor", "pronouns": "she", "bio": "Sleeps.", "disclosure": "No *doctor*."}
    response = client.post(address, typed(question, step="hand-in", **self))
    assert (response.status_code, response["Location"]) == (302, f"{address}?done=handed-in#top")
    assert not response.cookies
    status, shown = page(client, f"{address}?done=handed-in")
    assert status == 200
    assert "Handed in. Thank you!" in shown
    ines, revision = cast.ines(), Revision.objects.get()
    assert (revision.body, revision.by) == ("Nap between the speeches.", ines)
    assert Answer.objects.get().answerer == ines
    assert {name: getattr(ines, name) for name in self} == self
    last = Event.objects.of(question.ref).last()
    assert last
    assert (last.verb, last.role, last.person, last.details) == ("hand_in", "guest", ines, {"revision": 1})
    assert [(mention.person, mention.by) for mention in Mention.objects.all()] == [(cast.tomas(), ines)]
    assert "Vary" not in response or "Cookie" not in response["Vary"]


def test_handing_in_twice_tells_the_host_once_and_a_new_revision_again() -> None:
    question, _link, address = given_to_ines()
    for body, told in (("Nap.", 1), ("Nap.", 1), ("Nap longer.", 2)):
        assert visitor().post(address, typed(fresh(question), body, step="hand-in")).status_code == 302
        assert Mention.objects.count() == told
    assert fresh(question).state == "answering"


def test_nothing_can_be_handed_in_before_it_is_written() -> None:
    question, _link, address = given_to_ines()
    status, shown = page(visitor(), address, **typed(question, "", step="hand-in", bio="I bake."))
    assert status == 409
    assert "There is no answer yet." in shown
    assert "I bake." in shown
    assert not Revision.objects.exists()


def test_the_look_of_an_answer_needs_no_script_and_stores_nothing() -> None:
    question, _link, address = given_to_ines()
    status, shown = page(visitor(), address, **typed(question, "# Ask\n\nNap *softly*.", step="look"))
    assert status == 200
    assert "Nap <em>softly</em>." in shown
    piece = visitor().post(f"{address}look/", {"body": "Nap *softly*.<script>"}).content.decode()
    assert "Nap <em>softly</em>." in piece
    assert "<script" not in piece
    assert not Revision.objects.exists()


def test_a_wording_that_changed_meanwhile_loses_nothing_that_was_typed() -> None:
    question, _link, address = given_to_ines()
    sent = typed(question, "An evening’s work.")
    reword.reword(question, text="Shorter?", sign_off="", by=acting(cast.tomas()), seen=question.version)
    status, shown = page(visitor(), address, **sent)
    assert status == 409
    assert "The show has changed something while you wrote" in shown
    assert "Tomas" not in shown
    assert "An evening’s work." in shown
    assert "Shorter?" in shown
    assert f'name="seen" value="{fresh(question).version}"' in shown
    assert visitor().post(address, {**sent, "seen": fresh(question).version}).status_code == 302


def test_what_is_wrong_is_said_and_kept() -> None:
    question, _link, address = given_to_ines()
    status, shown = page(visitor(), address, **typed(question, "Kept.", name=" ", pronouns="x" * 41))
    assert status == 422
    assert "Say by which name you wish to be credited." in shown
    assert "Kept." in shown
    assert not Revision.objects.exists()


def _taken_over(question: Question, link: SharedLink) -> None:
    claiming.take_over(question, by=acting(cast.noor()), seen=question.version)


def _withdrawn(question: Question, link: SharedLink) -> None:
    withdraw.withdraw(question)


def _revoked(question: Question, link: SharedLink) -> None:
    revoke(link, by=acting(cast.noor()))


def _left(question: Question, link: SharedLink) -> None:
    Person.objects.filter(slug="ines").update(left_on=timezone.localdate())


@pytest.mark.parametrize(
    ("deed", "status", "heading"),
    [
        (_revoked, 410, "This link has ended"),
        (_left, 410, "This link has ended"),
        (_taken_over, 409, "This question is not yours to answer any more"),
        (_withdrawn, 410, "This link has ended"),
    ],
)
def test_a_link_that_has_ended_gives_back_what_was_typed(deed: Any, status: int, heading: str) -> None:
    question, link, address = given_to_ines()
    deed(question, link)
    for answer in (page(visitor(), address), page(visitor(), address, **typed(question, "An evening’s work."))):
        assert answer[0] == status
        assert heading in answer[1]
        assert str(question.text) not in answer[1]
    assert "An evening’s work." in answer[1]
    assert visitor().post(f"{address}look/", {"body": "Nap."}).status_code == status
    assert not Revision.objects.exists()


def test_an_expired_link_ends_its_claim_and_keeps_its_draft() -> None:
    question, _link, address = given_to_ines()
    visitor().post(address, typed(question, "Nap."))
    for days, state, status in ((DAYS - 1, "answering", 200), (DAYS + 1, "kept", 410)):
        with later(days=days):
            call_command("tick", stdout=StringIO(), stderr=StringIO())
            assert (fresh(question).state, page(visitor(), address)[0]) == (state, status)
    assert Answer.objects.get().current_revision.body == "Nap."  # type: ignore[union-attr]


def test_a_question_is_freed_too_when_its_link_ended_with_the_host_who_made_it() -> None:
    question, _link, _address = given_to_ines()
    offboard(cast.tomas(), keeps_guest_links=False, by=acting(cast.noor()))
    call_command("tick", stdout=StringIO(), stderr=StringIO())
    assert (fresh(question).state, fresh(question).claimed_by) == ("kept", None)


def test_an_approved_answer_is_not_the_guests_to_change_any_more() -> None:
    question, _link, address = given_to_ines()
    visitor().post(address, typed(question, step="hand-in"))
    approve(question, by=acting(cast.tomas()), seen=fresh(question).version)
    status, shown = page(visitor(), address, **typed(fresh(question), "Something else."))
    assert status == 409
    assert "Your answer is approved" in shown
    assert Revision.objects.count() == 1


def test_revoking_frees_the_question_and_is_noted_without_a_word_of_it() -> None:
    question, link, address = given_to_ines()
    visitor().post(address, typed(question, "Nap."))
    revoke(link, by=acting(cast.noor()))
    revoke(link, by=acting(cast.noor()))
    assert (fresh(question).state, fresh(question).claimed_by) == ("kept", None)
    told = [(event.verb, event.details) for event in Event.objects.of(HOUSE_REF).exclude(verb="set")]
    about = {"kind": "guest", "ref": str(question.ref)}
    assert told == [("share", about), ("revoke", about)]


def test_a_new_link_ends_the_one_before() -> None:
    question, _link, first = given_to_ines()
    _question, _link, second = given_to_ines(question)
    assert (page(visitor(), first)[0], page(visitor(), second)[0]) == (410, 200)
    assert fresh(question).version == question.version


def test_the_database_cannot_give_a_link_away() -> None:
    _question, link, address = given_to_ines()
    token = address.split("/")[2]
    assert link.token_digest == links.digest(links.LinkToken(token))
    assert token not in str(list(SharedLink.objects.values()) + list(Event.objects.values()))


def test_only_hosts_give_a_question_away_and_only_to_guests() -> None:
    question = factories.asked()
    for by, guest in ((cast.ines(), cast.ines()), (cast.viv(), cast.ines()), (cast.tomas(), cast.noor())):
        with pytest.raises(Refused):
            share_with_guest(question, guest, days=7, by=acting(by), seen=question.version)
    for days in (0, 91):
        with pytest.raises(Refused, match="Between 1 and 90 days"):
            share_with_guest(question, "Ada", days=days, by=acting(cast.tomas()), seen=question.version)
    assert not SharedLink.objects.exists()
    assert not Person.objects.filter(name="Ada").exists()


def test_a_held_question_is_not_given_away() -> None:
    with pytest.raises(Refused, match="It is held"):
        given_to_ines(factories.asked(held="under-18"))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_no_other_method_does_anything(method: str) -> None:
    _question, _link, address = given_to_ines()
    assert visitor().generic(method, address).status_code == 405


def test_another_site_cannot_send_a_guests_form() -> None:
    question, _link, address = given_to_ines()
    response = visitor().post(address, typed(question, "Mine."), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "Mine." in response.content.decode()
    assert not Revision.objects.exists()


def test_what_cannot_be_read_is_no_fault_of_ours() -> None:
    _question, _link, address = given_to_ines()
    response = visitor().post(address, b"x", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400
    assert "This did not reach us in one piece" in response.content.decode()


def test_a_made_up_link_asks_the_database_for_no_link(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as asked:
        assert visitor().get(f"/guest/{'A' * 44}/").status_code == 404
    assert "sharedlink" not in str(asked.captured_queries).lower()


def test_a_network_that_makes_links_up_has_to_wait_and_real_links_go_on_working() -> None:
    _question, _link, address = given_to_ines()
    client = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [client.get(f"/guest/{'B' * 44}/").status_code for _ in range(throttle.MOST_WRONG_CODES + 1)]
    assert statuses == [404] * throttle.MOST_WRONG_CODES + [429]
    assert client.get(f"/preview/{'B' * 44}/").headers["Retry-After"]
    assert client.get(address).status_code == 200


def test_a_guests_link_leads_to_no_other_question_and_is_no_other_link() -> None:
    question, _link, address = given_to_ines()
    token, other = address.split("/")[2], factories.asked("Another?")
    visitor().post(address, {**typed(question), "question": str(other.ref), "ref": str(other.ref)})
    assert fresh(other).state == "waiting"
    assert [answer.question for answer in Answer.objects.all()] == [question]
    assert visitor().get(f"/preview/{token}/").status_code == 404
    assert visitor().get(f"/join/{token}/").status_code in (404, 410)
