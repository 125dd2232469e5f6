"""Every verb × every state × every role, tried for real against the table that promises what happens."""

from collections.abc import Callable
from typing import Any

import pytest

from questions.actions import consent, correspond, merge, withdraw
from questions.actions.acting import ASKER, CLOCK, Actor, Refused, acting
from questions.actions.alert import alert, stand_down
from questions.actions.amend import amend
from questions.actions.approve import approve, reopen
from questions.actions.claim import claim, take_over, unclaim
from questions.actions.comment import comment, resolve
from questions.actions.decline import decline, reconsider
from questions.actions.draft import draft
from questions.actions.guest import hand_in
from questions.actions.keep import keep
from questions.actions.lift import lift
from questions.actions.revision import name_revision
from questions.actions.reword import reword
from questions.actions.share import share_with_guest
from questions.actions.tag import tag
from questions.lifecycle import NEW, QUESTION, QuestionState, Role, Verb
from questions.models import Answer, Comment, DeclineReason, Event, Question, Revision
from tests import cast, factories

pytestmark = pytest.mark.django_db

WHO: dict[Role, Callable[[], Actor]] = {
    Role.OWNER: lambda: acting(cast.noor()),
    Role.HOST: lambda: acting(cast.tomas()),
    Role.GUEST: lambda: acting(cast.ines()),
    Role.VIEWER: lambda: acting(cast.viv()),
    Role.ASKER: lambda: ASKER,
    Role.CLOCK: lambda: CLOCK,
}

# Some deeds are only ever done by the asker or the clock: their functions take no `by`.
ONLY_ASKER = {Verb.ADD, Verb.AMEND, Verb.CONSENT, Verb.ASK_CHANGE, Verb.OBJECT, Verb.WITHDRAW}
ONLY_CLOCK = {Verb.FORGET}
# Both speak of one wording, so there has to be one.
ABOUT_A_WORDING = {Verb.CONSENT, Verb.ASK_CHANGE}
# What a guest does, they do to what is claimed for them.
ONLY_THEIR_OWN = {Verb.DRAFT, Verb.HAND_IN}
# Done to followers by the withdrawal of their lead; see test_merge.py.
BY_CONSEQUENCE = {Verb.LEAD, Verb.FOLLOW}


def reason() -> DeclineReason:
    return DeclineReason.objects.get_or_create(slug="no", defaults={"label": "No", "words": "No, sorry."})[0]


def in_state(state: QuestionState) -> Question:
    """A question brought to `state` by the deeds of hosts and askers."""
    by = acting(cast.noor())
    if state == QuestionState.READY:
        return factories.approved_answer().question
    question = factories.asked()
    steps: dict[QuestionState, list[Callable[..., Any]]] = {
        QuestionState.WAITING: [],
        QuestionState.KEPT: [keep],
        QuestionState.ANSWERING: [claim, lambda q, **who: draft(q, body="Nap.", **who)],
        QuestionState.ANSWERED_PRIVATELY: [lambda q, **who: correspond.answer_privately(q, text="Do.", **who)],
        QuestionState.DECLINED: [lambda q, **who: decline(q, reason=reason(), **who)],
        QuestionState.MERGED: [lambda q, **who: merge.merge(q, into=factories.asked("Another?"), **who)],
        QuestionState.WITHDRAWN: [lambda q, **who: withdraw.withdraw(q)],
        QuestionState.FORGOTTEN: [lambda q, **who: withdraw.forget(q)],
    }
    for step in steps[state]:
        step(question, by=by, seen=question.version)
        question.refresh_from_db()
    assert question.state == state
    return question


def ready_for(verb: Verb, state: QuestionState) -> Question:
    """A question in `state` that also meets what `verb` needs."""
    if verb == Verb.LIFT and state == QuestionState.WAITING:
        return factories.asked(held="spam")
    question = in_state(state)
    if verb == Verb.STAND_DOWN and (state, verb) in QUESTION:
        alert(question, by=acting(cast.noor()))
        question.refresh_from_db()
    if verb in ONLY_THEIR_OWN and state == QuestionState.ANSWERING:
        # A guest does it to the question that is claimed for them, and to no other.
        share_with_guest(question, cast.ines(), days=7, by=acting(cast.noor()), seen=question.version)
        question.refresh_from_db()
    return question


def a_comment_on(question: Question) -> Comment:
    """A comment that stands there, however it came about."""
    return Comment.objects.create(question=question, text="Naps?")


def the_revision_of(question: Question) -> Revision:
    """The answer's newest revision; one that is only made for the purpose where there is none."""
    answer, _is_new = Answer.objects.get_or_create(question=question)
    return answer.revisions.last() or Revision.objects.create(answer=answer, number=1, body="Nap.")


DEEDS: dict[Verb, Callable[[Question, Actor], Any]] = {
    Verb.LIFT: lambda q, by: lift(q, by=by, seen=q.version),
    Verb.ALERT: lambda q, by: alert(q, by=by),
    Verb.STAND_DOWN: lambda q, by: stand_down(q, by=by),
    Verb.KEEP: lambda q, by: keep(q, by=by, seen=q.version),
    Verb.CLAIM: lambda q, by: claim(q, by=by, seen=q.version),
    Verb.UNCLAIM: lambda q, by: unclaim(q, by=by, seen=q.version),
    Verb.TAKE_OVER: lambda q, by: take_over(q, by=by, seen=q.version),
    Verb.TAG: lambda q, by: tag(q, topics=[factories.topic()], by=by),
    Verb.REWORD: lambda q, by: reword(q, text="Shorter?", sign_off="", by=by, seen=q.version),
    Verb.DRAFT: lambda q, by: draft(q, body="Sleep.", by=by, seen=q.version),
    Verb.HAND_IN: lambda q, by: hand_in(q, by=by),
    Verb.COMMENT: lambda q, by: comment(q, text="Naps?", by=by),
    Verb.RESOLVE: lambda q, by: resolve(a_comment_on(q), by=by),
    Verb.NAME: lambda q, by: name_revision(the_revision_of(q), name="Naps", by=by),
    Verb.APPROVE: lambda q, by: approve(q, by=by, seen=q.version),
    Verb.REOPEN: lambda q, by: reopen(q, by=by, seen=q.version),
    Verb.DECLINE: lambda q, by: decline(q, reason=reason(), by=by, seen=q.version),
    Verb.RECONSIDER: lambda q, by: reconsider(q, by=by, seen=q.version),
    Verb.MERGE: lambda q, by: merge.merge(q, into=factories.asked("A third?"), by=by, seen=q.version),
    Verb.SPLIT: lambda q, by: merge.split(q, by=by, seen=q.version),
    Verb.REPLY: lambda q, by: correspond.reply(q, text="Which?", by=by),
    Verb.NOTE: lambda q, by: correspond.note(q, text="Mine.", by=by),
    Verb.PREVIEW: lambda q, by: consent.preview(q, by=by, seen=q.version),
    Verb.ANSWER_PRIVATELY: lambda q, by: correspond.answer_privately(q, text="Do.", by=by, seen=q.version),
    Verb.ADD: lambda q, by: correspond.add(q, text="It was June."),
    Verb.AMEND: lambda q, by: amend(q, text="May I sleep at a wedding?", sign_off="Awake"),
    Verb.CONSENT: lambda q, by: consent.consent(q, wording=q.wording.number if q.wording else 1),
    Verb.ASK_CHANGE: lambda q, by: consent.ask_for_change(q, wording=q.wording.number if q.wording else 1, text="No."),
    Verb.OBJECT: lambda q, by: consent.object_to_airing(q),
    Verb.WITHDRAW: lambda q, by: withdraw.withdraw(q),
    Verb.FORGET: lambda q, by: withdraw.forget(q),
}


def roles_to_try(verb: Verb) -> list[Role]:
    if verb in ONLY_ASKER:
        return [Role.ASKER]
    return [Role.CLOCK] if verb in ONLY_CLOCK else list(WHO)


def test_every_verb_of_the_table_is_tried_here() -> None:
    assert {verb for _state, verb in QUESTION} == set(DEEDS) | BY_CONSEQUENCE | {Verb.SUBMIT}


@pytest.mark.parametrize("state", QuestionState)
@pytest.mark.parametrize("verb", DEEDS)
def test_a_verb_does_what_the_table_says_and_nothing_else(verb: Verb, state: QuestionState) -> None:
    question = ready_for(verb, state)
    if verb in ABOUT_A_WORDING and state == QuestionState.ANSWERING:
        reword(question, text="Shorter?", sign_off="", by=acting(cast.noor()), seen=question.version)
        question.refresh_from_db()
    for role in roles_to_try(verb):
        move = QUESTION.get((state, verb))
        allowed = move is not None and role in move.who
        before = (question.state, question.version, Event.objects.of(question.ref).count())
        try:
            DEEDS[verb](question, WHO[role]())
        except Refused:
            question.refresh_from_db()
            assert (question.state, question.version, Event.objects.of(question.ref).count()) == before
            assert not allowed, f"{role} may {verb} a {state} question, but was refused"
        else:
            assert allowed, f"{role} did {verb} to a {state} question"
            assert move is not None
            question.refresh_from_db()
            assert question.state == move.to
            assert question.version == before[1] + (0 if move.quiet else 1)
            last = Event.objects.of(question.ref).last()
            assert last is not None
            assert (last.verb, last.before, last.after, last.role) == (verb, state, move.to, role)
            question = ready_for(verb, state)
            if verb in ABOUT_A_WORDING and state == QuestionState.ANSWERING:
                break


def test_a_new_question_waits() -> None:
    question = factories.asked()
    first = Event.objects.get()
    assert (first.verb, first.before, first.after, first.at) == (Verb.SUBMIT, NEW, QuestionState.WAITING, None)
    assert question.state == QuestionState.WAITING
