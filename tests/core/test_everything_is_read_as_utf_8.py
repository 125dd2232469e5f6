"""Whatever encoding a program declares, no page falls over it, and words arrive as they are in UTF-8."""

from typing import Any

import pytest
from django.test import Client

from advice.encoding import read_as_utf_8

pytestmark = pytest.mark.django_db

ENCODINGS = ["hex", "zlib", "undefined", "idna", "punycode", "unicode_escape", "utf-16", "no-such-thing"]
ADDRESSES = ["/search/?q=%5Cud800", "/oembed?url=x", "/desk/reports/?page=2", "/ask/?a", "/desk/account/login/?next=a"]
WRITTEN = ["{kind}; charset={encoding}", '{kind};CHARSET="{encoding}"', "{kind}; charset*=utf-8''{encoding}; x=y"]


@pytest.fixture
def as_served(client: Client) -> Client:
    """A client whose requests come the way that a server brings them, through what advice/wsgi.py puts in front."""
    django: Any = client.handler
    client.handler = lambda environ: read_as_utf_8(lambda read, _start: django(read))(environ, None)  # type: ignore[assignment]
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_falls_over_an_encoding_that_a_program_declares(as_served: Client, address: str) -> None:
    kinds = [written.format(kind="text/plain", encoding=encoding) for written in WRITTEN for encoding in ENCODINGS]
    answers = {kind: as_served.generic("GET", address, content_type=kind).status_code for kind in kinds}
    assert set(answers.values()) <= {200, 302, 404}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_search_is_read_as_utf_8(as_served: Client, encoding: str) -> None:
    page = as_served.generic("GET", "/search/?q=fr%C3%BCh", content_type=f"text/plain; charset={encoding}")
    assert 'value="früh"' in page.content.decode()


def test_the_rest_of_a_content_type_stays() -> None:
    def echo(environ: dict[str, Any], _start: Any) -> list[bytes]:
        return [environ["CONTENT_TYPE"].encode()]

    kind = "multipart/form-data; charset=hex; boundary=xyz"
    assert read_as_utf_8(echo)({"CONTENT_TYPE": kind}, None) == [b"multipart/form-data; boundary=xyz"]
