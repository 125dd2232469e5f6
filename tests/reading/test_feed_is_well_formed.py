"""Whatever words an episode has, its feeds can be parsed, and say those words."""

import html
import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from questions.reading.feeds import atom, json_feed, rss
from questions.reading.feeds.feed import Author, Category, Feed, Item, unmistakable
from questions.rendering.elsewhere import elsewhere
from questions.rendering.source import tidy
from tests.reading.feed_documents import ATOM, CONTENT, xml

pytestmark = pytest.mark.pure

# Every character there is, also those that neither XML nor UTF-8 can carry; and what ends things in XML.
ANY_CHARACTER = st.characters(exclude_categories=())
TROUBLE = ["]]>", "<![CDATA[", "<!--", "-->", "&amp;", "&#0;", "&bogus;", "<?xml?>", "\ud800", "\x00", "\x1b", "\ufffe"]
WORDS = st.lists(st.text(ANY_CHARACTER, max_size=12) | st.sampled_from(TROUBLE), max_size=6).map("".join)


def feed_of(words: str) -> Feed:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    item = Item(
        id="urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", address="http://testserver/a/", title=words, summary=words,
        html=words, released_at=moment, changed_at=moment, authors=[Author(words, words)],
        categories=[Category(words, words)], language=words,
    )  # fmt: skip
    return Feed(
        id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6", title=words, description=words, language=words,
        author=Author(words, words), home=words, page=words, here=words, first=words, last=words, items=[item],
        next=words, previous=words,
    )  # fmt: skip


def with_one_kind_of_line_end(words: str) -> str:
    """As every XML parser hands text on."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=200, deadline=None)
@given(WORDS)
@example("".join(TROUBLE))
def test_any_words_make_a_feed_that_parses_and_says_them(words: str) -> None:
    feed = feed_of(words)
    said = with_one_kind_of_line_end(tidy(words))

    channel = xml(rss.write(feed))[0]
    assert channel.findtext(f"item/{CONTENT}encoded") == said
    assert channel.findtext("item/title") == unmistakable(said)

    whole = xml(atom.write(feed))
    assert whole.findtext(f"{ATOM}title") == whole.findtext(f"{ATOM}entry/{ATOM}content") == said

    [item] = json.loads(json_feed.write(feed))["items"]
    assert item.get("content_html", "") == tidy(words)


@settings(max_examples=200, deadline=None)
@given(WORDS)
@example("<b>&lt;</b> AT&amp;T & <question>")
def test_a_title_in_rss_reads_the_same_as_text_and_as_html(words: str) -> None:
    title = unmistakable(tidy(words))
    assert not set("<>") & set(title)
    assert html.unescape(title) == title
    assert len(title) == len(tidy(words))


@settings(max_examples=200, deadline=None)
@given(WORDS)
@example('<a href="#x" title="a>b">x</a> href="/y"')
def test_html_for_elsewhere_is_settled_after_one_round(words: str) -> None:
    once = elsewhere(words, "https://show.example/episodes/a/")
    assert elsewhere(once, "https://show.example/episodes/a/") == once
    assert 'href="/' not in once.partition("<a ")[2].partition(">")[0]
