"""The page of one question: what it shows, and what a hostile question cannot do to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.correspond import add, note, reply
from questions.actions.merge import merge
from questions.actions.withdraw import withdraw
from questions.models import Question, Revision, Show
from tests import cast, factories

pytestmark = pytest.mark.django_db

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) {{ show }} {% load x %}"
    '</textarea></title><a href="https://evil.example/">click</a> \u202egnp.exe\u202c https://evil.example/'
)


def page_of(asked: Question) -> str:
    return cast.signed_in(cast.noor()).get(asked.get_absolute_url()).content.decode()


def test_a_hostile_question_is_inert_in_list_and_detail() -> None:
    asked = factories.asked(HOSTILE, sign_off="<b>Bold</b>")
    add(asked, text=HOSTILE)
    page = page_of(asked)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for live in ("<script>alert", "<img", "<b>", '<a href="https://evil', 'href="javascript', "</title><a"):
        assert live not in page


def test_held_spam_is_folded_away_and_not_in_the_list() -> None:
    asked = factories.asked("Cheap watches, call now", held="spam")
    page = page_of(asked)
    assert "<summary>Suspected spam. Show what was sent</summary>" in page
    assert page.count("Cheap watches") == 1
    assert page.index("<summary>Suspected spam") < page.index("Cheap watches")
    assert "Lift the hold" in page


def test_permissions_are_said_in_words() -> None:
    page = page_of(factories.asked(airing="preview", may_edit=False, silence_means_yes=True))
    assert "Yes, once I have seen the wording" in page
    assert "If they stay silent, it may air." in page
    assert "No editing, but for striking what identifies people." in page


def test_the_day_the_age_and_the_language_are_shown() -> None:
    asked = factories.asked("Wie sage ich es?", language="de")
    day = timezone.localdate() - timedelta(days=9)
    Question.objects.filter(pk=asked.pk).update(arrived_on=day)
    page = page_of(asked)
    assert f'<time datetime="{day.isoformat()}">' in page
    assert "</time>, 9 d" in page
    assert "Deutsch" in page
    assert 'class="question blurs" lang="de"' in page


def test_a_withdrawn_question_shows_its_history_and_no_word() -> None:
    asked = factories.asked("Do not remember me")
    withdraw(asked)
    page = page_of(asked)
    assert "Its words are gone. Only its history is left." in page
    assert "taken back" in page
    assert "remember me" not in page


def test_lead_and_follower_lead_to_each_other() -> None:
    asked, lead = factories.asked("one"), factories.asked("two")
    merge(asked, into=lead, by=acting(cast.tomas()), seen=1)
    assert f'<a href="{lead.get_absolute_url()}">question {lead.number}</a>' in page_of(asked)
    assert f'<a href="{asked.get_absolute_url()}">question {asked.number}</a>' in page_of(lead)


def test_what_cannot_succeed_is_not_offered_and_says_why() -> None:
    private, held = factories.asked(airing="private"), factories.asked("Buy this", held="spam")
    page = page_of(private)
    assert f"/questions/{private.ref}/merge/" not in page
    assert f"/questions/{private.ref}/keep/" in page
    assert "Not now: Merge. The asker wants a private answer only." in " ".join(page.replace("</dd>", "").split())
    page = page_of(held)
    assert not any(f"/questions/{held.ref}/{verb}/" in page for verb in ("keep", "claim", "merge"))
    assert f"/questions/{held.ref}/lift/" in page
    assert "Not now: Keep, Claim, Merge. It is held. Lift the hold first." in page


def test_the_desk_has_one_clock() -> None:
    Show.objects.create(time_zone="Asia/Tokyo")
    with factories.the_time(datetime(2026, 11, 22, 16, 4, tzinfo=UTC)):
        asked = factories.approved_answer().question
        Revision.objects.update(written_at=timezone.now())
        pages = [page_of(asked), cast.signed_in(cast.noor()).get(f"{asked.get_absolute_url()}answer/").content.decode()]
    assert "23 Nov, 01:04" in pages[0]
    assert "revision 1, saved 23 Nov, 01:04" in pages[1]


def test_a_question_that_is_not_there_is_not_found() -> None:
    address = "/desk/questions/00000000-0000-4000-8000-000000000000/"
    assert cast.signed_in(cast.noor()).get(address).status_code == 404


def test_a_long_history_costs_no_more_reads_than_a_short_one() -> None:
    asked, noor, client = factories.asked(), acting(cast.noor()), cast.signed_in(cast.noor())
    reads = []
    for _length in ("short", "long"):
        for number in range(5):
            note(asked, text=f"Note {number}", by=noor)
            reply(asked, text=f"Reply {number}", by=noor)
            factories.asked("Is it rude to nap at a wedding, or at two?")
        client.get(asked.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(asked.get_absolute_url()).status_code == 200
        reads.append(len(captured))
    assert reads[0] == reads[1]
