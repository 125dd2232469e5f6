"""A form that another site sends in the name of somebody who is signed in does nothing, wherever it is sent."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from questions.models import Event
from tests import cast
from tests.doors.callers import BACKEND
from tests.doors.walking import House, every_door

pytestmark = pytest.mark.django_db

ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "Referer": "https://evil.example/"}
NOTHING_DONE = {"join/<str:token>/": 422}
"""No other site knows the address of an invitation, and an empty form is not taken."""


def statuses(*, https: bool) -> dict[str, int]:
    """What each address that takes a form says to one from elsewhere, with Noor's cookies."""
    house, client = House(), Client(enforce_csrf_checks=True)
    user = cast.noor().user
    assert user
    client.force_login(user, backend=BACKEND)
    said = {}
    for door in every_door():
        cache.clear()
        before = Event.objects.count()
        with transaction.atomic():
            answer = client.post(house.address_of(door).path, {"step": "send"}, headers=ELSEWHERE, secure=https)
            assert Event.objects.count() == before, door.route
            transaction.set_rollback(True)
        said[door.route] = answer.status_code
    return said


@pytest.mark.parametrize("https", [True, False], ids=["HTTPS", "HTTP"])
@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
def test_no_address_takes_a_form_from_elsewhere(https: bool) -> None:
    # 405 takes no form at all; 301 has only lost its slash.
    taken = {route: status for route, status in statuses(https=https).items() if status not in (301, 403, 405)}
    assert taken == NOTHING_DONE
