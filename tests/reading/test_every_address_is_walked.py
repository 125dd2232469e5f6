"""No address of readers escapes the tests that walk all of them."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from questions.models import Video
from questions.reading import urls, views
from tests.factories import published_episode, topic, verdict
from tests.reading.addresses import addresses_of, every_public_address, every_route

pytestmark = pytest.mark.django_db


@override_settings(SECURITY_CONTACT="mailto:doors@example.org")
def test_each_route_is_asked_for_at_an_address_that_is_there(client: Client) -> None:
    for number in range(1, 22):
        published_episode(number=number, slug=f"naps-{number}", topics=[topic("Sleep")], verdict=verdict().words)
    film = Video(url="https://vimeo.com/76979871", title="The talk")
    published_episode(number=22, slug="naps-22", topics=[topic("Sleep")], videos=[film])
    nowhere = [
        pattern.name
        for pattern in every_route()
        if not any(client.get(address).status_code == 200 for address in addresses_of(pattern))
    ]
    # 22 episodes are two pages of a list and one of a feed.
    assert {name for name in nowhere if not (name or "").endswith("feed")} == set()


def test_a_route_of_which_nobody_said_what_its_values_are_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tests.reading.addresses.urlpatterns",
        [*urls.urlpatterns, path("years/<int:year>/", views.home, name="year")],
    )
    with pytest.raises(AssertionError, match="nobody has said what “year” can be"):
        list(every_public_address())
