"""What probes find of the machine, of what runs by itself and of the show: well, worth a look or broken."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from questions import edition
from questions.actions.acting import acting
from questions.actions.webhook import add_webhook
from questions.models import CrisisLine, Delivery, DeliveryState, Event, Show
from questions.models.notice import DEED, DIGEST
from questions.probes import machine, running, show
from questions.probes.notes import Tick, note_tick
from tests import cast, factories
from tests.probing import said

NOW = datetime(2030, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME, settings.PRESS = tmp_path, tmp_path / "press"
    settings.BACKUPS, settings.CERTIFICATE, settings.EMAIL_HOST = "", "", ""
    settings.RECEIPT_KEY, settings.HISTORY_KEY = "r" * 40, "h" * 40
    return tmp_path


# The machine


def test_a_folder_that_is_missing_or_open_to_others_is_told(home: Path, settings: Settings) -> None:
    (home / "keys.env").write_text("")
    (home / "keys.env").chmod(0o644)
    home.chmod(0o700)
    assert said(machine.home(NOW))[0] == "well"
    home.chmod(0o755)
    assert said(machine.home(NOW)) == ("look", "Other users of this machine can read what is in QUERENT_HOME.")
    settings.HOME = home / "nowhere"
    assert said(machine.home(NOW)) == ("broken", "The folder that QUERENT_HOME names is not there.")


@pytest.mark.parametrize(
    ("free", "state"), [(machine.LITTLE, "well"), (machine.LITTLE - 1, "look"), (machine.TOO_LITTLE - 1, "broken")]
)
def test_a_disk_that_fills_up_is_told_in_time(free: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(machine.shutil.disk_usage("/"))
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda place: usage(10**12, 0, free))
    assert said(machine.disk(NOW))[0] == state


@pytest.mark.django_db
def test_a_clock_that_is_behind_what_was_done_is_told() -> None:
    episode = factories.assembled_episode()
    done = Event.objects.of(episode.ref).get().at
    assert done
    assert said(machine.clock_right(done))[0] == "well"
    assert said(machine.clock_right(done - timedelta(hours=1)))[0] == "broken"


@pytest.mark.django_db
def test_a_time_zone_that_is_not_known_here_is_told() -> None:
    Show(time_zone="Europe/Lisbon").save()
    assert said(machine.time_zones(NOW)) == ("well", "The show’s time zone is known here.")
    Show.objects.update(time_zone="Mars/Olympus")
    assert said(machine.time_zones(NOW))[0] == "broken"


def certificate_until(path: Path, ends: datetime) -> str:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW - timedelta(days=80), ends)
    path.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return str(path)


def test_a_certificate_is_told_to_expire_three_weeks_before(home: Path, settings: Settings) -> None:
    assert said(machine.certificate(NOW)) == ("well", "Not looked at: QUERENT_CERTIFICATE names none.")
    for days, expected in (
        (40, ("well", "It is good until 2030-04-13.")),
        (12, ("look", "It expires on 2030-03-16, in 12 days.")),
        (-1, ("broken", "It expired on 2030-03-03: browsers refuse to open the site.")),
    ):
        settings.CERTIFICATE = certificate_until(home / "chain.pem", NOW + timedelta(days=days))
        assert said(machine.certificate(NOW)) == expected
    (home / "chain.pem").write_text("none")
    assert said(machine.certificate(NOW))[0] == "look"


def test_sheets_that_were_not_collected_are_told(home: Path, settings: Settings) -> None:
    assert said(machine.static_files(NOW)) == ("well", "They are served as they are.")
    settings.STATIC_ROOT = home / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "advice.small_files.SmallFilesStorage"}}
    assert said(machine.static_files(NOW)) == ("broken", "They have not been collected, so no page can be made.")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert said(machine.static_files(NOW)) == ("well", "All of them were collected.")
    next((home / "static" / "css").glob("desk.*.css")).unlink()
    assert said(machine.static_files(NOW)) == ("broken", "1 file was not collected.")


def test_a_search_folder_that_is_none_is_told(home: Path) -> None:
    assert said(machine.search_folder(NOW)) == ("well", "It can be written.")
    (home / "search").write_text("a file where a folder should be")
    assert said(machine.search_folder(NOW))[0] == "broken"


# What runs by itself


def test_a_clock_that_stopped_or_failed_is_told(home: Path) -> None:
    assert said(running.ticking(NOW)) == ("look", "No tick has been noted yet.")
    note_tick(Tick(NOW - timedelta(minutes=4), 0.25, {}))
    assert said(running.ticking(NOW)) == ("well", "The last tick was 4\xa0minutes ago and took 0.2 seconds.")
    note_tick(Tick(NOW - timedelta(minutes=4), 0.25, {"forget": 2, "air": 1}))
    failed = "The last tick was 4\xa0minutes ago. What failed: air (1), forget (2)."
    assert said(running.ticking(NOW)) == ("broken", failed)
    note_tick(Tick(NOW - timedelta(hours=2), 0.25, {}))
    late = "The last tick was 2\xa0hours ago. What time makes due is not done."
    assert said(running.ticking(NOW)) == ("broken", late)
    for nonsense in ("", "[]", '{"at": 5}', '{"at": "noon", "seconds": 1, "failed": {}}'):
        (home / "last-tick.json").write_text(nonsense)
        assert said(running.ticking(NOW))[0] == "look"


def note_backup(home: Path, at: datetime, **facts: object) -> None:
    note = {"at": at.isoformat(), "file": "/backups/querent-2030-03-03.tar", "bytes": 5 * 2**20, "ok": True}
    (home / "last-backup.json").write_text(json.dumps(note | facts))


def test_a_backup_that_is_missing_old_or_failed_is_told(home: Path, settings: Settings) -> None:
    assert said(running.backed_up(NOW)) == ("look", "None. Nobody knows of any backup.")
    note_backup(home, NOW - timedelta(hours=20))
    fresh = "The last backup is 20\xa0hours old: querent-2030-03-03.tar, 5.0\xa0MB."
    assert said(running.backed_up(NOW)) == ("well", fresh)
    note_backup(home, NOW - timedelta(days=3))
    assert said(running.backed_up(NOW))[0] == "look"
    note_backup(home, NOW - timedelta(hours=20), ok=False)
    assert said(running.backed_up(NOW)) == ("broken", "The last backup, 20\xa0hours ago, went wrong.")
    settings.BACKUPS = str(home / "backups")
    assert said(running.backed_up(NOW)) == ("look", "The folder that QUERENT_BACKUPS names cannot be read.")


def test_a_backup_that_others_have_made_counts_by_its_file(home: Path, settings: Settings) -> None:
    settings.BACKUPS = str(home / "backups")
    (home / "backups").mkdir()
    (home / "backups" / "dump.sql").write_text("words")
    state, sentence = said(running.backed_up(timezone.now() + timedelta(hours=1)))
    assert (state, sentence) == ("well", "The last backup is 1\xa0hour old: dump.sql, 5\xa0bytes.")


@pytest.mark.django_db
def test_mail_that_does_not_leave_is_told(settings: Settings) -> None:
    assert said(running.mail(NOW)) == ("well", "None is sent, and nobody wants any.")
    host = cast.noor()
    host.address = "noor@example.org"
    host.save()
    assert said(running.mail(NOW)) == ("look", "Hosts want mails, and there is nobody to send them through.")
    settings.EMAIL_HOST = "mail.example"
    assert said(running.mail(NOW))[0] == "well"
    Delivery.objects.create(person=host, kind=DIGEST, state=DeliveryState.FAILED, ended_at=NOW)
    assert said(running.mail(NOW)) == ("look", "The last mail did not leave.")


def test_a_mail_server_that_is_not_there_is_told(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert said(running.mail_server(NOW))[0] == "broken"


@pytest.mark.django_db
def test_a_webhook_that_fails_is_told() -> None:
    assert said(running.webhooks(NOW)) == ("well", "There are none.")
    hook = add_webhook("https://hooks.example/", ["keep"], by=acting(cast.noor()))
    assert said(running.webhooks(NOW)) == ("well", "1 webhook is told.")
    Delivery.objects.create(person=cast.noor(), webhook=hook, kind=DEED, tries=2, due_at=NOW)
    assert said(running.webhooks(NOW)) == ("look", "1 of 1 webhook fails.")


def test_what_stands_in_front_is_told(settings: Settings) -> None:
    assert said(running.in_front(NOW))[0] == "well"
    settings.MODE, settings.HTTPS, settings.TRUSTED_PROXY = "production", True, True
    assert said(running.in_front(NOW)) == ("well", "Over HTTPS only, through a proxy that is believed.")
    settings.TRUSTED_PROXY = False
    assert said(running.in_front(NOW))[0] == "look"
    settings.HTTPS = False
    assert said(running.in_front(NOW)) == ("broken", "Questions travel in clear.")


# The show


@pytest.mark.django_db
def test_an_edition_that_this_machine_does_not_know_of_is_told() -> None:
    edition.mirror.cache_clear()
    unknown = "Edition 1, of which this machine does not know yet."
    assert said(show.current_edition(NOW)) == ("look", unknown)
    edition.follow()
    assert said(show.current_edition(timezone.now())) == ("well", "Edition 1, since 0\xa0minutes.")
    edition.mirror.cache_clear()


@pytest.mark.django_db
def test_questions_that_would_be_forgotten_unread_are_told() -> None:
    assert said(show.queue(NOW)) == ("well", "Nobody waits.")
    with factories.the_time(NOW):
        factories.asked()
    for days, state in ((150, "well"), (151, "look")):
        sentence = f"1 question waits, for {days} days; 0 of them held."
        assert said(show.queue(NOW + timedelta(days=days))) == (state, sentence)


@pytest.mark.django_db
def test_a_call_for_help_that_nobody_has_opened_is_told() -> None:
    factories.asked("I want to kill myself tonight.")
    assert said(show.calls(NOW)) == ("look", "1 call for help is unopened.")


@pytest.mark.django_db
def test_lines_that_nobody_has_rung_are_told() -> None:
    CrisisLine.objects.all().delete()
    assert said(show.crisis_lines(NOW)) == ("look", "The help page names no line.")
    line = factories.crisis_line()
    assert said(show.crisis_lines(NOW)) == ("look", "1 of 1 line has not been checked by a host.")
    line.checked_on = NOW.date()
    line.save()
    assert said(show.crisis_lines(NOW)) == ("well", "1 line, checked.")


@pytest.fixture
def no_index() -> Iterator[None]:
    from questions.search import published_index

    published_index._opened = None
    yield
    published_index._opened = None


@pytest.mark.django_db
def test_an_index_that_is_missing_or_behind_is_told(no_index: None) -> None:
    from questions.search.published_index import rebuild

    now = timezone.now()
    assert said(show.search(now)) == ("look", "There is no index on this machine yet.")
    rebuild(now)
    assert said(show.search(now))[0] == "well"
    factories.published_episode()
    state, sentence = said(show.search(timezone.now()))
    assert (state, sentence) == ("look", "The index is behind what readers see. It was written 0\xa0minutes ago.")
