"""Hostile words stay words: on every page, in the feed, in the sitemap."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from questions.models import Credit, CreditRole, CrisisLine, Resource, Show, Video
from tests import cast
from tests.factories import approved_answer, published_episode, topic, verdict
from tests.reading import seen
from tests.reading.addresses import every_public_address
from tests.reading.feed_documents import FORMATS, entries
from tests.reading.feed_html_faults import html_faults

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea></style></script><svg onload=alert(1)>",
    "{{ show.name }}{% url 'x' %}",
    "]]><!--<foo>&amp;&#x3c;b&bogus;",
    "a\x0b\x0c\x1b\ufffe\u202eb",
    "javascript:alert(1)",
    "مرحبا <b>שלום</b> 🏳️‍🌈",
]
ALLOWED_SCHEMES = ("http://", "https://", "/", "#", "tel:", "mailto:")


@pytest.fixture(params=HOSTILE)
def words(request: pytest.FixtureRequest) -> str:
    """The words, put everywhere that anybody can write; what a column is too short for is cut there."""
    words: str = request.param
    Show.objects.create(name=words[:80], tagline=words, about=words, house_rules=words, language=words[:12])
    noor = cast.noor()
    noor.name, noor.bio, noor.disclosure, noor.pronouns = words[:80], words, words, words[:40]
    noor.save()
    CrisisLine.objects.create(country="XX", language="en", name=words[:80], number=words[:40], url=words, note=words)
    body = f"{words}\n\n# {words}\n\n{words}\n\n::: checklist {words}\n1. {words}\n:::"
    published_episode(
        words, summary=words, note=words, verdict_reason=words,
        answers=[approved_answer(words, words[:80], body=body, answerer=noor)],
        topics=[topic("Sleep", description=words)], verdict=verdict(words[:28]).words,
        videos=[Video(url=words, title=words, note=words)],
        resources=[Resource(kind="quotation", title=words, maker=words, url=words, place=words, note=words)],
        credits=[
            Credit(person=noor, role=CreditRole.ASKED, credited_as=words[:80]),
            Credit(person=noor, role=CreditRole.ANSWERED, disclosure=words),
        ],
    )  # fmt: skip
    topic("Sleep").description = words
    return words


@pytest.mark.usefixtures("words")
def test_hostile_words_stay_words_on_every_page(client: Client) -> None:
    for address in every_public_address():
        response = client.get(address)
        if not response.headers["Content-Type"].startswith("text/html") or response.status_code == 301:
            continue
        for element in seen.elements(response):
            handlers = [name for name in element.attributes if name.startswith("on") or name == "style"]
            assert handlers == [], address
            assert element.tag not in ("svg", "foo", "iframe", "object", "embed", "img", "style", "b"), address
            if element.tag == "script" and element.attributes.get("type") == "application/ld+json":
                assert not set("<>&") & set(element.words), address
                assert json.loads(element.words)["@graph"], address
            elif element.tag == "script" and element.attributes.get("type") == "text/html":
                assert "alert" not in element.words, address
            elif element.tag == "script":
                assert element.words == ""
                assert element.attributes["src"].startswith("/static/js/")
            for name in ("href", "src", "action"):
                link = element.attributes.get(name, "/")
                assert link.startswith(ALLOWED_SCHEMES), (address, link)


@pytest.mark.usefixtures("words")
def test_hostile_words_stay_words_in_feed_and_sitemap(client: Client) -> None:
    for address in ("/feeds/episodes.rss", "/sitemap.xml"):
        root = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - it is our own
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {
            "rss", "channel", "title", "link", "description", "language", "lastBuildDate", "item", "guid",
            "pubDate", "encoded", "category", "creator", "urlset", "url", "loc", "lastmod",
        }  # fmt: skip
    for format in FORMATS:
        for entry in entries(client, format):
            assert html_faults(entry.html) == set(), format
