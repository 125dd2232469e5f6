"""How the desk behaves for one person."""

import pytest

from tests import cast, factories

pytestmark = pytest.mark.django_db


def test_keys_are_switched_off_for_one_person_alone() -> None:
    noor, tomas = cast.signed_in(cast.noor()), cast.signed_in(cast.tomas())
    assert 'data-keys="off"' not in noor.get("/desk/").content.decode()
    noor.post("/desk/preferences/", {"blurs_words": ""})
    assert 'data-keys="off"' in noor.get("/desk/").content.decode()
    assert 'data-keys="off"' not in tomas.get("/desk/").content.decode()


def test_words_are_blurred_until_asked_for() -> None:
    asked, viv = factories.asked("Is it rude?"), cast.signed_in(cast.viv())
    assert "Show the words" not in viv.get(asked.get_absolute_url()).content.decode()
    response = viv.post("/desk/preferences/", {"uses_keys": "on", "blurs_words": "on"}, follow=True)
    assert "Saved. It holds for you alone" in response.content.decode()
    page = viv.get(asked.get_absolute_url()).content.decode()
    assert 'desk--blurred"' in page
    assert '<label for="reveal">Show the words</label>' in page
    assert 'class="question blurs"' in page


def test_a_guest_has_no_desk_to_set_up() -> None:
    ines = cast.signed_in(cast.ines())
    assert ines.post("/desk/preferences/", {"blurs_words": "on"}).status_code == 403
    assert not cast.ines().blurs_words
