"""From the form over the check page to the ticket."""

import re
import time
from unittest import mock

import pytest
from django.utils import timezone

from questions.models import Airing, Hold, Question, Show
from questions.receipts import FORM_TOKEN_SECONDS
from tests import factories
from tests.asking.asker import Asker

pytestmark = pytest.mark.django_db

WORDS = "My partner snores.\n\nHow do I say it?"


def test_a_question_is_stored_sealed_with_what_its_asker_allows() -> None:
    asker = Asker()
    question = asker.asks(WORDS, sign_off="Wide Awake", airing=Airing.PREVIEW, silence_means_yes="on", language="de")
    assert asker.answer.status_code == 200
    assert asker.sees("We have it. Keep this ticket.")
    assert len(asker.code) == 16
    assert (question.text, question.sign_off, question.language) == (WORDS, "Wide Awake", "de")
    assert (question.airing, question.may_edit, question.silence_means_yes) == (Airing.PREVIEW, True, True)
    assert (question.held, question.arrived_on) == ("", timezone.localdate())


def test_nothing_is_stored_before_it_is_sent() -> None:
    asker = Asker().looks_over(WORDS, sign_off="Wide Awake")
    assert asker.answer.status_code == 200
    assert asker.sees("Is this how you want it?")
    assert asker.sees("How do I say it?")
    assert asker.sees("Wide Awake")
    assert not Question.objects.exists()


def test_the_check_page_says_what_was_allowed() -> None:
    asker = Asker().looks_over(airing=Airing.PREVIEW)
    assert asker.sees("Yes, once I have seen the wording")
    assert asker.sees("Don’t read it out")
    assert Asker().looks_over(silence_means_yes="on").sees("If I don’t answer Read it out")
    assert not Asker().looks_over(airing=Airing.FREELY).sees("If I don’t answer")
    assert Asker().looks_over(airing=Airing.PRIVATE).sees("No, please answer only me")


def test_silence_never_means_yes_unless_it_was_ticked() -> None:
    assert Asker().asks().silence_means_yes is False
    assert Asker().asks(airing=Airing.FREELY, silence_means_yes="on").silence_means_yes is False


def test_going_back_keeps_every_word_and_every_choice() -> None:
    asker = Asker().opens("/ask/")
    asker.presses("check", leaving_out="may_edit", text=WORDS, sign_off="W", airing="private", adult="on")
    before = asker.form("send")
    asker.presses("edit")
    assert asker.answer.status_code == 200
    again = asker.form("check")
    assert again["text"] == WORDS
    assert (again["sign_off"], again["airing"], again["adult"]) == ("W", "private", "on")
    assert "may_edit" not in again
    assert again["form_token"] == before["form_token"]


def test_a_permission_that_was_taken_away_stays_away_on_the_long_way_round() -> None:
    asker = Asker().opens("/ask/")
    asker.presses("check", leaving_out="may_edit", text=WORDS, adult="on")
    asker.presses("edit").presses("check").presses("send")
    assert Question.objects.get().may_edit is False


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"text": ""}, "Write your question"),
        ({"text": " "}, "Write your question"),
        ({"text": "\u200b\n\ufeff \u2060\u00ad\u3000"}, "Write your question"),
        (
            {"text": "x" * 10_001},
            "The box holds 10,001 letters; we can take 10,000. Which part is the question?",
        ),
        ({"sign_off": "y" * 81}, "The name holds 81 letters; we can take 80"),
        ({"airing": "on the roof"}, "Tell us whether we may read it on the show"),
        ({"language": "tlh"}, "Choose a language from the list"),
        ({"adult": ""}, "Tell us whether you are 18 or older"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_a_mistake_is_named_and_every_word_is_kept(fault: dict[str, str], sentence: str, step: str) -> None:
    asker = Asker().opens("/ask/")
    fields = {
        **asker.form("check"),
        "text": WORDS,
        "sign_off": "Wide Awake",
        "adult": "on",
        **fault,
        "step": step,
    }
    if not fields["adult"]:
        del fields["adult"]
    asker.sends(fields)
    assert asker.answer.status_code == 422
    assert asker.sees("There is a problem")
    assert asker.sees(sentence)
    kept = asker.form("check")
    assert kept["text"] == fields["text"]
    assert kept["sign_off"] == fields["sign_off"]
    assert not Question.objects.exists()


def test_letters_that_nobody_sees_stay_where_there_are_others() -> None:
    words = "\u200bIs it rude?\u2060"
    assert Asker().asks(words).text == words


def test_the_words_are_said_to_be_still_here_only_when_there_are_any() -> None:
    still_here = "Your words are still here."
    assert not Asker().looks_over("").sees(still_here)
    assert Asker().looks_over(WORDS, language="none").sees(still_here)
    assert not Asker().returns_with("wrong").sees(still_here)


def test_every_message_of_the_summary_stands_for_itself() -> None:
    asker = Asker().opens("/ask/").presses("check", text="", airing="", language="")
    summary = asker.page.partition('class="summary__list"')[2].partition("</ul>")[0]
    assert [link.partition("</a>")[0].partition(">")[2] for link in summary.split("<a ")[1:]] == [
        "Write your question",
        "Tell us whether we may read it on the show",
        "Choose a language",
        "Tell us whether you are 18 or older",
    ]


def test_the_check_page_says_that_the_way_back_is_its_button() -> None:
    assert Asker().looks_over(WORDS).sees("Your browser’s own Back would show an empty page.")


@pytest.mark.parametrize("path", ["/ask", "/receipt"])
def test_an_address_without_its_slash_leads_on_and_carries_nothing_along(path: str) -> None:
    answer = Asker().client.get(path, {"code": "0123456789ABCDEF", "text": "words"})
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_ten_thousand_letters_are_taken_and_line_ends_count_once() -> None:
    words = "x\n" * 5000
    assert Asker().asks(words).text == words


def test_sending_twice_shows_the_same_ticket_and_stores_one_question() -> None:
    asker = Asker().looks_over(WORDS)
    fields = {**asker.form("send"), "step": "send"}
    first = asker.sends(fields).code
    assert asker.sends(fields).code == first
    assert asker.answer.status_code == 200
    assert Question.objects.count() == 1


def test_other_text_from_the_same_form_is_another_question() -> None:
    asker = Asker().looks_over("The first.")
    fields = {**asker.form("send"), "step": "send"}
    asker.sends(fields)
    first = asker.code
    asker.sends({**fields, "text": "The second."})
    assert asker.code != first
    assert Question.objects.count() == 2


@pytest.mark.parametrize("step", ["check", "send"])
@pytest.mark.parametrize("token", ["", "forged", "\0", "a:b:c"])
def test_a_forged_token_gives_the_form_again_with_every_word(step: str, token: str) -> None:
    asker = Asker().opens("/ask/")
    asker.sends({**asker.form("check"), "text": WORDS, "adult": "on", "form_token": token, "step": step})
    assert asker.answer.status_code == 422
    assert asker.sees("Your words are all here")
    assert asker.form("check")["text"] == WORDS
    assert not Question.objects.exists()
    asker.presses("check").presses("send")
    assert Question.objects.get().text == WORDS


def test_an_expired_token_gives_the_form_again_with_every_word() -> None:
    asker = Asker().opens("/ask/", ago=FORM_TOKEN_SECONDS + 60)
    asker.presses("check", text=WORDS, adult="on")
    assert asker.answer.status_code == 422
    assert asker.form("check")["text"] == WORDS
    asker.presses("check").presses("send")
    assert Question.objects.get().text == WORDS


def test_whoever_fills_in_the_trap_is_held_and_not_refused() -> None:
    assert Asker().asks(website="https://pills.example").held == Hold.SPAM


def test_whoever_is_faster_than_anybody_writes_is_held_and_not_refused() -> None:
    asker = Asker()
    with mock.patch("time.time", return_value=time.time()):
        asker.opens("/ask/", ago=0).presses("check", text=WORDS, adult="on").presses("send")
    assert asker.sees("We have it. Keep this ticket.")
    assert Question.objects.get().held == Hold.TOO_FAST


@pytest.mark.parametrize("step", ["", "sing", "\0", "CHECK"])
def test_a_step_that_does_not_exist_gives_the_form_with_every_word(step: str) -> None:
    asker = Asker().opens("/ask/").sends({"text": WORDS, "step": step})
    assert asker.answer.status_code == 200
    assert asker.form("check")["text"] == WORDS


def test_a_paused_form_says_so_kindly_and_keeps_what_was_being_written() -> None:
    asker = Asker().looks_over(WORDS)
    fields = {**asker.form("send"), "step": "send"}
    Show.objects.create(is_asking_open=False, closed_words="Back on Monday.")
    asker.sends(fields)
    assert asker.answer.status_code == 200
    assert asker.sees("Back on Monday.")
    assert asker.sees("How do I say it?")
    assert not Question.objects.exists()
    asker.opens("/ask/")
    assert asker.answer.status_code == 200
    assert asker.sees("We are not taking questions just now")
    assert not asker.offers("check")


def test_the_fields_tell_browsers_to_keep_and_send_nothing() -> None:
    page = Asker().opens("/ask/").page
    assert 'translate="no"' in page
    assert "<title>Write</title>" in page
    controls = [tag for tag in page.split("<") if tag.startswith(("textarea", "input", "select"))]
    # Boxes that are ticked hold no words and may not say it themselves: their form says it for them.
    assert '<form method="post" class="form" action="/ask/" novalidate autocomplete="off"' in page
    typed = [tag for tag in controls if not re.search('type="(hidden|checkbox|radio)"', tag)]
    assert len(typed) == 4
    for tag in typed:
        assert 'autocomplete="off" spellcheck="false" writingsuggestions="false"' in tag


def test_the_show_s_language_comes_first() -> None:
    Show.objects.create(language="de")
    assert Asker().opens("/ask/").form("check")["language"] == "de"


def test_a_question_that_was_taken_back_can_be_asked_anew() -> None:
    asker = Asker().looks_over(WORDS)
    fields = {**asker.form("send"), "step": "send"}
    code = asker.sends(fields).code
    Asker().returns_with(code).presses("withdraw").presses("withdraw-for-good")
    asker.sends(fields)
    assert asker.answer.status_code == 422
    assert asker.sees("You have taken this question back.")
    asker.presses("check").presses("send")
    assert asker.code != code
    assert Question.objects.in_state("waiting").get().text == WORDS


def test_the_form_says_in_the_show_s_own_numbers_how_long_words_are_kept() -> None:
    Show.objects.create(keeps_waiting_days=90, keeps_closed_days=1)
    asker = Asker().opens("/ask/")
    assert asker.sees("They go after 90 days if nobody gets to them")
    assert asker.sees("or 1 day after a no or a private answer.")


def test_the_form_says_that_it_is_not_for_emergencies_and_not_for_the_young() -> None:
    asker = Asker().opens("/ask/")
    assert asker.sees("This is not for emergencies")
    assert asker.sees("The show is made by adults, for adults: 18 or older.")
    assert asker.sees("Younger than 18? This is for you")
    assert asker.page.count('href="/help-now/') >= 3


def test_topics_are_offered_only_when_the_show_has_some() -> None:
    assert "topics" not in Asker().opens("/ask/").page
    factories.topic("Living together")
    asker = Asker().opens("/ask/")
    assert asker.sees("Choose topics, if you like")
    assert asker.sees("Living together")


def test_topics_are_stored_with_the_question_and_none_is_needed() -> None:
    sleep, mail = factories.topic("Sleep"), factories.topic("Mail")
    assert set(Asker().asks(topics=["sleep", "mail", "sleep"]).topics.all()) == {sleep, mail}
    assert set(Asker().asks(topics="mail").topics.all()) == {mail}
    assert not Asker().asks().topics.exists()


@pytest.mark.parametrize("topics", ["naps", ["sleep", "naps"], "\0", ""])
@pytest.mark.parametrize("step", ["check", "send"])
def test_a_topic_that_the_show_does_not_have_is_named_and_every_word_is_kept(step: str, topics: object) -> None:
    factories.topic("Sleep")
    asker = Asker().opens("/ask/")
    asker.sends({**asker.form("check"), "text": WORDS, "adult": "on", "topics": topics, "step": step})
    assert asker.answer.status_code == 422
    assert asker.sees("Choose topics from the list")
    kept = asker.form("check")
    assert (kept["text"], kept["adult"]) == (WORDS, "on")
    assert kept.get("topics") == ("sleep" if "sleep" in topics else None)  # type: ignore[operator]
    assert '<details class="folded" open>' in asker.page


def test_a_topic_sent_to_a_show_without_topics_is_of_no_account() -> None:
    assert Asker().asks(topics="sleep").text == "Is it rude to nap at a wedding?"


def test_a_pause_in_the_middle_of_writing_keeps_every_word_and_tick_until_it_is_over() -> None:
    for name in ("Sleep", "Mail", "Beds"):
        factories.topic(name)
    asker = Asker().looks_over(WORDS, sign_off="W", airing="private", topics=["mail", "sleep"])
    before = asker.form("send")
    show = Show.objects.create(is_asking_open=False)
    asker.presses("send")
    assert asker.sees("We are not taking questions just now")
    show.is_asking_open = True
    show.save()
    asker.presses("edit").presses("check")
    assert asker.form("send") == before


def test_two_tabs_are_two_questions_though_their_words_are_the_same() -> None:
    first, second = Asker().looks_over(WORDS), Asker().looks_over(WORDS)
    assert first.presses("send").code != second.presses("send").code
    assert Question.objects.count() == 2


def test_a_sending_that_is_replayed_changes_nothing_whatever_has_become_of_the_question() -> None:
    asker = Asker().looks_over(WORDS, sign_off="W")
    fields = {**asker.form("send"), "step": "send"}
    code = asker.sends(fields).code
    factories.approved_answer(question=Question.objects.get())
    before = Question.objects.values().get()
    assert asker.sends({**fields, "sign_off": "Somebody else", "airing": "freely"}).code == code
    assert Question.objects.values().get() == before


def test_a_sending_that_is_replayed_when_the_form_has_expired_stores_nothing() -> None:
    asker = Asker().looks_over(WORDS)
    fields = {**asker.form("send"), "step": "send"}
    asker.sends(fields)
    with mock.patch("time.time", return_value=time.time() + FORM_TOKEN_SECONDS + 60):
        asker.sends(fields)
    assert asker.answer.status_code == 422
    assert asker.form("check")["text"] == WORDS
    assert Question.objects.count() == 1
