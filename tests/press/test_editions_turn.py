"""Whatever changes what readers see is seen by every read that starts after it, in every worker, and by time alone."""

import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from advice.press.watching import Watch
from questions import edition
from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.actions.retract import retract
from questions.actions.schedule import publish, unschedule
from questions.models import Edition, Episode
from tests import cast
from tests.factories import assembled_episode, host, published_episode, scheduled_episode
from tests.press.reader import Counting, look, read, the_time, worker

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/episodes/episode-1-1/"
NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)


def test_what_is_published_is_seen_by_the_next_read_in_every_worker() -> None:
    presses = [worker(), worker()]
    episode = assembled_episode("Naps at weddings")
    assert [read(press, PATH).status for press in presses] == [404, 404]
    assert all(PATH not in read(press, "/").text for press in presses)
    publish(episode, by=acting(host()), seen=episode.version)
    assert [read(press, PATH).status for press in presses] == [200, 200]
    assert all(PATH in read(press, "/").text for press in presses)


def test_what_is_taken_down_is_gone_for_the_next_read_in_every_worker() -> None:
    episode = published_episode("Naps at weddings")
    presses = [worker(), worker()]
    for press in presses:
        assert [read(press, path).status for path in (PATH, "/", "/episodes/", "/feeds/episodes.rss")] == [200] * 4
    retract(episode, by=acting(host()), seen=episode.version)
    for press in presses:
        assert read(press, PATH).status == 410
        assert all(PATH not in read(press, path).text for path in ("/", "/episodes/", "/feeds/episodes.rss"))


def test_what_is_corrected_is_read_corrected_in_every_worker() -> None:
    episode = published_episode("Naps at weddings")
    presses = [worker(), worker()]
    assert all("Nap between the speeches." in read(press, PATH).text for press in presses)
    correct(episode, bodies=["Do not nap at all."], words="It was rude.", by=acting(host()), seen=episode.version)
    assert all("Do not nap at all." in read(press, PATH).text for press in presses)
    assert all("Nap between the speeches." not in read(press, PATH).text for press in presses)


def test_a_deed_that_is_not_done_after_all_changes_nothing() -> None:
    episode = published_episode("Naps at weddings")
    press = worker()
    before, generation = read(press, "/"), edition.mirror().generation()
    with transaction.atomic():
        retract(episode, by=acting(host()), seen=episode.version)
        transaction.set_rollback(True)
    assert (read(press, "/"), edition.mirror().generation()) == (before, generation)


def test_time_alone_releases_an_episode_whatever_was_printed_before() -> None:
    with the_time(NINE - timedelta(days=1)):
        scheduled_episode("Naps at weddings", at=NINE)
        presses = [worker(), worker()]
        assert all(PATH not in read(press, "/").text for press in presses)
    with the_time(NINE - timedelta(seconds=1)):
        assert all(PATH not in read(press, "/").text for press in presses)
        assert read(presses[0], PATH).status == 404
    with the_time(NINE):
        assert all(PATH in read(press, "/").text for press in presses)
        assert read(presses[0], PATH).status == 200


def test_a_clock_that_goes_back_shows_what_was_right_then_and_later_what_is_right_now() -> None:
    with the_time(NINE - timedelta(days=1)):
        scheduled_episode("Naps at weddings", at=NINE)
        press = worker()
    for moment, is_out in ((NINE, True), (NINE - timedelta(hours=1), False), (NINE + timedelta(hours=1), True)):
        for _printed_then_kept in range(2):
            with the_time(moment):
                assert (PATH in read(press, "/").text) is is_out


def test_of_many_episodes_to_come_each_is_released_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition, "MOST_RELEASES", 2)
    with the_time(NINE - timedelta(days=1)):
        for number in range(1, 6):
            scheduled_episode(f"Number {number}", number=number, at=NINE + timedelta(days=number))
        watched = worker()
        watch = Watch(watched)
    for number in range(1, 6):
        with the_time(NINE + timedelta(days=number)):
            assert f"/episodes/episode-1-{number}/" in read(watched, "/").text
            look(watched, watch)


def test_an_episode_taken_off_the_schedule_is_not_released() -> None:
    with the_time(NINE - timedelta(days=1)):
        episode = scheduled_episode("Naps at weddings", at=NINE)
        press = worker()
        unschedule(episode, by=acting(host()), seen=episode.version)
    with the_time(NINE + timedelta(days=1)):
        assert PATH not in read(press, "/").text


def test_a_page_made_while_the_edition_changed_is_not_kept() -> None:
    episode = published_episode("Naps at weddings")
    django = Counting()

    def overtaken(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        parts = list(django(environ, start))
        if django.asked == ["/"]:
            retract(episode, by=acting(host()), seen=episode.version)
        return parts

    press = worker(overtaken)
    read(press, "/")
    assert PATH not in read(press, "/").text
    read(press, "/")
    assert django.asked == ["/", "/"]


def test_nobody_reads_what_was_taken_down_while_many_read_and_it_comes_and_goes() -> None:
    episode = published_episode("Naps at weddings")
    presses = [worker(), worker()]
    is_down = False
    stale: list[str] = []
    over = threading.Event()

    def reads(press: Any) -> None:
        while not over.is_set():
            was_down_before = is_down
            reply = read(press, "/")
            # It was down when this read began and still is: nothing may be seen of it.
            if was_down_before and is_down and PATH in reply.text:
                stale.append(reply.text)

    readers = [threading.Thread(target=reads, args=[press]) for press in presses * 2]
    for reader in readers:
        reader.start()
    for _time in range(10):
        row = Episode.objects.get(pk=episode.pk)
        retract(row, by=acting(host()), seen=row.version)
        is_down = True
        for press in presses:
            assert PATH not in read(press, "/").text
        is_down = False
        row.refresh_from_db()
        publish(row, by=acting(host()), seen=row.version)
    over.set()
    for reader in readers:
        reader.join()
    assert stale == []


def test_a_process_that_died_before_it_could_tell_is_found_out() -> None:
    published_episode("Naps at weddings")
    press = worker()
    assert PATH in read(press, "/").text
    # As after a crash between the transaction and the folder: only the database knows.
    Episode.objects.update(retracted_at=NINE)
    Edition.objects.update(number=99, floor=99)
    assert PATH in read(press, "/").text
    look(press)
    assert PATH not in read(press, "/").text


def test_a_database_that_was_put_back_is_believed() -> None:
    published_episode("Naps at weddings")
    press = worker()
    Edition.objects.update(number=1, floor=1)
    look(press)
    standing = edition.mirror().standing()
    assert standing
    assert (standing.number, standing.floor) == (1, 1)


def test_a_folder_that_was_deleted_is_made_again(folder: Path) -> None:
    published_episode("Naps at weddings")
    press = worker()
    watch = Watch(press)
    read(press, "/")
    subprocess.run(["/bin/rm", "-r", folder], check=True)
    look(press, watch)
    episode = Episode.objects.get()
    retract(episode, by=acting(host()), seen=episode.version)
    assert PATH not in read(press, "/").text
    assert read(press, PATH).status == 410


def test_a_command_in_a_process_of_its_own_tells_every_worker() -> None:
    published_episode("Naps at weddings")
    press = worker()
    assert PATH in read(press, "/").text
    script = (
        "import django; django.setup(); from pathlib import Path; from django.conf import settings;"
        f"settings.PRESS = Path({str(settings.PRESS)!r});"
        f"settings.DATABASES['default']['NAME'] = {str(settings.DATABASES['default']['NAME'])!r};"
        "from questions.models import Episode; from questions.actions.retract import retract;"
        "from questions.actions.acting import acting; from tests import cast; row = Episode.objects.get();"
        "retract(row, by=acting(cast.noor()), seen=row.version)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "", "PYTHONPATH": str(settings.BASE_DIR)}
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("the name of the test's own database does not reach another process by DATABASE_URL")
    cast.noor()
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=settings.BASE_DIR, check=True)
    assert PATH not in read(press, "/").text
    assert read(press, PATH).status == 410
