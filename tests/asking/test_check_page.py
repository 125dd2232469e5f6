"""The page before sending: it marks what could point to its asker, offers one press for each, and stops nobody."""

import re

import pytest

from questions.asking.letter import MOST_CHANGES, Change, Letter, pieces
from questions.models import Question
from tests import factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

WORDS = "She wrote to ann@example.org.\n\nCall me on +44 20 7946 0958, please?"
BLURRED = "She wrote to [an e-mail address].\n\nCall me on [a phone number], please?"


def marked(asker: Asker) -> list[str]:
    return [
        re.sub(r"<[^>]*>", "", words) for words in re.findall(r'<mark class="clue"[^>]*>(<bdi>.*?</bdi>)', asker.page)
    ]


def text(asker: Asker) -> str:
    """The question as it would be sent."""
    words: str = asker.form("send")["text"]
    return words


def press(asker: Asker, verb: str, number: int = 1) -> Asker:
    """Press the button of that verb that is the `number`th of its kind."""
    return asker.presses(asker.steps(beginning=f"blur:{verb}")[number - 1])


def test_each_clue_is_marked_where_it_stands_and_listed_with_what_it_is() -> None:
    asker = Asker().looks_over(WORDS, sign_off="ann@example.org")
    assert marked(asker) == ["ann@example.org", "+44 20 7946 0958", "ann@example.org"]
    for number, kind in enumerate(("an e-mail address", "a phone number", "an e-mail address"), start=1):
        assert f'<a href="#clue-{number}">' in asker.page
        item = asker.page.partition(f'id="clue-{number}"')[2].partition("</li>")[0]
        assert f">{kind}</p>" in item
        assert item.count("<button") == 2
    assert asker.sees("We marked 3 things by which somebody might recognise you.")


def test_a_clue_is_replaced_by_a_neutral_word_with_one_press() -> None:
    asker = press(Asker().looks_over(WORDS), "word", 2)
    assert asker.answer.status_code == 200
    assert text(asker) == WORDS.replace("+44 20 7946 0958", "[a phone number]")
    assert marked(asker) == ["ann@example.org"]
    assert asker.sees("+44 20 7946 0958 becomes [a phone number]")


def test_all_are_replaced_with_one_press() -> None:
    asker = press(Asker().looks_over(WORDS, sign_off="ann@example.org"), "all")
    assert text(asker) == BLURRED
    assert asker.form("send")["sign_off"] == "[an e-mail address]"
    assert marked(asker) == []
    assert asker.sees("We see nothing that names you, but we don’t see everything.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Write to a@example.org or not?", "Write to or not?"),
        ("Write to a@example.org, will you?", "Write to, will you?"),
        ("a@example.org is mine. Rude?", "is mine. Rude?"),
        ("Rude? Write to a@example.org", "Rude? Write to"),
        ("Rude?\na@example.org\nYours", "Rude?\nYours"),
        ("Rude? (a@example.org) I ask.", "Rude? I ask."),
        ("Rude? a@example.org b@example.org Yes.", "Rude? b@example.org Yes."),
        ("a@example.org", "[an e-mail address]"),
    ],
)
def test_taking_out_leaves_no_gap_and_never_nothing(before: str, after: str) -> None:
    assert text(press(Asker().looks_over(before), "out")) == after


def test_a_sign_off_can_be_taken_out_altogether() -> None:
    asker = press(Asker().looks_over("Is it rude?", sign_off="ann@example.org"), "out")
    assert asker.form("send")["sign_off"] == ""
    assert press(asker, "back").form("send")["sign_off"] == "ann@example.org"


@pytest.mark.parametrize("order", [(1, 1, 1), (3, 2, 1), (2, 1, 1), (2, 2, 1)])
def test_what_was_changed_can_be_put_back_in_any_order(order: tuple[int, ...]) -> None:
    words = "Ask a@example.org b@example.org or\r\n(c@example.org) now".replace("\r", "")
    asker = press(press(press(Asker().looks_over(words), "out", 1), "word", 1), "out", 1)
    assert text(asker) == "Ask [an e-mail address] or\nnow"
    for number in order:
        press(asker, "back", number)
    assert text(asker) == words
    assert asker.steps(beginning="blur:back") == []


def test_put_back_a_clue_is_marked_again() -> None:
    asker = Asker().looks_over(WORDS)
    press(press(asker, "all"), "back", 1)
    assert marked(asker) == ["ann@example.org"]


def test_neighbours_that_were_taken_out_together_come_back_together() -> None:
    asker = Asker().looks_over("Ask a@example.org b@example.org")
    assert text(press(press(asker, "out"), "out")) == "Ask"
    while asker.steps(beginning="blur:back"):
        press(asker, "back")
    assert text(asker) == "Ask a@example.org b@example.org"


def test_what_is_sent_is_what_the_page_showed_last() -> None:
    asker = press(Asker().looks_over(WORDS, sign_off="W", airing="private", language="de"), "all")
    asker.presses("send")
    question = Question.objects.get()
    assert question.text == BLURRED
    assert (question.sign_off, question.airing, question.language) == ("W", "private", "de")


def test_going_back_to_the_form_keeps_what_was_changed() -> None:
    asker = press(Asker().looks_over(WORDS), "all").presses("edit")
    assert asker.form("check")["text"] == BLURRED


def test_a_press_keeps_every_choice_and_every_tick() -> None:
    sleep, beds = factories.topic("Sleep"), factories.topic("Beds")
    asker = Asker().looks_over(WORDS, topics=["sleep", "beds"], silence_means_yes="on")
    before = asker.form("send")
    press(press(press(asker, "all"), "back"), "back")
    assert asker.form("send") == before
    asker.presses("send")
    assert set(Question.objects.get().topics.all()) == {sleep, beds}


def test_sending_is_never_stopped_by_what_was_noticed() -> None:
    asker = Asker()
    assert asker.asks(WORDS).text == WORDS
    assert asker.sees("We have it. Keep this ticket.")


@pytest.mark.parametrize(
    "step",
    [
        *("blur:", "blur:all:", "blur:word:text:0:5", "blur:word:text:-1:5", "blur:out:website:0:1", "blur:out:text"),
        *("blur:back:text:0:0", "blur:back:0", "blur:\0", "blur:sing:text:22:37", "blur:word:text:٣:٤"),
    ],
)
def test_a_button_that_the_page_never_had_changes_nothing(step: str) -> None:
    asker = Asker().looks_over("Is it rude to nap?")
    asker.sends({**asker.form("send"), "step": step})
    assert asker.answer.status_code == 200
    assert text(asker) == "Is it rude to nap?"


@pytest.mark.parametrize(
    "change",
    [
        *("", "text", "text:1", "text:1:x:was", "text:-1:2:was", "text:0:99:was", "website:0:1:was", "text:٣:1:x"),
        *("text:" + "9" * 5000 + ":1:x", "\0", "text:0:1:" + "x" * 20_000),
    ],
)
def test_whatever_a_hidden_field_says_the_words_stay_as_they_are(change: str) -> None:
    asker = Asker().looks_over("Is it rude to nap?")
    asker.sends({**asker.form("send"), "change": [change, "text:0:2:Was", "text:1:2:ove"], "step": "check"})
    assert asker.answer.status_code == 200
    assert text(asker) == "Is it rude to nap?"
    checked = asker.form("send")
    for step in asker.steps(beginning="blur:back"):
        asker.sends({**checked, "step": step})
        assert asker.answer.status_code in (200, 422)


def test_a_change_travels_in_one_field_whatever_it_holds() -> None:
    for was in ("", "Ann", "a:b:c", "two\nlines", "“½” 👩‍❤️‍💋‍👩", ":", "   "):
        change = Change("sign_off", 3, 5, was)
        assert Change.read(str(change)) == change


def test_a_letter_full_of_clues_can_be_replaced_and_put_back_a_piece_at_a_time() -> None:
    words = " ".join(f"a{number}@example.org" for number in range(500))
    asker = press(Asker().looks_over(words), "all")
    assert text(asker).count("[an e-mail address]") == 500
    assert len(asker.steps(beginning="blur:back")) == MOST_CHANGES
    assert press(asker, "back", 7).form("send")["text"].count("a6@example.org") == 1


def test_replacing_all_never_makes_a_letter_that_is_too_long() -> None:
    asker = press(Asker().looks_over("a@b.org " * 1200), "all")
    assert asker.answer.status_code == 200
    assert len(text(asker)) <= 10_000
    assert "a@b.org" not in text(asker)


def test_a_mark_is_written_as_words_and_not_as_a_page() -> None:
    asker = Asker().looks_over("<b>Mail</b> me: <a@example.org> & that’s it", sign_off="<i>a@example.org</i>")
    assert "<b>" not in asker.page
    assert "&lt;b&gt;Mail&lt;/b&gt; me: &lt;" in asker.page
    press(asker, "all")
    assert text(asker) == "<b>Mail</b> me: <[an e-mail address]> & that’s it"


def test_the_length_and_the_topics_are_shown() -> None:
    factories.topic("Sleep")
    asker = Asker().looks_over("Is it rude?\n" + "x" * 1222, topics="sleep")
    assert asker.sees("1,234 of 10,000 letters")
    assert asker.sees("Topics Sleep")


NAP = "I always fall asleep at weddings. Is it rude to take a nap?"


def show_with_a_shelf_of_episodes() -> None:
    """A show that knows nothing but naps could not tell what is special about them."""
    for subject in ("ferns", "boots", "trains", "soup", "letters", "cats"):
        answer = factories.approved_answer(f"What shall I do about my {subject}?", body=f"Talk to the {subject}.")
        factories.published_episode(f"About {subject}", answers=[answer])
    factories.published_episode("Naps at weddings")


def test_episodes_that_may_answer_it_already_are_shown_and_open_beside() -> None:
    show_with_a_shelf_of_episodes()
    asker = Asker().looks_over(NAP)
    section = asker.page.partition('id="answered-title"')[2].partition("</section>")[0]
    assert section.count("<li>") == 1
    assert 'target="_blank" rel="noopener noreferrer">Naps at weddings' in section
    assert "Nap between the speeches." in section
    assert "(opens beside this page)" in section
    assert not Asker().looks_over("Who pays for the lawyer?").sees("We may have answered this already")


def test_words_that_call_for_help_bring_the_panel_and_stop_nobody() -> None:
    asker = Asker().looks_over("I want to die. Is it rude to say so?")
    assert "help-panel" in asker.page.partition('id="noticed"')[0]
    assert marked(asker) == []
    asker.presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    assert "help-panel" not in Asker().looks_over("Is it rude to nap?").page


def test_somebody_who_may_be_under_18_is_told_kindly_and_may_still_send() -> None:
    asker = Asker().looks_over("I am 15 and in 9th grade. Is it rude to nap?")
    assert asker.sees("Are you younger than 18?")
    asker.presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    assert not Asker().looks_over("Is it rude to nap?").sees("Are you younger than 18?")


def test_a_sign_off_calls_for_help_and_tells_an_age_as_well_as_the_words_do() -> None:
    assert "help-panel" in Asker().looks_over("Is it rude to nap?", sign_off="I want to die").page
    assert Asker().looks_over("Is it rude to nap?", sign_off="Mia, 15").sees("Are you younger than 18?")


def test_a_clue_is_taken_out_where_neutral_words_have_no_room() -> None:
    full, sign_off = "why? " * 1998 + "a@b.co", "why " * 18 + "a@b.co"
    letter = Letter(full, sign_off).pressed("all")
    assert (letter.text, letter.sign_off) == ("why? " * 1997 + "why?", ("why " * 18).rstrip())
    assert letter.pressed(f"back:{letter.changes[0].name}").text == full
    only = Letter(" " * 9994 + "a@b.co", "").pressed("all")
    assert only.text.endswith("[an e-mail address]")


def test_pieces_put_together_are_the_letter() -> None:
    letter = Letter(WORDS, "Ann").pressed("all")
    for one in (letter, Letter(WORDS, ""), letter.pressed("back:" + letter.changes[0].name)):
        assert "".join(piece.words for piece in pieces(one, "text", one.marks())) == one.text
