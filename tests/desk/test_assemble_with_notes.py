"""What an episode's note says it has in it, its language, and what it is a translation of."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import Refused, acting
from questions.actions.assemble import Contents, assemble
from questions.actions.claim import claim
from questions.actions.correct import correct
from questions.content_notes import ContentKind
from questions.models import Episode
from questions.visibility import is_safe, public_episodes
from tests import cast
from tests.desk.test_assemble_episode import NEW, blank, edit
from tests.factories import approved_answer, asked, assembled_episode, host, published_episode
from tests.reading import seen

pytestmark = pytest.mark.django_db

NO_SECOND = "This episode exists in that language already. Choose the language of the translation."


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def test_the_kinds_of_the_episode_and_of_each_film_are_kept_and_shown(desk: Client) -> None:
    film = {"videos-0-url": "https://vimeo.com/76979871", "videos-0-title": "Loud", "videos-0-level": 3}
    response = desk.post(NEW, blank(kinds=["drugs", "sex"], **film, **{"videos-0-kinds": ["sex"]}))
    episode = Episode.objects.get()
    assert episode.kinds == ["drugs", "sex"]
    assert episode.videos.get().kinds == ["sex"]
    preview = desk.get(response.headers["Location"])
    assert "Because of: sex, drugs." in seen.with_class(preview, "expect-words")
    assert "Not safe for work: sex." in preview.content.decode()
    form = desk.get(edit(episode)).context["assembly"]
    assert form.form["kinds"].value() == ["drugs", "sex"]
    assert form.row_sets["videos"].forms[0]["kinds"].value() == ["sex"]


def test_a_kind_that_there_is_not_is_refused_and_the_others_stay(desk: Client) -> None:
    film = {"videos-0-url": "https://vimeo.com/1", "videos-0-title": "Loud", "videos-0-kinds": ["sex", "opera"]}
    response = desk.post(NEW, blank(kinds=["death", "\0"], **film))
    assert response.status_code == 422
    checked = [element for element in seen.elements(response) if "checked" in element.attributes]
    assert {element.attributes["value"] for element in checked} >= {"death", "sex"}
    assert not Episode.objects.exists()


def test_another_row_keeps_the_kinds_the_language_and_the_original(desk: Client) -> None:
    original = published_episode()
    typed = blank(add="videos", kinds=["sex"], language="de", translation_of=original.pk, **{"videos-0-kinds": ["sex"]})
    assembly = desk.post(NEW, typed).context["assembly"]
    values = [str(assembly.form[name].value()) for name in ("kinds", "language", "translation_of")]
    assert values == ["['sex']", "de", str(original.pk)]
    assert assembly.row_sets["videos"].forms[0]["kinds"].value() == ["sex"]


def test_a_translation_leads_to_a_released_original(desk: Client) -> None:
    original, planned = published_episode("Naps", number=1), assembled_episode("Later", number=2)
    offered = dict(desk.get(NEW).context["form"].fields["translation_of"].choices)
    assert [str(label) for label in offered.values()] == ["Nothing: it is an episode of its own", "1.1 Naps"]
    assert desk.post(NEW, blank(language="de", translation_of=planned.pk)).status_code == 422
    response = desk.post(NEW, blank(title="Nickerchen", language="de", translation_of=original.pk))
    translation = Episode.objects.get(slug="nickerchen")
    assert (translation.language, translation.translation_of) == ("de", original)
    preview = desk.get(response.headers["Location"])
    assert "Deutsch: a translation of this episode" in seen.with_class(preview, "quiet")
    assert seen.links(preview)["a translation of this episode"] == reverse("desk:preview-episode", args=[original.ref])
    assert desk.get(edit(translation)).context["form"]["translation_of"].value() == original.pk


@pytest.mark.parametrize(("language", "status"), [("", 409), ("en", 409), ("de", 409), ("es", 302), ("qqq", 422)])
def test_there_is_one_translation_into_each_other_language(desk: Client, language: str, status: int) -> None:
    original = published_episode(number=1)
    published_episode(number=2, language="de", translation_of=original)
    response = desk.post(NEW, blank(language=language, translation_of=original.pk, summary="Kept"))
    assert response.status_code == status
    assert status != 409 or NO_SECOND in response.content.decode()
    assert status == 302 or "Kept" in response.content.decode()


def test_translations_make_no_chains_and_no_circles() -> None:
    original = published_episode(number=1)
    german = published_episode(number=2, language="de", translation_of=original)
    other = published_episode(number=3)
    for episode, of, sentence in (
        (None, german, "A translation leads to the original, not to another translation."),
        (german, german, "An episode cannot be a translation of itself."),
        (original, other, "A translation leads to the original, not to another translation."),
    ):
        contents = Contents(9, 9, "new", "New", language="fr", translation_of=of)
        with pytest.raises(Refused, match=sentence):
            assemble(contents, by=acting(host()), episode=episode, seen=episode.version if episode else None)


def gated(title: str, **changes: Any) -> dict[str, Any]:
    answer = approved_answer("Is it rude to nap at a wedding?")
    return blank(title=title, text_level=3, **{f"place_{answer.pk}": 1}, **changes)


def test_a_title_that_only_quotes_a_gated_question_is_saved_with_a_warning(desk: Client) -> None:
    response = desk.post(NEW, gated("Is it rude to nap at a …"), follow=True)
    assert response.status_code == 200
    [warning] = seen.with_class(response, "notice")
    assert "so lists, links and previews say “Season 2, episode 1”." in warning
    assert "Its address" not in warning
    assert Episode.objects.get().slug == "season-2-1"
    assert seen.with_class(desk.get(edit(Episode.objects.get())), "notice") == [warning]


def test_an_address_that_quotes_a_gated_question_is_pointed_out(desk: Client) -> None:
    title, slug = "Is it rude to nap at a wedding?", "is-it-rude-to-nap-at-a-wedding"
    response = desk.post(NEW, gated(title, slug=slug), follow=True)
    [warning] = seen.with_class(response, "notice")
    assert "Its address quotes the question as well: give it another." in warning


def test_a_title_of_its_own_needs_no_warning(desk: Client) -> None:
    assert seen.with_class(desk.post(NEW, gated("Naps"), follow=True), "notice") == []


def test_a_part_may_be_gated_where_the_text_is_fine_and_a_correction_may_take_the_gate_away(desk: Client) -> None:
    body = "# Before\n\nKnock.\n\n# The scene\n\n::: expect not safe | sex\nAs it was.\n:::\n\nLoud words."
    episode = published_episode(answers=[approved_answer(body=body)])
    assert episode.has_gated_parts
    assert not is_safe(episode)
    preview = desk.get(reverse("desk:preview-episode", args=[episode.ref]))
    assert "Fine at work, a part of it not safe" in preview.content.decode()
    form = reverse("desk:correct-episode", args=[episode.ref])
    assert "::: expect not safe | sex" in desk.get(form).content.decode()
    correct(episode, bodies=["Knock."], words="The scene is gone.", by=acting(host()), seen=episode.version)
    episode = public_episodes(timezone.now()).get()
    assert not episode.has_gated_parts
    correct(episode, bodies=[body], words="It is back.", by=acting(host()), seen=episode.version)
    assert Episode.objects.get().has_gated_parts


def test_how_to_write_names_every_kind(desk: Client) -> None:
    question = asked()
    claim(question, by=acting(cast.tomas()), seen=question.version)
    shown = desk.get(reverse("desk:write-answer", args=[question.ref]))
    [how_to] = seen.with_class(shown, "how-to")
    assert "::: expect not safe | sex, drugs" in how_to
    assert not [kind.value for kind in ContentKind if kind.value not in how_to]
