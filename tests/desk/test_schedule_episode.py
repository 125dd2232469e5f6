"""An episode airs when the show's clocks say so."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from questions.desk.planning.airtime import in_words
from questions.models import Episode, Show
from tests import cast
from tests.factories import assembled_episode, scheduled_episode, the_time

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def desk() -> Iterator[Client]:
    Show.objects.create(time_zone="Europe/Berlin")
    with the_time(datetime(2030, 11, 22, 12, 0, tzinfo=UTC)):
        yield cast.signed_in(cast.tomas())


def send(desk: Client, episode: Episode, at: str) -> tuple[int, str]:
    address = reverse("desk:schedule-episode", args=[episode.ref])
    response = desk.post(address, {"seen": episode.version, "at": at})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2031-01-15T21:00", datetime(2031, 1, 15, 20, 0, tzinfo=UTC)),
        ("2031-07-15 21:00", datetime(2031, 7, 15, 19, 0, tzinfo=UTC)),
        ("2031-10-26T01:59", datetime(2031, 10, 25, 23, 59, tzinfo=UTC)),
        ("2031-10-26T03:00", datetime(2031, 10, 26, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_that_of_the_show(desk: Client, typed: str, moment: datetime) -> None:
    episode = assembled_episode()
    assert send(desk, episode, typed)[0] == 302
    assert Episode.objects.get().release_at == moment


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "2031-03-30T02:30",
            "The clocks in Europe/Berlin go forward then and skip 02:30. Perhaps 03:30?",
        ),
        (
            "2031-10-26T02:30",
            "The clocks in Europe/Berlin go back then and show this time twice. Say which one you mean.",
        ),
        ("", "Say when it airs."),
        ("Friday at nine", "Type a date and a time: 2027-01-15 21:00."),
        ("2031-02-31T09:00", "Type a date and a time: 2027-01-15 21:00."),
        ("2031-01-15T21:00+05:00", "Type a date and a time: 2027-01-15 21:00."),
        ("9999-12-31T20:59", "That is more than two years ahead. Is the year right?"),
        ("2033-11-22T12:00", "That is more than two years ahead. Is the year right?"),
        ("0001-01-01T00:00", "No calendar goes that far."),
    ],
)
def test_a_time_that_does_not_come_or_comes_twice_is_refused(desk: Client, typed: str, sentence: str) -> None:
    episode = assembled_episode()
    status, shown = send(desk, episode, typed)
    assert status == 422
    assert sentence in shown
    assert Episode.objects.get().release_at is None
    assert f'value="{typed}"' in shown or not typed


def test_a_time_that_has_passed_is_refused(desk: Client) -> None:
    episode = assembled_episode()
    status, shown = send(desk, episode, "2020-01-15T21:00")
    assert status == 409
    assert "That time has passed. Choose a later one, or publish now." in shown
    assert "2020-01-15T21:00" in shown


@pytest.mark.usefixtures("desk")
def test_what_is_scheduled_says_when_in_which_zone_and_how_soon() -> None:
    now = datetime(2030, 11, 22, 12, 0, tzinfo=UTC)
    at = datetime(2030, 11, 25, 20, 0, tzinfo=UTC)
    with the_time(now):
        desk, episode = cast.signed_in(cast.tomas()), scheduled_episode(at=at)
        for address in (reverse("desk:episodes"), reverse("desk:preview-episode", args=[episode.ref])):
            shown = desk.get(address).content.decode()
            assert "Mon 25 Nov, 21:00 (Europe/Berlin, 20:00 UTC)" in shown
            assert "in 3 days" in shown


def test_it_can_be_moved_and_taken_off_the_schedule(desk: Client) -> None:
    episode = scheduled_episode()
    assert send(desk, episode, "2031-01-15T21:00")[0] == 302
    episode = Episode.objects.get()
    address = reverse("desk:unschedule-episode", args=[episode.ref])
    assert desk.post(address, {"seen": episode.version}).status_code == 302
    assert Episode.objects.get().release_at is None


def test_an_unknown_zone_does_not_break_the_desk() -> None:
    Show.objects.create(time_zone="Mars/Olympus")
    desk = cast.signed_in(cast.tomas())
    assert "(UTC)" in desk.get(reverse("desk:preview-episode", args=[scheduled_episode().ref])).content.decode()


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "in 1 minute"),
        (timedelta(minutes=20), "in 20 minutes"),
        (timedelta(hours=5), "in 5 hours"),
        (timedelta(hours=14), "tomorrow"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(), "now"),
    ],
)
def test_how_soon_is_said_as_people_say_it(away: timedelta, words: str) -> None:
    now = datetime(2030, 11, 22, 10, 0, tzinfo=UTC)
    assert in_words(now + away, now=now, zone=BERLIN) == words
