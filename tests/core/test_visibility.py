"""One decision for an episode, a part of it, its films and its pictures, by what a reader has agreed to see."""

from itertools import product

import pytest

from questions.content_notes import NOTHING_AGREED, ContentKind, ContentLevel, ContentNote, Showing, showing_of
from questions.models import Episode, Script, Season, SpokenSegment, Video
from questions.rendering import Gating, render_answer
from questions.visibility import (
    ABOUTS,
    About,
    gating_within,
    is_family_friendly,
    is_safe,
    is_text_gated,
    name_of,
    note_of,
    shows_adults_only,
)

pytestmark = pytest.mark.pure

NONE, FINE, RACY, NOT_SAFE = ContentLevel
PLAIN, NOTED, GATED = Showing
SEX, DRUGS = ContentKind.SEX.value, ContentKind.DRUGS.value
BOTH = frozenset({SEX, DRUGS})

# What becomes of something of this level for these reasons, for who has agreed to see these kinds.
DECISIONS = [
    (NONE, (), NOTHING_AGREED, PLAIN),
    (FINE, (), NOTHING_AGREED, PLAIN),
    (FINE, (SEX,), NOTHING_AGREED, NOTED),
    (RACY, (), NOTHING_AGREED, NOTED),
    (RACY, (SEX,), NOTHING_AGREED, NOTED),
    (NOT_SAFE, (), NOTHING_AGREED, GATED),
    (NOT_SAFE, (SEX,), NOTHING_AGREED, GATED),
    # All of its kinds have to be agreed to: who wants to read of sex may still not want to read of drugs.
    (NOT_SAFE, (SEX,), {SEX}, NOTED),
    (NOT_SAFE, (SEX,), {DRUGS}, GATED),
    (NOT_SAFE, (SEX, DRUGS), {SEX}, GATED),
    (NOT_SAFE, (SEX, DRUGS), BOTH, NOTED),
    # Without a stated reason it is "something else", which can be agreed to like any other kind.
    (NOT_SAFE, (), BOTH, GATED),
    (NOT_SAFE, (), {"other"}, NOTED),
    # To agree takes gates away, never notes.
    (RACY, (SEX,), BOTH, NOTED),
    (FINE, (), BOTH, PLAIN),
]


def episode_with(about: About, level: int, kinds: tuple[str, ...] = ()) -> Episode:
    """An episode that is fine but for its text, its films or its pictures."""
    levels = {f"{about}_level": level} if about != "text" or level else {}
    return Episode(kinds=list(kinds), season=Season(number=2), number=7, **levels)


@pytest.mark.parametrize(("level", "kinds", "agreed", "showing"), DECISIONS)
def test_text_films_pictures_parts_and_single_films_are_decided_alike(
    level: int, kinds: tuple[str, ...], agreed: set[str], showing: Showing
) -> None:
    for about in ABOUTS:
        if about != "text" or level:  # there is always a text
            assert showing_of(note_of(episode_with(about, level, kinds), about), agreed) is showing
    part = ContentNote(level, kinds)
    assert Gating(frozenset(agreed)).showing_of(part) is showing
    assert showing_of(Video(level=level, kinds=list(kinds)).content_note, agreed) is showing


def test_words_alone_are_a_note() -> None:
    assert showing_of(ContentNote(FINE, (), "A dog dies, and is mourned.")) is NOTED


def test_each_of_the_three_has_its_own_level() -> None:
    episode = Episode(text_level=FINE, video_level=NOT_SAFE, pictures_level=RACY)
    assert [showing_of(note_of(episode, about)) for about in ABOUTS] == [PLAIN, GATED, NOTED]
    assert not is_text_gated(episode)


@pytest.mark.parametrize(("level", "gated"), [(FINE, False), (RACY, False), (NOT_SAFE, True)])
def test_the_text_is_gated_where_it_is_not_safe(level: int, gated: bool) -> None:
    assert is_text_gated(episode_with("text", level)) is gated


PART = "Hello.\n\n# One\n\n::: expect not safe | {kinds}\n:::\nSecret."


@pytest.mark.parametrize(
    ("text", "of_text", "of_part", "asks_again"),
    [
        (FINE, (), "sex", True),
        (NOT_SAFE, (SEX,), "sex", False),
        (NOT_SAFE, (SEX, DRUGS), "sex", False),
        (NOT_SAFE, (SEX,), "drugs", True),
        (NOT_SAFE, (), "", False),
    ],
)
def test_who_has_opened_the_text_is_not_asked_again_for_the_same_reason(
    text: int, of_text: tuple[str, ...], of_part: str, asks_again: bool
) -> None:
    episode = episode_with("text", text, of_text)
    [part] = render_answer(PART.format(kinds=of_part), gating=gating_within(episode)).parts
    assert ("<details" in part.html) is asks_again
    assert "Secret." in part.html


def test_what_cannot_fold_leaves_a_gated_part_out() -> None:
    gating = gating_within(episode_with("text", FINE), leaves_out=True)
    [part] = render_answer(PART.format(kinds="sex"), gating=gating).parts
    assert "Secret." not in part.html
    assert "Not safe for work: sex." in part.html
    assert 'href="#part-one"' in part.html


@pytest.mark.parametrize("levels", list(product((FINE, RACY, NOT_SAFE), ContentLevel, ContentLevel, (False, True))))
def test_safe_for_families_and_for_adults_only_are_one_scale(levels: tuple[int, int, int, bool]) -> None:
    text, video, pictures, has_gated_parts = levels
    episode = Episode(
        text_level=text, video_level=video, pictures_level=pictures, has_gated_parts=has_gated_parts
    )  # fmt: skip
    assert is_safe(episode) is (NOT_SAFE not in (text, video, pictures) and not has_gated_parts)
    assert is_family_friendly(episode) is (max(text, video, pictures) < RACY and not has_gated_parts)
    # Filters for families look at pictures: advice in words is not what they are for.
    assert shows_adults_only(episode) is (NOT_SAFE in (video, pictures))


def test_a_reason_that_is_named_is_not_for_families_either() -> None:
    assert not is_family_friendly(episode_with("text", FINE, ("death",)))


@pytest.mark.parametrize(
    ("title", "level", "name"),
    [
        ("Naps", FINE, "Naps"),
        ("Is it rude to nap?", FINE, "Is it rude to nap?"),
        ("", FINE, "Is it rude to nap? I do."),
        ("Naps", NOT_SAFE, "Naps"),
        ("Is it  rude to nap?", NOT_SAFE, "Season 2, episode 7"),
        ("Is it rude…", NOT_SAFE, "Season 2, episode 7"),
        ("", NOT_SAFE, "Season 2, episode 7"),
    ],
)
def test_a_title_that_only_quotes_a_gated_question_is_no_name(title: str, level: int, name: str) -> None:
    script = Script(title=title, segments=[SpokenSegment("Is it rude to nap?\nI do.", "Drowsy", "No.")])
    assert name_of(episode_with("text", level), script) == name
