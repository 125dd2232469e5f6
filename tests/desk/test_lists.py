"""The lists of the house: verdicts, reasons to decline, canned replies and seasons, all kept in the same way."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from questions import edition
from questions.actions.acting import Refused, acting
from questions.actions.decline import decline, reconsider
from questions.actions.lists import move_entry, remove_entry, set_entry
from questions.actions.undo import undo
from questions.models import HOUSE_REF, CannedReply, DeclineReason, Event, Season, Verdict
from tests import cast, factories

pytestmark = pytest.mark.django_db

TYPED: dict[str, dict[str, Any]] = {
    "verdicts": {"words": "It’s the cat."},
    "seasons": {"number": 3, "title": "Out loud"},
    "decline-reasons": {"label": "Not for us", "words": "Thank you.\nTry a librarian."},
    "canned-replies": {"title": "A word more", "text": "Could you tell us how long?"},
}
MODELS: dict[str, Any] = {
    "verdicts": Verdict, "seasons": Season, "decline-reasons": DeclineReason, "canned-replies": CannedReply,
}  # fmt: skip
PUBLIC = {"verdicts", "seasons"}


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def address(name: str, kind: str, entry: Any = None) -> str:
    return reverse(f"desk:{name}", args=[kind, entry.pk] if entry else [kind])


def reason(label: str, words: str = "Thank you.") -> DeclineReason:
    entry = set_entry(DeclineReason(label=label, words=words), by=acting(cast.tomas()))
    assert isinstance(entry, DeclineReason)
    return entry


@pytest.mark.parametrize("kind", TYPED)
def test_an_entry_is_added_changed_and_removed_and_each_is_in_the_history(desk: Client, kind: str) -> None:
    before = edition.current()
    assert desk.post(address("new-entry", kind), TYPED[kind]).headers["Location"] == address("entries", kind)
    entry = MODELS[kind].objects.get()
    assert {name: getattr(entry, name) for name in TYPED[kind]} == TYPED[kind]
    name = next(iter(TYPED[kind]))
    changed = TYPED[kind] | {name: 4 if kind == "seasons" else "It is the dog."}
    assert desk.post(address("edit-entry", kind, entry), changed).status_code == 302
    entry.refresh_from_db()
    assert getattr(entry, name) == changed[name]
    assert str(entry) in desk.get(address("entries", kind)).content.decode()
    assert desk.post(address("remove-entry", kind, entry)).status_code == 302
    assert not MODELS[kind].objects.exists()
    events = list(Event.objects.of(HOUSE_REF))
    assert [event.details["deed"] for event in events] == ["added", "changed", "removed"]
    assert {event.details["what"] for event in events} == {MODELS[kind]._meta.model_name}
    assert not any(str(value) in str(events[0].details) for value in TYPED[kind].values() if isinstance(value, str))
    assert edition.current() == (before + 3 if kind in PUBLIC else before)


NEVER = {
    ("verdicts", "words"): ["", "\x00", "x" * 29], ("seasons", "number"): ["", "💥", "\x00"],
    ("seasons", "title"): ["\x00", "x" * 81], ("decline-reasons", "label"): ["", "\x00", "💥" * 81],
    ("decline-reasons", "words"): ["", "\x00", "x" * 5001], ("canned-replies", "title"): ["", "\x00", "x" * 81],
    ("canned-replies", "text"): ["  ", "\x00", "💥" * 5001],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "value"), [(*place, value) for place in NEVER for value in NEVER[place]])
def test_no_field_takes_what_cannot_be_and_none_loses_the_others(
    desk: Client, kind: str, field: str, value: str
) -> None:
    response = desk.post(address("new-entry", kind), TYPED[kind] | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not MODELS[kind].objects.exists()
    others = [str(other) for name, other in TYPED[kind].items() if name != field]
    assert all(other.split("\n")[0] in response.content.decode() for other in others)


@pytest.mark.parametrize("number", ["0", "-1", "32768", "9" * 400, "two", "1.5"])
def test_a_season_has_a_number_that_can_be(desk: Client, number: str) -> None:
    assert desk.post(address("new-entry", "seasons"), {"number": number, "title": ""}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "first", "again"),
    [
        ("verdicts", {"words": "It’s you."}, {"words": "IT’S  YOU."}),
        ("seasons", {"number": 1, "title": ""}, {"number": 1, "title": "Other"}),
        ("decline-reasons", {"label": "Café", "words": "No."}, {"label": "cafe", "words": "Nope."}),
        ("canned-replies", {"title": "Hello", "text": "Hi."}, {"title": "hello", "text": "Ho."}),
    ],
)
def test_nothing_is_on_a_list_twice_whatever_its_case(
    desk: Client, kind: str, first: dict[str, Any], again: dict[str, Any]
) -> None:
    desk.post(address("new-entry", kind), first)
    response = desk.post(address("new-entry", kind), again)
    assert response.status_code == 422
    assert len(response.context["form"].errors) == 1
    assert MODELS[kind].objects.count() == 1


def test_other_words_for_a_verdict_keep_its_address_and_change_its_page(desk: Client, client: Client) -> None:
    desk.post(address("new-entry", "verdicts"), {"words": "It’s the cat."})
    verdict = Verdict.objects.get()
    assert verdict.slug == "its-the-cat"
    factories.published_episode(verdict=verdict.words)
    desk.post(address("edit-entry", "verdicts", verdict), {"words": "It’s the dog."})
    assert "It’s the dog." in client.get("/verdicts/its-the-cat/").content.decode()


def test_two_verdicts_that_make_the_same_address_get_two() -> None:
    by = acting(cast.tomas())
    for words in ("It’s you!", "It’s you?"):
        set_entry(Verdict(words=words), by=by)
    assert set(Verdict.objects.values_list("slug", flat=True)) == {"its-you", "its-you-2"}


def test_what_is_in_use_stays(desk: Client) -> None:
    episode = factories.assembled_episode(verdict=factories.verdict().words)
    question, why = factories.asked(), reason("Not for us")
    decline(question, reason=why, by=acting(cast.tomas()), seen=question.version)
    for kind, entry in (("verdicts", episode.verdict), ("seasons", episode.season), ("decline-reasons", why)):
        assert "It is in use 1 time, so it stays." in desk.get(address("remove-entry", kind, entry)).content.decode()
        response = desk.post(address("remove-entry", kind, entry))
        assert response.status_code == 409
        assert "is in use (1), so it stays." in response.content.decode()
        assert MODELS[kind].objects.exists()


def test_a_reason_stays_while_a_decision_for_it_can_be_brought_back() -> None:
    question, why, by = factories.asked(), reason("Not for us"), acting(cast.tomas())
    decline(question, reason=why, by=by, seen=question.version)
    question.refresh_from_db()
    event = reconsider(question, by=by, seen=question.version)
    with pytest.raises(Refused, match="is in use"):
        remove_entry(why, by=by)
    undo(event, by=by)
    question.refresh_from_db()
    assert question.decline_reason == why


def test_hosts_put_reasons_in_their_own_order(desk: Client) -> None:
    first, second, third = reason("C"), reason("B"), reason("A")
    assert [entry.label for entry in DeclineReason.objects.all()] == ["C", "B", "A"]
    desk.post(address("move-entry", "decline-reasons", third), {"where": "up"})
    assert [entry.label for entry in DeclineReason.objects.all()] == ["C", "A", "B"]
    desk.post(address("move-entry", "decline-reasons", first), {"where": "down"})
    assert [entry.label for entry in DeclineReason.objects.all()] == ["A", "C", "B"]
    move_entry(second, up=False, by=acting(cast.tomas()))
    assert [entry.label for entry in DeclineReason.objects.all()] == ["A", "C", "B"]
    desk.post(address("move-entry", "verdicts", factories.verdict()), {"where": "up"})


def test_a_preview_shows_the_words_as_the_asker_reads_them_and_saves_nothing(desk: Client) -> None:
    typed = TYPED["decline-reasons"] | {"words": "Thank you.\n<b>Bold</b>"}
    fetched = desk.post(address("preview-entry", "decline-reasons"), typed).content.decode()
    pressed = desk.post(address("new-entry", "decline-reasons"), {**typed, "action": "preview"})
    assert pressed.status_code == 200
    for page in (fetched, pressed.content.decode()):
        assert '<div class="letter"><p dir="auto">Thank you.<br>&lt;b&gt;Bold&lt;/b&gt;</p></div>' in page
    assert not DeclineReason.objects.exists()


def test_two_hosts_at_one_entry_are_told_of_each_other_and_lose_nothing(desk: Client) -> None:
    entry = reason("Not for us")
    page = address("edit-entry", "decline-reasons", entry)
    shown = desk.get(page).context["form"].initial["shown"]
    entry.words = "Sorry."
    set_entry(entry, by=acting(cast.noor()))
    response = desk.post(page, {"label": "Not for us", "words": "Typed just now.", "shown": shown})
    told = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "Noor Haddad changed this" in told
    assert '<dd dir="auto">Sorry.</dd>' in told
    assert "Typed just now." in told
    assert DeclineReason.objects.get().words == "Sorry."


def test_words_typed_for_an_entry_that_is_gone_are_kept(desk: Client) -> None:
    entry = reason("Not for us")
    page = address("edit-entry", "decline-reasons", entry)
    remove_entry(entry, by=acting(cast.noor()))
    response = desk.post(page, {"label": "Not for us", "words": "Typed just now."})
    assert response.status_code == 409
    assert "Typed just now." in response.content.decode()
    assert f'action="{address("new-entry", "decline-reasons")}"' in response.content.decode()
    assert desk.get(page).headers["Location"] == address("entries", "decline-reasons")


@pytest.mark.parametrize("name", ["entries", "new-entry", "preview-entry"])
def test_a_list_that_is_none_has_no_page(desk: Client, name: str) -> None:
    assert desk.get(address(name, "secrets")).status_code == 404
    assert desk.post(address(name, "secrets")).status_code == 404


def test_a_guest_changes_nothing_even_past_the_door() -> None:
    entry, by = reason("Not for us"), acting(cast.ines())
    for deed in (
        lambda: set_entry(DeclineReason(label="No", words="No."), by=by),
        lambda: move_entry(entry, up=True, by=by),
        lambda: remove_entry(entry, by=by),
    ):
        with pytest.raises(Refused):
            deed()
    assert list(DeclineReason.objects.all()) == [entry]
