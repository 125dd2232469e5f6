"""Home: the newest question as a voice, earlier ones, the way to ask, verdicts and topics."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from questions.models import ContentLevel, Video
from tests.factories import approved_answer, published_episode, topic, verdict
from tests.reading import seen

pytestmark = pytest.mark.django_db


def test_before_the_first_episode_home_welcomes_and_leads_to_the_form(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert seen.only(response, "h1") == "The first question is still on its way."
    assert seen.links(response)["Ask a question"] == "/ask/"
    assert seen.with_class(response, "row") == []
    assert seen.with_class(response, "tallies") == []


def test_the_newest_question_is_the_headline_and_the_others_come_below(client: Client) -> None:
    published_episode("The older one", slug="older", at=datetime(2026, 1, 2, tzinfo=UTC))
    answers = [approved_answer("May I nap here?", "Drowsy")]
    published_episode("The newer one", slug="newer", answers=answers, at=datetime(2026, 2, 3, tzinfo=UTC))
    response = client.get("/")
    assert seen.only(response, "h1") == "May I nap here?"
    assert seen.links(response)["May I nap here?"] == "/episodes/newer/"
    assert seen.with_class(response, "signature") == ["Drowsy"]
    assert seen.with_class(response, "row__title") == ["The older one"]
    assert seen.with_class(response, "row__by") == ["Answered by Tomas Reyl, 2 January 2026"]
    assert seen.links(response)["All 2 episodes"] == "/episodes/"


def test_the_headline_carries_its_content_note_its_stamp_and_the_way_to_its_film(client: Client) -> None:
    video = Video(url="https://vimeo.com/76979871", title="The episode", seconds=760)
    published_episode(
        slug="nap", verdict=verdict().words, note="We say the words.", videos=[video],
        text_level=ContentLevel.RACY, video_level=ContentLevel.NOT_SAFE, pictures_level=ContentLevel.NONE,
    )  # fmt: skip
    response = client.get("/")
    facts = ["Text racy for work", "Video not safe for work", "No pictures"]
    assert seen.with_class(response, "fact") == facts
    assert seen.with_class(response, "expect-words") == ["We say the words."]
    assert seen.with_class(response, "stamp") == ["Verdict It’s probably you."]
    assert seen.links(response)["Watch, 12 minutes"] == "/episodes/nap/#film"


def test_a_whole_letter_gives_the_headline_to_the_title(client: Client) -> None:
    published_episode("Naps and letters", answers=[approved_answer("Is it rude? " * 50)])
    response = client.get("/")
    assert seen.only(response, "h1") == "Naps and letters"
    assert seen.with_class(response, "signature") == []


def test_verdicts_are_tallied_with_numbers_and_topics_are_counted(client: Client) -> None:
    cat, you = verdict("It’s the cat.", "cat"), verdict()
    for given in (you, cat, you):
        published_episode(verdict=given.words, topics=[topic("Sleep")])
    topic("Nobody asked about this")
    response = client.get("/")
    rows = [element.words for element in seen.elements(response) if element.tag == "tr"]
    assert rows == ["It’s probably you. 2", "It’s the cat. 1"]
    assert len([element for element in seen.elements(response) if element.tag == "i"]) == 3
    assert seen.with_class(response, "leaders") == ["Sleep 3"]
