"""The insights count and never quote; small groups do not show; the numbers are exact."""

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.decline import decline
from questions.actions.withdraw import withdraw
from questions.desk.insights.figures import Aired, waits
from questions.models import Airing, DeclineReason, Question, Show, Topic
from tests import cast, factories

pytestmark = pytest.mark.django_db

CANARY = "Zaubernuss"
# A Wednesday in week 20.
NOON = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def asked(count: int, days_ago: int, *, topic: Topic | None = None, **fields: Any) -> list[Question]:
    """So many waiting questions of a day, stored in one go."""
    rows = [
        Question(
            text=f"{CANARY}?", sign_off=CANARY, receipt_digest=uuid.uuid4().hex, ref=uuid.uuid4(),
            arrived_on=NOON.date() - timedelta(days=days_ago), **fields,
        )
        for _number in range(count)
    ]  # fmt: skip
    made = Question.objects.bulk_create(rows)
    if topic:
        Question.topics.through.objects.bulk_create(
            Question.topics.through(question_id=row.pk, topic_id=topic.pk) for row in made
        )
    return made


def page(desk: Client, query: str = "") -> Any:
    with factories.the_time(NOON):
        return desk.get(reverse("desk:insights") + query)


def table(desk: Client, name: str, query: str = "") -> list[list[str]]:
    with factories.the_time(NOON):
        response = desk.get(reverse("desk:insights-table", args=[name]) + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1:]


def finding(response: Any, name: str) -> str:
    return str(next(chart.finding for chart in response.context["charts"] if chart.name == name))


def test_questions_are_counted_by_week_from_monday_to_sunday(desk: Client) -> None:
    asked(6, 2)  # Monday of week 20.
    asked(9, 3)  # Sunday of week 19.
    asked(5, 7 * 11 + 2)  # Monday of the first of the twelve weeks.
    asked(8, 7 * 11 + 3)  # The day before.
    rows = table(desk, "weeks")
    assert (len(rows), rows[0], rows[-2:]) == (12, ["Week 9", "5", "0"], [["Week 19", "9", "0"], ["Week 20", "6", "0"]])
    assert table(desk, "weeks", "?weeks=26")[13:15] == [["Week 8", "8", "0"], ["Week 9", "5", "0"]]
    response = page(desk)
    assert (response.context["asked"], finding(response, "weeks")) == (20, "Much arrives, and nothing has aired")


def test_a_small_week_is_kept_back_with_the_next_so_that_the_total_does_not_tell_it(desk: Client) -> None:
    asked(2, 2)
    asked(6, 9)
    asked(9, 16)
    rows = {label: count for label, count, _aired in table(desk, "weeks")}
    assert (rows["Week 20"], rows["Week 19"], rows["Week 18"], rows["Week 17"]) == ("", "", "9", "0")
    words = " ".join(page(desk).content.decode().split())
    assert "The dashes stand for 8 together." in words
    assert ">2<" not in re.sub(r"<svg.*?</svg>", "", words)


def test_topics_are_named_where_five_ask_and_the_others_are_counted_together(desk: Client) -> None:
    sleep, naps, rare, rarer = (factories.topic(name) for name in ("Sleep", "Naps", "Rare things", "Rarer things"))
    asked(7, 1, topic=naps)
    asked(9, 1, topic=sleep)
    asked(3, 1, topic=rare)
    asked(2, 1, topic=rarer)
    assert table(desk, "topics") == [["Sleep", "9", "0"], ["Naps", "7", "0"], ["Others, together", "5", ""]]
    response = page(desk)
    assert finding(response, "topics") == "They ask most about “Sleep”"
    shown = re.sub(r"<select.*?</select>", "", response.content.decode(), flags=re.DOTALL)
    assert ("Rare things" in shown, "Naps" in shown) == (False, True)
    assert [row[:2] for row in table(desk, "weeks", "?topic=naps")][-1] == ["Week 20", "7"]


def test_what_has_aired_stands_beside_what_was_asked(desk: Client) -> None:
    sleep, naps = factories.topic("Sleep"), factories.topic("Naps")
    asked(9, 1, topic=sleep)
    asked(5, 1, topic=naps)
    for days_ago in (1, 8):
        with factories.the_time(NOON - timedelta(days=40)):
            answer = factories.approved_answer()
        factories.published_episode(
            f"{CANARY} at night", at=NOON - timedelta(days=days_ago), answers=[answer], topics=[naps]
        )
    rows = table(desk, "weeks")
    assert [row[2] for row in rows[-3:]] == ["0", "1", "1"]
    assert table(desk, "topics") == [["Sleep", "9", "0"], ["Naps", "5", "2"]]
    assert finding(page(desk), "topics") == "We talk about “Naps”; they ask about “Sleep”"


def test_days_from_asked_to_aired_need_ten_for_a_median_and_twenty_for_quartiles() -> None:
    def after(days: list[int]) -> list[Aired]:
        return [Aired(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=wait), 1) for wait in days]

    assert (waits([]).median, waits(after(list(range(9)))).median) == (None, None)
    ten = waits(after(list(range(1, 11))))
    assert (ten.median, ten.quartiles) == (6, None)
    twenty = waits(after(list(range(1, 21))))
    assert (twenty.median, twenty.quartiles, twenty.table.counts.counts) == (10, (6, 15), [6, 7, 7, 0, 0])


def test_what_was_declined_is_counted_by_reason(desk: Client) -> None:
    reasons = [
        DeclineReason.objects.create(slug=slug, label=label, words="No.")
        for slug, label in (("medical", "Medical"), ("too-long", "Too long"), ("rare", "A rare reason"))
    ]
    with factories.the_time(NOON):
        for reason, count in zip(reasons, (7, 6, 1), strict=True):
            for question in asked(count, 3):
                decline(question, reason=reason, by=acting(cast.noor()), seen=1)
    assert table(desk, "declined") == [["Medical", "7"], ["Others, together", "7"]]
    assert finding(page(desk), "declined") == "Most often declined: Medical"


def test_waiting_is_counted_by_age_and_consent_by_what_is_allowed(desk: Client) -> None:
    for count, days_ago, airing in (
        (5, 0, Airing.FREELY),
        (6, 6, Airing.PREVIEW),
        (7, 29, "private"),
        (8, 30, "preview"),
    ):
        asked(count, days_ago, airing=airing)
    assert table(desk, "ages") == [["Today", "5"], ["Under a week", "6"], ["Under a month", "7"], ["Longer", "8"]]
    assert [row[1] for row in table(desk, "allowed")] == ["14", "5", "7", "0"]
    response = page(desk)
    assert (response.context["waiting"], finding(response, "allowed")) == (
        26,
        "Most askers want to see the wording first",
    )


def test_whoever_took_a_question_back_is_counted_so_that_two_sums_do_not_tell_how_many(desk: Client) -> None:
    asked(20, 2)
    for question in asked(2, 2):
        withdraw(question)
    assert table(desk, "weeks")[-1][1] == "22"
    assert {row[1] for row in table(desk, "allowed")} == {""}


def test_so_little_that_it_would_give_itself_away_is_not_shown_at_all(desk: Client) -> None:
    asked(3, 2)
    response = page(desk)
    assert (response.context["asked"], response.context["waiting"]) == (None, None)
    assert finding(response, "weeks") == "Too little arrives to be counted here"
    assert {row[1] for row in table(desk, "weeks")} == {""}


def test_no_word_of_any_question_is_on_the_page_or_in_a_table(desk: Client) -> None:
    asked(9, 2, topic=factories.topic())
    answer = factories.approved_answer(CANARY, CANARY)
    factories.published_episode(f"{CANARY} at night", at=NOON - timedelta(days=1), answers=[answer])
    everything = page(desk).content.decode()
    for name in ("weeks", "topics", "waits", "ages", "declined", "allowed", "wordings"):
        everything += str(table(desk, name))
    assert CANARY not in everything


def test_the_page_asks_the_database_as_often_for_500_questions_as_for_one(desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(desk)
        return len(found)

    asked(1, 1, topic=factories.topic())
    page(desk)
    before = queries()
    for days_ago in range(50):
        asked(10, days_ago, topic=factories.topic(f"Topic {days_ago}"))
    assert queries() == before


def test_every_chart_is_a_named_image_with_its_table(desk: Client) -> None:
    asked(9, 2, topic=factories.topic("Things <b> & co"))
    words = page(desk).content.decode()
    for svg in re.findall(r'<svg class="chart.*?</svg>', words, re.DOTALL):
        named = re.search(r'role="img".*aria-labelledby="(\S+) (\S+)"', svg)
        assert named
        assert f'<title id="{named[1]}">' in svg
        assert f'<desc id="{named[2]}">' in svg
    assert words.count('<svg class="chart chart--narrow') == words.count("<details class=") == 4
    assert "Things &lt;b&gt; &amp; co" in words
    assert not re.search(r"\sstyle=", words)


def test_a_chart_is_turned_round_for_who_writes_from_the_right(desk: Client) -> None:
    Show(language="ar").save()
    asked(9, 2)
    drawn = page(desk).context["charts"][3].narrow
    assert {round(bar.x + bar.width) for bar in drawn.bars} == {58}
    assert drawn.words[0].x == 100


@pytest.mark.parametrize("query", ["?weeks=13", "?weeks=x", "?topic=nowhere", "?weeks=12&topic=%00"])
def test_an_address_that_names_nothing_is_told_so(desk: Client, query: str) -> None:
    assert page(desk, query).status_code == 422
    with factories.the_time(NOON):
        assert desk.get(reverse("desk:insights-table", args=["weeks"]) + query)["Location"] == reverse("desk:insights")


def test_a_label_is_no_formula_in_a_spreadsheet(desk: Client) -> None:
    asked(9, 2, topic=factories.topic("=1+1"))
    assert table(desk, "topics") == [["'=1+1", "9", "0"]]
