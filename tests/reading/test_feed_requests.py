"""Asking for a feed again costs little: the same bytes while nothing changes, and 304 to whoever has them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.actions.invite import invite
from questions.actions.retract import retract
from questions.actions.share import share_preview
from questions.actions.undo import undo
from questions.lifecycle import Role
from questions.models import Resource
from tests import cast
from tests.factories import approved_answer, assembled_episode, host, published_episode, the_time, topic, verdict
from tests.reading.feed_documents import FORMATS, TYPES

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("format", FORMATS)]


def test_the_bytes_stay_the_same_until_something_changes(client: Client, format: str) -> None:
    episode = published_episode()
    with the_time(datetime(2030, 1, 1, tzinfo=UTC)):
        first = client.get(f"/feeds/episodes.{format}")
    with the_time(datetime(2031, 1, 1, tzinfo=UTC)):
        second = client.get(f"/feeds/episodes.{format}")
        assembled_episode("Coming", slug="coming", answers=[approved_answer()])
        third = client.get(f"/feeds/episodes.{format}")
    assert first.content == second.content == third.content
    told = ("ETag", "Last-Modified")
    assert [first.headers[name] for name in told] == [second.headers[name] for name in told]
    assert [first.headers[name] for name in told] == [third.headers[name] for name in told]
    correct(episode, bodies=["Less."], words="Less.", by=acting(host()), seen=episode.version)
    assert client.get(f"/feeds/episodes.{format}").headers["ETag"] != first.headers["ETag"]


def test_who_has_it_already_gets_304_and_no_words(client: Client, format: str) -> None:
    published_episode()
    address = f"/feeds/episodes.{format}"
    full = client.get(address)
    for header, value in (("If-None-Match", full["ETag"]), ("If-Modified-Since", full["Last-Modified"])):
        answer = client.get(address, headers={header: value})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == full.headers["ETag"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    stale = client.get(address, headers={"If-None-Match": '"another"', "If-Modified-Since": full["Last-Modified"]})
    assert stale.status_code == 200


def test_taking_down_and_undoing_that_are_news_to_whoever_asks_by_time(client: Client, format: str) -> None:
    address = f"/feeds/episodes.{format}"
    with the_time(datetime(2026, 1, 1, tzinfo=UTC)):
        published_episode("Stays", slug="stays")
        episode = published_episode("Goes", slug="goes")
        before = client.get(address)["Last-Modified"]
    with the_time(datetime(2026, 1, 2, tzinfo=UTC)):
        event = retract(episode, by=acting(host()), seen=episode.version)
        gone = client.get(address, headers={"If-Modified-Since": before})
        assert gone.status_code == 200
        assert b"Goes" not in gone.content
    with the_time(datetime(2026, 1, 3, tzinfo=UTC)):
        undo(event, by=acting(host()))
        back = client.get(address, headers={"If-Modified-Since": gone["Last-Modified"]})
        assert back.status_code == 200
        assert b"Goes" in back.content


def test_what_is_done_behind_the_scenes_leaves_no_time_in_a_feed(client: Client, format: str) -> None:
    address = f"/feeds/episodes.{format}"
    with the_time(datetime(2026, 1, 1, tzinfo=UTC)):
        published_episode()
        owner = acting(cast.noor())
        before = client.get(address)["Last-Modified"]
    with the_time(datetime(2026, 1, 2, tzinfo=UTC)):
        invite(role=Role.HOST, days=7, by=owner)
        share_preview(assembled_episode(), days=7, by=owner)
        assert client.get(address)["Last-Modified"] == before


def test_a_question_about_the_headers_alone_gets_them_alone(client: Client, format: str) -> None:
    published_episode()
    full, head = client.get(f"/feeds/episodes.{format}"), client.head(f"/feeds/episodes.{format}")
    assert (head.status_code, head.content) == (200, b"")
    same = ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Access-Control-Allow-Origin")
    assert [head.headers[name] for name in same] == [full.headers[name] for name in same]
    assert full.headers["Content-Type"] == TYPES[format]
    assert client.post(f"/feeds/episodes.{format}").status_code == 405


@pytest.mark.parametrize("feed", ["episodes", "topics/sleep", "people/tomas", "safe/episodes"])
def test_a_feed_costs_the_same_queries_however_much_is_in_it(client: Client, feed: str, format: str) -> None:
    def publish(number: int) -> None:
        other = Resource(kind="episode", title="Other", url=f"/episodes/number-{number - 1}/")
        hidden = Resource(kind="episode", title="Hidden", url="/episodes/hidden/")
        published_episode(
            f"Number {number}", slug=f"number-{number}", topics=[topic()], verdict=verdict().words,
            answers=[approved_answer("Once?"), approved_answer("Twice?")], resources=[other, hidden],
        )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/feeds/{feed}.{format}").status_code == 200
        return len(captured)

    assembled_episode("Hidden", slug="hidden")
    publish(1)
    publish(2)
    of_two = queries()
    publish(3)
    publish(4)
    assert queries() == of_two
    assert of_two <= 25
