"""Hosts make links at the desk, see which are open, and end them. A link is shown once."""

import re

import pytest
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.models import Airing, Mention, Person, Question, SharedLink
from tests import cast, factories
from tests.guests.visitor import given_to_ines, page, typed, visitor

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'<code id="link">http://testserver(/(?:guest|preview)/[\w-]{44}/)</code>')


def share(question: Question, **others: object) -> tuple[int, str]:
    """What Tomas sends to give a question to a guest."""
    sent = {"seen": question.version, "guest": "", "new_name": "", "days": 14, **others}
    return page(cast.signed_in(cast.tomas()), reverse("desk:share-question", args=[question.ref]), **sent)


def test_a_host_gives_a_question_to_somebody_new_and_the_guest_hands_in() -> None:
    question = factories.asked()
    status, shown = share(question, new_name="Ada Brik")
    found = ADDRESS.search(shown)
    assert status == 200
    assert found
    ada = Person.objects.get(name="Ada Brik")
    question.refresh_from_db()
    assert (ada.role, ada.user, question.claimed_by, question.state) == ("guest", None, ada, "answering")
    sent = typed(question, name="Ada Brik", step="hand-in")
    assert visitor().post(found[1], sent).status_code == 302
    shown = cast.signed_in(cast.tomas()).get(question.get_absolute_url()).content.decode()
    assert "Guests with a link" in shown
    assert "Ada Brik" in shown
    assert found[1] not in shown


def test_two_of_a_name_have_their_own_addresses() -> None:
    share(factories.asked(), new_name="Ada Brik")
    share(factories.asked(), new_name="Ada Brik")
    share(factories.asked(), new_name="小林")
    assert set(Person.objects.filter(role="guest").values_list("slug", flat=True)) == {
        "ada-brik",
        "ada-brik-2",
        "guest",
    }


def test_either_a_guest_or_a_new_name() -> None:
    question = factories.asked()
    for sent in (
        {},
        {"guest": cast.ines().pk, "new_name": "Ada"},
        {"guest": cast.noor().pk},
        {"days": 400, "guest": "x"},
    ):
        assert share(question, **sent)[0] == 422
    assert not SharedLink.objects.exists()


def test_what_a_colleague_answers_is_taken_over_and_they_find_it_under_their_name() -> None:
    question = factories.asked()
    claim(question, by=acting(cast.noor()), seen=question.version)
    question.refresh_from_db()
    assert share(question, guest=cast.ines().pk)[0] == 200
    assert Question.objects.get().claimed_by == cast.ines()
    meant = Mention.objects.get()
    assert meant.note
    assert (meant.person, meant.note.text) == (cast.noor(), "Ines Okafor answers this question now, as a guest.")


def test_a_stale_page_gives_nothing_away_and_keeps_what_was_typed() -> None:
    question = factories.asked()
    seen = question.version
    claim(question, by=acting(cast.noor()), seen=seen)
    status, shown = share(question, new_name="Ada Brik")
    assert status == 409
    assert 'value="Ada Brik"' in shown
    assert "Noor Haddad: claimed" in shown
    assert not SharedLink.objects.exists()


def test_a_host_ends_a_guests_link_from_the_questions_page() -> None:
    question, link, address = given_to_ines()
    desk = cast.signed_in(cast.noor())
    revoke = reverse("desk:revoke-link", args=[link.ref])
    assert revoke in desk.get(question.get_absolute_url()).content.decode()
    assert desk.get(revoke).status_code == 302
    assert page(visitor(), address)[0] == 200
    response = desk.post(revoke, follow=True)
    assert response.redirect_chain == [(question.get_absolute_url(), 302)]
    assert revoke not in response.content.decode()
    assert page(visitor(), address)[0] == 410


def test_a_viewer_does_not_see_who_has_a_link() -> None:
    question, link, _address = given_to_ines()
    shown = cast.signed_in(cast.viv()).get(question.get_absolute_url()).content.decode()
    assert str(link.ref) not in shown
    assert "Let a guest answer" not in shown


def test_an_episode_is_shared_and_unshared() -> None:
    episode, desk = factories.assembled_episode(), cast.signed_in(cast.tomas())
    address = reverse("desk:share-episode", args=[episode.ref])
    for days, expected in ((0, 422), (31, 422), ("", 422), (30, 200)):
        status, shown = page(desk, address, days=days)
        assert status == expected
    found = ADDRESS.search(shown)
    assert found
    link = SharedLink.objects.get()
    home = reverse("desk:preview-episode", args=[episode.ref])
    assert reverse("desk:revoke-link", args=[link.ref]) in desk.get(home).content.decode()
    assert visitor().get(found[1]).status_code == 200
    desk.post(reverse("desk:revoke-link", args=[link.ref]))
    assert visitor().get(found[1]).status_code == 410


def test_nobody_shares_what_is_published() -> None:
    episode, desk = factories.published_episode(), cast.signed_in(cast.tomas())
    status, shown = page(desk, reverse("desk:share-episode", args=[episode.ref]), days=7)
    assert status == 409
    assert "share its own address instead" in shown


def test_what_its_asker_wants_answered_privately_is_given_to_no_guest() -> None:
    question = factories.asked(airing=Airing.PRIVATE)
    status, shown = share(question, new_name="Ada Brik")
    assert status == 409
    assert "The asker wants a private answer only." in shown
    assert not Person.objects.filter(name="Ada Brik").exists()
