"""Only pages on the list are printed, only answers that are the same for everyone, and nothing makes them differ."""

from collections.abc import Iterable
from typing import Any

import pytest

from advice.press import Press
from advice.press.routes import PRINTED, is_printed
from questions import edition
from tests.factories import published_episode, topic, verdict
from tests.press.reader import Counting, read, worker
from tests.reading.addresses import every_public_address, every_route

pytestmark = pytest.mark.django_db(transaction=True)

NOT_PRINTED = {
    "search": "it has a query, and nobody should keep what somebody looks for",
    "oembed": "it has a query",
    "security": "its date moves on by itself",
    "service-worker": "browsers have rules of their own for it",
}


def test_of_every_page_for_readers_it_is_known_whether_it_is_printed() -> None:
    names = {pattern.name for pattern in every_route()}
    assert names == PRINTED | set(NOT_PRINTED)
    assert PRINTED & set(NOT_PRINTED) == set()


def test_every_printed_page_is_kept_and_nothing_else_is() -> None:
    published_episode("Naps at weddings", topics=[topic("Sleep")], verdict=verdict().words)
    django = Counting()
    press = worker(django)
    for address in every_public_address():
        path, _, query = address.partition("?")
        read(press, path, query=query)
    kept = kept_by(press)
    plain = [path for path in every_public_address() if "?" not in path]
    assert kept == {path for path in plain if is_printed(path) and read(press, path).status == 200}
    assert len(kept) > 40


def kept_by(press: Press) -> set[str]:
    generation = edition.mirror().generation()
    assert generation
    return set(press.store.paths(generation))


@pytest.mark.parametrize(
    "path",
    ["/ask/", "/receipt/", "/desk/", "/preview/abc/", "/guest/abc/", "/join/abc/", "/search/", "/nowhere/",
     "//", "/episodes//", "/episodes/../", "/episodes/é/", "/static/css/base.css", ""],
)  # fmt: skip
def test_no_other_address_is_on_the_list(path: str) -> None:
    assert not is_printed(path)


def answering(**headers: str) -> Any:
    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        named = {"Content_Type": "text/html", "Cache_Control": "public", **headers}
        start("200 OK", [(name.replace("_", "-"), value) for name, value in named.items()])
        return [b"A page."]

    return application


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({}, True),
        ({"Vary": "Accept-Encoding"}, True),
        ({"Vary": "Cookie"}, False),
        ({"Vary": "Accept-Encoding, Accept-Language"}, False),
        ({"Vary": "*"}, False),
        ({"Set_Cookie": "a=b"}, False),
        ({"Cache_Control": "private, no-store"}, False),
        ({"Cache_Control": "no-store"}, False),
        ({"Content_Encoding": "gzip"}, False),
    ],
)
def test_an_answer_that_could_differ_is_never_printed(headers: dict[str, str], is_kept: bool) -> None:
    press = worker(answering(**headers))
    assert read(press, "/").body == b"A page."
    assert kept_by(press) == ({"/"} if is_kept else set())


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved", "500 Broken", "503 Out", "206 Partial"])
def test_only_a_whole_page_is_printed(status: str) -> None:
    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start(status, [("Cache-Control", "public"), ("Content-Type", "text/html")])
        return [b"No page."]

    press = worker(application)
    assert read(press, "/").status == int(status[:3])
    assert kept_by(press) == set()


def test_django_is_told_nothing_of_who_asks() -> None:
    django = Counting()
    read(
        worker(django), "/", query="utm_source=a-friend", cookie="querent_desk=abc", authorization="Bearer abc",
        accept_language="de", accept_encoding="br", referer="https://example.org/", user_agent="A browser",
        range="bytes=0-1", if_none_match='"abc"',
    )  # fmt: skip
    [seen] = django.seen
    told = {name for name in seen if name.startswith("HTTP_")}
    assert told == {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
    assert (seen["REQUEST_METHOD"], seen["QUERY_STRING"]) == ("GET", "")


def test_whoever_writes_or_is_at_the_desk_goes_straight_to_django() -> None:
    django = Counting()
    press = worker(django)
    read(press, "/")
    assert read(press, "/", "POST", cookie="querent_desk=abc").status == 403
    read(press, "/desk/", cookie="querent_desk=abc")
    assert [seen.get("HTTP_COOKIE") for seen in django.seen] == [None, "querent_desk=abc", "querent_desk=abc"]


def test_a_name_that_is_not_ours_gets_no_page() -> None:
    press = worker()
    assert read(press, "/").status == 200
    assert read(press, "/", host="elsewhere.example").status == 400
    assert read(press, "/", host="testserver:80@elsewhere.example").status == 400


def test_where_https_is_asked_for_a_page_in_clear_leads_there(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    press = worker()
    assert read(press, "/", x_forwarded_proto="https").status == 200
    reply = read(press, "/", x_forwarded_proto="http")
    assert (reply.status, reply.headers["location"]) == (301, "https://testserver/")
