"""A question that goes on from an episode says so at the desk, in the list and on its own page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from questions.actions.acting import acting
from questions.actions.retract import retract
from questions.models import Episode
from tests import cast, factories

pytestmark = pytest.mark.django_db

SAME = "Is it rude to nap at a wedding?"


@pytest.fixture
def episode() -> Episode:
    return factories.published_episode("Naps at <weddings>", slug="naps")


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_row_and_the_page_say_which_episode_it_goes_on_from(episode: Episode) -> None:
    question = factories.asked("And then?", follows_up=episode)
    host, viewer = cast.signed_in(cast.tomas()), cast.signed_in(cast.viv())
    for somebody in (host, viewer):
        assert "a follow-up to “Naps at &lt;weddings&gt;”" in page(somebody, "/desk/")
        assert "<dt>A follow-up to</dt>" in page(somebody, question.get_absolute_url())
    address = f'href="/desk/episodes/{episode.ref}/preview/"'
    assert address in page(host, question.get_absolute_url())
    assert address not in page(viewer, question.get_absolute_url())


def test_a_question_that_goes_on_from_nothing_says_nothing() -> None:
    question, host = factories.asked(), cast.signed_in(cast.tomas())
    assert "follow-up" not in page(host, "/desk/").lower()
    assert "follow-up" not in page(host, question.get_absolute_url()).lower()


def test_hosts_still_see_it_when_the_episode_was_taken_down(episode: Episode) -> None:
    question = factories.asked("And then?", follows_up=episode)
    retract(episode, by=acting(cast.noor()), seen=episode.version)
    shown = page(cast.signed_in(cast.tomas()), question.get_absolute_url())
    assert "<bdi>Naps at &lt;weddings&gt;</bdi></a>, taken down" in shown


def test_the_episode_is_not_offered_as_the_answer_to_its_own_follow_up(episode: Episode) -> None:
    host = cast.signed_in(cast.tomas())
    assert "?send=naps#reply" in page(host, factories.asked(SAME).get_absolute_url())
    assert "?send=naps#reply" not in page(host, factories.asked(SAME, follows_up=episode).get_absolute_url())


def test_a_list_of_them_is_read_at_once(episode: Episode) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as counted:
            host.get("/desk/")
        return len(counted)

    host = cast.signed_in(cast.tomas())
    factories.asked("And then?", follows_up=episode)
    reads()
    one = reads()
    for number in range(5):
        factories.asked(f"And then, {number}?", follows_up=episode)
    reads()
    assert reads() == one
