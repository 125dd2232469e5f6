"""The demo show: what a new installation has to look at."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.lists import set_entry
from questions.actions.topics import TopicFacts, set_topic
from questions.models import (
    HOUSE_REF,
    CannedReply,
    ContentLevel,
    Correction,
    Episode,
    Event,
    Person,
    Question,
    Report,
    Show,
    Topic,
    Video,
)
from questions.rendering import render_answer
from questions.visibility import is_text_gated, name_of, public_episodes
from tests.history import assert_history_is_whole

pytestmark = pytest.mark.django_db


def demo() -> str:
    out = StringIO()
    call_command("demo_show", stdout=out)
    return out.getvalue()


def test_the_demo_show_is_rich_enough_to_try_everything() -> None:
    demo()
    episodes = public_episodes(timezone.now())
    assert episodes.count() >= 10
    assert episodes.values("season").order_by().distinct().count() == 2
    assert Topic.objects.count() >= 8
    assert Person.objects.count() >= 4
    assert Question.objects.in_state("waiting").count() == 40
    assert set(Question.objects.exclude(held="").values_list("held", flat=True)) == {"spam", "under-18"}
    assert {"ar", "he"} <= set(Question.objects.values_list("language", flat=True))
    assert max(len(question.text or "") for question in Question.objects.all()) >= 8_900


def test_its_lists_could_have_been_typed_at_the_desk() -> None:
    demo()
    by = acting(Person.objects.get(role="owner"))
    for topic in Topic.objects.all():
        words = tuple(topic.synonyms.values_list("word", flat=True))
        assert len(words) >= 4
        set_topic(topic, TopicFacts(topic.name, topic.slug, topic.description, topic.parent, words), by=by)
    assert CannedReply.objects.count() == 6
    for reply in CannedReply.objects.all():
        set_entry(reply, by=by)
    assert not Event.objects.of(HOUSE_REF).exists()
    assert set(Question.objects.values_list("language", flat=True)) <= set(Show.objects.get().languages)


def test_one_episode_has_every_element() -> None:
    demo()
    episode = Episode.objects.for_page().get(slug="stop-pretending")
    answer = render_answer(episode.script.segments[0].body)
    html = "".join(part.html for part in answer.parts)
    assert len({episode.text_level, episode.video_level, episode.pictures_level}) == 3
    assert episode.video_level == ContentLevel.NOT_SAFE
    assert len(answer.parts) >= 5
    assert (answer.checklists, len(answer.videos), episode.videos.count()) == (2, 1, 1)
    for mark in (
        'class="aside"',
        "<em>",
        'class="spoken"',
        'class="quotation"',
        'class="examine"',
        "/episodes/",
        "<ol",
        "<ul",
    ):
        assert mark in html, mark
    assert {"film", "book", "class", "shop", "video", "quotation"} <= {row.kind for row in episode.resources.all()}
    assert episode.verdict
    assert "](https://" in episode.answerers[0].shown_disclosure


def test_it_shows_every_kind_of_note_and_gate() -> None:
    demo()
    episodes = {episode.slug: episode for episode in Episode.objects.for_page()}
    in_part, as_a_whole = episodes["stop-pretending"], episodes["a-list-before-the-rope"]
    assert (in_part.has_gated_parts, is_text_gated(in_part), in_part.kinds) == (True, False, ["sex"])
    assert is_text_gated(as_a_whole)
    assert name_of(as_a_whole, as_a_whole.script) == "A list before the rope"
    gated_films = [video for video in Video.objects.filter(level=ContentLevel.NOT_SAFE) if video.kinds]
    assert {video.episode for video in gated_films} == {in_part, as_a_whole}
    assert "footnote" in "".join(
        part.html for part in render_answer(in_part.script.segments[0].body, prefix="a1").parts
    )
    assert max(len(episode.script.segments) for episode in episodes.values()) == 2
    assert {episode.script.verdict_reason != "" for episode in episodes.values()} == {True}


def test_it_has_a_translation_a_correction_and_readers_who_wrote_in() -> None:
    demo()
    translation = Episode.objects.for_page().get(language="de")
    assert translation.translation_of
    assert translation.translation_of.slug == "three-dots-eight-hours"
    parts = [render_answer(each.script.segments[0].body).parts for each in (translation, translation.translation_of)]
    assert len(parts[0]) == len(parts[1])
    [correction] = Correction.objects.all()
    assert "dental dams" in correction.episode.script.segments[0].body
    assert sorted(Report.objects.open().values_list("kind", flat=True)) == ["about-me", "wrong"]


def test_it_went_through_the_actions_like_a_real_show() -> None:
    demo()
    for question in Question.objects.all():
        assert_history_is_whole(question.ref, question.state, question.version)
    assert Event.objects.filter(verb="publish").count() == Episode.objects.count()


def test_its_password_is_made_on_the_spot_and_works() -> None:
    found = re.search(r"Name +(\w+)\n +Password +(\S+)", demo())
    assert found
    name, password = found.groups()
    assert User.objects.get(username=name).check_password(password)
    assert len(password) >= 16


def test_a_show_with_people_is_left_alone() -> None:
    demo()
    before = (Question.objects.count(), User.objects.count())
    assert "has people already" in demo()
    assert (Question.objects.count(), User.objects.count()) == before
