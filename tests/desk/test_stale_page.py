"""Somebody else was faster: the page says who did what, and nothing that was typed is lost."""

import pytest

from questions.actions.acting import acting
from questions.actions.keep import keep
from questions.actions.withdraw import withdraw
from questions.models import Event
from tests import cast, factories
from tests.desk.test_decide_question import press, reason

pytestmark = pytest.mark.django_db


def test_a_stale_page_says_who_did_what() -> None:
    asked, noor = factories.asked(), cast.signed_in(cast.noor())
    keep(asked, by=acting(cast.tomas()), seen=1)
    response = press(noor, asked, "decline", reason=reason().pk)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else was faster." in page
    assert "kept by Tomas Reyl" in page
    asked.refresh_from_db()
    assert asked.state == "kept"


def test_a_stale_page_keeps_what_was_typed_and_can_be_sent_again() -> None:
    asked, noor = factories.asked(), cast.signed_in(cast.noor())
    keep(asked, by=acting(cast.tomas()), seen=1)
    response = press(noor, asked, "answer_privately", text="An hour’s work <b>\n& more")
    page = response.content.decode()
    assert response.status_code == 409
    assert "An hour’s work &lt;b&gt;\n&amp; more</textarea>" in page
    asked.refresh_from_db()
    assert f'name="seen" value="{asked.version}" id="id_answer_privately_seen"' in page
    assert press(noor, asked, "answer_privately", text="An hour’s work").status_code == 200
    asked.refresh_from_db()
    assert asked.state == "answered_privately"


def test_words_whose_form_is_gone_are_shown_to_be_copied() -> None:
    asked, noor = factories.asked(), cast.signed_in(cast.noor())
    withdraw(asked)
    response = press(noor, asked, "reply", text="You are not alone with this.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "is not possible here: it is Withdrawn now." in page
    assert "You are not alone with this.</textarea>" in page
    assert "Is it rude to nap" not in page


def test_of_two_hosts_who_decide_at_once_the_second_is_told() -> None:
    asked = factories.asked()
    assert press(cast.signed_in(cast.noor()), asked, "claim").status_code == 200
    response = press(cast.signed_in(cast.tomas()), asked, "claim")
    assert response.status_code == 409
    assert "claimed by Noor Haddad" in response.content.decode()
    asked.refresh_from_db()
    assert asked.claimed_by == cast.noor()
    assert Event.objects.of(asked.ref).count() == 2


def test_a_held_question_is_not_kept_and_says_why() -> None:
    asked = factories.asked(held="spam")
    response = press(cast.signed_in(cast.noor()), asked, "keep")
    assert response.status_code == 409
    assert "It is held. Lift the hold first." in response.content.decode()
