"""Deciding about several at once: first what will become of each, then one stroke, one undo, and no lost refusal."""

import html
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.keep import keep
from questions.models import DeclineReason, Event, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db

STRAY = [
    {}, {"do": "keep"}, {"do": "explode", "chosen": ["x"]}, {"do": "keep", "chosen": ["x"]}, {"chosen": [""]},
    {"do": "keep", "chosen": [f"{uuid.UUID(int=0)}:1"]}, {"do": "keep", "chosen": ["\x00:1"]},
    {"do": "keep", "chosen": [f"{uuid.UUID(int=0)}:{'9' * 400}"]}, {"do": "keep", "chosen": [f"{uuid.UUID(int=0)}"]},
    {"do": "\x00", "state": "nowhere"},
]  # fmt: skip


def three() -> list[Question]:
    return [factories.asked(f"number {number}") for number in range(3)]


def ticked(*questions: Question) -> list[str]:
    return [f"{asked.ref}:{asked.version}" for asked in questions]


def states(*questions: Question) -> list[str]:
    return [Question.objects.get(pk=asked.pk).state for asked in questions]


def send(client: Client, page: str, do: str, questions: list[Question], **typed: Any) -> Any:
    return client.post(f"/desk/queue/{page}/", {"do": do, "chosen": ticked(*questions), **typed})


def reason() -> DeclineReason:
    return DeclineReason.objects.create(slug="not-ours", label="Not our kind", words="A librarian is never surprised.")


def test_the_preview_does_nothing_and_says_what_would_happen() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    response = send(client, "preview", "keep", asked)
    assert response.status_code == 200
    assert "This will happen to each of them" in response.content.decode()
    assert response.content.decode().count(" checked>") == 3
    assert states(*asked) == ["waiting"] * 3


def test_the_preview_unticks_what_will_be_refused_and_says_why() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    Question.objects.filter(pk=asked[0].pk).update(held="under-18")
    keep(asked[1], by=acting(cast.tomas()), seen=1)
    page = send(client, "preview", "keep", asked).content.decode()
    assert "It will happen to one of these 3" in " ".join(page.split()) or "to 1 of these 3" in page
    assert "It is held. Lift the hold first." in page
    assert "Somebody else was faster: kept by Tomas Reyl." in page
    assert re.findall(r'value="([0-9a-f-]{36}):1" id="fate-\d+" checked', page) == [str(asked[2].ref)]


def test_one_stroke_keeps_all_and_one_button_takes_it_all_back() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    response = send(client, "decide", "keep", asked)
    assert response["Location"] == "/desk/queue/waiting/"
    assert states(*asked) == ["kept"] * 3
    assert len(set(Event.objects.filter(verb="keep").values_list("batch", flat=True))) == 1
    page = client.get("/desk/").content.decode()
    assert "3 kept." in page
    undo = re.search(r'action="(/desk/queue/undo/[^"]+)"', page)
    assert undo
    response = client.post(undo[1], follow=True)
    assert states(*asked) == ["waiting"] * 3
    assert "Undone for 3." in response.content.decode()


def test_undoing_all_says_which_had_to_stand() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    send(client, "decide", "keep", asked)
    claim(asked[1], by=acting(cast.tomas()), seen=2)
    batch = Event.objects.filter(verb="keep").values_list("batch", flat=True)[0]
    page = client.post(f"/desk/queue/undo/{batch}/", follow=True).content.decode()
    assert states(*asked) == ["waiting", "answering", "waiting"]
    assert "Undone for 2." in page
    assert f"These had to stand, something has happened since: {asked[1].number}." in page


def test_who_was_faster_stays_selected_with_the_reason_and_the_rest_is_done() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    keep(asked[1], by=acting(cast.tomas()), seen=1)
    response = send(client, "decide", "claim", asked)
    page = html.unescape(response.content.decode())
    assert response.status_code == 409
    assert states(*asked) == ["answering", "kept", "answering"]
    assert "One was not done" in page
    assert "Somebody else was faster: kept by Tomas Reyl." in page
    assert re.findall(r'name="chosen" value="([^"]+)"[^>]* checked', page) == [f"{asked[1].ref}:2"]
    assert "2 are yours now." in page
    again = client.post("/desk/queue/decide/", {"do": "claim", "chosen": [f"{asked[1].ref}:2"]})
    assert (again.status_code, states(asked[1])) == (302, ["answering"])


def test_declining_asks_for_the_reason_and_loses_no_tick() -> None:
    asked, why, client = three(), reason(), cast.signed_in(cast.noor())
    response = send(client, "decide", "decline", asked)
    assert response.status_code == 422
    assert "Choose a reason." in response.content.decode()
    assert response.content.decode().count(" checked>") == 3
    send(client, "decide", "decline", asked, reason=why.pk)
    assert states(*asked) == ["declined"] * 3
    assert Question.objects.filter(decline_reason=why).count() == 3


def test_topics_are_added_to_those_that_are_there() -> None:
    sleep, beds = factories.topic("Sleep"), factories.topic("Beds")
    asked = [factories.asked("one", topics=(sleep,)), factories.asked("two")]
    client = cast.signed_in(cast.noor())
    send(client, "decide", "tag", asked, topics=[beds.pk])
    assert [[topic.name for topic in each.topics.all()] for each in asked] == [["Beds", "Sleep"], ["Beds"]]
    batch = Event.objects.filter(verb="tag").values_list("batch", flat=True)[0]
    client.post(f"/desk/queue/undo/{batch}/")
    assert [[topic.name for topic in each.topics.all()] for each in asked] == [["Sleep"], []]


def test_several_follow_one_and_that_one_cannot_follow_itself() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    response = send(client, "decide", "merge", asked, into=f"#{asked[0].number}")
    assert response.status_code == 409
    assert "A question cannot be merged into itself." in response.content.decode()
    assert states(*asked) == ["waiting", "merged", "merged"]
    assert [each.merged_into for each in Question.objects.filter(state="merged")] == [asked[0], asked[0]]


def test_claims_are_released_together() -> None:
    asked, client = three(), cast.signed_in(cast.noor())
    for each in asked:
        claim(each, by=acting(cast.tomas()), seen=1)
        each.refresh_from_db()
    send(client, "decide", "unclaim", asked, state="answering")
    assert states(*asked) == ["kept"] * 3


def test_all_of_a_view_is_what_the_filter_lets_through() -> None:
    topic = factories.topic("Sleep")
    sleepy = [factories.asked(f"sleepy {number}", topics=(topic,)) for number in range(60)]
    factories.asked("wide awake")
    client = cast.signed_in(cast.noor())
    page = client.get("/desk/queue/waiting/?topic=sleep").content.decode()
    assert 'name="all"' in page
    response = client.post("/desk/queue/preview/?topic=sleep", {"do": "keep", "all": "1", "state": "waiting"})
    chosen = re.findall(r'name="chosen" value="([^"]+)"', response.content.decode())
    assert chosen == ticked(*sleepy)
    client.post("/desk/queue/decide/?topic=sleep", {"do": "keep", "chosen": chosen})
    assert Question.objects.filter(state="kept").count() == 60


def test_a_call_for_help_is_not_declined_unseen() -> None:
    asked = [factories.asked("I want to kill myself."), factories.asked("Is it rude?")]
    page = send(cast.signed_in(cast.noor()), "preview", "decline", asked).content.decode()
    assert "One of them calls for help." in page


def test_a_preview_of_many_takes_as_many_queries_as_one_of_few() -> None:
    asked, client = [factories.asked(f"number {number}") for number in range(40)], cast.signed_in(cast.noor())
    taken = []
    for chosen in (asked[:2], asked):
        send(client, "preview", "keep", chosen)
        with CaptureQueriesContext(connection) as queries:
            send(client, "preview", "keep", chosen)
        taken.append(len(queries))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("page", ["preview", "decide"])
@pytest.mark.parametrize("typed", STRAY)
def test_nothing_that_is_sent_is_a_fault(page: str, typed: dict[str, Any]) -> None:
    asked = factories.asked()
    response = cast.signed_in(cast.noor()).post(f"/desk/queue/{page}/", typed)
    assert response.status_code in (302, 422)
    assert states(asked) == ["waiting"]


def test_a_viewer_ticks_nothing_and_a_guest_decides_nothing() -> None:
    asked = factories.asked()
    page = cast.signed_in(cast.viv()).get("/desk/").content.decode()
    assert ('name="chosen"' in page, 'id="bulk"' in page) == (False, False)
    for person in (cast.viv(), cast.ines()):
        assert send(cast.signed_in(person), "decide", "keep", [asked]).status_code == 403
    assert states(asked) == ["waiting"]
