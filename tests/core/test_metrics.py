"""What /metrics tells, to whom, and what nobody can learn from it: when somebody asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from advice.operating import counting
from questions.actions.acting import acting
from questions.actions.consent import object_to_airing
from questions.actions.retract import retract
from questions.actions.webhook import add_webhook
from questions.actions.withdraw import withdraw
from questions.models import Delivery, DeliveryState, Question
from questions.models.notice import CALL, DEED
from questions.probes.notes import Tick, note_tick
from tests import cast, factories
from tests.outage import no_database

TOKEN = "a-token-of-more-than-thirty-two-letters"
# Name, labels, value: the whole of what a line of the format may be, in what we use of it.
SAMPLE = re.compile(r'([a-z_]+)(\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})? (-?[0-9.e+-]+)')
MORNING = datetime(2030, 3, 4, 8, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=11)
NEXT_DAY = MORNING + timedelta(days=1)


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.HOME, settings.METRICS_TOKEN = tmp_path, TOKEN
    counting.tallies.cache_clear()
    yield
    counting.tallies.cache_clear()


def told(moment: datetime | None = None) -> dict[str, float]:
    """Every sample at that moment, by its name with its labels."""
    with factories.the_time(moment or timezone.now()):
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    matches = [SAMPLE.fullmatch(line) for line in answer.content.decode().splitlines() if not line.startswith("#")]
    assert all(matches)
    return {match[1] + (match[2] or ""): float(match[3]) for match in matches if match}


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [None, "", "Bearer", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_nobody_is_told_anything_without_the_token(sent: str | None) -> None:
    answer = Client().get("/metrics", headers={} if sent is None else {"Authorization": sent})
    assert (answer.status_code, answer.content, answer["WWW-Authenticate"]) == (401, b"closed\n", "Bearer")


@pytest.mark.django_db
def test_where_no_token_is_set_there_is_no_such_page(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    for sent in ("Bearer ", f"Bearer {TOKEN}"):
        assert Client().get("/metrics", headers={"Authorization": sent}).status_code == 404


@pytest.mark.django_db
def test_it_is_kept_and_found_nowhere() -> None:
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow, noarchive")


@pytest.mark.django_db
def test_it_counts_questions_episodes_and_the_edition() -> None:
    with factories.the_time(MORNING - timedelta(days=9)):
        factories.asked("Is it rude to snore?", language="en")
        factories.published_episode()
    found = told(MORNING)
    assert {name: value for name, value in found.items() if name.startswith(("querent_questions", "querent_epi"))} == {
        **{f'querent_questions{{state="{state}"}}': 0.0 for state in
           ("kept", "answering", "answered_privately", "declined", "merged", "withdrawn", "forgotten")},
        'querent_questions{state="waiting"}': 1.0,
        'querent_questions{state="ready"}': 1.0,
        "querent_questions_held": 0.0,
        **{f'querent_episodes{{state="{state}"}}': 0.0 for state in ("assembling", "scheduled", "retracted")},
        'querent_episodes{state="published"}': 1.0,
    }  # fmt: skip
    assert (found["querent_oldest_waiting_days"], found["querent_edition"]) == (9.0, 2.0)
    assert (found["querent_database_up"], found["querent_search_index_behind"]) == (1.0, 1.0)


@pytest.mark.django_db
def test_the_edition_moves_at_once() -> None:
    episode = factories.published_episode()
    before = told()["querent_edition"]
    retract(episode, by=acting(factories.host()), seen=episode.version)
    assert told()["querent_edition"] == before + 1


def steady(found: dict[str, float]) -> dict[str, float]:
    """What time and the machine move by themselves left out."""
    return {name: value for name, value in found.items() if not name.startswith(("querent_disk", "querent_worker"))}


@pytest.mark.django_db
def test_no_figure_moves_on_the_day_on_which_an_asker_does_something() -> None:
    """One after the other, every deed of an asker; after each, nothing is told that was not told in the morning."""
    with factories.the_time(MORNING - timedelta(days=2)):
        factories.scheduled_episode(at=NEXT_DAY + timedelta(days=9))
        waiting = factories.asked("Is it rude to snore?")
    morning = steady(told(MORNING))
    with factories.the_time(EVENING):
        factories.asked("A new one. " * 400)
    assert steady(told(EVENING)) == morning
    with factories.the_time(EVENING):
        withdraw(waiting)
    assert steady(told(EVENING)) == morning
    with factories.the_time(EVENING):
        object_to_airing(Question.objects.get(state="ready"))
    assert steady(told(EVENING)) == morning
    # Nor does a new start of the server tell: what was counted lies in a file.
    counting.tallies.cache_clear()
    assert steady(told(EVENING)) == morning
    # How far the database's files have grown is the machine's affair.
    changed = {name for name, value in steady(told(NEXT_DAY)).items() if value != morning.get(name)}
    assert changed - {"querent_database_size_bytes"} == {
        'querent_questions{state="withdrawn"}',
        'querent_episodes{state="assembling"}',
        'querent_episodes{state="scheduled"}',
        'querent_asker_deeds_yesterday{verb="submit"}',
        'querent_asker_deeds_yesterday{verb="withdraw"}',
        'querent_asker_deeds_yesterday{verb="object"}',
        'querent_asker_deeds_yesterday{verb="hold"}',
        "querent_oldest_waiting_days",
    }


@pytest.mark.django_db
def test_what_the_clock_did_last_is_told_with_what_failed() -> None:
    note_tick(Tick(MORNING, 1.5, {"air": 2, "send_due": 1}))
    found = told()
    names = [f"querent_last_tick_{what}" for what in ("timestamp_seconds", "seconds", "failures")]
    assert [found[name] for name in names] == [MORNING.timestamp(), 1.5, 3.0]


@pytest.mark.django_db
def test_a_webhook_that_fails_is_counted_unless_it_was_to_tell_of_a_call_for_help() -> None:
    hook = add_webhook("https://hooks.example/", ["keep"], by=acting(cast.noor()))
    given_up = {"person": cast.noor(), "webhook": hook, "state": DeliveryState.FAILED, "ended_at": MORNING}
    Delivery.objects.create(kind=CALL, **given_up)
    assert told()["querent_webhooks_failing"] == 0
    Delivery.objects.create(kind=DEED, **given_up)
    assert told()["querent_webhooks_failing"] == 1
    Delivery.objects.create(kind=DEED, **given_up | {"state": DeliveryState.DONE, "ended_at": EVENING})
    assert told()["querent_webhooks_failing"] == 0


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_tells_the_rest(tmp_path: Path) -> None:
    with no_database(tmp_path):
        found = told()
    assert found["querent_database_up"] == 0
    assert found["querent_disk_free_bytes"] > 0
    assert "querent_edition" not in found


@pytest.mark.django_db
def test_where_figures_of_the_day_cannot_be_kept_they_are_not_told_at_all(tmp_path: Path) -> None:
    """Counting them anew each time would tell when somebody asked."""
    today = timezone.localdate(MORNING).isoformat()
    (tmp_path / f"figures-of-{today}.json").mkdir()
    assert not [name for name in told(MORNING) if name.startswith("querent_questions")]


@pytest.mark.django_db
def test_it_holds_no_word_address_or_version() -> None:
    factories.asked("My flatmate Rosalind snores.")
    with factories.the_time(timezone.now() + timedelta(days=1)):
        said = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert not re.search(
        r"rosalind|drowsy|/ask|127\.0\.0|testserver|python|django|sqlite|postgres", said, re.IGNORECASE
    )
