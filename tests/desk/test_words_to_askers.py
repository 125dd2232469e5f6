"""What a host writes on a question's page: sent once, begun with words at hand, and never lost."""

import uuid

import pytest

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.keep import keep
from questions.models import CannedReply, Event, Mention, Message, Note
from tests import cast, factories
from tests.desk.test_decide_question import press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["reply", "note", "answer_privately"])
def test_a_form_that_is_pressed_twice_is_sent_once(verb: str) -> None:
    asked, client, ref = factories.asked(), cast.signed_in(cast.noor()), uuid.uuid4()
    pages = [press(client, asked, verb, text="Once.", ref=ref) for _press in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert Message.objects.count() + Note.objects.count() == 1
    assert Event.objects.filter(verb=verb).count() == 1


def test_what_was_undone_can_be_sent_again() -> None:
    asked, client, ref = factories.asked(), cast.signed_in(cast.noor()), uuid.uuid4()
    for _time in range(2):
        press(client, asked, "reply", text="Once more.", ref=ref)
        client.post(f"/desk/history/{Event.objects.filter(verb='reply').latest('pk').pk}/undo/")
    press(client, asked, "reply", text="Once more.", ref=ref)
    assert [message.text for message in Message.objects.all()] == ["Once more."]


@pytest.mark.parametrize("verb", ["reply", "note"])
def test_other_words_that_are_sent_from_the_same_page_are_not_lost(verb: str) -> None:
    """A browser's Back shows the form as it was, under the same name."""
    asked, client, ref = factories.asked(), cast.signed_in(cast.noor()), uuid.uuid4()
    for text in ("First.", "Second."):
        press(client, asked, verb, text=text, ref=ref)
    left = Message.objects.all() if verb == "reply" else Note.objects.all()
    assert [words.text for words in left] == ["First.", "Second."]


def test_a_name_that_other_words_have_loses_nothing() -> None:
    first, second, client, ref = factories.asked("1"), factories.asked("2"), cast.signed_in(cast.noor()), uuid.uuid4()
    press(client, first, "note", text="The first.", ref=ref)
    press(client, second, "note", text="The second.", ref=ref)
    assert {note.text for note in Note.objects.all()} == {"The first.", "The second."}


@pytest.mark.parametrize("ref", ["", "nonsense", "\x00"])
def test_words_without_a_name_of_their_own_are_no_fault(ref: str) -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    assert press(client, asked, "note", text="Mine.", ref=ref).status_code in (200, 422)


def test_each_page_gives_its_forms_new_names() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    names = {
        client.get(asked.get_absolute_url()).context["detail"].panels[verb].form["ref"].value()
        for verb in ("reply", "note")
        for _time in range(2)
    }
    assert len(names) == 4


def test_words_at_hand_are_put_after_what_was_typed_and_nothing_is_sent() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    thanks = CannedReply.objects.create(title="Thanks", text="Thank you for writing.")
    page = press(client, asked, "reply", text="Dear Drowsy,", canned=thanks.pk, use="canned")
    assert page.status_code == 200
    assert "Dear Drowsy,\n\nThank you for writing.</textarea>" in page.content.decode()
    assert "<title>Error:" not in page.content.decode()
    assert not Message.objects.exists()


def test_words_at_hand_begin_an_empty_private_answer() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    thanks = CannedReply.objects.create(title="Thanks", text="Thank you for writing.")
    page = press(client, asked, "answer_privately", text="", canned=thanks.pk, use="canned").content.decode()
    assert ">\nThank you for writing.</textarea>" in page
    assert 'class="section panel panel--open" id="answer-privately"' in page


@pytest.mark.parametrize("chosen", ["", "999", "nine", "9" * 30])
def test_choosing_no_words_loses_none(chosen: str) -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    CannedReply.objects.create(title="Thanks", text="Thank you for writing.")
    page = press(client, asked, "reply", text="Dear Drowsy,", canned=chosen, use="canned").content.decode()
    assert "Dear Drowsy,</textarea>" in page
    assert not Message.objects.exists()


def test_without_words_at_hand_none_are_offered() -> None:
    page = cast.signed_in(cast.noor()).get(factories.asked().get_absolute_url()).content.decode()
    assert "Use these words" not in page


def test_a_colleague_from_whom_a_question_is_taken_over_finds_the_word() -> None:
    asked = factories.asked()
    claim(asked, by=acting(cast.tomas()), seen=asked.version)
    asked.refresh_from_db()
    press(cast.signed_in(cast.noor()), asked, "take_over", word="You were at lunch.")
    asked.refresh_from_db()
    assert (asked.claimed_by, Note.objects.get().text) == (cast.noor(), "You were at lunch.")
    assert (Mention.objects.get().person, Mention.objects.get().by) == (cast.tomas(), cast.noor())


def test_a_word_to_a_colleague_is_not_lost_on_a_stale_page() -> None:
    asked = factories.asked()
    claim(asked, by=acting(cast.tomas()), seen=asked.version)
    response = press(cast.signed_in(cast.noor()), asked, "take_over", word="You were at lunch.")
    assert response.status_code == 409
    assert "You were at lunch.</textarea>" in response.content.decode()


def test_a_second_press_is_told_from_a_colleagues() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    keep(asked, by=acting(cast.noor()), seen=asked.version)
    page = press(client, asked, "keep").content.decode()
    assert "You did this yourself already" in page
    assert "Somebody else was faster" not in page


def test_an_aired_episode_begins_the_reply_with_its_full_link() -> None:
    asked, episode = factories.asked(), factories.published_episode()
    page = cast.signed_in(cast.noor()).get(f"{asked.get_absolute_url()}?send={episode.slug}").content.decode()
    assert f"You can read it here: http://testserver{episode.get_absolute_url()}</textarea>" in page


@pytest.mark.parametrize("slug", ["", "nothing", "\x00", "a" * 300])
def test_an_episode_that_readers_cannot_see_begins_no_reply(slug: str) -> None:
    asked, hidden = factories.asked(), factories.assembled_episode()
    client = cast.signed_in(cast.noor())
    for chosen in (slug, hidden.slug):
        page = client.get(asked.get_absolute_url(), {"send": chosen})
        assert page.status_code == 200
        assert "You can read it here" not in page.content.decode()
