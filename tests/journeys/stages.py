"""A question for each thing that the receipt page can say."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from questions.actions import consent, correspond
from questions.actions.acting import Actor, acting
from questions.actions.claim import claim
from questions.actions.decline import decline
from questions.actions.keep import keep
from questions.actions.merge import merge
from questions.actions.retract import retract
from questions.actions.reword import reword
from questions.actions.schedule import schedule
from questions.actions.submit import Submission, submit
from questions.actions.withdraw import forget, withdraw
from questions.models import Airing, DeclineReason, Question
from questions.receipts import Receipt
from tests import factories
from tests.history import an_hour_passes

Deed = Callable[[Question, Actor], object]

WORDS = "My partner Katrin snores, and since March I sleep on the sofa.\n\nHow do I say that I want to stay there?"
REWORDED = "My partner snores, and I sleep on the sofa.\n\nHow do I say that I want to stay there for good?"


def kept(question: Question, host: Actor) -> None:
    keep(question, by=host, seen=question.version)
    correspond.reply(question, text="Is there a door between the two of you?", by=host)
    correspond.add(question, text="There is.\n\nIt sticks.")


def answering(question: Question, host: Actor) -> None:
    claim(question, by=host, seen=question.version)


def asked_for_leave(question: Question, host: Actor) -> None:
    claim(question, by=host, seen=question.version)
    question.refresh_from_db()
    reword(question, text=REWORDED, sign_off="Awake", by=host, seen=question.version)
    question.refresh_from_db()
    consent.preview(question, by=host, seen=question.version)


def silence_is_leave(question: Question, host: Actor) -> None:
    asked_for_leave(question, host)
    Question.objects.filter(pk=question.pk).update(airing=Airing.PREVIEW, silence_means_yes=True)


def agreed(question: Question, host: Actor) -> None:
    asked_for_leave(question, host)
    consent.consent(question, wording=1)


def another_wanted(question: Question, host: Actor) -> None:
    asked_for_leave(question, host)
    consent.ask_for_change(question, wording=1, text="Please leave out the sofa.")


def objected(question: Question, host: Actor) -> None:
    asked_for_leave(question, host)
    consent.object_to_airing(question)


def ready(question: Question, host: Actor) -> None:
    factories.approved_answer(question=question)


def scheduled(question: Question, host: Actor) -> None:
    episode = factories.assembled_episode("One week off", answers=[factories.approved_answer(question=question)])
    schedule(episode, at=timezone.now() + timedelta(days=9), by=host, seen=episode.version)


def aired(question: Question, host: Actor) -> None:
    factories.published_episode("Two beds", answers=[factories.approved_answer(question=question)])


def retracted(question: Question, host: Actor) -> None:
    answers = [factories.approved_answer(question=question)]
    episode = factories.published_episode("A mistake of ours", answers=answers)
    retract(episode, by=host, seen=episode.version)


def answered_privately(question: Question, host: Actor) -> None:
    correspond.answer_privately(question, text="Say it at breakfast.\n\nNot at night.", by=host, seen=question.version)


def declined(question: Question, host: Actor) -> None:
    reason, _ = DeclineReason.objects.get_or_create(
        slug="doctors", defaults={"label": "For a doctor", "words": "We are no doctors, and this one needs one."}
    )
    decline(question, reason=reason, by=host, seen=question.version)


def merged(question: Question, host: Actor) -> None:
    merge(question, into=factories.asked("She snores. What now?"), by=host, seen=question.version)


def withdrawn(question: Question, host: Actor) -> None:
    withdraw(question)


def withdrawn_after_airing(question: Question, host: Actor) -> None:
    aired(question, host)
    withdraw(question)


def forgotten(question: Question, host: Actor) -> None:
    forget(question)


WAITING, AIRED, WITHDRAWN = "We have your question", "has been answered on the show", "You took your question back"
ASKED_FOR_LEAVE, YOUNG = "Nothing is read before you agree", "If you are younger than 18"

STAGES: dict[str, Deed | None] = {
    WAITING: None,
    YOUNG: None,
    "We are considering your question": kept,
    "Somebody is answering your question": answering,
    ASKED_FOR_LEAVE: asked_for_leave,
    "You told us that silence means yes": silence_is_leave,
    "I have changed my mind": agreed,
    "You want another wording": another_wanted,
    "You said no, so it will not be read out": objected,
    "It waits for its episode": ready,
    "It airs on": scheduled,
    AIRED: aired,
    "The episode with your question was taken down": retracted,
    "We have answered you": answered_privately,
    "We are not going to answer this one": declined,
    "Somebody else asked nearly the same": merged,
    WITHDRAWN: withdrawn,
    "What has aired stays": withdrawn_after_airing,
    "We have forgotten your question": forgotten,
}
"""What the page says, and what has been done for it to say so."""


def at_stage(says: str) -> Receipt:
    """The code of a question whose page says so."""
    words = "I am 15 and my friend snores. What now?" if says == YOUNG else WORDS
    code, question = submit(Submission(words, "Wide Awake", airing=Airing.FREELY), nonce=says)
    deed = STAGES[says]
    if deed:
        deed(question, acting(factories.host()))
    an_hour_passes()
    return code
