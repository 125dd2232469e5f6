"""What the receipt page tells: in plain words, by day, and nothing that a host may still take back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from questions.actions.acting import Actor, acting
from questions.actions.claim import claim
from questions.actions.consent import preview
from questions.actions.correspond import answer_privately, reply
from questions.actions.decline import decline
from questions.actions.keep import keep
from questions.actions.merge import merge
from questions.actions.retract import retract
from questions.actions.reword import reword
from questions.actions.undo import undo
from questions.actions.withdraw import forget
from questions.models import Airing, DeclineReason, Episode, Event, Message, Question, Show
from questions.models.history import TOLD_AFTER
from tests import cast, factories
from tests.asking.asker import Asker
from tests.factories import the_time

pytestmark = pytest.mark.django_db

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def asker() -> Asker:
    asker = Asker()
    asker.asks("My partner Katrin snores. How do I say it?", sign_off="Wide Awake")
    asker.returns_with(asker.code)
    return asker


@pytest.fixture
def generous() -> Asker:
    """An asker who allows airing without having seen the wording."""
    asker = Asker()
    asker.asks("He snores. How do I say it?", airing=Airing.FREELY)
    asker.returns_with(asker.code)
    return asker


@pytest.fixture
def host(db: None) -> Actor:
    return acting(cast.tomas())


def the_question() -> Question:
    return Question.objects.get(text__isnull=False)


def looks_again(asker: Asker, *, after: timedelta = timedelta(0)) -> Asker:
    """Look at the receipt page that much later."""
    code = asker.form("withdraw")["code"] if asker.offers("withdraw") else asker.answers[-1].context["code"]
    with the_time(timezone.now() + after):
        return asker.sends({"code": code})


def kept(question: Question, by: Actor) -> None:
    keep(question, by=by, seen=question.version)


def claimed(question: Question, by: Actor) -> None:
    claim(question, by=by, seen=question.version)


def declined(question: Question, by: Actor) -> None:
    words = "We are no doctors."
    reason = DeclineReason.objects.get_or_create(slug="medical", defaults={"label": "Medical", "words": words})[0]
    decline(question, reason=reason, by=by, seen=question.version)


def answered(question: Question, by: Actor) -> None:
    answer_privately(question, text="Say it at breakfast.", by=by, seen=question.version)


def approved(question: Question, by: Actor) -> None:
    factories.approved_answer(question=question)


DECISIONS: list[tuple[Callable[[Question, Actor], None], str]] = [
    (kept, "We are considering your question"),
    (claimed, "Somebody is answering your question"),
    (declined, "We are not going to answer this one"),
    (answered, "We have answered you"),
    (approved, "Your question is answered"),
]


@pytest.mark.parametrize(("decide", "words"), DECISIONS)
def test_a_decision_is_told_after_fifteen_minutes_and_not_before(
    asker: Asker, host: Actor, decide: Callable[[Question, Actor], None], words: str
) -> None:
    decide(the_question(), host)
    before = looks_again(asker, after=TOLD_AFTER - timedelta(minutes=1))
    assert before.sees("We have your question")
    assert not before.sees(words)
    assert not before.sees("We are no doctors.")
    assert not before.sees("Say it at breakfast.")
    assert looks_again(asker, after=TOLD_AFTER + A_MOMENT).sees(words)


@pytest.mark.parametrize(("decide", "words"), DECISIONS[:4])
def test_a_decision_that_was_undone_is_never_told(
    asker: Asker, host: Actor, decide: Callable[[Question, Actor], None], words: str
) -> None:
    before = looks_again(asker).page
    decide(the_question(), host)
    undo(Event.objects.of(the_question().ref).last(), by=host)  # type: ignore[arg-type]
    for after in (timedelta(0), TOLD_AFTER - A_MOMENT, TOLD_AFTER + A_MOMENT, timedelta(days=2)):
        assert looks_again(asker, after=after).page == before


def test_what_the_asker_does_meanwhile_does_not_tell_a_decision_early(asker: Asker, host: Actor) -> None:
    claimed(the_question(), host)
    asker.presses("add", text="One more thing.")
    assert asker.sees("We have your question")
    assert asker.sees("One more thing.")


def test_declining_shows_the_reason_s_words_and_where_else_to_turn(asker: Asker, host: Actor) -> None:
    declined(the_question(), host)
    looks_again(asker, after=TOLD_AFTER + A_MOMENT)
    assert asker.sees("We are no doctors.")
    assert '<a href="/help-now/">Where else to turn</a>' in asker.page
    assert not asker.offers("add")


def test_the_thread_is_read_oldest_first_and_by_day(asker: Asker, host: Actor) -> None:
    reply(the_question(), text="Is there a door?", by=host)
    assert not looks_again(asker, after=TOLD_AFTER - timedelta(minutes=1)).sees("Is there a door?")
    assert looks_again(asker, after=TOLD_AFTER + A_MOMENT).sees("Is there a door?")
    with the_time(timezone.now() + timedelta(days=1)):
        asker.presses("add", text="There is.\n\nIt sticks.")
    assert asker.page.index("Is there a door?") < asker.page.index("There is.")
    thread = asker.page.partition('<ol class="thread">')[2].partition("</ol>")[0]
    assert thread.count("<time ") == 2
    assert ":" not in thread.replace("The show", "")


def test_a_private_answer_is_shown_as_the_answer(asker: Asker, host: Actor) -> None:
    answered(the_question(), host)
    looks_again(asker, after=TOLD_AFTER + A_MOMENT)
    assert asker.sees("The answer")
    assert asker.sees("Say it at breakfast.")


def test_a_message_is_kept_word_for_word_and_a_reload_sends_it_once(asker: Asker) -> None:
    asker.presses("add", text="There is.\n\nIt sticks.")
    assert asker.sees("We have it.")
    asker.sends({"code": asker.form("withdraw")["code"], "step": "add", "text": "There is.\r\n\r\nIt sticks."})
    assert [message.text for message in Message.objects.all()] == ["There is.\n\nIt sticks."]


@pytest.mark.parametrize("text", ["", "z" * 4001])
def test_a_message_that_cannot_be_taken_keeps_its_words(asker: Asker, text: str) -> None:
    asker.presses("add", text=text)
    assert asker.answer.status_code == 422
    assert asker.form("add")["text"] == text
    assert not Message.objects.exists()


def test_a_message_that_came_too_late_is_given_back_without_saying_why(asker: Asker, host: Actor) -> None:
    declined(the_question(), host)
    asker.presses("add", text="One more thing.")
    assert asker.answer.status_code == 409
    assert asker.form("add")["text"] == "One more thing."
    assert not asker.sees("eclined")


def test_a_scheduled_answer_says_on_which_day_it_airs(generous: Asker) -> None:
    day = timezone.now() + timedelta(days=9)
    factories.scheduled_episode(at=day, answers=[factories.approved_answer(question=the_question())])
    line = f"It airs on {day.day} {day:%B}."
    before = looks_again(generous, after=TOLD_AFTER - timedelta(minutes=1))
    assert before.sees("We have your question")
    assert not before.sees(f"{day.day} {day:%B}")
    assert looks_again(generous, after=TOLD_AFTER + A_MOMENT).sees(line)


def test_the_day_it_airs_is_that_of_the_show(generous: Asker) -> None:
    Show.objects.create(time_zone="Europe/Berlin")
    at = datetime(2031, 6, 30, 23, 30, tzinfo=UTC)
    factories.scheduled_episode(at=at, answers=[factories.approved_answer(question=the_question())])
    assert looks_again(generous, after=TOLD_AFTER + A_MOMENT).sees("It airs on 1 July.")


def test_what_has_aired_is_linked_at_once_and_what_was_taken_down_is_not(generous: Asker, host: Actor) -> None:
    episode = factories.published_episode(
        "Naps at weddings", answers=[factories.approved_answer(question=the_question())]
    )
    assert looks_again(generous).sees("Your question has been answered on the show")
    assert f'<a href="/episodes/{episode.slug}/">Naps at weddings</a>' in generous.page
    retract(episode, by=host, seen=episode.version)
    assert looks_again(generous).sees("The episode with your question was taken down")
    assert episode.slug not in generous.page


def test_a_merged_question_follows_the_other_s_status_and_link_and_nothing_else(host: Actor) -> None:
    follower, lead = Asker(), Asker()
    followed = follower.asks("He snores.")
    leading = lead.asks("My husband snores, and we live in Ottersweier.", sign_off="Sleepless")
    follower.returns_with(follower.code)
    merge(followed, into=leading, by=host, seen=followed.version)
    leading.refresh_from_db()
    claimed(leading, host)
    reply(leading, text="How loudly?", by=host)
    assert looks_again(follower, after=TOLD_AFTER - timedelta(minutes=1)).sees("We have your question")
    looks_again(follower, after=TOLD_AFTER + A_MOMENT)
    assert follower.sees("Somebody is answering your question")
    assert follower.sees("Somebody else asked nearly the same")
    for word in ("Ottersweier", "Sleepless", "How loudly?"):
        assert word not in follower.page
    assert follower.offers("withdraw")


def test_a_forgotten_question_says_so_and_when_to_ask_again(asker: Asker) -> None:
    forget(the_question())
    looks_again(asker)
    assert asker.answer.status_code == 200
    assert asker.sees("We have forgotten your question")
    assert asker.sees("If it still matters, ask again any day.")
    assert not asker.offers("withdraw")


class TestTheWordingToAgreeTo:
    """The asker sees what was changed before it airs, and says yes or no to that wording alone."""

    @pytest.fixture
    def asked(self, asker: Asker, host: Actor) -> Asker:
        """An asker who looks at the wording they were asked about."""
        question = the_question()
        claimed(question, host)
        question.refresh_from_db()
        reword(
            question,
            text="My partner snores. How do I say it?",
            sign_off="Wide Awake",
            by=host,
            seen=question.version,
        )
        question.refresh_from_db()
        preview(question, by=host, seen=question.version)
        assert not looks_again(asker, after=TOLD_AFTER - timedelta(minutes=1)).offers("agree")
        return looks_again(asker, after=TOLD_AFTER + A_MOMENT)

    def test_the_page_asks_first_and_marks_what_was_changed(self, asked: Asker) -> None:
        assert asked.sees("We would like to read it out. Is this wording all right?")
        assert "<del>Katrin</del>" in asked.page
        assert asked.sees("Not before you agree")

    def test_yes_is_a_yes_to_this_wording(self, asked: Asker) -> None:
        with the_time(timezone.now() + TOLD_AFTER + A_MOMENT):
            asked.presses("agree")
        question = the_question()
        assert question.agreed_wording == question.wording
        assert asked.sees("Thank you. We may read it like this, and not otherwise.")
        assert not asked.offers("agree")
        assert asked.offers("object")

    def test_whoever_said_no_is_not_told_that_silence_means_yes(self, asked: Asker) -> None:
        Question.objects.update(silence_means_yes=True)
        silence = "You told us that silence means yes"
        assert looks_again(asked, after=TOLD_AFTER + A_MOMENT).sees(silence)
        with the_time(timezone.now() + TOLD_AFTER + A_MOMENT):
            asked.presses("object")
        assert asked.sees("You said no, so it will not be read out.")
        assert not asked.sees(silence)

    def test_no_holds_it_and_can_become_a_yes(self, asked: Asker) -> None:
        with the_time(timezone.now() + TOLD_AFTER + A_MOMENT):
            asked.presses("object")
            assert the_question().objected
            assert asked.sees("You said no, so it will not be read out.")
            asked.presses("agree")
        assert not the_question().objected

    def test_a_no_that_is_sent_twice_is_one_no(self, asked: Asker) -> None:
        no = asked.form("object") | {"step": "object"}
        asked.sends(no).sends(no)
        assert asked.sees("You said no, so it will not be read out.")
        assert Event.objects.of(the_question().ref).filter(verb="object").count() == 1

    def test_nobody_agrees_to_a_wording_before_the_page_shows_it(self, asked: Asker) -> None:
        asked.presses("agree")
        assert asked.answer.status_code == 409
        assert the_question().agreed_wording is None

    def test_yes_to_a_wording_that_has_changed_since_is_not_taken(self, asked: Asker, host: Actor) -> None:
        question = the_question()
        reword(question, text="My friend snores.", sign_off="", by=host, seen=question.version)
        with the_time(timezone.now() + TOLD_AFTER + A_MOMENT):
            asked.presses("agree")
        assert asked.answer.status_code == 409
        assert the_question().agreed_wording is None

    @pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 400, "\0"])
    def test_an_odd_number_of_a_wording_is_no_yes(self, asked: Asker, number: str) -> None:
        asked.presses("agree", wording=number)
        assert asked.answer.status_code == 409
        assert the_question().agreed_wording is None


def test_whoever_allowed_everything_can_still_say_no(generous: Asker) -> None:
    generous.presses("object")
    assert the_question().objected
    assert generous.sees("You said no, so it will not be read out.")


class TestAButtonOnAPageFromBeforeItAired:
    """The deed is not what the button said any more, so the page says what is true instead."""

    @pytest.fixture
    def aired(self, generous: Asker) -> Asker:
        factories.published_episode("Naps", answers=[factories.approved_answer(question=the_question())])
        return generous

    def presses(self, asker: Asker, step: str) -> Asker:
        number = the_question().wording.number  # type: ignore[union-attr]
        return asker.sends({"code": asker.form("withdraw")["code"], "step": step, "wording": str(number)})

    def test_no_is_kept_for_the_day_it_is_taken_down(self, aired: Asker, host: Actor) -> None:
        self.presses(aired, "object")
        assert the_question().objected
        assert aired.sees("it has aired already, and only the hosts can take it down. Write to them below.")
        assert aired.sees("If it is ever taken down, it will not come back.")
        assert not aired.sees("not be read out")
        assert aired.offers("add")
        episode = Episode.objects.get()
        retract(episode, by=host, seen=episode.version)
        assert looks_again(aired).sees("You said no, so it will not come back.")

    def test_yes_does_nothing_and_says_that_it_has_aired(self, aired: Asker) -> None:
        self.presses(aired, "agree")
        assert the_question().agreed_wording is None
        assert aired.answer.status_code == 200
        assert aired.sees("It has been on the show already. You need not agree any more.")
        assert not aired.sees("Thank you.")
