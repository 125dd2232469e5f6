"""A book holds what the page shows, in the order of reading, and what is gated behind its note."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import ContentLevel, Credit, CreditRole, Episode, Resource, Season, Show, Video
from tests import cast
from tests.factories import (
    approved_answer,
    host,
    published_episode,
    retracted_episode,
    scheduled_episode,
    the_time,
    topic,
    verdict,
)
from tests.reading.books import XHTML, fetched

pytestmark = pytest.mark.django_db

FIRST, SECOND = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 8, 9, 30, tzinfo=UTC)

GATED_PART = """Before.

# Listen

First listen.[^1]

::: expect not safe | drugs
Of what they take.
:::

Behind.[^2]

# Talk

::: expect not safe | sex
:::

All of it behind.

::: expect fine
:::

Then talk.

[^1]: Open note.
[^2]: Gated note.
"""


def beds(**contents: object) -> Episode:
    return published_episode("Two beds", slug="beds", at=FIRST, **contents)


def test_a_book_is_an_epub_that_names_itself_by_the_episode_for_ever(client: Client) -> None:
    Show.objects.create(name="Nod & Off", language="de")
    episode = beds(topics=[topic("Sleep")], summary="On beds.")
    book = fetched(client, "/episodes/beds/episode.epub")
    with ZipFile(BytesIO(book.raw)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = {name: book.told(name) for name in ("identifier", "title", "language", "publisher", "creator", "subject")}
    assert told == {
        "identifier": [f"urn:uuid:{episode.ref}"],
        "title": ["Two beds"],
        "language": ["de"],
        "publisher": ["Nod & Off"],
        "creator": ["Tomas Reyl"],
        "subject": ["Sleep"],
    }
    assert book.told("description") == ["On beds."]
    assert book.told("source") == ["http://testserver/episodes/beds/"]
    assert book.told("dcterms:modified") == ["2026-01-01T00:00:00Z"]
    assert book.told("schema:accessibilityHazard") == ["none"]
    assert book.order() == ["cover.xhtml", "title.xhtml", "contents.xhtml", "episode-1.xhtml", "about.xhtml"]


def test_a_book_says_all_that_the_page_says_and_its_note_first(client: Client) -> None:
    body = (
        "Hello.[^1]\n\n# Listen\n\n::: checklist Before\n- One\n:::\n\n::: aside\nMind.\n:::\n\n"
        "::: video https://vimeo.com/76979871 | Pillows | 4:00 | racy\nFeathers.\n:::\n\n[^1]: A note."
    )
    episode = beds(
        answers=[approved_answer("Two beds?", "Wide Awake", body=body)], note="Frank.", text_level=ContentLevel.RACY,
        verdict=verdict().words, verdict_reason="Because.",
        videos=[Video(url="https://vimeo.com/1", title="Whole", seconds=60, note="Loud.")],
        resources=[Resource(kind="book", title="A book", maker="Somebody", url="https://example.org/a")],
        credits=[Credit(person=host(), role=CreditRole.ANSWERED, disclosure="I sell beds.")],
    )  # fmt: skip
    with the_time(SECOND):
        correct(episode, bodies=[f"{body}."], words="Fewer pillows.", by=acting(host()), seen=episode.version)
    words = fetched(client, "/episodes/beds/episode.epub").words("episode-1.xhtml")
    pieces = [
        "Season 1, episode 1. 1 January 2026", "Two beds", "Answered by Tomas Reyl", "What to expect: Text racy",
        "Frank.", "Loud.", "https://vimeo.com/1", "Who is talking. I sell beds.", "Two beds?", "— Wide", "Hello.1",
        "Part One Listen", "Before", "Mind.", "Racy for work. Feathers.", "Pillows", "https://vimeo.com/76979871",
        "1. A note.", "Verdict It’s probably you.", "Because.", "8 January 2026: Fewer pillows.", "A book", "Somebody",
        "https://example.org/a",
    ]  # fmt: skip
    places = [words.find(piece) for piece in pieces]
    assert dict(zip(pieces, places, strict=True)) == dict(zip(pieces, sorted(places), strict=True))
    assert min(places) >= 0
    assert "press play" not in words


def test_footnotes_lead_there_and_back_and_checklists_have_empty_boxes(client: Client) -> None:
    beds(answers=[approved_answer(body="Hello.[^1]\n\n::: checklist\n- One\n:::\n\n[^1]: A note.")])
    tree = fetched(client, "/episodes/beds/episode.epub").tree("episode-1.xhtml")
    types = {element.attrib.get("{http://www.idpf.org/2007/ops}type"): element for element in tree.iter()}
    note, reference = types["footnote"], types["noteref"]
    assert reference.attrib["href"] == f"#{note.attrib['id']}"
    back = next(link for link in note.iter(f"{XHTML}a"))
    assert back.attrib["href"] == f"#{reference.attrib['id']}"
    assert [element.attrib["class"] for element in tree.iter(f"{XHTML}span") if "box" in element.attrib.values()] == [
        "box"
    ]
    assert list(tree.iter(f"{XHTML}input")) == []


def test_gated_parts_stand_after_their_note_where_turning_pages_passes_them_by(client: Client) -> None:
    beds(answers=[approved_answer(body=GATED_PART)])
    book = fetched(client, "/episodes/beds/episode.epub")
    head, note, gated, second_note, second_gated, rest = book.order()[3:-1]
    assert book.order(pages_only=True)[3:-1] == [head, note, second_note, rest]
    assert (
        book.words(note)
        == "Not safe for work: drugs. Of what they take. Go on reading Skip to “Talk: before you read on”"
    )
    assert book.links(note) == {"Go on reading": gated, "Skip to “Talk: before you read on”": second_note}
    assert book.words(gated).startswith("Behind.2 2. Gated note.")
    # The title of a part that begins with its note stands over the note.
    assert book.words(second_note).startswith("Part Two Talk Not safe for work: sex.")
    assert book.links(second_note)["Skip to “Talk, continued”"] == rest
    assert book.links(second_gated) == {"Go on to “Talk, continued”": rest}
    assert "1. Open note." in book.words(rest)
    in_the_open = " ".join(book.words(name) for name in [head, note, second_note, rest])
    assert "ehind" not in in_the_open
    assert "Gated note" not in in_the_open


def test_an_episode_that_is_gated_as_a_whole_shows_its_name_and_its_note_only(client: Client) -> None:
    beds(
        text_level=ContentLevel.NOT_SAFE, kinds=["sex"], note="From the first line.", summary="Gated summary.",
        answers=[approved_answer("Gated question?", "Gated sign-off", body="Gated.\n\n# Gated part\n\nGated.")],
        verdict=verdict().words, verdict_reason="Gated reason.", resources=[Resource(kind="book", title="Gated book")],
    )  # fmt: skip
    book = fetched(client, "/episodes/beds/episode.epub")
    head, note, gated = book.order()[3:-1]
    assert book.order(pages_only=True)[3:-1] == [head, note]
    assert book.links(note) == {"Go on reading": gated, "Skip to “About this book”": "about.xhtml"}
    for piece in ("Gated question?", "Gated sign-off", "Gated part", "Gated reason.", "Gated book"):
        assert piece in book.words(gated)
    assert [name for name, content in book.files.items() if b"Gated" in content] == [gated]


def test_a_gated_film_is_its_note_and_the_way_to_our_page(client: Client) -> None:
    beds(videos=[Video(url="https://vimeo.com/1", title="Whole", level=ContentLevel.NOT_SAFE, note="Loud.")])
    book = fetched(client, "/episodes/beds/episode.epub")
    line = "Whole Not safe for work. Loud. On our pages http://testserver/episodes/beds/#film"
    assert line in book.words("episode-1.xhtml")
    assert b"vimeo" not in b"".join(book.files.values())


def test_a_collection_goes_from_the_first_to_the_last_and_links_within_itself(client: Client) -> None:
    season = Season.objects.create(number=1, title="Beds")
    sleep = topic("Sleep")
    naps = topic("Naps", parent=sleep)
    published_episode("Newer", slug="newer", at=SECOND, number=2, topics=[naps],
                      answers=[approved_answer(body="See [it](/episodes/older/) and [us](/about/).")])  # fmt: skip
    published_episode("Older", slug="older", at=FIRST, number=1, topics=[sleep])
    for address, title in (("/books/topics/sleep.epub", "Sleep"), ("/books/seasons/1.epub", season.title)):
        book = fetched(client, address)
        assert book.told("title") == [title]
        assert [book.tree(name).findtext(f".//{XHTML}h1") for name in book.order()[3:-1]] == ["Older", "Newer"]
        assert book.links("episode-2.xhtml") == {"it": "episode-1.xhtml", "us": "http://testserver/about/"}
        assert book.told("dcterms:modified") == ["2026-01-08T09:30:00Z"]
        assert UUID(book.told("identifier")[0]).version == 5


def test_right_to_left_is_said_of_the_book_and_of_each_episode(client: Client) -> None:
    Show.objects.create(language="he")
    beds()
    published_episode("Naps", slug="naps", language="en")
    book = fetched(client, "/books/seasons/1.epub")
    spine = book.package.find("{http://www.idpf.org/2007/opf}spine")
    assert spine is not None
    assert spine.attrib["page-progression-direction"] == "rtl"
    directions = [book.tree(name).attrib["dir"] for name in book.order()]
    assert directions == ["rtl", "rtl", "rtl", "rtl", "ltr", "rtl"]


def test_the_answer_names_the_file_by_numbers_and_is_not_sent_twice(client: Client) -> None:
    beds(topics=[topic("Sleep")])
    first = client.get("/episodes/beds/episode.epub")
    assert first.headers["Content-Disposition"] == 'attachment; filename="season-1-episode-1.epub"'
    assert first.headers["Link"] == '<http://testserver/episodes/beds/>; rel="canonical"'
    assert first.headers["Last-Modified"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    again = client.get("/episodes/beds/episode.epub", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get("/episodes/beds/episode.epub", headers=since).status_code == 304
    assert client.head("/episodes/beds/episode.epub").status_code == 200
    assert client.get("/books/topics/sleep.epub").headers["Content-Disposition"].endswith('"topic-sleep.epub"')
    assert client.get("/books/seasons/1.epub").headers["Content-Disposition"].endswith('"season-1.epub"')


def test_a_collection_that_lost_an_episode_is_another_book(client: Client) -> None:
    beds()
    taken_down = published_episode("Naps", slug="naps")
    etag = client.get("/books/seasons/1.epub").headers["ETag"]
    Episode.objects.filter(pk=taken_down.pk).update(retracted_at=taken_down.release_at)
    response = client.get("/books/seasons/1.epub", headers={"If-None-Match": etag})
    assert (response.status_code, "Last-Modified" in response.headers) == (200, False)


def test_what_nobody_may_see_has_no_book(client: Client) -> None:
    retracted_episode(slug="down", season=3, topics=[topic("Sleep")])
    scheduled_episode(slug="coming", season=4, topics=[topic("Naps")])
    addresses = {
        "/episodes/down/episode.epub": 410,
        "/episodes/coming/episode.epub": 404,
        "/episodes/none/episode.epub": 404,
        "/books/topics/sleep.epub": 404,
        "/books/topics/naps.epub": 404,
        "/books/seasons/3.epub": 404,
        "/books/seasons/4.epub": 404,
    }
    assert {address: client.get(address).status_code for address in addresses} == addresses


def test_a_guest_who_answers_is_an_author(client: Client) -> None:
    ines = cast.ines()
    answers = [approved_answer("One?"), approved_answer("Two?", answerer=ines)]
    credits = [Credit(person=host(), role=CreditRole.ANSWERED), Credit(person=ines, role=CreditRole.GUEST)]
    beds(answers=answers, credits=credits)
    assert fetched(client, "/episodes/beds/episode.epub").told("creator") == ["Tomas Reyl", "Ines Okafor"]
