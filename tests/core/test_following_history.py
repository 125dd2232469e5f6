"""Whoever follows the history by its numbers misses no event, in whatever order they come to be seen."""

import uuid
from unittest import mock

import pytest

from questions.models import Event
from questions.search import following
from questions.search.following import BeginAnew, Following
from tests import factories

pytestmark = pytest.mark.django_db


def happened(number: int) -> None:
    """An event of its own subject, stored under a number as if its transaction ended only now."""
    Event.objects.create(
        pk=number, subject_kind="house", subject=uuid.uuid4(), seq=1, verb="set", role="clock", after="", version=0,
        mac=f"mac of {number}",
    )  # fmt: skip


def taken_in(follower: Following) -> list[int]:
    events = follower.new()
    follower.taken_in(events)
    return [event.number for event in events]


def test_each_event_is_new_once() -> None:
    follower = Following()
    assert taken_in(follower) == []
    for number in (1, 2):
        happened(number)
    assert (taken_in(follower), taken_in(follower)) == ([1, 2], [])
    happened(3)
    assert (taken_in(follower), taken_in(follower)) == ([3], [])


def test_one_that_is_seen_after_a_later_one_is_not_missed() -> None:
    happened(10)
    follower = Following()
    for number, expected in ((13, [13]), (11, [11]), (14, [14]), (12, [12]), (15, [15])):
        happened(number)
        assert taken_in(follower) == expected
    assert taken_in(follower) == []


def test_one_that_was_missing_when_following_began_is_not_missed() -> None:
    for number in (7, 9):
        happened(number)
    follower = Following()
    happened(8)
    assert taken_in(follower) == [8]


def test_a_number_that_never_comes_is_not_waited_for_for_ever() -> None:
    happened(1)
    follower = Following()
    happened(3)
    assert (taken_in(follower), follower._mark) == ([3], (1, "mac of 1"))
    with mock.patch.object(following, "PATIENCE", 0.0):
        happened(4)
        assert taken_in(follower) == [4]
    assert follower._mark == (4, "mac of 4")


def test_another_history_is_noticed() -> None:
    follower = Following()
    factories.asked()
    taken_in(follower)
    Event.objects.update(mac="another")
    with pytest.raises(BeginAnew):
        follower.new()
    Event.objects.all().delete()
    with pytest.raises(BeginAnew):
        follower.new()


def test_looking_costs_one_query(django_assert_num_queries: object) -> None:
    follower = Following()
    factories.asked()
    with django_assert_num_queries(1):  # type: ignore[operator]
        follower.new()
