"""The queue: every question once, a page at a time, at the same cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.decline import decline
from questions.actions.keep import keep
from questions.actions.views import save_view
from questions.models import DeclineReason, Question
from questions.templatetags.counted import counted
from tests import cast, factories

pytestmark = pytest.mark.django_db

ROW = re.compile(r'<a class="queue__question blurs" href="/desk/questions/([0-9a-f-]{36})/')
STRANGE_PLACES = ["", "x", "2.2026-13-40.1", "2.0000-00-00.1", "2.2026-01-01." + "9" * 40, "%00", "9.9999-12-31.1"]
EARLIER = re.compile(r'<a href="(/desk/queue/waiting/[^"]*)" rel="prev">Earlier ones')
MORE = re.compile(r'<a href="(/desk/queue/waiting/\?from=[^"]+)" rel="next">Later ones')


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


def place(asked: Question) -> str:
    return f"{asked.rank}.{asked.arrived_on.isoformat()}.{asked.number}"


def queries_of(address: str) -> int:
    client = cast.signed_in(cast.noor())
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_long_queue_takes_as_many_queries_as_a_short_one() -> None:
    sleep = factories.topic("Sleep")
    save_view(name="Mine", query="state=answering&by=me", by=cast.noor())
    first = factories.asked(topics=(sleep,))
    alone = queries_of("/desk/"), queries_of(first.get_absolute_url())
    for number in range(49):
        factories.asked(f"number {number}", topics=(sleep,))
    assert (queries_of("/desk/"), queries_of(first.get_absolute_url())) == alone
    # Everything that a host may need beside the list; none of it is asked for once more for each row.
    assert max(alone) <= 45


def test_no_page_of_the_queue_counts_rows_off() -> None:
    factories.asked()
    client = cast.signed_in(cast.noor())
    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/?from=2.2026-01-01.1")
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


def test_calls_for_help_stand_first_then_the_young_then_the_oldest() -> None:
    ordinary = factories.asked("Is it rude to nap?")
    young = factories.asked("May I?", held="under-18")
    urgent = factories.asked("I want to kill myself.")
    page = cast.signed_in(cast.noor()).get("/desk/").content.decode()
    assert ROW.findall(page) == [str(urgent.ref), str(young.ref), str(ordinary.ref)]
    assert "urgent first, then oldest" in page


def test_earlier_pages_lead_back_to_the_head() -> None:
    asked = [factories.asked(f"question {number}") for number in range(120)]
    client, address, pages = cast.signed_in(cast.noor()), f"/desk/queue/waiting/?from={place(asked[110])}", []
    while address:
        page = client.get(address).content.decode()
        pages.append(ROW.findall(page)[0])
        earlier = EARLIER.search(page)
        address = earlier[1] if earlier else ""
    assert pages == [str(asked[110].ref), str(asked[60].ref), str(asked[10].ref), str(asked[0].ref)]


def test_the_masthead_counts_anew_after_ones_own_decision_and_looks_only_once_between() -> None:
    first, second = factories.asked("one"), factories.asked("two")
    client = cast.signed_in(cast.noor())
    assert 'Queue <span class="nav__count">2</span>' in client.get("/desk/").content.decode()
    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/")
    assert not [query for query in queries if "GROUP BY state" in query["sql"]]
    keep(first, by=acting(cast.tomas()), seen=1)
    assert 'Queue <span class="nav__count">1</span>' in client.get("/desk/").content.decode()
    reason = DeclineReason.objects.create(slug="no", label="No", words="No, sorry.")
    decline(second, reason=reason, by=acting(cast.tomas()), seen=1)
    assert 'Queue <span class="nav__count">0</span>' in client.get("/desk/").content.decode()


def test_a_pile_is_counted_no_further_than_said() -> None:
    for number in range(4):
        factories.asked(f"number {number}")
    assert Question.objects.counts_by_state(most=3)["waiting"] == 3
    assert (counted(10_000), counted(10_001), counted(1_001, 1_000)) == ("10,000", "10,000+", "1,000+")


def test_a_place_is_a_range_of_the_index_and_nothing_is_sorted() -> None:
    asked = factories.asked()
    found = Question.objects.in_state("waiting").in_queue_order()
    for pages in (found.from_place(2, asked.arrived_on, 1), found.before_place(2, asked.arrived_on, 1)):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # A table of one row is read whole, by any index and sorted, unless that is forbidden.
                for way in ("seqscan", "bitmapscan", "sort"):
                    cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = pages[:51].explain()
        assert "question_queue" in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
        assert "rank" in plan
