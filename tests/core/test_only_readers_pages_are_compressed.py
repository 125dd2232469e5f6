"""Readers' pages travel compressed; pages that could hold a secret never do."""

import gzip

import pytest
from django.test import Client

from tests import cast
from tests.factories import published_episode

pytestmark = pytest.mark.django_db

TAKES_GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", ["/", "/episodes/naps/", "/feeds/episodes.rss"])
def test_a_readers_page_is_compressed_and_the_same_each_time(client: Client, address: str) -> None:
    published_episode(slug="naps")
    plain, packed, again = (client.get(address, headers=headers) for headers in ({}, TAKES_GZIP, TAKES_GZIP))
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert packed.content == again.content
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("address", ["/ask/", "/receipt/", "/desk/", "/desk/house/"])
def test_what_is_asked_and_the_desk_are_never_compressed(address: str) -> None:
    answer = cast.signed_in(cast.noor()).get(address, headers=TAKES_GZIP)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
