"""The filter of a queue: it stands in the address, travels with every link and decision, and never fails."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.consent import ask_for_change, object_to_airing, preview
from questions.models import Airing, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

ROW = re.compile(r'data-ref="([0-9a-f-]{36})"')


def listed(address: str) -> list[str]:
    """The words of the questions that stand on the list at that address."""
    refs = ROW.findall(cast.signed_in(cast.noor()).get(address).content.decode())
    words = {str(question.ref): question.text or "" for question in Question.objects.all()}
    return [words[ref] for ref in refs]


def waiting() -> None:
    """Six questions that differ in everything a waiting queue is filtered by."""
    factories.asked("plain")
    factories.asked("I want to kill myself.", airing=Airing.PRIVATE)
    factories.asked("May I?", held="under-18", language="de")
    factories.asked("Buy now!", held="spam", language="de-AT")
    factories.asked("Ask me: me@example.org", airing=Airing.PREVIEW)
    old = factories.asked("old", topics=(factories.topic("Sleep"),))
    Question.objects.filter(pk=old.pk).update(arrived_on=timezone.localdate() - timedelta(days=8))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("flag=help", ["I want to kill myself."]),
        ("flag=under-18", ["May I?"]),
        ("flag=spam", ["Buy now!"]),
        ("flag=held", ["May I?", "Buy now!"]),
        ("flag=clues", ["Ask me: me@example.org"]),
        ("flag=wants-change", []),
        ("topic=sleep", ["old"]),
        ("language=de", ["May I?", "Buy now!"]),
        ("language=de-AT", ["Buy now!"]),
        ("older=7", ["old"]),
        ("older=8", []),
        ("consent=private", ["I want to kill myself."]),
        ("consent=wording", ["Ask me: me@example.org"]),
        ("consent=no", []),
        ("consent=freely&flag=held", ["May I?", "Buy now!"]),
        ("consent=freely&flag=held&language=de-AT", ["Buy now!"]),
        ("by=nobody&older=3", ["old"]),
    ],
)
def test_the_list_holds_what_fits_and_nothing_else(query: str, words: list[str]) -> None:
    waiting()
    assert listed(f"/desk/queue/waiting/?{query}") == words


def test_questions_are_found_by_whose_they_are_and_by_what_their_askers_said() -> None:
    mine, theirs, refused, other = (factories.asked(words, airing=Airing.PREVIEW) for words in WORDS)
    for asked, person in ((mine, cast.noor()), (theirs, cast.tomas()), (refused, cast.tomas()), (other, cast.tomas())):
        claim(asked, by=acting(person), seen=1)
        asked.refresh_from_db()
        preview(asked, by=acting(person), seen=asked.version)
    object_to_airing(refused)
    ask_for_change(other, wording=1, text="Without the wedding.")
    assert listed("/desk/queue/answering/?by=me") == ["mine"]
    assert listed("/desk/queue/answering/?by=tomas") == ["theirs", "refused", "another"]
    assert listed("/desk/queue/answering/?by=nobody") == []
    assert listed("/desk/queue/answering/?consent=no") == ["refused"]
    assert listed("/desk/queue/answering/?flag=wants-change") == ["another"]


WORDS = ["mine", "theirs", "refused", "another"]

STRANGE = [
    ("flag=purple", "Flag: purple"),
    ("topic=cheese", "Topic: cheese"),
    ("language=%F0%9F%A6%86", "Language: 🦆"),
    ("older=soon", "Older than (days): soon"),
    ("older=-3", "Older than (days): -3"),
    ("older=99999999999", "Older than (days): 99999999999"),
    ("by=mallory", "Claimed by: mallory"),
    ("consent=%00", "Permission: "),
    ("topic=%3Cscript%3E", "Topic: &lt;script&gt;"),
    ("flag=" + "x" * 5000, "Flag: " + "x" * 60),
]


@pytest.mark.parametrize(("query", "said"), STRANGE)
def test_what_nobody_knows_filters_nothing_and_is_said(query: str, said: str) -> None:
    factories.asked("plain")
    page = cast.signed_in(cast.noor()).get(f"/desk/queue/waiting/?{query}").content.decode()
    assert len(ROW.findall(page)) == 1
    assert said in page
    assert "filters nothing" in page


def test_the_filter_travels_with_the_links_and_the_next_question_honours_it() -> None:
    topic = factories.topic("Sleep")
    first, _other, third = (factories.asked(str(n), topics=(topic,) if n != 2 else ()) for n in (1, 2, 3))
    client = cast.signed_in(cast.noor())
    page = html.unescape(client.get("/desk/queue/waiting/?topic=sleep").content.decode())
    assert f'href="{first.get_absolute_url()}?topic=sleep#chosen"' in page
    assert f'action="/desk/questions/{first.ref}/keep/?topic=sleep"' in page
    response = client.post(f"/desk/questions/{first.ref}/keep/?topic=sleep", {"seen": 1})
    assert response["Location"] == f"{third.get_absolute_url()}?topic=sleep#chosen"
    response = client.post(f"/desk/questions/{third.ref}/keep/?topic=sleep", {"seen": 1})
    assert response["Location"] == "/desk/queue/waiting/?topic=sleep"


def test_each_chip_takes_one_filter_away() -> None:
    waiting()
    page = html.unescape(cast.signed_in(cast.noor()).get("/desk/queue/waiting/?flag=held&language=de").content.decode())
    chips = re.findall(r'class="chip" href="([^"]*)">([^<]*) <', page)
    assert chips == [
        ("/desk/queue/waiting/?flag=held", "Language: Deutsch"),
        ("/desk/queue/waiting/?language=de", "Flag: Held for whatever reason"),
    ]
    assert "<strong>2 of 6 waiting</strong>" in page


def test_an_empty_list_says_what_hides_the_others() -> None:
    waiting()
    page = cast.signed_in(cast.noor()).get("/desk/queue/waiting/?flag=wants-change").content.decode()
    assert "No question fits what the list is filtered by: Flag: Asker wants a change." in " ".join(page.split())
    assert '<a href="/desk/queue/waiting/">Show all of them</a>' in page


def test_the_form_leads_to_a_short_address_that_can_be_kept() -> None:
    sent: dict[str, Any] = {"state": "kept", "flag": "clues", "topic": "", "consent": "", "by": "", "older": " 7 "}
    response = cast.signed_in(cast.noor()).get("/desk/", sent)
    assert response["Location"] == "/desk/queue/kept/?older=7&flag=clues"


def test_pages_of_a_filtered_list_reach_every_question_that_fits_once() -> None:
    topic = factories.topic("Sleep")
    fitting = [factories.asked(f"n{n}", topics=(topic,) if n % 2 else ()) for n in range(110)][1::2]
    client, address, found = cast.signed_in(cast.noor()), "/desk/queue/waiting/?topic=sleep", list[str]()
    while address:
        page = html.unescape(client.get(address).content.decode())
        found += ROW.findall(page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        address = more[1] if more else ""
    assert found == [str(asked.ref) for asked in fitting]
