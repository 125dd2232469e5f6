"""The face of the show: hosts see it, owners change it, a preview comes first, and two owners lose nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.settings import Face, set_show
from questions.models import HOUSE_REF, Event, Show
from tests import cast, factories

pytestmark = pytest.mark.django_db

EDIT, PREVIEW = reverse("desk:edit-show"), reverse("desk:preview-show")
TYPED: dict[str, Any] = {
    "name": "It’s Probably You", "tagline": "Kindly meant.", "about": "About *us*.", "house_rules": "- Be kind.",
    "language": "de", "languages": ["fr", "en"], "time_zone": "Europe/Berlin", "colour": "#1b4b6b",
    "colour_at_night": "#93c1df", "asks_second_host": "on",
}  # fmt: skip
FACE = Face(
    name="Mine", tagline="", about="", house_rules="", language="en", languages=[], time_zone="UTC", colour="",
    colour_at_night="", asks_second_step=False, asks_second_host=False,
)  # fmt: skip


@pytest.fixture
def owner() -> Client:
    return cast.signed_in(cast.noor())


def test_an_owner_sets_everything_and_readers_see_it(owner: Client, client: Client) -> None:
    before = edition.current()
    response = owner.post(EDIT, TYPED)
    assert response.headers["Location"] == reverse("desk:show-settings")
    assert edition.current() == before + 1
    show = Show.objects.get()
    assert (show.language, show.languages, show.time_zone) == ("de", ["en", "fr"], "Europe/Berlin")
    assert (show.colour, show.colour_at_night) == ("#1b4b6b", "#93c1df")
    assert (show.asks_second_step, show.asks_second_host) == (False, True)
    assert '<html lang="de"' in client.get("/").content.decode()
    assert "About <em>us</em>." in client.get("/about/").content.decode()
    assert "<li>Be kind.</li>" in client.get("/house-rules/").content.decode()


def test_the_history_names_what_was_set_and_no_word_of_it(owner: Client) -> None:
    owner.post(EDIT, TYPED)
    event = Event.objects.of(HOUSE_REF).get()
    assert (event.verb, event.person, event.details["what"], event.details["deed"]) == (
        "set", cast.noor(), "show", "changed",
    )  # fmt: skip
    assert event.details["fields"] == sorted(set(TYPED))
    assert "Kindly" not in str(event.details)


def test_a_host_sees_the_settings_and_cannot_change_them() -> None:
    desk = cast.signed_in(cast.tomas())
    Show.objects.create(name="Ours", time_zone="Europe/Berlin")
    page = desk.get(reverse("desk:show-settings")).content.decode()
    assert "Europe/Berlin" in page
    assert EDIT not in page
    assert (desk.get(EDIT).status_code, desk.post(EDIT, TYPED).status_code) == (403, 403)
    with pytest.raises(Refused):
        set_show(FACE, by=acting(cast.tomas()))
    assert Show.objects.get().name == "Ours"


def test_the_form_of_asking_offers_the_languages_that_are_welcome(owner: Client, client: Client) -> None:
    owner.post(EDIT, TYPED)
    codes = [code for code, _name in client.get("/ask/").context["form"].fields["language"].choices]
    assert codes == ["de", "en", "fr"]
    owner.post(EDIT, {**TYPED, "languages": []})
    assert len(client.get("/ask/").context["form"].fields["language"].choices) == 26


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "required"), ("name", "  ", "required"), ("name", "x" * 81, "at most 80"),
        ("name", "a\x00b", "Null"), ("tagline", "x" * 161, "at most 160"), ("about", "x" * 20_001, "at most 20000"),
        ("house_rules", "\x00", "Null"), ("language", "klingon", "valid choice"), ("language", "", "required"),
        ("languages", ["en", "klingon"], "valid choice"),
        ("languages", ["\x00"], "valid choice"), ("languages", ["9" * 30], "valid choice"),
        ("time_zone", "Berlin", "Choose a zone"), ("time_zone", "../etc/passwd", "Choose a zone"),
        ("time_zone", "", "required"), ("time_zone", "💥" * 10, "Choose a zone"), ("time_zone", "-1", "Choose a zone"),
        ("colour", "red", "# and six digits"), ("colour", "#fff; }", "# and six digits"),
        ("colour", "💥💥💥", "# and six digits"),
        ("colour", "#ff0000", "a contrast of 3.31 to 1 on our paper; text needs 4.5."),
        ("colour", "#f00", "The nearest shade that can be read is #d60000."),
        ("colour_at_night", "#a3261c", "to 1 on our paper"), ("colour_at_night", "\x00", "Null"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_nothing_typed_is_lost(owner: Client, field: str, value: Any, words: str) -> None:
    response = owner.post(EDIT, TYPED | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert words in page
    assert "Kindly meant." in page or field == "tagline"
    assert not Show.objects.exists()
    assert owner.post(PREVIEW, TYPED | {field: value}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("A3261C", "#a3261c"), ("#A3261C", "#a3261c"), ("#900", "#990000"), (" 1b4b6b ", "#1b4b6b"), ("", "")],
)
def test_a_colour_is_understood_however_it_is_typed(owner: Client, typed: str, kept: str) -> None:
    assert owner.post(EDIT, {**TYPED, "colour": typed}).status_code == 302
    assert Show.objects.get().colour == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("europe/berlin", "Europe/Berlin"), ("America/new york", "America/New_York"), ("utc", "UTC")]
)
def test_a_zone_is_understood_however_it_is_typed(owner: Client, typed: str, kept: str) -> None:
    assert owner.post(EDIT, {**TYPED, "time_zone": typed}).status_code == 302
    assert Show.objects.get().time_zone == kept


@pytest.mark.parametrize(
    "fault", [{"colour": "#ffff00"}, {"colour_at_night": "#000000"}, {"time_zone": "Mars"}, {"name": " "}]
)
def test_the_rules_hold_past_the_form(fault: dict[str, str]) -> None:
    with pytest.raises(Refused):
        set_show(Face(**{**FACE.__dict__, **fault}), by=acting(cast.noor()))
    assert not Show.objects.exists()


def test_a_preview_without_scripts_shows_what_was_typed_and_saves_nothing(owner: Client) -> None:
    before = edition.current()
    response = owner.post(EDIT, {**TYPED, "action": "preview"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "This is a preview. Nothing is saved yet." in page
    assert "Pages in Deutsch." in page
    assert "About <em>us</em>." in page
    assert 'href="/desk/show/preview.css?day=1b4b6b&amp;night=93c1df"' in page
    assert (edition.current(), Show.objects.exists()) == (before, False)


def test_the_preview_wears_its_colours_in_a_sheet_of_its_own(owner: Client) -> None:
    sheet = owner.get("/desk/show/preview.css", {"day": "1b4b6b", "night": "#93c1df; } body { display: none"})
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert sheet.content.decode() == ".sample--day { --stamp: #1b4b6b; }\n"


def test_another_zone_says_what_it_does_to_what_is_scheduled(owner: Client) -> None:
    Show.objects.create(name="Ours", time_zone="Europe/Berlin")
    episode = factories.scheduled_episode(at=datetime(2030, 1, 4, 20, 0, tzinfo=UTC))
    typed = {**TYPED, "time_zone": "America/New_York"}
    preview = " ".join(owner.post(PREVIEW, typed).content.decode().split())
    assert "until now: Fri 4 Jan 2030, 21:00 (Europe/Berlin, 20:00 UTC)" in preview
    assert "then: Fri 4 Jan 2030, 15:00 (America/New_York, 20:00 UTC)" in preview
    said = owner.post(EDIT, typed, follow=True).content.decode()
    assert "1 scheduled episode keeps its moment; the clock beside it is America/New_York now." in said
    episode.refresh_from_db()
    assert episode.release_at == datetime(2030, 1, 4, 20, 0, tzinfo=UTC)
    assert "until now" not in owner.post(PREVIEW, typed).content.decode()


def test_two_owners_at_the_settings_are_told_of_each_other_and_lose_nothing(owner: Client) -> None:
    Show.objects.create(name="Ours")
    shown = owner.get(EDIT).context["form"].initial["shown"]
    set_show(Face(**{**FACE.__dict__, "name": "Theirs"}), by=acting(cast.noor()))
    response = owner.post(EDIT, {**TYPED, "shown": shown})
    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "Noor Haddad changed this" in page
    assert '<dt>Name</dt><dd dir="auto">Theirs</dd>' in page
    assert 'value="It’s Probably You"' in page
    assert Show.objects.get().name == "Theirs"
    again = response.context["form"].data["shown"]
    assert owner.post(EDIT, {**TYPED, "shown": again}).status_code == 302
    assert Show.objects.get().name == "It’s Probably You"


def test_a_colleague_who_changed_other_settings_makes_nothing_stale(owner: Client) -> None:
    """Whether questions are welcome stands on another page."""
    shown = owner.get(EDIT).context["form"].initial["shown"]
    owner.post(reverse("desk:edit-asking"), {"is_open": "no", "closed_words": "Until May."})
    assert owner.post(EDIT, {**TYPED, "shown": shown}).status_code == 302
    assert Show.objects.get().closed_words == "Until May."


def test_promises_and_the_pause_are_guarded_alike(owner: Client) -> None:
    promises, asking = reverse("desk:edit-promises"), reverse("desk:edit-asking")
    days = {"leave_url": "https://weather.example/", "keeps_waiting_days": 90, "keeps_closed_days": 30}
    for address, typed, other in (
        (promises, {**days, "keeps_traces_days": 400}, {**days, "keeps_traces_days": 500}),
        (asking, {"is_open": "no", "closed_words": "Soon."}, {"is_open": "no", "closed_words": "Later."}),
    ):
        shown = owner.get(address).context["form"].initial["shown"]
        assert owner.post(address, {**other, "shown": shown}).status_code == 302
        response = owner.post(address, {**typed, "shown": shown})
        assert response.status_code == 409
        assert "Noor Haddad changed this" in response.content.decode()
