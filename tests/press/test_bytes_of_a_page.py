"""A printed page in each coding, to HEAD, and to a browser that has it already."""

import gzip

import brotli
import pytest

from advice.press.pages import coding_for, etag_of
from tests.factories import published_episode
from tests.press.reader import Counting, read, worker

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/episodes/episode-1-1/"
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"), ("gzip", "gzip"), ("br", "br"), ("gzip, deflate, br, zstd", "br"), ("GZIP", "gzip"),
        ("x-gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.0,gzip;q=0", "identity"), ("*", "br"),
        ("*;q=0", "identity"), ("identity", "identity"), ("gzip;q=0.5, br;q=0.2", "gzip"),
        ("br;q=0.5, identity;q=0.9", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"), ("*;q=0, gzip", "gzip"), ("*, br;q=0", "gzip"),
        ("gzip;q=nonsense", "identity"),
        ("gzip;q=7", "gzip"), (";;;,,,", "identity"), ("deflate", "identity"), ("gzip ; q=1 ; x=y", "gzip"),
    ],
)  # fmt: skip
def test_the_smallest_coding_that_a_browser_wants_most(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_a_page_is_the_same_words_in_every_coding(coding: str) -> None:
    published_episode("Naps at weddings")
    press = worker()
    plain = read(press, PATH)
    for _printed_then_kept in range(2):
        reply = read(press, PATH, accept_encoding=coding)
        assert OPENED[coding](reply.body) == plain.body
        assert reply.headers.get("content-encoding", "identity") == coding
        assert reply.headers["content-length"] == str(len(reply.body))
        assert reply.headers["vary"] == "Accept-Encoding"
        assert reply.headers["etag"] == etag_of(reply.body)


def test_every_coding_carries_the_headers_that_django_gave() -> None:
    published_episode("Naps at weddings")
    press = worker()
    of_the_coding = {"content-length", "content-encoding", "etag"}
    replies = [read(press, PATH, accept_encoding=coding) for coding in ("br", "gzip", "identity", "br", "gzip")]
    [kept] = {tuple(sorted((k, v) for k, v in each.headers.items() if k not in of_the_coding)) for each in replies}
    assert dict(kept)["cache-control"] == "public, max-age=0, must-revalidate, s-maxage=1"
    assert "content-security-policy" in dict(kept)


def test_head_is_told_everything_and_given_nothing() -> None:
    published_episode("Naps at weddings")
    django = Counting()
    press = worker(django)
    first = read(press, PATH, "HEAD", accept_encoding="gzip")
    page = read(press, PATH, accept_encoding="gzip")
    assert (first.status, first.body, first.headers) == (200, b"", page.headers)
    assert read(press, PATH, "HEAD", accept_encoding="gzip") == first
    assert django.asked == [PATH]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_that_has_the_page_is_told_so_and_no_more(method: str) -> None:
    published_episode("Naps at weddings")
    press = worker()
    tag = read(press, PATH, accept_encoding="gzip").headers["etag"]
    for named in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        reply = read(press, PATH, method, accept_encoding="gzip", if_none_match=named)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
        assert not {"content-length", "content-type", "content-encoding"} & reply.headers.keys()
        assert reply.headers["vary"] == "Accept-Encoding"
    for named in ('"other"', tag.strip('"'), "", tag.replace('"', "'")):
        assert read(press, PATH, method, accept_encoding="gzip", if_none_match=named).status == 200


def test_a_browser_that_has_it_in_another_coding_is_given_this_one() -> None:
    published_episode("Naps at weddings")
    press = worker()
    tag = read(press, PATH, accept_encoding="gzip").headers["etag"]
    assert read(press, PATH, accept_encoding="br", if_none_match=tag).status == 200


def test_a_feed_reader_that_asks_by_time_is_told_that_nothing_is_new() -> None:
    published_episode("Naps at weddings")
    press = worker()
    feed = read(press, "/feeds/episodes.rss")
    since = feed.headers["last-modified"]
    assert read(press, "/feeds/episodes.rss", if_modified_since=since).status == 304
    assert read(press, "/feeds/episodes.rss", if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    # A tag is surer than a time, and so decides where both are given.
    assert read(press, "/feeds/episodes.rss", if_modified_since=since, if_none_match='"other"').status == 200


def test_a_book_that_is_packed_already_is_sent_as_it_is() -> None:
    published_episode("Naps at weddings")
    press = worker()
    for _printed_then_kept in range(2):
        book = read(press, f"{PATH}episode.epub", accept_encoding="br, gzip")
        assert "content-encoding" not in book.headers
        assert "vary" not in book.headers
        assert book.body[:2] == b"PK"


def test_a_range_gets_the_whole_page() -> None:
    published_episode("Naps at weddings")
    press = worker()
    assert read(press, PATH, range="bytes=0-10").status == 200
    assert read(press, PATH, range="bytes=0-10").body == read(press, PATH).body
