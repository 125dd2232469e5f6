"""Two questions that ask the same."""

import pytest

from questions.actions.acting import Refused, acting
from questions.actions.merge import merge, split
from questions.actions.withdraw import withdraw
from questions.models import Airing, Event, Question
from tests import factories

pytestmark = pytest.mark.django_db


def merged(lead: Question, *texts: str) -> list[Question]:
    by, followers = acting(factories.host()), []
    for text in texts:
        question = factories.asked(text)
        merge(question, into=lead, by=by, seen=question.version)
        followers.append(question)
    return followers


def test_when_a_lead_is_withdrawn_its_first_follower_takes_its_place() -> None:
    lead = factories.asked("First?")
    second, third = merged(lead, "Second?", "Third?")
    withdraw(lead)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, second.merged_into) == ("kept", None)
    assert (third.state, third.merged_into) == ("merged", second)
    assert [event.verb for event in Event.objects.of(third.ref)] == ["submit", "merge", "follow"]


def test_followers_of_a_question_that_is_merged_follow_the_new_lead() -> None:
    old, new = factories.asked("Old?"), factories.asked("New?")
    (follower,) = merged(old, "Follower?")
    merge(old, into=new, by=acting(factories.host()), seen=old.version)
    follower.refresh_from_db()
    assert follower.merged_into == new


def test_two_merges_the_other_way_round_leave_one_of_them_open() -> None:
    one, other, by = factories.asked("One?"), factories.asked("Other?"), acting(factories.host())
    merge(one, into=other, by=by, seen=one.version)
    with pytest.raises(Refused):
        merge(other, into=one, by=by, seen=other.version)
    other.refresh_from_db()
    assert other.state == "waiting"


def test_a_private_question_neither_leads_nor_follows() -> None:
    private, public, by = factories.asked("Mine?", airing=Airing.PRIVATE), factories.asked(), acting(factories.host())
    for question, into in ((private, public), (public, private)):
        with pytest.raises(Refused):
            merge(question, into=into, by=by, seen=question.version)


def test_a_question_does_not_follow_itself() -> None:
    question = factories.asked()
    with pytest.raises(Refused, match="into itself"):
        merge(question, into=question, by=acting(factories.host()), seen=question.version)


def test_splitting_gives_a_question_its_own_life_back() -> None:
    (follower,) = merged(factories.asked("Lead?"), "Follower?")
    follower.refresh_from_db()
    split(follower, by=acting(factories.host()), seen=follower.version)
    follower.refresh_from_db()
    assert (follower.state, follower.merged_into) == ("waiting", None)
