"""Is everything well? One page says so, part by part, and a part that fails takes no other with it."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from questions.models import Person
from questions.probes import show, table
from questions.probes.finding import Finding, Probe
from questions.probes.notes import Tick, note_tick
from tests import cast, factories

pytestmark = pytest.mark.django_db

OF_KEYS_AND_SETTINGS = {"settings", "keys", "older-keys", "in-front", "home", "version", "lasting", "quiet"}


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME, settings.PRESS = tmp_path, tmp_path / "press"
    return tmp_path


def states(person: Person) -> dict[str, str]:
    """The state of every part that this person is shown."""
    page = cast.signed_in(person).get(reverse("desk:well"))
    assert page.status_code == 200
    return {each.probe.name: each.finding.state.value for part in page.context["parts"] for each in part.examined}


def words(client: Client) -> str:
    return " ".join(client.get(reverse("desk:well")).content.decode().split())


def test_an_owner_is_shown_every_part_but_those_that_take_long() -> None:
    every = {probe.name for group in table.GROUPS for probe in group.probes}
    assert set(states(cast.noor())) == every - {"mail-server", "every-seal", "every-older-key"}


def test_a_host_is_shown_nothing_of_keys_and_settings() -> None:
    assert set(states(cast.noor())) - set(states(cast.tomas())) == OF_KEYS_AND_SETTINGS


@pytest.mark.parametrize("somebody", [cast.ines, cast.viv])
def test_a_guest_and_whoever_may_only_look_are_refused(somebody: type[Person]) -> None:
    assert cast.signed_in(somebody()).get(reverse("desk:well")).status_code == 403


def test_a_state_is_said_in_words_with_what_to_do_about_it() -> None:
    note_tick(Tick(timezone.now(), 0.5, {"air": 1}))
    page = words(cast.signed_in(cast.tomas()))
    assert (
        '<span class="probe__sign probe__sign--broken" aria-hidden="true"></span> '
        '<span class="probe__state--broken">Broken</span> <div class="probe__words"> <h3>The clock’s tick</h3> '
        "<p>The last tick was 0 minutes ago. What failed: air (1).</p> "
        '<p class="quiet">“manage.py tick” does it again and names each item and its error.</p>'
    ) in page


def test_what_is_broken_stands_first_in_its_part() -> None:
    note_tick(Tick(timezone.now(), 0.5, {"air": 1}))
    page = cast.signed_in(cast.noor()).get(reverse("desk:well"))
    for part in page.context["parts"]:
        order = [each.finding.state.value for each in part.examined]
        assert order == sorted(order, key=["broken", "unknown", "look", "well"].index)


@pytest.fixture
def one_part_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(now: datetime) -> Finding:
        raise RuntimeError("my flatmate Rosalind")

    probes = (Probe("bad", "The bad one", failing), Probe("calls", "Calls for help", show.calls))
    monkeypatch.setattr("questions.desk.house.well.GROUPS", (table.Group("show", "The show", probes),))


def test_a_part_that_fails_breaks_neither_the_page_nor_another_part(one_part_fails: None) -> None:
    factories.asked("I want to kill myself tonight.")
    assert states(cast.tomas()) == {"bad": "unknown", "calls": "look"}
    page = words(cast.signed_in(cast.tomas()))
    assert "2 ask for a look." in page
    assert "Rosalind" not in page


def test_the_house_leads_there() -> None:
    house = cast.signed_in(cast.tomas()).get(reverse("desk:house")).content.decode()
    assert f'href="{reverse("desk:well")}"' in house
