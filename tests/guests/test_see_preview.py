"""An outsider sees a coming episode by a link: as readers will, marked, and only as long as the show wants."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.assemble import disband
from questions.actions.consent import object_to_airing
from questions.actions.retract import retract
from questions.actions.schedule import publish
from questions.actions.share import revoke, share_preview
from questions.models import HOUSE_REF, Episode, Event, Question, SharedLink
from tests import cast, factories
from tests.guests.visitor import page, visitor

pytestmark = pytest.mark.django_db


def shared(episode: Episode, days: int = 7) -> tuple[SharedLink, str]:
    """A link that Tomas made, and its address."""
    link, token = share_preview(episode, days=days, by=acting(cast.tomas()))
    return link, reverse("guests:see-preview", args=[token])


def published(episode: Episode) -> None:
    publish(episode, by=acting(cast.tomas()), seen=episode.version)


def test_an_outsider_sees_what_readers_will_see_and_that_they_do_not_see_it_yet() -> None:
    episode = factories.scheduled_episode("Naps at weddings")
    response = visitor().get(shared(episode)[1])
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Not yet published." in shown
    assert "Nap between the speeches." in shown
    assert '<meta name="robots" content="noindex, nofollow">' in shown
    assert "canonical" not in shown
    assert "/desk/" not in shown
    assert not response.cookies
    wanted = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    assert {name: response[name] for name in wanted} == wanted
    assert visitor().get(episode.get_absolute_url()).status_code == 404


def test_once_it_is_published_the_link_leads_to_its_page() -> None:
    episode = factories.assembled_episode()
    _link, address = shared(episode)
    published(episode)
    response = visitor().get(address)
    assert (response.status_code, response["Location"]) == (302, episode.get_absolute_url())
    episode.refresh_from_db()
    retract(episode, by=acting(cast.tomas()), seen=episode.version)
    assert page(visitor(), address)[0] == 410


@pytest.mark.parametrize("days", [1, 30])
def test_the_link_ends_with_its_last_day(days: int) -> None:
    _link, address = shared(factories.assembled_episode(), days)
    for hours, status in ((24 * days - 1, 200), (24 * days + 1, 410)):
        with factories.the_time(timezone.now() + timedelta(hours=hours)):
            assert page(visitor(), address)[0] == status


def test_a_revoked_link_and_one_to_what_was_taken_apart_show_nothing() -> None:
    episode = factories.assembled_episode()
    link, address = shared(episode)
    _other, second = shared(episode)
    revoke(link, by=acting(cast.noor()))
    assert [page(visitor(), each)[0] for each in (address, second)] == [410, 200]
    disband(episode, by=acting(cast.tomas()), seen=episode.version)
    assert page(visitor(), second)[0] == 410
    assert "Naps" not in page(visitor(), second)[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_looking_is_all_that_it_lets_anybody_do(method: str) -> None:
    assert visitor().generic(method, shared(factories.assembled_episode())[1]).status_code == 405


def test_what_readers_see_already_needs_no_link_and_no_viewer_makes_one() -> None:
    episode = factories.published_episode()
    with pytest.raises(Refused, match="share its own address"):
        shared(episode)
    for days in (0, 31):
        with pytest.raises(Refused, match="Between 1 and 30 days"):
            shared(factories.assembled_episode(), days)
    with pytest.raises(Refused, match="for hosts"):
        share_preview(factories.assembled_episode(), days=3, by=acting(cast.viv()))
    assert not SharedLink.objects.exists()


def test_history_says_who_shared_which_episode_and_not_the_link() -> None:
    episode = factories.assembled_episode()
    link, _address = shared(episode)
    revoke(link, by=acting(cast.noor()))
    about = {"kind": "preview", "ref": str(episode.ref)}
    told = [(event.verb, event.person, event.details) for event in Event.objects.of(HOUSE_REF)]
    assert told == [("share", cast.tomas(), about), ("revoke", cast.noor(), about)]


def test_outsiders_read_nothing_that_its_asker_has_said_no_to() -> None:
    question = factories.asked()
    episode = factories.assembled_episode(answers=[factories.approved_answer(question=question)])
    _link, address = shared(episode)
    assert page(visitor(), address)[0] == 200
    object_to_airing(Question.objects.get(pk=question.pk))
    status, shown = page(visitor(), address)
    assert (status, "cannot be looked at just now" in shown) == (409, True)
    assert "Nap between the speeches." not in shown
    with pytest.raises(Refused, match="has said no to airing it"):
        shared(episode)
