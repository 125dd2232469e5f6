"""One episode: everything around the answer comes out as structure, in its order."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
        "Asked on air by Noor Haddad", "Answered by Dr Ines", "1 minute to read, 13 minutes to watch",
        "Text Racy for work", "Video Not safe for work", "Pictures None", "Frank, and kind.",
        "In this answer Part One Collect information Part Two Say it Watch, read and go to",
        "Not safe for work.", "Play the episode, 12 min 40", "Who is talking. I am no doctor.", "You have asked how.",
        "Part One Collect information", "Before you say a word", "Part Two Say it", "I want two beds.",
        "Play “Asking”, 4 min", "Racy for work.", "Verdict It’s probably you.", "You are awake.",
        "Watch, read and go to", "Book", "Beds", "A. Dream", "Short.", "Filed under Sleep",
        "I have a follow-up", "Something is wrong", "This is about me, please remove it",
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
    assert titles == ["First book", "Second book", "A film", "Naps at weddings"]


def test_a_card_that_leads_to_an_episode_says_what_that_says_of_itself(client: Client) -> None:
    published_episode("Naps", slug="naps", number=3, text_level=ContentLevel.RACY, kinds=["sex"])
    resources = [
        Resource(
            kind="episode", title="An old one", url="/episodes/naps/#part-one", note="Read it first.", place="Here"
        ),
        Resource(kind="quotation", title="Sleep on it.", url="/episodes/naps/"),
        Resource(kind="episode", title="Elsewhere", url="https://other.example/episodes/other/"),
    ]
    published_episode(slug="beds", number=4, resources=resources)
    response = client.get("/episodes/beds/")
    ours, elsewhere, quotation = seen.with_class(response, "card")
    assert ours == (
        "Earlier episode Season 1, episode 3 Naps Answered by Tomas Reyl Text racy for work No video No pictures "
        "Because of: sex Read it first."
    )
    assert quotation == "Quotation Sleep on it."
    assert elsewhere == "Earlier episode Elsewhere"


def test_a_gated_episode_is_called_on_a_card_what_it_is_called_everywhere(client: Client) -> None:
    frank = approved_answer("Every frank word of it?")
    published_episode("", slug="frank", number=3, answers=[frank], text_level=ContentLevel.NOT_SAFE)
    published_episode(slug="beds", number=4, resources=[Resource(kind="episode", title="x", url="/episodes/frank/")])
    response = client.get("/episodes/beds/")
    assert seen.with_class(response, "card__title") == ["Season 1, episode 3"]
    assert "frank word" not in response.content.decode()


def test_previous_and_next_lead_to_the_episodes_beside_it(client: Client) -> None:
    for number in (1, 2, 3):
        published_episode(f"Number {number}", number=number, at=datetime(2026, 1, number, tzinfo=UTC))
    response = client.get("/episodes/episode-1-2/")
    assert seen.with_class(response, "row__number") == ["Next", "Before"]
    assert seen.with_class(response, "row__title") == ["Number 3", "Number 1"]
    assert seen.with_class(client.get("/episodes/episode-1-1/"), "row__title") == ["Number 2"]


def test_related_episodes_say_why_and_those_beside_it_stand_there_only_once(client: Client) -> None:
    sleep = topic("sleep")
    for number in range(1, 7):
        at = datetime(2026, 1, number, tzinfo=UTC)
        published_episode(f"Number {number}", number=number, at=at, topics=[sleep] if number in (1, 2, 4, 5) else [])
    response = client.get("/episodes/episode-1-4/")
    related, beside = seen.with_class(response, "others")
    assert [related.count(f"Number {number}") for number in range(1, 7)] == [1, 1, 0, 0, 0, 0]
    assert related.count("Also about sleep") == 2
    assert [beside.count(f"Number {number}") for number in range(1, 7)] == [0, 0, 1, 0, 1, 0]
    assert beside.count("Also about sleep") == 1


def test_readers_can_go_on_asking_and_say_that_something_is_wrong(client: Client) -> None:
    published_episode(slug="beds")
    links = seen.links(client.get("/episodes/beds/"))
    assert links["I have a follow-up"] == "/ask/after/beds/"
    assert links["Something is wrong"] == "/ask/about/beds/"
    assert links["This is about me, please remove it"] == "/ask/about/beds/"


def test_each_part_has_a_link_of_its_own_that_says_where_it_leads(client: Client) -> None:
    published_episode(slug="beds", answers=[approved_answer(body=BODY)])
    links = seen.links(client.get("/episodes/beds/"))
    assert links["Link to “Collect information”"] == "#part-collect-information"
    assert links["Link to “Say it”"] == "#part-say-it"


def test_the_time_to_watch_counts_each_film_once_and_says_nothing_where_no_length_is_known(client: Client) -> None:
    twice = Video(url="https://vimeo.com/76979871", title="Asking", seconds=240, level=ContentLevel.RACY)
    other = Video(url="https://youtu.be/aqz-KE_bpKQ", title="Beds", seconds=61)
    published_episode(slug="beds", number=1, answers=[approved_answer(body=BODY)], videos=[twice, other])
    published_episode(slug="unknown", number=2, videos=[Video(url="https://youtu.be/aqz-KE_bpKQ", title="Beds")])
    assert "1 minute to read, 6 minutes to watch" in seen.with_class(client.get("/episodes/beds/"), "credits")[0]
    assert "to watch" not in seen.with_class(client.get("/episodes/unknown/"), "credits")[0]


def test_each_language_of_an_episode_says_its_own_and_leads_to_the_others_that_are_out(client: Client) -> None:
    original = published_episode("Beds", slug="beds", number=1)
    published_episode("أسرة", slug="beds-ar", number=2, language="ar", translation_of=original)
    published_episode("Betten", slug="beds-de", number=3, language="de", translation_of=original)
    scheduled_episode("Lits", slug="beds-fr", number=4, language="fr", translation_of=original)
    response = client.get("/episodes/beds-ar/")
    [article] = [each for each in seen.elements(response) if each.tag == "article"]
    assert (article.attributes["lang"], article.attributes["dir"]) == ("ar", "rtl")
    assert "Also in: English, Deutsch" in seen.with_class(response, "credits")[0]
    assert seen.links(response)["English"] == "/episodes/beds/"
    english = client.get("/episodes/beds/")
    assert "Also in: العربيّة, Deutsch" in seen.with_class(english, "credits")[0]
    [article] = [each for each in seen.elements(english) if each.tag == "article"]
    assert "lang" not in article.attributes


def test_a_text_that_is_not_safe_stands_behind_one_closed_gate_with_its_note(client: Client) -> None:
    published_episode(
        "Naps", slug="naps", text_level=ContentLevel.NOT_SAFE, kinds=["sex", "drugs"], note="All of it.",
        answers=[approved_answer("A frank question?", body=BODY)], verdict=verdict().words, verdict_reason="Why so.",
        resources=[Resource(kind="book", title="A frank book")],
    )  # fmt: skip
    response = client.get("/episodes/naps/")
    assert seen.only(response, "h1") == "Naps"
    [gate] = [each for each in seen.elements(response) if each.tag == "details"]
    assert gate.attributes == {"class": "gate gate--text", "id": "text", "data-kinds": "sex drugs"}
    assert gate.words.startswith("Not safe for work: sex, drugs. All of it. Show the whole text")
    outside = seen.only(response, "article").replace(gate.words, "")
    for hidden in ("A frank question?", "Collect information", "Two weeks.", "Why so.", "A frank book"):
        assert hidden in gate.words
        assert hidden not in outside


def test_the_page_asks_the_database_as_often_for_much_as_for_little(client: Client) -> None:
    sleep = topic("sleep")
    for number in range(1, 12):
        published_episode(f"Number {number}", number=number, topics=[sleep], videos=[_film(number)])

    def filled(number: int, much: int) -> str:
        earlier = [
            Resource(kind="episode", title="x", url=f"/episodes/episode-1-{index + 1}/") for index in range(much)
        ]
        answers = [approved_answer(f"Question {index}?", body=f"{BODY}\n\n# More" * much) for index in range(much)]
        episode = published_episode(
            f"Much {much}", number=number, topics=[sleep], answers=answers, resources=earlier,
            videos=[_film(index) for index in range(much)],
        )  # fmt: skip
        return episode.get_absolute_url()

    asked = []
    for address in (filled(20, 1), filled(21, 8)):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert len(seen.with_class(response, "row__title")) >= 3
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 25


def _film(number: int) -> Video:
    return Video(url=f"https://vimeo.com/7697987{number % 10}", title=f"Film {number}", seconds=60)


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
