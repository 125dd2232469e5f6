"""The history of everything: filtered, paged, exported, and without a word of any question."""

import csv
import io
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.actions import correspond
from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.comment import comment
from questions.actions.consent import object_to_airing, preview
from questions.actions.decline import decline
from questions.actions.draft import draft
from questions.actions.keep import keep
from questions.actions.people import Profile, appoint, edit_person
from questions.actions.reword import reword
from questions.actions.undo import undo
from questions.actions.withdraw import withdraw
from questions.desk.records import pages
from questions.desk.records.words import HOUSE_DONE, words_of
from questions.lifecycle import HOUSE, Role, Verb
from questions.models import DeclineReason, Event, Part, Person, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

PAGE, CSV, JSON = "/desk/history/", "/desk/history/history.csv", "/desk/history/history.json"


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def rows(desk: Client, query: str = "") -> list[dict[str, str]]:
    body = b"".join(desk.get(CSV + query)).decode()
    return list(csv.DictReader(io.StringIO(body)))


def shown(desk: Client, query: str = "") -> list[Event]:
    """The events of one page as they stand on it."""
    found = []
    for day in desk.get(PAGE + query).context["days"]:
        found += [line.event for _words, lines in day.askers for line in lines]
        for line in day.lines:
            found += [other.event for other in line.others] or [line.event]
    return found


def kept(text: str = "May I nap?") -> Question:
    question = factories.asked(text)
    keep(question, by=acting(cast.tomas()), seen=question.version)
    question.refresh_from_db()
    return question


def test_it_says_who_did_what_to_what(desk: Client) -> None:
    question = kept()
    appoint(cast.viv(), role=Role.GUEST, by=acting(cast.noor()))
    episode = factories.published_episode()
    page = words(desk.get(PAGE))
    assert (
        f'<a href="{question.get_absolute_url()}">question {question.number}</a>: kept, <bdi>Tomas Reyl</bdi>' in page
    )
    assert "the house: Viv Aker made Guest, <bdi>Noor Haddad</bdi>" in page
    assert f"/desk/episodes/{episode.ref}/preview/" in page
    assert "episode 1.1</a>: published" in page


def test_what_an_asker_did_stands_first_in_its_day_without_a_time(desk: Client) -> None:
    """Between which two deeds of the show it was done is nobody's to know."""
    first = kept("First?")
    correspond.reply(first, text="Where?", by=acting(cast.tomas()))
    correspond.add(first, text="At home.")
    kept("Second?")
    events = shown(desk)
    roles = [event.role for event in events]
    assert roles == sorted(roles, key=lambda role: role != Role.ASKER)
    askers = [event for event in events if event.role == Role.ASKER]
    assert len(askers) == 3
    received = [event.subject for event in askers if event.verb == Verb.SUBMIT]
    assert received == sorted(received), "the order is that of random names"
    assert all(row["time"] == "" for row in rows(desk) if row["role"] == "asker")


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_hold_everything_once_and_askers_depend_on_no_key(desk: Client, size: int, monkeypatch: Any) -> None:
    """However the deeds of the show fall onto pages, each day's askers stand where the day begins."""
    now = timezone.now()
    for days_ago in (4, 3, 3, 1):
        with factories.the_time(now - timedelta(days=days_ago)):
            kept(f"From {days_ago}?")
            correspond.add(factories.asked(f"Alone {days_ago}?"), text="More.")
    monkeypatch.setattr(pages, "PAGE", size)
    seen, query = list[Event](), ""
    for _page in range(40):
        answer = desk.get(PAGE + query)
        seen += shown(desk, query)
        query = answer.context["next"]
        if not answer.context["page"].more:
            break
    assert sorted(event.pk for event in seen) == sorted(Event.objects.values_list("pk", flat=True))
    days = [event.day for event in seen]
    assert days == sorted(days, reverse=True)
    for day in set(days):
        roles = [event.role == Role.ASKER for event in seen if event.day == day]
        assert roles == sorted(roles, reverse=True)


def test_a_host_who_tries_every_key_learns_no_order(desk: Client) -> None:
    kept("One?")
    kept("Two?")
    heads = {
        tuple(event.pk for event in shown(desk, f"?before={pk}") if event.role == Role.ASKER)
        for pk in Event.objects.exclude(role=Role.ASKER).values_list("pk", flat=True)
    }
    assert heads == {()}
    for pk in Event.objects.filter(role=Role.ASKER).values_list("pk", flat=True):
        assert [event for event in shown(desk, f"?before={pk}") if event.role == Role.ASKER] == []


def test_only_askers_have_pages_of_their_own(desk: Client, monkeypatch: Any) -> None:
    for number in range(5):
        factories.asked(f"Number {number}?")
    monkeypatch.setattr(pages, "PAGE", 2)
    monkeypatch.setattr(pages, "MOST_OF_ASKERS", 3)
    answer = desk.get(PAGE)
    assert answer.context["askers"] == f"?who=asker&until={timezone.localdate().isoformat()}"
    seen, query = list[Event](), answer.context["askers"]
    while query:
        answer = desk.get(PAGE + query)
        seen += shown(desk, query)
        query = answer.context["next"] if answer.context["page"].more else ""
    assert sorted(event.pk for event in seen) == sorted(Event.objects.values_list("pk", flat=True))


def test_filters_stand_in_the_address(desk: Client) -> None:
    question, noor = kept(), cast.noor()
    appoint(cast.viv(), role=Role.GUEST, by=acting(noor))
    assert {event.verb for event in shown(desk, f"?who={noor.ref}")} == {Verb.APPOINT}
    assert {event.verb for event in shown(desk, "?who=asker")} == {Verb.SUBMIT}
    assert {event.verb for event in shown(desk, "?verb=keep")} == {Verb.KEEP}
    assert {event.subject for event in shown(desk, "?kind=question")} == {question.ref}
    assert {row["verb"] for row in rows(desk, "?kind=house")} == {"appoint"}
    today = timezone.localdate()
    assert shown(desk, f"?until={today - timedelta(days=1)}") == []
    assert len(shown(desk, f"?since={today}&until={today}")) == 3


@pytest.mark.parametrize(
    "query",
    [
        "?who=nobody", "?who=%00", "?verb=murder", "?kind=cat", "?since=yesterday", "?until=9999-99-99",
        "?since=2026-05-02&until=2026-05-01", "?who=0b0e7c1e-5a57-4f0e-9d3b-6f0a6b1c2d3e",
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_named(desk: Client, query: str) -> None:
    for address in (PAGE, CSV, JSON):
        assert desk.get(address + query).status_code == 422


@pytest.mark.parametrize("place", ["x", "9" * 40, "-1", "%00", "2026-13-01.x.1", "0", f"2026-01-01.{'-' * 36}.1"])
def test_a_place_that_is_none_is_no_fault(desk: Client, place: str) -> None:
    kept()
    for who in ("", "&who=asker"):
        assert desk.get(f"{PAGE}?before={place}{who}").status_code == 200


def test_a_deed_is_undone_from_here_and_says_so(desk: Client) -> None:
    question = kept()
    event = Event.objects.get(verb=Verb.KEEP)
    assert f'action="/desk/history/{event.pk}/undo/"' in desk.get(PAGE).content.decode()
    undo(event, by=acting(cast.noor()))
    page = words(desk.get(PAGE))
    assert "(undone by Noor Haddad)" in page
    assert f"/desk/history/{event.pk}/undo/" not in page
    assert rows(desk, "?verb=keep")[0]["undone_by"] == "Noor Haddad"
    assert question.number


def test_what_was_overtaken_offers_no_undo(desk: Client) -> None:
    question = kept()
    claim(question, by=acting(cast.tomas()), seen=question.version)
    keep_event = Event.objects.get(verb=Verb.KEEP)
    assert f"/desk/history/{keep_event.pk}/undo/" not in desk.get(PAGE).content.decode()


def test_a_stroke_is_one_line_with_one_undo(desk: Client) -> None:
    stroke = acting(cast.tomas(), batch=uuid.uuid4())
    for number in range(3):
        question = factories.asked(f"Number {number}?")
        keep(question, by=stroke, seen=question.version)
    page = words(desk.get(PAGE))
    assert "3 questions or episodes: kept, <bdi>Tomas Reyl</bdi>" in page
    assert page.count(f"/desk/queue/undo/{stroke.batch}/") == 1


def test_it_costs_the_same_however_long(desk: Client) -> None:
    kept()
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    for number in range(12):
        kept(f"Number {number}?")
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(many) == len(few)


def test_every_verb_of_the_house_has_words() -> None:
    assert set(HOUSE_DONE) == set(HOUSE)
    told = {"name": "Viv", "role": "host", "what": "promises", "fields": ["leave_url"], "kind": "join", "slug": "a"}
    for verb in HOUSE:
        said = words_of(Event(verb=verb, subject_kind="house", details=told))
        assert said
        assert "{" not in said
    assert words_of(Event(verb=Verb.SET, subject_kind="house", details=told)) == "changed: promises (leave_url)"
    assert words_of(Event(verb=Verb.JOIN, subject_kind="house", details={})) != ""


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(desk: Client) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "Plain"]
    for number, name in enumerate(names):
        host = Person.objects.create(name=name, slug=f"host-{number}", role=Role.HOST)
        question = factories.asked()
        keep(question, by=acting(host), seen=question.version)
    found = [row["who"] for row in reversed(rows(desk, "?verb=keep"))]
    assert found == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "Plain"]


def test_both_files_hold_the_same_and_can_be_read(desk: Client) -> None:
    kept()
    factories.published_episode()
    answer = desk.get(JSON)
    assert answer["Content-Disposition"].endswith('-history.json"')
    assert "no-store" in answer["Cache-Control"]
    objects = json.loads(b"".join(answer))
    assert objects == rows(desk)
    assert len(objects) == Event.objects.count()


CANARIES = {
    name: f"zq{name}canary"
    for name in (
        "text", "signoff", "wording", "draft", "note", "reply", "added", "comment", "quote", "reason", "title",
        "summary", "bio", "private",
    )
}  # fmt: skip


def test_no_word_of_a_question_stands_in_it_or_in_its_files(desk: Client) -> None:
    """Every place that takes words holds one that nothing else does; the history knows none of them."""
    by, c = acting(cast.tomas()), CANARIES
    question = factories.asked(c["text"], c["signoff"])
    claim(question, by=by, seen=1)
    question.refresh_from_db()
    reword(question, text=c["wording"], sign_off=c["signoff"], by=by, seen=question.version)
    question.refresh_from_db()
    draft(question, body=c["draft"], by=by, seen=question.version)
    question.refresh_from_db()
    preview(question, by=by, seen=question.version)
    correspond.note(question, text=c["note"], by=by)
    correspond.reply(question, text=c["reply"], by=by)
    correspond.add(question, text=c["added"])
    comment(question, text=c["comment"], by=by, part=Part.ANSWER, quote=c["quote"])
    object_to_airing(question)
    private = factories.asked(c["text"])
    correspond.answer_privately(private, text=c["private"], by=by, seen=1)
    turned_down = factories.asked(c["text"])
    reason = DeclineReason.objects.create(slug="no", label="No", words=c["reason"])
    decline(turned_down, reason=reason, by=by, seen=1)
    withdraw(turned_down)
    factories.published_episode(c["title"], summary=c["summary"], answers=[factories.approved_answer(c["text"])])
    edit_person(cast.viv(), Profile("Viv", "viv", bio=c["bio"]), by=acting(cast.noor()))
    files = [b"".join(desk.get(address)).decode() for address in (CSV, JSON)]
    everywhere = [desk.get(PAGE).content.decode(), desk.get(f"{PAGE}?who=asker").content.decode(), *files]
    assert Event.objects.count() > 20
    assert [canary for canary in c.values() for told in everywhere if canary in told] == []
    assert [canary for canary in c.values() if canary in str(list(Event.objects.values()))] == []


def test_a_viewer_sees_none_of_it() -> None:
    for address in (PAGE, CSV, JSON):
        assert cast.signed_in(cast.viv()).get(address).status_code == 403
