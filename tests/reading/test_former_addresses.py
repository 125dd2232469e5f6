"""An address that a topic once had leads to it for ever, and gives away no topic that readers may not know of."""

import pytest
from django.test import Client

from questions.actions.acting import acting
from questions.actions.merge_topics import merge_topics
from questions.actions.topics import TopicFacts, set_topic
from questions.models import Topic
from tests import cast, factories

pytestmark = pytest.mark.django_db


def moved_topic() -> Topic:
    by = acting(cast.tomas())
    topic = set_topic(Topic(), TopicFacts("Sleep"), by=by)
    return set_topic(topic, TopicFacts("Sleep", slug="dozing"), by=by)


def test_an_old_address_leads_to_the_new_one_for_ever(client: Client) -> None:
    factories.published_episode(topics=[moved_topic()])
    response = client.get("/topics/sleep/")
    assert (response.status_code, response.headers["Location"]) == (301, "/topics/dozing/")
    page = client.get("/topics/sleep/page/2/")
    assert (page.status_code, page.headers["Location"]) == (301, "/topics/dozing/page/2/")
    assert client.get("/topics/dozing/").status_code == 200


def test_the_address_of_a_merged_topic_leads_to_the_one_that_took_it_in(client: Client) -> None:
    by = acting(cast.tomas())
    into = set_topic(Topic(), TopicFacts("Rest"), by=by)
    factories.published_episode(topics=[into])
    merge_topics(moved_topic(), into=into, by=by)
    for old in ("sleep", "dozing"):
        assert client.get(f"/topics/{old}/").headers["Location"] == "/topics/rest/"


def test_an_old_address_says_nothing_of_a_topic_that_nobody_has_aired_yet(client: Client) -> None:
    factories.scheduled_episode(topics=[moved_topic()])
    assert client.get("/topics/sleep/").status_code == 404
    assert client.get("/topics/never-was/").status_code == 404
