"""Every decision of a host can be taken back, as long as nothing has left the house."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from questions.actions import consent, correspond, merge, schedule, withdraw
from questions.actions.acting import Actor, Refused, acting
from questions.actions.alert import alert, stand_down
from questions.actions.approve import approve, reopen
from questions.actions.claim import claim, take_over, unclaim
from questions.actions.comment import comment, resolve
from questions.actions.decline import decline, reconsider
from questions.actions.draft import draft
from questions.actions.keep import keep
from questions.actions.lift import lift
from questions.actions.reword import reword
from questions.actions.tag import tag
from questions.actions.undo import undo
from questions.lifecycle import FINAL, QUESTION, Role, Verb
from questions.models import Answer, DeclineReason, Episode, Event, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

Deed = Callable[[Question, Actor], Any]


def reason() -> DeclineReason:
    return DeclineReason.objects.get_or_create(slug="no", defaults={"label": "No", "words": "No, sorry."})[0]


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def after(*deeds: Deed, **fields: Any) -> Question:
    """A question to which a host has done these deeds, in order."""
    question = factories.asked(**fields)
    for deed in deeds:
        deed(fresh(question), acting(factories.host()))
    return fresh(question)


def seen(deed: Callable[..., Any], **extra: Any) -> Deed:
    return lambda question, by: deed(question, by=by, seen=question.version, **extra)


CLAIMED, DRAFTED = seen(claim), seen(draft, body="Nap.")

UNDONE: dict[Verb, tuple[list[Deed], Callable[[], Deed], dict[str, Any]]] = {
    Verb.LIFT: ([], lambda: seen(lift), {"held": "spam"}),
    Verb.KEEP: ([], lambda: seen(keep), {}),
    Verb.CLAIM: ([seen(keep)], lambda: CLAIMED, {}),
    Verb.UNCLAIM: ([CLAIMED], lambda: seen(unclaim), {}),
    Verb.TAKE_OVER: (
        [CLAIMED],
        lambda: lambda question, by: take_over(question, by=acting(cast.noor()), seen=question.version),
        {},
    ),
    Verb.ALERT: ([], lambda: lambda question, by: alert(question, by=by), {}),
    Verb.STAND_DOWN: ([lambda q, by: alert(q, by=by)], lambda: lambda question, by: stand_down(question, by=by), {}),
    Verb.TAG: ([], lambda: lambda question, by: tag(question, topics=[factories.topic()], by=by), {}),
    Verb.REWORD: ([seen(reword, text="A?", sign_off="B")], lambda: seen(reword, text="C?", sign_off="D"), {}),
    Verb.DRAFT: ([CLAIMED, DRAFTED], lambda: seen(draft, body="Sleep."), {}),
    Verb.COMMENT: ([CLAIMED], lambda: lambda question, by: comment(question, text="Naps?", by=by), {}),
    Verb.RESOLVE: (
        [CLAIMED, lambda q, by: comment(q, text="Naps?", by=by)],
        lambda: lambda question, by: resolve(question.comments.get(), by=by),
        {},
    ),
    Verb.APPROVE: ([CLAIMED, DRAFTED], lambda: seen(approve), {}),
    Verb.REOPEN: ([CLAIMED, DRAFTED, seen(approve)], lambda: seen(reopen), {}),
    Verb.DECLINE: ([CLAIMED], lambda: seen(decline, reason=reason()), {}),
    Verb.RECONSIDER: ([lambda q, by: decline(q, reason=reason(), by=by, seen=q.version)], lambda: seen(reconsider), {}),
    Verb.MERGE: ([seen(keep)], lambda: seen(merge.merge, into=factories.asked("Another?")), {}),
    Verb.SPLIT: (
        [lambda q, by: merge.merge(q, into=factories.asked("Another?"), by=by, seen=q.version)],
        lambda: seen(merge.split),
        {},
    ),
    Verb.REPLY: ([], lambda: lambda question, by: correspond.reply(question, text="Which wedding?", by=by), {}),
    Verb.NOTE: ([], lambda: lambda question, by: correspond.note(question, text="Mine.", by=by), {}),
    Verb.PREVIEW: ([CLAIMED], lambda: seen(consent.preview), {}),
    Verb.ANSWER_PRIVATELY: ([CLAIMED], lambda: seen(correspond.answer_privately, text="Do."), {}),
}


def state_of(question: Question) -> dict[str, Any]:
    """All that a host decides about a question, wherever it is kept."""
    row: dict[str, Any] = dict(Question.objects.filter(pk=question.pk).values().get())
    # Undoing gives a claim back with a new lease: the old one may long have run out.
    for column in ("version", "changed_on", "claimed_at", "text", "sign_off"):
        row.pop(column)
    answers = Answer.objects.filter(question=question).values_list("current_revision", "approved_revision")
    topics = question.topics.values_list("slug", flat=True)
    written = (question.messages.count(), question.notes.count())
    said = list(question.comments.values_list("text", "resolved_by"))
    return {**row, "answer": list(answers), "topics": list(topics), "written": written, "said": said}


def test_there_is_an_undo_for_every_verb_a_host_does_to_a_question() -> None:
    of_hosts = {verb for (_state, verb), move in QUESTION.items() if Role.HOST in move.who}
    assert of_hosts - FINAL == set(UNDONE)


@pytest.mark.parametrize("verb", UNDONE)
def test_undoing_puts_everything_back(verb: Verb) -> None:
    before, make_deed, fields = UNDONE[verb]
    deed, by = make_deed(), acting(factories.host())
    question = after(*before, **fields)
    stood = state_of(question)
    event = deed(question, by)
    assert (event.verb, state_of(question) == stood) == (verb, False), "the deed changed nothing"
    undone = undo(event, by=by)
    wording_made = {"wording_id"} if verb in (Verb.APPROVE, Verb.PREVIEW) else set()
    now = state_of(question)
    assert {key: value for key, value in now.items() if key not in wording_made} == {
        key: value for key, value in stood.items() if key not in wording_made
    }
    assert (undone.verb, undone.undoes, undone.before, undone.after) == (Verb.UNDO, event, event.after, event.before)


def test_an_undo_cannot_be_undone_nor_done_twice() -> None:
    question, by = after(), acting(factories.host())
    event = keep(question, by=by, seen=question.version)
    undone = undo(event, by=by)
    for again in (event, undone):
        with pytest.raises(Refused):
            undo(again, by=by)


def test_decisions_are_undone_in_the_reverse_order() -> None:
    question, by = after(), acting(factories.host())
    kept = keep(question, by=by, seen=question.version)
    claimed = claim(fresh(question), by=by, seen=fresh(question).version)
    with pytest.raises(Refused, match="Something has happened since"):
        undo(kept, by=by)
    undo(claimed, by=by)
    undo(kept, by=by)
    assert fresh(question).state == "waiting"


def test_a_note_in_between_stops_no_undo() -> None:
    question, by = after(), acting(factories.host())
    kept = keep(question, by=by, seen=question.version)
    correspond.note(question, text="Lovely one.", by=by)
    undo(kept, by=by)
    assert fresh(question).state == "waiting"


def test_guests_and_viewers_undo_nothing() -> None:
    question = after()
    event = keep(question, by=acting(factories.host()), seen=question.version)
    for person in (cast.ines(), cast.viv()):
        with pytest.raises(Refused, match="Only hosts can undo"):
            undo(event, by=acting(person))


def test_a_letter_the_asker_can_have_read_is_not_taken_back() -> None:
    question, by = after(), acting(factories.host())
    event = correspond.reply(question, text="Which wedding?", by=by)
    with factories.the_time(timezone.now() + timedelta(minutes=16)), pytest.raises(Refused, match="can have read it"):
        undo(event, by=by)


def test_no_undo_brings_forgotten_words_back() -> None:
    question, by = after(), acting(factories.host())
    tagged = tag(question, topics=[factories.topic()], by=by)
    kept = keep(fresh(question), by=by, seen=fresh(question).version)
    withdraw.withdraw(question)
    for event in [tagged, kept, *Event.objects.of(question.ref)]:
        with pytest.raises(Refused):
            undo(event, by=by)
    assert (fresh(question).state, fresh(question).text) == ("withdrawn", None)


def test_a_schedule_is_undone_to_the_time_it_had_before() -> None:
    by, first = acting(factories.host()), timezone.now() + timedelta(days=1)
    episode = factories.scheduled_episode(at=first)
    event = schedule.schedule(episode, at=first + timedelta(days=7), by=by, seen=episode.version)
    undo(event, by=by)
    assert Episode.objects.get().release_at == first


def test_undoing_a_publication_takes_the_episode_down() -> None:
    by = acting(factories.host())
    episode = factories.published_episode()
    published = Event.objects.of(episode.ref).get(verb=Verb.PUBLISH)
    undo(published, by=by)
    assert Episode.objects.get().state == "retracted"
    undo(Event.objects.of(episode.ref).get(verb=Verb.RETRACT), by=by)
    assert Episode.objects.get().state == "published"


def test_undoing_the_assembly_takes_the_episode_apart() -> None:
    episode = factories.assembled_episode()
    undo(Event.objects.of(episode.ref).get(verb=Verb.ASSEMBLE), by=acting(factories.host()))
    assert Episode.objects.count() == 0
    assert [answer.state for answer in Answer.objects.for_episodes()] == ["approved"]


def test_an_approval_in_a_scheduled_episode_stands() -> None:
    episode = factories.scheduled_episode()
    question = episode.segments.get().answer.question
    approved = Event.objects.of(question.ref).get(verb=Verb.APPROVE)
    with pytest.raises(Refused, match="scheduled or published"):
        undo(approved, by=acting(factories.host()))
