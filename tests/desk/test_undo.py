"""Taking a deed back, from the toast or from the history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from questions.models import Event
from tests import cast, factories
from tests.desk.test_decide_question import press, reason

pytestmark = pytest.mark.django_db


def test_the_button_of_the_toast_takes_the_deed_back() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    press(client, asked, "keep")
    event = Event.objects.get(verb="keep")
    response = client.post(f"/desk/history/{event.pk}/undo/", follow=True)
    assert response.redirect_chain == [(asked.get_absolute_url(), 302)]
    page = response.content.decode()
    assert "Undone: kept." in page
    assert "kept by Noor Haddad, undone by Noor Haddad" in page
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_the_toast_is_shown_once() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    assert press(client, asked, "keep").content.decode().count('class="toast"') == 1
    assert client.get("/desk/").content.decode().count('class="toast"') == 0


def test_the_history_offers_the_way_back_only_where_there_is_one() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    for verb in ("keep", "claim"):
        press(client, asked, verb)
        asked.refresh_from_db()
    press(client, asked, "note", text="Mine.")
    client.get("/desk/")
    page = client.get(asked.get_absolute_url()).content.decode()
    open_ones = [event.verb for event in Event.objects.of(asked.ref) if f"/history/{event.pk}/undo/" in page]
    assert open_ones == ["claim", "note"]


def test_a_second_undo_is_refused_with_a_sentence() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    press(client, asked, "decline", reason=reason().pk)
    address = f"/desk/history/{Event.objects.get(verb='decline').pk}/undo/"
    client.post(address)
    response = client.post(address)
    assert response.status_code == 409
    assert "It has been undone already." in response.content.decode()


def test_no_number_tells_when_an_asker_did_something() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    address = f"/desk/history/{Event.objects.of(asked.ref).get().pk}/undo/"
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    asked.refresh_from_db()
    assert asked.state == "waiting"


@pytest.mark.parametrize(("verb", "way_back"), [("publish", "Take it down again"), ("retract", "Publish it again")])
def test_the_button_says_what_it_does_to_readers(verb: str, way_back: str) -> None:
    client = cast.signed_in(cast.noor())
    episode = factories.assembled_episode() if verb == "publish" else factories.published_episode()
    sent = client.post(f"/desk/episodes/{episode.ref}/{verb}/", {"seen": episode.version}, follow=True)
    assert f'<button type="submit" class="button" data-key="z">{way_back} <kbd' in sent.content.decode()


def test_what_is_final_is_said_without_a_way_back() -> None:
    client = cast.signed_in(cast.noor())
    published, assembled = factories.published_episode(), factories.assembled_episode(answers=[])
    corrected = {"seen": published.version, "body_1": "Nap later.", "words": "When."}
    sent = client.post(f"/desk/episodes/{published.ref}/correct/", corrected, follow=True).content.decode()
    assert "Corrected. Readers see the new words" in sent
    assert "/undo/" not in sent
    apart = client.post(f"/desk/episodes/{assembled.ref}/disband/", {"seen": assembled.version}, follow=True)
    assert "Taken apart. Its answers are free again." in apart.content.decode()
    assert "/undo/" not in apart.content.decode()


def test_an_event_that_is_not_there_is_not_found() -> None:
    client = cast.signed_in(cast.noor())
    assert client.post("/desk/history/99999999/undo/").status_code == 404
    assert client.post(f"/desk/history/{'9' * 30}/undo/").status_code == 404


def test_the_key_takes_back_ones_own_last_deed_and_no_colleagues() -> None:
    asked = factories.asked()
    press(cast.signed_in(cast.noor()), asked, "keep")
    asked.refresh_from_db()
    press(cast.signed_in(cast.tomas()), asked, "note", text="Mine.")
    noor, tomas = (cast.signed_in(person).get(asked.get_absolute_url()) for person in (cast.noor(), cast.tomas()))
    newest = [[deed.event.verb for deed in page.context["detail"].deeds if deed.is_newest] for page in (noor, tomas)]
    assert newest == [["keep"], ["note"]]


def test_a_deed_is_taken_back_hours_later_and_shown_as_undone() -> None:
    asked, client = factories.asked(), cast.signed_in(cast.noor())
    with factories.the_time(timezone.now() - timedelta(hours=9)):
        press(client, asked, "decline", reason=reason().pk)
    client.get("/desk/")
    declined = Event.objects.get(verb="decline")
    assert f'action="/desk/history/{declined.pk}/undo/' in client.get(asked.get_absolute_url()).content.decode()
    page = client.post(f"/desk/history/{declined.pk}/undo/", follow=True).content.decode()
    assert '<li class="log__undone">' in page
    assert f'action="/desk/history/{declined.pk}/undo/' not in page
