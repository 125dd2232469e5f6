"""The calendar says what airs when, by the clocks of the show, on the nights they are changed too."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from questions.desk.planning.airtime import in_full, moments_in
from questions.models import Episode, Show
from tests import cast
from tests.factories import assembled_episode, published_episode, scheduled_episode, the_time

NOVEMBER = datetime(2030, 11, 22, 12, 0, tzinfo=UTC)


def desk_in(zone: str = "Europe/Berlin") -> Client:
    Show.objects.update_or_create(pk=1, defaults={"time_zone": zone})
    return cast.signed_in(cast.tomas())


def send(desk: Client, episode: Episode, at: str, **others: Any) -> tuple[int, str]:
    address = reverse("desk:schedule-episode", args=[episode.ref])
    response = desk.post(address, {"seen": episode.version, "at": at, **others})
    return response.status_code, response.content.decode()


# Lord Howe changes its clocks by half an hour, and in the other half of the year.
SKIPPED = [
    ("Europe/Berlin", "2031-03-30T02:30", "skip 02:30. Perhaps 03:30?"),
    ("America/New_York", "2031-03-09T02:15", "skip 02:15. Perhaps 03:15?"),
    ("Australia/Lord_Howe", "2031-10-05T02:15", "skip 02:15. Perhaps 02:45?"),
]
TWICE = [
    ("Europe/Berlin", "2031-10-26T02:30", (0, 30), (1, 30), "02:30 CEST (00:30 UTC)"),
    ("America/New_York", "2031-11-02T01:15", (5, 15), (6, 15), "01:15 EDT (05:15 UTC)"),
    ("Australia/Lord_Howe", "2031-04-06T01:45", (14, 45), (15, 15), "01:45 +11 (14:45 UTC)"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "typed", "sentence"), SKIPPED)
def test_a_time_that_the_clocks_skip_is_refused_with_the_reason_and_another(
    zone: str, typed: str, sentence: str
) -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(zone), assembled_episode()
        status, shown = send(desk, episode, typed)
    assert status == 422
    assert f"The clocks in {zone} go forward then and {sentence}" in shown
    assert f'value="{typed}"' in shown
    assert Episode.objects.get().release_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "typed", "first", "second", "choice"), TWICE)
def test_a_time_that_comes_twice_asks_which(
    zone: str, typed: str, first: tuple[int, int], second: tuple[int, int], choice: str
) -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(zone), assembled_episode()
        status, shown = send(desk, episode, typed)
        assert status == 422
        assert "Say which one you mean." in shown
        assert f"the first time, {choice}" in shown
        for which, expected in (("first", first), ("second", second)):
            assert send(desk, Episode.objects.get(), typed, which=which)[0] == 302
            at = Episode.objects.get().release_at
            assert at
            assert (at.hour, at.minute) == expected


@pytest.mark.django_db
def test_which_of_two_is_asked_for_nothing_else() -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(), assembled_episode()
        assert "Which of the two?" not in desk.get(reverse("desk:preview-episode", args=[episode.ref])).content.decode()
        assert send(desk, episode, "2031-01-15T21:00", which="the third")[0] == 302
        assert send(desk, Episode.objects.get(), "2031-10-26T02:30", which="the third")[0] == 422


@given(change=st.sampled_from([row[:2] for row in (*SKIPPED, *TWICE)]), minutes=st.integers(-300, 300))
def test_every_moment_found_is_one_at_which_the_clocks_show_that_time(change: tuple[str, str], minutes: int) -> None:
    there, local = ZoneInfo(change[0]), datetime.fromisoformat(change[1]) + timedelta(minutes=minutes)
    try:
        found = moments_in(there, local)
    except ValidationError:
        found = []
    # No zone is further than sixteen hours from UTC, and clocks are changed by whole quarters of an hour.
    around = [local.replace(tzinfo=UTC) + timedelta(minutes=15 * quarters) for quarters in range(-64, 65)]
    assert found == [at for at in around if at.astimezone(there).replace(tzinfo=None) == local]


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (datetime(2030, 11, 29, 8, 0, tzinfo=UTC), "Europe/Berlin", "Fri 29 Nov, 09:00 (Europe/Berlin, 08:00 UTC)"),
        (datetime(2031, 7, 4, 7, 0, tzinfo=UTC), "Europe/Berlin", "Fri 4 Jul 2031, 09:00 (Europe/Berlin, 07:00 UTC)"),
        (datetime(2030, 12, 1, 2, 0, tzinfo=UTC), "Asia/Kolkata", "Sun 1 Dec, 07:30 (Asia/Kolkata, 02:00 UTC)"),
        (datetime(2030, 12, 1, 2, 0, tzinfo=UTC), "America/Lima", "Sat 30 Nov, 21:00 (America/Lima, Sun 02:00 UTC)"),
        (datetime(2030, 11, 29, 8, 0, tzinfo=UTC), "UTC", "Fri 29 Nov, 08:00 (UTC)"),
    ],
)  # fmt: skip
def test_a_time_is_said_with_its_zone_and_in_utc_of_the_day_it_airs_on(at: datetime, zone: str, words: str) -> None:
    assert in_full(at, now=NOVEMBER, zone=ZoneInfo(zone)) == words


@pytest.mark.django_db
def test_a_month_shows_what_airs_on_its_days_and_what_has_none() -> None:
    with the_time(NOVEMBER):
        desk = desk_in("America/New_York")
        # Early on the first of December by UTC, still the last of November in New York.
        scheduled_episode("Late in November", at=datetime(2030, 12, 1, 2, 0, tzinfo=UTC), slug="late")
        published_episode("Out already", at=datetime(2030, 11, 1, 15, 0, tzinfo=UTC), slug="out")
        assembled_episode("No day yet", slug="none")
        assembled_episode("Nothing in it", slug="empty", answers=[])
        response = desk.get(reverse("desk:calendar"))
    page = response.content.decode()
    days = {day.date.isoformat(): day for week in response.context["weeks"] for day in week}
    assert [planned.row.title for planned in days["2030-11-30"].planned] == ["Late in November"]
    assert [planned.row.title for planned in days["2030-11-01"].planned] == ["Out already"]
    assert (days["2030-11-21"].is_open, days["2030-11-22"].is_today, days["2030-11-22"].is_open) == (False, True, True)
    assert [planned.row.title for planned in response.context["waiting"]] == ["No day yet", "Nothing in it"]
    assert "The episode has no answer yet." in page
    assert "Sat 30 Nov, 21:00 (America/New_York, Sun 02:00 UTC)" in page
    assert "in 8 days" in page
    assert 'data-day="2030-11-22"' in page
    assert 'data-day="2030-11-21"' not in page
    assert "<caption" in page


@pytest.mark.django_db
def test_what_is_given_a_day_in_the_calendar_comes_back_to_its_month_with_a_way_back() -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(), assembled_episode()
        address = reverse("desk:schedule-episode", args=[episode.ref])
        sent = {"seen": episode.version, "at": "2030-12-24T09:00", "back": "calendar"}
        response = desk.post(address, sent, follow=True)
    assert response.redirect_chain == [("/desk/calendar/2030/12/", 302)]
    page = response.content.decode()
    assert "Scheduled for Tue 24 Dec, 09:00 (Europe/Berlin, 08:00 UTC)." in page
    assert "Undo" in page


@pytest.mark.django_db
def test_an_episode_moved_to_a_day_that_has_passed_stays_where_it_was() -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(), scheduled_episode()
        before = episode.release_at
        status, shown = send(desk, episode, "2030-11-21T09:00", back="calendar")
    assert status == 409
    assert "That time has passed." in shown
    assert Episode.objects.get().release_at == before


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["2030/13", "2030/0", "1/1", "9999/12", "2200/1"])
def test_a_month_that_no_calendar_has_is_not_there(address: str) -> None:
    assert desk_in().get(f"/desk/calendar/{address}/").status_code == 404


@pytest.mark.django_db
def test_the_first_and_the_last_month_lead_nowhere_further() -> None:
    desk = desk_in()
    assert desk.get("/desk/calendar/1970/1/").context["before"] == ""
    assert desk.get("/desk/calendar/2199/12/").context["after"] == ""


@pytest.mark.django_db
def test_what_is_scheduled_says_which_text_will_air() -> None:
    with the_time(NOVEMBER):
        desk, episode = desk_in(), scheduled_episode()
        page = desk.get(reverse("desk:preview-episode", args=[episode.ref])).content.decode()
    assert "revision 1 of the answer with wording 1" in page
