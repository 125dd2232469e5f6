"""A list costs as many queries with one episode as with a full page of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from questions.models import Credit, CreditRole, Episode, Synonym, Topic, Video
from tests import cast
from tests.factories import approved_answer, published_episode, scheduled_episode, the_time, topic, verdict

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/", "/episodes/", "/topics/", "/topics/sleep/", "/seasons/1/", "/people/noor/", "/people/tomas/",
    "/verdicts/you/", "/about/",
)  # fmt: skip

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def rich(number: int) -> dict[str, Any]:
    """The contents of an episode that is in every list, with something of everything a row shows."""
    sleep, narrow = topic(), topic(f"Sleep {number % 3}", parent=topic())
    Synonym.objects.get_or_create(topic=narrow, word=f"nap {number % 3}")
    people = [Credit(person=cast.noor(), role=CreditRole.ASKED), Credit(person=cast.tomas(), role=CreditRole.ANSWERED)]
    film = Video(url="https://vimeo.com/76979871", title="Loud", level=3, kinds=["sex"])
    return {
        "topics": [sleep, narrow], "verdict": verdict().words, "credits": people, "videos": [film], "language": "de",
        "answers": [approved_answer(answerer=cast.ines() if number % 2 else None)], "number": number,
    }  # fmt: skip


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_twenty_five_episodes_cost_as_much_as_one(client: Client) -> None:
    published_episode("First", at=NEW_YEAR, **rich(1))
    with_one = {address: cost(client, address) for address in ADDRESSES}
    for number in range(2, 25):
        published_episode(f"Number {number}", at=NEW_YEAR + timedelta(days=number), **rich(number))
    # One has aired by its time alone, so that its words are still sealed.
    with the_time(NEW_YEAR):
        scheduled_episode("By itself", at=NEW_YEAR + timedelta(days=90), **rich(25))
    assert Episode.objects.filter(aired_script__isnull=True).count() == 1
    assert Topic.objects.count() == 4
    with_many = {address: cost(client, address) for address in ADDRESSES}
    assert with_many == with_one
