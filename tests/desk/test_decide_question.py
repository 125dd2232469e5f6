"""Each verb of the desk by its button: the state after it, the event, the word and the next question."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.decline import decline
from questions.actions.keep import keep
from questions.actions.merge import merge
from questions.lifecycle import QuestionState, Verb
from questions.models import DeclineReason, Event, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db


def reason() -> DeclineReason:
    found, _created = DeclineReason.objects.get_or_create(
        slug="not-ours", defaults={"label": "Not our kind", "words": "A librarian is never surprised."}
    )
    return found


def in_state(state: str) -> Question:
    """A question that its host, Tomas, has brought into that state."""
    asked, tomas = factories.asked(), acting(cast.tomas())
    if state == QuestionState.KEPT:
        keep(asked, by=tomas, seen=1)
    if state == QuestionState.ANSWERING:
        claim(asked, by=tomas, seen=1)
    if state == QuestionState.DECLINED:
        decline(asked, reason=reason(), by=tomas, seen=1)
    if state == QuestionState.MERGED:
        merge(asked, into=factories.asked("the lead"), by=tomas, seen=1)
    asked.refresh_from_db()
    return asked


def press(client: Client, asked: Question, verb: str, **typed: object) -> Any:
    word = verb.replace("_", "-")
    return client.post(f"/desk/questions/{asked.ref}/{word}/", {"seen": asked.version, **typed}, follow=True)


@pytest.mark.parametrize(
    ("before", "verb", "after", "words"),
    [
        ("waiting", "keep", "kept", "Kept."),
        ("waiting", "claim", "answering", "This question is yours now."),
        ("kept", "claim", "answering", "This question is yours now."),
        ("answering", "unclaim", "kept", "Released. The draft stays."),
        ("answering", "take_over", "answering", "This question is yours now, with its draft."),
        ("declined", "reconsider", "waiting", "Back in the queue."),
        ("merged", "split", "waiting", "Split off again. It waits in the queue."),
    ],
)
def test_a_button_does_its_verb_and_offers_the_way_back(before: str, verb: str, after: str, words: str) -> None:
    asked = in_state(before)
    response = press(cast.signed_in(cast.noor()), asked, verb)
    asked.refresh_from_db()
    event = Event.objects.of(asked.ref).last()
    assert event
    assert (asked.state, event.verb, event.before, event.after) == (after, verb, before, after)
    assert event.person == cast.noor()
    assert f"<p>{words}</p>" in response.content.decode()
    assert f'action="/desk/history/{event.pk}/undo/"' in response.content.decode()


def test_a_hold_is_lifted() -> None:
    asked = factories.asked(held="under-18")
    response = press(cast.signed_in(cast.noor()), asked, "lift")
    asked.refresh_from_db()
    assert (asked.state, asked.held) == ("waiting", "")
    assert "The hold is lifted." in response.content.decode()


def test_declining_says_what_the_asker_will_read() -> None:
    asked = factories.asked()
    client = cast.signed_in(cast.noor())
    page = client.get(asked.get_absolute_url()).content.decode()
    assert reason().words not in page
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "A librarian is never surprised." in page
    response = press(client, asked, "decline", reason=reason().pk)
    asked.refresh_from_db()
    assert (asked.state, asked.decline_reason) == ("declined", reason())
    words = "Declined: Not our kind. In a quarter of an hour the asker can read why."
    assert words in response.content.decode()


def test_declining_without_a_reason_asks_for_one() -> None:
    asked = factories.asked()
    reason()
    response = press(cast.signed_in(cast.noor()), asked, "decline")
    assert response.status_code == 422
    assert "Choose a reason." in response.content.decode()
    assert "panel--open" in response.content.decode()
    asked.refresh_from_db()
    assert asked.state == "waiting"


@pytest.mark.parametrize("typed", ["{number}", "#{number}", " {ref} ", "https://example.org/desk/questions/{ref}/"])
def test_a_question_follows_another_by_its_number_or_address(typed: str) -> None:
    asked, lead = factories.asked("one"), factories.asked("two")
    press(cast.signed_in(cast.noor()), asked, "merge", into=typed.format(number=lead.number, ref=lead.ref))
    asked.refresh_from_db()
    assert (asked.state, asked.merged_into) == ("merged", lead)


@pytest.mark.parametrize("typed", ["", "999999", "9" * 40, "seven", "-1", "\x00"])
def test_a_question_follows_nothing_that_is_not_there(typed: str) -> None:
    asked = factories.asked()
    assert press(cast.signed_in(cast.noor()), asked, "merge", into=typed).status_code == 422
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_a_private_question_is_refused_as_lead_and_what_was_typed_stays() -> None:
    asked, private = factories.asked("one"), factories.asked("two", airing="private")
    response = press(cast.signed_in(cast.noor()), asked, "merge", into=f"#{private.number}")
    page = response.content.decode()
    assert response.status_code == 409
    assert "The other question cannot lead: it is private, held or closed." in page
    assert f'value="#{private.number}"' in page


def test_a_private_answer_is_given() -> None:
    asked = factories.asked(airing="private")
    response = press(cast.signed_in(cast.noor()), asked, "answer_privately", text="Ask them.")
    asked.refresh_from_db()
    message = asked.messages.get()
    assert (asked.state, message.text, message.is_private_answer) == ("answered_privately", "Ask them.", True)
    assert "Answered privately." in response.content.decode()


def test_a_reply_and_a_note_stay_on_the_page_of_their_question() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    page = press(client, asked, "reply", text="Does he snore?").content.decode()
    assert ("Does he snore?" in page, "The asker reads it in a quarter of an hour." in page) == (True, True)
    page = press(client, asked, "note", text="Mine, please.").content.decode()
    assert ("Mine, please." in page, "The note is left." in page) == (True, True)
    assert asked.messages.get().by == asked.notes.get().by == cast.noor()


def test_topics_are_set_to_what_is_ticked() -> None:
    asked, sleep, beds = factories.asked(), factories.topic("Sleep"), factories.topic("Beds")
    client = cast.signed_in(cast.noor())
    press(client, asked, "tag", topics=[sleep.pk, beds.pk])
    press(client, asked, "tag", topics=[beds.pk])
    assert [topic.name for topic in asked.topics.all()] == ["Beds"]


def test_a_decision_leads_to_the_next_question_of_the_same_queue() -> None:
    first, second, third = (factories.asked(f"number {number}") for number in range(3))
    client = cast.signed_in(cast.noor())
    assert press(client, second, "keep").redirect_chain[0][0] == f"{third.get_absolute_url()}#chosen"
    assert press(client, third, "keep").redirect_chain[0][0] == f"{first.get_absolute_url()}#chosen"
    assert press(client, first, "keep").redirect_chain[0][0] == "/desk/queue/waiting/"


def test_the_list_stays_where_it_is_after_a_decision() -> None:
    first, second = factories.asked("one"), factories.asked("two")
    place = f"?from={first.rank}.{first.arrived_on.isoformat()}.{first.number}"
    response = cast.signed_in(cast.noor()).post(f"/desk/questions/{first.ref}/keep/{place}", {"seen": first.version})
    assert response["Location"] == f"{second.get_absolute_url()}{place}#chosen"


def test_only_buttons_of_the_lifecycle_are_drawn() -> None:
    asked, client = in_state(QuestionState.ANSWERING), cast.signed_in(cast.noor())
    page = client.get(asked.get_absolute_url()).content.decode()
    drawn = {verb for verb in Verb if f'{asked.ref}/{verb.replace("_", "-")}/"' in page}
    assert drawn == {
        Verb.UNCLAIM, Verb.TAKE_OVER, Verb.TAG, Verb.DECLINE, Verb.REPLY, Verb.NOTE, Verb.ANSWER_PRIVATELY, Verb.ALERT,
    }  # fmt: skip


def test_a_viewer_reads_the_question_and_is_offered_nothing() -> None:
    asked = factories.asked("Is it rude?")
    page = cast.signed_in(cast.viv()).get(asked.get_absolute_url()).content.decode()
    assert "Is it rude?" in page
    reader = page.partition('class="reader"')[2].partition("</article>")[0]
    assert f"/desk/questions/{asked.ref}/" not in reader
    assert "<form" not in reader


@pytest.mark.parametrize("seen", ["", "nine", "-4", "9" * 30, "0"])
def test_a_button_without_a_version_that_stands_changes_nothing(seen: str) -> None:
    asked = factories.asked()
    response = cast.signed_in(cast.noor()).post(f"/desk/questions/{asked.ref}/keep/", {"seen": seen})
    asked.refresh_from_db()
    assert (response.status_code in (409, 422), asked.state) == (True, "waiting")


def test_words_that_went_out_have_no_way_back() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    with factories.the_time(timezone.now() - timedelta(minutes=16)):
        press(client, asked, "reply", text="Too late.")
    client.get("/desk/")
    assert "/undo/" not in client.get(asked.get_absolute_url()).content.decode()


@pytest.mark.parametrize("nonsense", ["9" * 30, "-1", "x", "\x00", "1.5"])
def test_choices_that_do_not_exist_are_no_fault(nonsense: str) -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    assert press(client, asked, "decline", reason=nonsense).status_code == 422
    assert press(client, asked, "tag", topics=[nonsense]).status_code == 422
