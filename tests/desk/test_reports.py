"""The room of what readers tell: found at once, read, seen to, settled, and taken up again."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Actor, Refused, acting
from questions.actions.retract import retract
from questions.actions.settle import settle, take_up
from questions.actions.undo import undo
from questions.lifecycle import EPISODE, EpisodeState, Role, Verb
from questions.models import Episode, Event, Report, ReportKind
from tests import cast, factories
from tests.asking.planted import CANARY, everything_stored
from tests.history import assert_history_is_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode() -> Episode:
    return factories.published_episode("Naps at weddings", slug="naps")


@pytest.fixture
def host() -> Client:
    return cast.signed_in(cast.tomas())


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def words_in_order(shown: str) -> list[str]:
    return re.findall(r'href="/desk/reports/[^"]+" dir="auto">([^<]*)<', shown)


# The list


def test_calls_for_help_come_first_then_what_is_to_go_then_what_is_wrong_each_oldest_first(
    host: Client, episode: Episode
) -> None:
    days_and_reports: list[tuple[int, str, str]] = [
        (1, "wrong", "A dead link."),
        (2, "about-me", "My street is named."),
        (3, "wrong", "I want to die."),
        (0, "about-me", "My aunt is named."),
        (0, "wrong", "A wrong year."),
    ]
    for days, kind, text in days_and_reports:
        with factories.the_time(timezone.now() + timedelta(days=days)):
            factories.report(episode, kind=kind, text=text)
    assert words_in_order(page(host, "/desk/reports/")) == [
        "I want to die.", "My aunt is named.", "My street is named.", "A wrong year.", "A dead link.",
    ]  # fmt: skip


def test_an_empty_list_says_how_it_fills(host: Client) -> None:
    assert "None. Under every episode, readers find the way" in page(host, "/desk/reports/")


def test_a_long_list_has_pages(host: Client, episode: Episode) -> None:
    for number in range(51):
        factories.report(episode, kind="wrong", text=f"Number {number}.")
    shown = page(host, "/desk/reports/")
    assert len(words_in_order(shown)) == 50
    assert words_in_order(page(host, "/desk/reports/?page=2")) == ["Number 50."]
    assert len(words_in_order(page(host, "/desk/reports/?page=x"))) == 50


def test_every_page_of_the_desk_says_how_many_are_open_and_nothing_where_none_is(
    host: Client, episode: Episode
) -> None:
    assert "/desk/reports/" not in page(host, "/desk/")
    told = factories.report(episode)
    factories.report(episode, kind="wrong")
    for somebody in (host, cast.signed_in(cast.viv())):
        assert 'Reports <span class="nav__count">2</span>' in page(somebody, "/desk/")
    settle(told, outcome="Done.", by=acting(cast.tomas()))
    assert 'Reports <span class="nav__count">1</span>' in page(host, "/desk/")
    assert 'href="/desk/reports/"' in page(host, "/desk/house/")


def test_the_list_takes_the_same_number_of_reads_however_many_there_are(host: Client, episode: Episode) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as counted:
            host.get("/desk/reports/")
        return len(counted)

    factories.report(episode)
    reads()
    few = reads()
    for _more in range(9):
        factories.report(episode)
    assert reads() == few


# One report


def test_it_shows_the_words_the_episode_and_the_ways_to_do_something(host: Client, episode: Episode) -> None:
    told = factories.report(episode, text="My <b>street</b>\nis named.")
    other = factories.report(episode, kind="wrong", text="A dead link.")
    shown = page(host, told.get_absolute_url())
    assert "This is about them: please remove it" in shown
    assert "My &lt;b&gt;street&lt;/b&gt;<br>is named." in shown
    assert "Naps at weddings" in shown
    for name in ("correct-episode", "retract-episode", "preview-episode"):
        assert f'href="{reverse(f"desk:{name}", args=[episode.ref])}"' in shown
    assert 'href="/episodes/naps/"' in shown
    assert words_in_order(shown) == ["A dead link."]
    assert other.get_absolute_url() in shown


def test_of_an_episode_that_was_taken_down_it_offers_no_correction(host: Client, episode: Episode) -> None:
    told = factories.report(episode, text="")
    retract(episode, by=acting(cast.noor()), seen=episode.version)
    shown = page(host, told.get_absolute_url())
    assert "Retracted" in shown
    assert "Without a word" in shown
    assert reverse("desk:correct-episode", args=[episode.ref]) not in shown
    assert 'href="/episodes/naps/"' not in shown


def test_a_call_for_help_says_that_nobody_can_write_back(host: Client, episode: Episode) -> None:
    shown = page(host, factories.report(episode, text="I want to die.").get_absolute_url())
    assert "This may be a call for help." in shown
    assert "Nobody can write back." in shown


def test_viewers_read_and_are_offered_nothing(episode: Episode) -> None:
    told = factories.report(episode, text="My street is named.")
    shown = page(cast.signed_in(cast.viv()), told.get_absolute_url())
    assert "My street is named." in shown
    assert not any(way in shown for way in ("/settle/", "/correct/", "/retract/", "<textarea"))


def test_what_is_not_there_is_not_found(host: Client) -> None:
    assert host.get(reverse("desk:report", args=[uuid.uuid4()])).status_code == 404


# Settling


def test_a_host_settles_it_in_a_few_words_that_are_sealed(host: Client, episode: Episode) -> None:
    told = factories.report(episode)
    response = host.post(reverse("desk:settle-report", args=[told.ref]), {"outcome": f"{CANARY} is out.\r\nDone."})
    assert (response.status_code, response["Location"]) == (302, "/desk/reports/")
    told.refresh_from_db()
    assert (told.outcome, told.settled_by, told.settled_on) == (
        f"{CANARY} is out.\nDone.",
        cast.tomas(),
        timezone.localdate(),
    )
    assert not any(CANARY in value for value in everything_stored())
    shown = page(host, "/desk/reports/")
    assert "Settled." in shown
    assert f"<bdi>Tomas Reyl</bdi>: <bdi>{CANARY} is out. Done.</bdi>" in shown
    assert "Forgotten 60 days after that." in shown


@pytest.mark.parametrize("outcome", ["", "  \n", "x" * 401])
def test_an_outcome_that_cannot_be_taken_comes_back(host: Client, episode: Episode, outcome: str) -> None:
    told = factories.report(episode)
    response = host.post(reverse("desk:settle-report", args=[told.ref]), {"outcome": outcome})
    assert response.status_code == 422
    assert outcome.strip() in response.content.decode()
    told.refresh_from_db()
    assert told.settled_on is None


def test_whoever_is_too_late_is_told_so_and_keeps_what_they_typed(host: Client, episode: Episode) -> None:
    told = factories.report(episode)
    settle(told, outcome="By Noor.", by=acting(cast.noor()))
    response = host.post(reverse("desk:settle-report", args=[told.ref]), {"outcome": "By Tomas."})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Somebody else was faster: it is settled already." in shown
    assert "By Noor." in shown
    assert ">\nBy Tomas.</textarea>" in shown
    told.refresh_from_db()
    assert told.outcome == "By Noor."


def test_it_can_be_taken_up_again_and_settled_anew(host: Client, episode: Episode) -> None:
    told = factories.report(episode)
    settle(told, outcome="Nothing to see.", by=acting(cast.noor()))
    address = reverse("desk:take-up-report", args=[told.ref])
    assert host.post(address).status_code == 302
    told.refresh_from_db()
    assert (told.settled_on, told.settled_by, told.outcome) == (None, None, "Nothing to see.")
    assert ">\nNothing to see.</textarea>" in host.get(told.get_absolute_url()).content.decode()
    assert host.post(address).status_code == 409
    assert host.post(reverse("desk:settle-report", args=[told.ref]), {"outcome": "Now it is out."}).status_code == 302
    assert [event.verb for event in Event.objects.of(episode.ref)][-3:] == ["settle", "take_up", "settle"]


def test_what_is_forgotten_meanwhile_is_said_to_be(episode: Episode) -> None:
    told = factories.report(episode)
    Report.objects.all().delete()
    for deed in (
        lambda: settle(told, outcome="x", by=acting(cast.noor())),
        lambda: take_up(told, by=acting(cast.noor())),
    ):
        with pytest.raises(Refused, match="It is gone"):
            deed()


def test_the_addresses_of_the_deeds_lead_to_the_page_that_has_the_buttons(host: Client, episode: Episode) -> None:
    told = factories.report(episode)
    for name in ("settle-report", "take-up-report"):
        response = host.get(reverse(f"desk:{name}", args=[told.ref]))
        assert (response.status_code, response["Location"]) == (302, told.get_absolute_url())


# What the history says, and what readers can tell


def test_readers_cannot_tell_that_anything_was_reported_or_settled(episode: Episode) -> None:
    def public() -> list[object]:
        client = Client()
        row = Episode.objects.get()
        return [row.changed_at, row.version, client.get("/episodes/naps/").content, client.get("/sitemap.xml").content]

    before = public()
    told = factories.report(episode, text=CANARY)
    settle(told, outcome="Done.", by=acting(cast.noor()))
    take_up(told, by=acting(cast.noor()))
    assert public() == before


def test_the_history_says_who_settled_it_and_not_a_word_of_it(host: Client, episode: Episode) -> None:
    told = factories.report(episode, text=CANARY)
    event = settle(told, outcome=CANARY, by=acting(cast.noor()))
    take_up(told, by=acting(cast.tomas()))
    assert (event.details, event.was, event.is_quiet) == ({"report": str(told.ref)}, {}, True)
    shown = page(host, "/desk/history/")
    assert "a reader’s report settled, <bdi>Noor Haddad</bdi>" in shown
    assert "a reader’s report taken up again, <bdi>Tomas Reyl</bdi>" in shown
    assert CANARY not in shown
    assert_history_is_whole(episode.ref, EpisodeState.PUBLISHED, episode.version, first_version=0)
    with pytest.raises(Refused, match="cannot be undone"):
        undo(event, by=acting(cast.noor()))


def test_settling_makes_nobodys_page_of_the_episode_stale(episode: Episode) -> None:
    settle(factories.report(episode), outcome="Done.", by=acting(cast.noor()))
    retract(episode, by=acting(cast.tomas()), seen=episode.version)


MAKE = {
    EpisodeState.ASSEMBLING: factories.assembled_episode,
    EpisodeState.SCHEDULED: factories.scheduled_episode,
    EpisodeState.PUBLISHED: factories.published_episode,
    EpisodeState.RETRACTED: factories.retracted_episode,
}
WHO = {Role.OWNER: cast.noor, Role.HOST: cast.tomas, Role.GUEST: cast.ines, Role.VIEWER: cast.viv}


@pytest.mark.parametrize("role", [*WHO, Role.ASKER, Role.CLOCK])
@pytest.mark.parametrize("state", EpisodeState)
def test_the_table_says_who_may_in_which_state(state: EpisodeState, role: Role) -> None:
    episode = MAKE[state]()
    told = factories.report(episode, kind=ReportKind.WRONG)
    by = acting(WHO[role]()) if role in WHO else Actor(role)
    for verb, deed in (
        (Verb.SETTLE, lambda: settle(told, outcome="x", by=by)),
        (Verb.TAKE_UP, lambda: take_up(told, by=by)),
    ):
        if role in EPISODE[state, verb].who:
            event = deed()
            assert (event.verb, event.before, event.after, event.role) == (verb, state, state, role)
        else:
            with pytest.raises(Refused):
                deed()
    assert Episode.objects.get(pk=episode.pk).version == episode.version


def test_the_words_of_a_gated_episode_are_not_on_the_list(host: Client) -> None:
    answers = [factories.approved_answer("Something frank?")]
    episode = factories.published_episode("Something frank?", text_level=3, answers=answers)
    factories.report(episode)
    assert "Something frank?" not in page(host, "/desk/reports/")
