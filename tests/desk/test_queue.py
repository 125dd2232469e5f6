"""The queue: every question once, a page at a time, at the same cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.models import Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

ROW = re.compile(r'<a class="queue__question" href="/desk/questions/([0-9a-f-]{36})/')
STRANGE_PLACES = ["", "x", "2026-13-40.1", "0000-00-00.1", "2026-01-01." + "9" * 40, "%00", "9999-12-31.1"]
MORE = re.compile(r'<a href="(/desk/queue/waiting/\?from=[^"]+)">Later ones')


def test_every_question_is_reached_once_however_long_the_queue() -> None:
    asked = [factories.asked(f"question {number}") for number in range(120)]
    # Three days, so that a page ends in the middle of one.
    for position, question in enumerate(asked):
        day = timezone.localdate() - timedelta(days=position % 3)
        Question.objects.filter(pk=question.pk).update(arrived_on=day)
    client, address, found = cast.signed_in(cast.noor()), "/desk/", list[str]()
    pages = 0
    while address:
        page = client.get(address).content.decode()
        found += ROW.findall(page)
        pages += 1
        more = MORE.search(page)
        address = more[1] if more else ""
    expected = Question.objects.in_queue_order().values_list("ref", flat=True)
    assert found == [str(ref) for ref in expected]
    assert pages == 3


def queries_of(address: str) -> int:
    client = cast.signed_in(cast.noor())
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_long_queue_takes_as_many_queries_as_a_short_one() -> None:
    sleep = factories.topic("Sleep")
    first = factories.asked(topics=(sleep,))
    alone = queries_of("/desk/"), queries_of(first.get_absolute_url())
    for number in range(49):
        factories.asked(f"number {number}", topics=(sleep,))
    assert (queries_of("/desk/"), queries_of(first.get_absolute_url())) == alone
    assert max(alone) <= 22


def test_no_page_of_the_queue_counts_rows_off() -> None:
    factories.asked()
    client = cast.signed_in(cast.noor())
    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/?from=2026-01-01.1")
    assert not [query for query in queries if "OFFSET" in query["sql"]]


def test_a_question_further_down_is_on_the_list_beside_it() -> None:
    asked = [factories.asked(f"question {number}") for number in range(52)]
    page = cast.signed_in(cast.noor()).get(asked[51].get_absolute_url()).content.decode()
    assert ROW.findall(page) == [str(asked[51].ref)]


@pytest.mark.parametrize("place", STRANGE_PLACES)
def test_a_strange_place_is_no_fault(place: str) -> None:
    asked = factories.asked()
    client = cast.signed_in(cast.noor())
    assert client.get(f"/desk/?from={place}").status_code == 200
    page = client.get(f"{asked.get_absolute_url()}?from={place}").content.decode()
    assert ROW.findall(page) == [str(asked.ref)]


def test_an_empty_queue_says_so_and_an_unknown_one_is_not_found() -> None:
    client = cast.signed_in(cast.noor())
    assert "There is no question here." in client.get("/desk/").content.decode()
    assert client.get("/desk/queue/imaginary/").status_code == 404


def test_each_state_has_its_own_queue_and_its_count_in_the_masthead() -> None:
    waiting, kept = factories.asked("one"), factories.asked("two")
    keep(kept, by=acting(cast.tomas()), seen=1)
    client = cast.signed_in(cast.noor())
    assert ROW.findall(client.get("/desk/").content.decode()) == [str(waiting.ref)]
    page = client.get("/desk/queue/kept/").content.decode()
    assert ROW.findall(page) == [str(kept.ref)]
    assert 'Kept <span class="nav__count">1</span>' in page
