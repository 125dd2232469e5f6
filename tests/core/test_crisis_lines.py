"""The lines for people who need help now: the shipped ones, to whom which are offered, and the nagging."""

import re
import tomllib
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string

from questions.checks import unchecked_crisis_lines
from questions.countries import NAMES
from questions.models import Caller, CrisisLine
from questions.templatetags.reading import dialled
from tests import factories

pytestmark = pytest.mark.django_db

SHIPPED = tomllib.loads((Path(__file__).parents[2] / "questions/crisis_lines.toml").read_text())["lines"]
IN_ENGLISH = ["US 988", "GB 116 123", "AU 13 11 14", "US 1-800-799-7233", "GB 0808 2000 247", "AU 1800 737 732"]


@pytest.fixture(autouse=True)
def _an_empty_list() -> None:
    CrisisLine.objects.all().delete()


def names(lines: list[CrisisLine]) -> list[str]:
    return [f"{line.country} {line.number}" for line in lines]


def test_the_shipped_list_is_short_wide_and_for_every_caller() -> None:
    assert 25 <= len(SHIPPED) <= 40
    assert len({line["country"] for line in SHIPPED}) >= 20
    assert {line["caller"] for line in SHIPPED} == set(Caller.values)


@pytest.mark.parametrize("line", SHIPPED, ids=[f"{line['country']} {line['number']}" for line in SHIPPED])
def test_every_shipped_line_has_what_it_needs(line: dict[str, Any]) -> None:
    CrisisLine(**line).full_clean()
    assert line["country"] in NAMES
    assert re.fullmatch("[a-z]{2}", line["language"])
    assert dialled(line["number"]) or re.fullmatch("Text [A-Z]+ to [0-9]+", line["number"])
    assert line.get("url", "https://").startswith("https://")
    assert "checked_on" not in line


def test_no_number_is_shipped_twice_for_a_country() -> None:
    numbers = [(line["country"], line["number"]) for line in SHIPPED]
    assert len(set(numbers)) == len(numbers)


def test_a_new_installation_begins_with_the_list_and_nothing_is_checked() -> None:
    factories.shipped_lines()
    assert CrisisLine.objects.count() == len(SHIPPED)
    assert CrisisLine.objects.unchecked().count() == len(SHIPPED)


def test_a_number_that_is_listed_already_is_left_alone() -> None:
    own = factories.crisis_line("116 123", "GB", name="Our friends", checked_on=date(2026, 5, 1))
    factories.shipped_lines()
    factories.shipped_lines()
    assert CrisisLine.objects.count() == len(SHIPPED)
    own.refresh_from_db()
    assert (own.name, own.checked_on) == ("Our friends", date(2026, 5, 1))


def test_the_demo_show_relies_on_the_shipped_list() -> None:
    call_command("demo_show", stdout=StringIO())
    assert not CrisisLine.objects.exists()


@pytest.mark.parametrize(
    ("language", "offered"),
    [
        ("en", IN_ENGLISH),
        ("en-GB", IN_ENGLISH),
        ("de", ["DE 0800 1110111", "AT 142", "CH 143", "DE 116 016"]),
        ("pl", ["PL 116 123", *IN_ENGLISH[3:]]),
        (
            "zh-hans",
            ["US 988", "GB 116 123", "AU 13 11 14", "US 1-800-799-7233", "GB 0808 2000 247", "AU 1800 737 732"],
        ),
    ],
)
def test_a_few_lines_are_offered_in_the_asker_s_language_first(language: str, offered: list[str]) -> None:
    factories.shipped_lines()
    assert names(CrisisLine.objects.to_call(language)) == offered


def test_a_line_that_a_host_has_checked_is_offered_before_others_in_its_language() -> None:
    factories.shipped_lines()
    CrisisLine.objects.filter(country="NZ", caller=Caller.ANYONE).update(checked_on=date(2026, 5, 1))
    assert names(CrisisLine.objects.to_call("en"))[:3] == ["NZ 1737", "US 988", "GB 116 123"]
    assert names(CrisisLine.objects.to_call("de"))[:3] == ["DE 0800 1110111", "AT 142", "CH 143"]


def test_young_people_are_offered_their_own_lines_only() -> None:
    factories.shipped_lines()
    young = CrisisLine.objects.for_young_people()
    assert {line.caller for line in young} == {Caller.YOUNG}
    assert names(CrisisLine.objects.to_call("fr", callers=[Caller.YOUNG])) == ["FR 119"]
    assert len(CrisisLine.objects.to_call("xx", callers=[Caller.YOUNG], most=4)) == 4


@pytest.mark.parametrize("piece", ["_help_panel", "_young_lines"])
def test_no_piece_of_an_asking_page_leads_away_from_what_is_being_written(piece: str) -> None:
    factories.crisis_line("988", "US", name="<b>Lifeline</b>", url="https://988lifeline.org/", hours="24 hours")
    factories.crisis_line("Text HOME to 741741", "US", name="Text line")
    page = render_to_string(f"asking/{piece}.html", {"lines": CrisisLine.objects.order_by("pk")})
    links = dict(re.findall(r'<a href="([^"]*)"([^>]*)>', page))
    help_now = "/help-now/#young" if piece == "_young_lines" else "/help-now/"
    assert links == {"tel:988": "", help_now: ' target="_blank" rel="noopener noreferrer"'}
    assert all(words in page for words in ("&lt;b&gt;Lifeline", "24 hours", "United States", "Text HOME to 741741"))
    without_lines = render_to_string(f"asking/{piece}.html", {"lines": []})
    assert "/help-now/" in without_lines
    assert "<ul" not in without_lines


def test_with_no_line_at_all_nothing_is_offered() -> None:
    assert CrisisLine.objects.to_call("en") == []


def test_the_check_nags_until_every_line_is_confirmed_and_says_how_many_and_where() -> None:
    first, second = factories.crisis_line("116 123"), factories.crisis_line("1800 66 66 66")
    for line, sentence in ((first, "2 lines for people who need help now have not"), (second, "1 line for people who")):
        (warning,) = unchecked_crisis_lines(databases=["default"])
        assert (warning.id, warning.msg.startswith(sentence)) == ("questions.W001", True)
        assert "/desk/house/crisis-lines/" in str(warning.hint)
        line.checked_on = date(2026, 5, 1)
        line.save()
    assert unchecked_crisis_lines(databases=["default"]) == []


def test_the_check_asks_only_where_a_database_is_at_hand() -> None:
    factories.crisis_line()
    assert [check.id for check in run_checks(databases=["default"]) if check.id == "questions.W001"]
    assert [check.id for check in run_checks() if check.id == "questions.W001"] == []
    assert unchecked_crisis_lines(databases=None) == []


@pytest.mark.django_db(transaction=True)
def test_the_check_is_silent_before_the_first_migration() -> None:
    with connection.schema_editor() as editor:
        editor.alter_db_table(CrisisLine, CrisisLine._meta.db_table, "elsewhere")
    try:
        assert unchecked_crisis_lines(databases=["default"]) == []
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(CrisisLine, "elsewhere", CrisisLine._meta.db_table)
