"""Saved views: a filtered queue under a name, with a key and a count; one's own to change, a shared one all hosts'."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from questions.actions.views import save_view
from questions.models import Person, SavedView
from tests import cast, factories

pytestmark = pytest.mark.django_db

TAB = re.compile(r'<a href="([^"]+)"[^>]* data-key="(\d)">([^<]+) <span class="nav__count">([^<]+)</span>')


def tabs(person: Person, address: str = "/desk/") -> list[tuple[str, str, str, str]]:
    page = html.unescape(cast.signed_in(person).get(address).content.decode())
    return [(key, name, count, address) for address, key, name, count in TAB.findall(page)]


def change(client: Client, view: SavedView, do: str, **typed: Any) -> Any:
    return client.post(f"/desk/queue/views/{view.ref}/", {"do": do, **typed}, follow=True)


def names(person: Person) -> list[str]:
    return [view.name for view in SavedView.objects.for_person(person)]


def test_a_filtered_list_is_kept_under_a_name_and_stands_above_every_list() -> None:
    factories.asked("one", topics=(factories.topic("Sleep"),))
    factories.asked("two")
    client = cast.signed_in(cast.noor())
    response = client.post("/desk/queue/views/save/?topic=sleep", {"name": "Sleepy", "state": "waiting"})
    assert response["Location"] == "/desk/queue/waiting/?topic=sleep"
    assert SavedView.objects.get().query == "state=waiting&topic=sleep"
    assert tabs(cast.noor(), "/desk/queue/kept/") == [("1", "Sleepy", "1", "/desk/queue/waiting/?topic=sleep")]
    assert tabs(cast.tomas()) == []


def test_a_shared_view_is_everybodys_to_use_and_its_owners_to_change() -> None:
    view = save_view(name="My claims", query="state=answering&by=me", by=cast.noor())
    change(cast.signed_in(cast.noor()), view, "share")
    assert tabs(cast.tomas()) == [("1", "My claims", "0", "/desk/queue/answering/?by=me")]
    assert change(cast.signed_in(cast.tomas()), view, "delete").status_code == 409
    assert change(cast.signed_in(cast.tomas()), view, "rename", name="Mine").status_code == 409
    assert names(cast.noor()) == ["My claims"]
    change(cast.signed_in(cast.noor()), view, "keep")
    assert tabs(cast.tomas()) == []
    assert change(cast.signed_in(cast.tomas()), view, "delete").status_code == 404


def test_views_are_renamed_moved_and_deleted() -> None:
    client = cast.signed_in(cast.noor())
    first, second, third = (save_view(name=name, query="state=kept", by=cast.noor()) for name in ("a", "b", "c"))
    change(client, third, "up")
    assert names(cast.noor()) == ["a", "c", "b"]
    change(client, first, "down")
    change(client, first, "down")
    change(client, first, "down")
    assert names(cast.noor()) == ["c", "b", "a"]
    change(client, second, "rename", name=" Beds ")
    change(client, third, "delete")
    assert names(cast.noor()) == ["Beds", "a"]


@pytest.mark.parametrize(("name", "status"), [("", 422), ("x" * 61, 422), ("A", 409), ("a\x00b", 422)])
def test_a_name_that_cannot_be_is_given_back_as_it_was_typed(name: str, status: int) -> None:
    save_view(name="a", query="state=kept", by=cast.noor())
    client = cast.signed_in(cast.noor())
    response = client.post("/desk/queue/views/save/?flag=clues", {"name": name, "state": "kept"})
    page = html.unescape(response.content.decode())
    assert response.status_code == status
    assert 'action="/desk/queue/views/save/?flag=clues"' in page
    assert f'value="{name}"' in page
    assert names(cast.noor()) == ["a"]


def test_a_view_whose_topic_is_gone_is_still_a_list() -> None:
    topic = factories.topic("Sleep")
    save_view(name="Sleepy", query="state=nowhere&topic=sleep&flag=clues", by=cast.noor())
    topic.delete()
    assert tabs(cast.noor()) == [("1", "Sleepy", "0", "/desk/queue/waiting/?flag=clues")]


def test_only_nine_have_a_key_and_forty_are_enough() -> None:
    for number in range(40):
        save_view(name=f"view {number:02}", query="state=kept", by=cast.noor())
    assert [tab[0] for tab in tabs(cast.noor())] == list("123456789")
    response = cast.signed_in(cast.noor()).post("/desk/queue/views/save/", {"name": "one more", "state": "kept"})
    assert response.status_code == 409
    assert "You keep 40 views already." in response.content.decode()


def test_a_name_that_is_not_taken_is_still_in_its_box() -> None:
    noor = cast.noor()
    ours, other = (save_view(name=name, query="state=kept", by=noor) for name in ("Ours", "Other"))
    response = cast.signed_in(noor).post(f"/desk/queue/views/{ours.ref}/", {"name": "x" * 61, "do": "rename"})
    assert response.status_code == 422
    assert [(view, name) for view, _queue, name in response.context["views"]] == [(ours, "x" * 61), (other, "Other")]
