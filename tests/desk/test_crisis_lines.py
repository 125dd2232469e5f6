"""The desk's list of lines for people who need help now: added, checked, changed and removed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.crisis_lines import confirm_crisis_line, list_crisis_line, remove_crisis_line
from questions.models import CrisisLine
from tests import cast
from tests.factories import crisis_line
from tests.reading import seen

pytestmark = pytest.mark.django_db

TYPED = {
    "country": "IE", "language": "en", "caller": "young", "name": "Childline", "number": "1800  66 66 66",
    "hours": "24 hours, every day", "url": "https://www.childline.ie/", "note": "Free.",
}  # fmt: skip


@pytest.fixture
def desk() -> Client:
    CrisisLine.objects.all().delete()
    return cast.signed_in(cast.tomas())


def address(name: str, line: CrisisLine | None = None) -> str:
    return reverse(f"desk:{name}", args=[line.pk] if line else [])


def sent(line: CrisisLine, **changes: str) -> dict[str, Any]:
    return {name: getattr(line, name) for name in TYPED} | changes


def test_the_list_is_by_country_and_counts_what_nobody_has_checked(desk: Client) -> None:
    crisis_line("116 123", "GB", name="Samaritans")
    crisis_line("988", "US", name="Lifeline", checked_on=date(2026, 5, 1))
    crisis_line("0800 1111", "GB", name="Childline", caller="young")
    response = desk.get(address("crisis-lines"))
    headings = [element for element in seen.elements(response) if element.tag == "h2"]
    countries = [heading.words for heading in headings if heading.attributes.get("id", "").startswith("country-")]
    assert countries == ["United Kingdom", "United States"]
    page = " ".join(response.content.decode().split())
    assert "2 lines are unchecked." in page
    assert page.count(">Unchecked</span>") == 2
    assert "1 May 2026" in page
    assert "2 lines of the help page are unchecked" in desk.get(reverse("desk:queue")).content.decode()


def test_an_empty_list_says_what_readers_are_told(desk: Client) -> None:
    assert "emergency numbers only" in desk.get(address("crisis-lines")).content.decode()


def test_a_line_is_added_unchecked_and_the_help_page_changes(desk: Client) -> None:
    before = edition.current()
    response = desk.post(address("new-crisis-line"), TYPED)
    line = CrisisLine.objects.get()
    assert response.headers["Location"] == f"{address('crisis-lines')}#line-{line.pk}"
    assert (line.number, line.caller, line.checked_on) == ("1800 66 66 66", "young", None)
    assert edition.current() == before + 1
    assert "Childline" in desk.get("/help-now/").content.decode()


def test_it_is_confirmed_on_the_day_it_answered(desk: Client) -> None:
    line, before = crisis_line(), edition.current()
    response = desk.post(address("confirm-crisis-line", line), {"number": "116 123"})
    assert response.headers["Location"] == f"{address('crisis-lines')}#line-{line.pk}"
    line.refresh_from_db()
    assert line.checked_on == timezone.localdate()
    assert edition.current() == before + 1
    assert "unchecked" not in desk.get(reverse("desk:queue")).content.decode()


@pytest.mark.parametrize("number", ["116 124", "", "\x00", "9" * 500])
def test_a_number_that_nobody_has_rung_is_not_confirmed(desk: Client, number: str) -> None:
    """A colleague has changed it since the page was opened."""
    line = crisis_line()
    response = desk.post(address("confirm-crisis-line", line), {"number": number})
    assert response.status_code == 409
    assert "Somebody has changed or removed this line" in response.content.decode()
    line.refresh_from_db()
    assert line.checked_on is None


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"number": "116 124"}, False), ({"url": "https://example.org/"}, False), ({"country": "GB"}, False),
        ({"name": "Samaritans of Ireland"}, True), ({"note": "Free."}, True), ({"caller": "hurt"}, True), ({}, True),
    ],
)  # fmt: skip
def test_what_leads_elsewhere_has_to_be_checked_again(desk: Client, change: dict[str, str], stays: bool) -> None:
    line = crisis_line(checked_on=date(2026, 5, 1))
    assert desk.post(address("edit-crisis-line", line), sent(line, **change)).status_code == 302
    line.refresh_from_db()
    assert all(getattr(line, name) == value for name, value in change.items())
    assert line.checked_on == (date(2026, 5, 1) if stays else None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "call me"), ("number", "7"), ("number", "116 123; rm"), ("number", "+" * 41), ("number", "<b>11"),
        ("url", "http://www.childline.ie/"), ("url", "javascript:alert(1)"), ("url", "https://" + "a" * 300 + ".ie"),
        ("country", "ie"), ("country", "XX"), ("country", ""), ("language", "klingon"), ("caller", "dogs"),
        ("name", ""), ("name", "x" * 81), ("name", "a\x00b"), ("hours", "x" * 81), ("note", "x" * 201),
    ],
)  # fmt: skip
def test_what_is_not_right_is_named_and_nothing_typed_is_lost(desk: Client, field: str, value: str) -> None:
    response = desk.post(address("new-crisis-line"), TYPED | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not CrisisLine.objects.exists()
    assert 'value="https://www.childline.ie/"' in response.content.decode() or field == "url"


@pytest.mark.parametrize(
    "number", ["988", "+353 1800 66 66 66", "1-800-799-7233", "Text HOME to 741741", "(02) 2327.2327", "116/117"]
)
def test_numbers_are_typed_as_they_are_dialled(desk: Client, number: str) -> None:
    assert desk.post(address("new-crisis-line"), TYPED | {"number": number}).status_code == 302
    assert CrisisLine.objects.get().number == number


def test_a_number_is_listed_once_for_its_country_and_language(desk: Client) -> None:
    crisis_line("1800 66 66 66", "IE", name="Here already")
    response = desk.post(address("new-crisis-line"), TYPED)
    assert response.status_code == 422
    assert "This number is on the list already" in response.content.decode()
    assert 'value="Childline"' in response.content.decode()
    twin = CrisisLine(country="IE", language="en", name="Too late to look", number="1800 66 66 66")
    with pytest.raises(Refused, match="on the list already"):
        list_crisis_line(twin, by=acting(cast.tomas()))
    assert CrisisLine.objects.count() == 1


def test_a_line_is_removed_after_being_asked_about(desk: Client) -> None:
    line = crisis_line()
    assert "116 123" in desk.get(address("remove-crisis-line", line)).content.decode()
    assert CrisisLine.objects.exists()
    before = edition.current()
    response = desk.post(address("remove-crisis-line", line), follow=True)
    assert "Removed." in response.content.decode()
    assert not CrisisLine.objects.exists()
    assert edition.current() == before + 1
    assert desk.post(address("remove-crisis-line", line)).status_code == 302


def test_words_typed_for_a_line_that_a_colleague_removed_are_kept(desk: Client) -> None:
    line = crisis_line()
    page = address("edit-crisis-line", line)
    remove_crisis_line(line, by=acting(cast.noor()))
    response = desk.post(page, TYPED)
    assert response.status_code == 409
    assert "Somebody has removed this line meanwhile" in response.content.decode()
    assert f'action="{address("new-crisis-line")}"' in response.content.decode()
    assert 'value="Childline"' in response.content.decode()
    assert not CrisisLine.objects.exists()
    assert desk.get(page).headers["Location"] == address("crisis-lines")


@pytest.mark.parametrize("verb", ["edit", "confirm", "remove"])
def test_a_line_that_never_was_is_no_fault(desk: Client, verb: str) -> None:
    for pk in (4711, 10**30):
        there = reverse(f"desk:{verb}-crisis-line", args=[pk])
        assert desk.get(there).status_code in (302, 404)
        assert desk.post(there, TYPED).status_code in (302, 404, 409)
    assert not CrisisLine.objects.exists()


def test_a_guest_changes_nothing_even_past_the_door() -> None:
    CrisisLine.objects.all().delete()
    line, by = crisis_line(), acting(cast.ines())
    for deed in (
        lambda: list_crisis_line(line, by=by),
        lambda: confirm_crisis_line(line, number="116 123", by=by),
        lambda: remove_crisis_line(line, by=by),
    ):
        with pytest.raises(Refused):
            deed()
    assert CrisisLine.objects.get().checked_on is None
