"""One episode: everything around the answer comes out as structure, in its order."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.correct import correct
from questions.models import ContentLevel, Credit, CreditRole, Resource, Show, Video
from tests import cast
from tests.factories import (
    approved_answer,
    host,
    published_episode,
    scheduled_episode,
    the_time,
    topic,
    verdict,
)
from tests.reading import seen

pytestmark = pytest.mark.django_db

BODY = """You have asked *how*.

# Collect information

Two weeks.

::: checklist Before you say a word
1. Notes
2. Tea
:::

# Say it

::: spoken
I want two beds.
:::

::: video https://vimeo.com/76979871 | Asking | 4:00 | racy
:::
"""


def test_everything_stands_on_the_page_in_its_order(client: Client) -> None:
    book = Resource(kind="book", title="Beds", maker="A. Dream", url="https://example.org/", note="Short.")
    ines = cast.ines()
    ines.disclosure = "I am **no** doctor."
    ines.save()
    published_episode(
        slug="beds", at=datetime(2026, 11, 14, 9, tzinfo=UTC), number=11, note="Frank, and kind.",
        answers=[approved_answer("How do I ask for two beds?", "Wide Awake", body=BODY, answerer=ines)],
        credits=[
            Credit(person=cast.noor(), role=CreditRole.ASKED),
            Credit(person=ines, role=CreditRole.ANSWERED, credited_as="Dr Ines"),
        ],
        videos=[Video(url="https://vimeo.com/76979871", title="x", seconds=760, level=ContentLevel.NOT_SAFE)],
        text_level=ContentLevel.RACY, video_level=ContentLevel.NOT_SAFE,
        verdict=verdict().words, verdict_reason="You are awake.", topics=[topic("Sleep")],
        resources=[book],
    )  # fmt: skip
    response = client.get("/episodes/beds/")
    words = seen.only(response, "article")
    in_order = [
        "Season 1, episode 11.", "14 November 2026", "How do I ask for two beds?", "Wide Awake",
        "Asked on air by Noor Haddad", "Answered by Dr Ines", "1 minute to read",
        "Text Racy for work", "Video Not safe for work", "Pictures None", "Frank, and kind.",
        "In this answer Part One Collect information Part Two Say it Watch, read and go to",
        "Play the episode, 12 min 40", "Who is talking. I am no doctor.", "You have asked how.",
        "Part One Collect information", "Before you say a word", "Part Two Say it", "I want two beds.",
        "Play “Asking”, 4 min", "Racy for work.", "Verdict It’s probably you.", "You are awake.",
        "Watch, read and go to", "Book", "Beds", "A. Dream", "Short.", "Filed under Sleep",
    ]  # fmt: skip
    reached = 0
    for piece in in_order:
        found = words.find(piece, reached)
        assert found >= 0, piece
        reached = found + len(piece)


def test_names_season_topics_and_parts_are_links(client: Client) -> None:
    published_episode(
        slug="beds", verdict=verdict().words, topics=[topic("Sleep")], answers=[approved_answer(body=BODY)]
    )
    links = seen.links(client.get("/episodes/beds/"))
    assert links["Noor Haddad"] == "/people/noor/"
    assert links["Tomas Reyl"] == "/people/tomas/"
    assert links["Season 1"] == "/seasons/1/"
    assert links["Sleep"] == "/topics/sleep/"
    assert links["Part One Collect information"] == "#part-collect-information"
    assert links["Part Two Say it"] == "#part-say-it"


def test_two_answers_have_two_questions_and_no_id_twice(client: Client) -> None:
    answers = [
        approved_answer("First?", "One", body=BODY),
        approved_answer("Second?", "Two", body=BODY, answerer=cast.ines()),
    ]
    published_episode("Two of them", slug="two", answers=answers)
    response = client.get("/episodes/two/")
    assert seen.only(response, "h1") == "Two of them"
    assert seen.with_class(response, "voice") == ["First?", "Second?"]
    assert seen.with_class(response, "signature") == ["One", "Two"]
    assert "Answered by Ines Okafor" in seen.with_class(response, "asked")[1]
    ids = [each.attributes["id"] for each in seen.elements(response) if "id" in each.attributes]
    assert sorted(ids) == sorted(set(ids))
    parts = [each.attributes["id"] for each in seen.elements(response) if "part" in each.classes]
    assert parts == [
        "part-collect-information", "part-say-it", "a2-part-collect-information", "a2-part-say-it",
    ]  # fmt: skip


def test_every_link_to_a_place_on_the_page_arrives(client: Client) -> None:
    answers = [approved_answer(body=BODY + "\n# Say it\n\nAgain.[^1]\n\n[^1]: Note.") for _ in range(2)]
    published_episode(slug="two", answers=answers)
    every = seen.elements(client.get("/episodes/two/"))
    ids = {each.attributes.get("id") for each in every}
    wanted = {each.attributes["href"][1:] for each in every if each.attributes.get("href", "").startswith("#")}
    assert wanted - ids == set()


def test_a_long_letter_is_read_out_below_the_title(client: Client) -> None:
    letter = "Dear all.\n\n" + "I nap. " * 80
    published_episode("Naps", slug="naps", answers=[approved_answer(letter, "Drowsy")])
    response = client.get("/episodes/naps/")
    assert seen.only(response, "h1") == "Naps"
    assert seen.with_class(response, "voice--letter") == [" ".join(letter.split())]
    assert seen.with_class(response, "signature") == ["Drowsy"]


def test_a_short_answer_has_no_contents_list_and_no_empty_places(client: Client) -> None:
    published_episode(slug="short")
    response = client.get("/episodes/short/")
    for name in ("contents", "films", "verdict", "cards", "corrections", "filed", "others", "disclosure"):
        assert seen.with_class(response, name) == [], name


def test_a_correction_is_dated_and_announced_at_the_top(client: Client) -> None:
    episode = published_episode(slug="beds")
    with the_time(datetime(2027, 3, 4, 12, tzinfo=UTC)):
        correct(
            episode, bodies=["Nap after the speeches."], words="It said “between”.", by=acting(host()),
            seen=episode.version,
        )  # fmt: skip
    response = client.get("/episodes/beds/")
    assert seen.with_class(response, "corrections") == ["Corrected since 4 March 2027: It said “between”."]
    assert seen.links(response)["Corrected since"] == "#corrections"
    assert seen.with_class(response, "answer") == ["Nap after the speeches."]


def test_resources_of_one_kind_stand_together_without_those_of_episodes_nobody_can_see(
    client: Client,
) -> None:
    published_episode(slug="earlier")
    resources = [
        Resource(kind="book", title="First book"),
        Resource(kind="film", title="A film"),
        Resource(kind="episode", title="Seen", url="/episodes/earlier/#part-one"),
        Resource(kind="episode", title="Unseen", url="/episodes/not-yet/"),
        Resource(kind="book", title="Second book"),
    ]
    published_episode(slug="beds", resources=resources)
    titles = seen.with_class(client.get("/episodes/beds/"), "card__title")
    assert titles == ["First book", "Second book", "A film", "Seen"]


def test_previous_and_next_lead_to_the_episodes_beside_it(client: Client) -> None:
    for number in (1, 2, 3):
        published_episode(f"Number {number}", number=number, at=datetime(2026, 1, number, tzinfo=UTC))
    response = client.get("/episodes/episode-1-2/")
    assert seen.with_class(response, "row__number") == ["Next", "Before"]
    assert seen.with_class(response, "row__title") == ["Number 3", "Number 1"]
    assert seen.with_class(client.get("/episodes/episode-1-1/"), "row__title") == ["Number 2"]


def test_an_episode_can_be_read_from_its_release_on_though_nobody_woke_up_for_it(client: Client) -> None:
    friday = datetime(2040, 11, 23, 9, tzinfo=UTC)
    scheduled_episode(slug="friday", at=friday)
    assert client.get("/episodes/friday/").status_code == 404
    with the_time(friday):
        assert seen.with_class(client.get("/episodes/friday/"), "answer") == ["Nap between the speeches."]


def test_dates_are_those_of_the_show(client: Client) -> None:
    published_episode(slug="late", at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    Show.objects.update_or_create(pk=1, defaults={"time_zone": "Europe/Berlin"})
    assert "1 July 2026" in seen.with_class(client.get("/episodes/late/"), "episode__head")[0]
    Show.objects.update(time_zone="Nowhere/At all")
    assert "30 June 2026" in seen.with_class(client.get("/episodes/late/"), "episode__head")[0]
