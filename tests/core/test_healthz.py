"""Whether the process answers, and whether it should get visitors: one word a part, and nothing of anybody."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories import asked
from tests.outage import newest_migration, no_database, without_migration

ALL_WELL = "database well\nmigrations well\nkeys well\nseals well\n"


@pytest.fixture(autouse=True)
def keys_of_their_own(settings: Settings) -> None:
    settings.RECEIPT_KEY, settings.HISTORY_KEY = "r" * 40, "h" * 40


def test_a_process_that_answers_is_well_and_asks_no_database() -> None:
    # Without the mark of a test that may use one, a database that is asked fails this.
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"well\n", "text/plain; charset=utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_both_are_kept_and_found_nowhere_set_no_cookie_and_need_no_https(address: str, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^(healthz|readyz)$"]
    answer = Client().get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not answer.cookies
    assert (Client().head(address).status_code, Client().post(address).status_code) == (200, 405)


@pytest.mark.django_db
def test_a_server_with_all_it_needs_is_ready() -> None:
    asked()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (200, ALL_WELL)


@pytest.mark.django_db(transaction=True)
def test_without_a_database_it_is_not_ready_and_says_so_soon(tmp_path: Path) -> None:
    with no_database(tmp_path):
        answer = Client().get("/readyz")
        assert Client().get("/healthz").status_code == 200
    said = "database broken\nmigrations unknown\nkeys well\nseals unknown\n"
    assert (answer.status_code, answer.content.decode()) == (503, said)
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_before_the_last_migration_it_is_not_ready() -> None:
    with without_migration(newest_migration()):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (
        503,
        ALL_WELL.replace("migrations well", "migrations broken"),
    )


@pytest.mark.django_db
def test_with_a_key_that_opens_nothing_it_is_not_ready(settings: Settings) -> None:
    asked()
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, ALL_WELL.replace("seals well", "seals broken"))


@pytest.mark.django_db
def test_without_a_key_it_is_not_ready(settings: Settings) -> None:
    settings.RECEIPT_KEY = ""
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content.decode()) == (503, ALL_WELL.replace("keys well", "keys broken"))
