"""An episode is put together of everything it consists of, with or without a script in the browser."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.assemble import Contents, assemble, disband
from questions.models import Answer, Episode, Event, Person, Resource, Season, Verdict
from questions.visibility import shown_resources
from tests import cast
from tests.factories import approved_answer, assembled_episode, scheduled_episode, topic

pytestmark = pytest.mark.django_db

NEW = "/desk/episodes/new/"


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def blank(**changes: Any) -> dict[str, Any]:
    """What a browser sends of a form in which only `changes` were typed."""
    rows: dict[str, Any] = {}
    for kind in ("credits", "videos", "resources"):
        rows |= {f"{kind}-TOTAL_FORMS": 1, f"{kind}-INITIAL_FORMS": 0}
    levels = {"text_level": 1, "video_level": "", "pictures_level": 0, "videos-0-level": 1}
    return {**rows, **levels, "title": "Naps at weddings", "new_season": 2, "number": 1, **changes}


def credited(person: Person, role: str = "answered", row: int = 0, **more: Any) -> dict[str, Any]:
    named = {f"credits-{row}-{name}": value for name, value in more.items()}
    return {f"credits-{row}-person": person.pk, f"credits-{row}-role": role, **named}


def edit(episode: Episode) -> str:
    return reverse("desk:edit-episode", args=[episode.ref])


def test_an_episode_of_everything_there_is(desk: Client) -> None:
    first, second = approved_answer("Nap?", body="Nap."), approved_answer("Snore?", body="Snore.")
    sleep = topic("Sleep")
    response = desk.post(
        NEW,
        blank(
            summary="When to nap.", note="Frank.\r\nWear socks.", text_level=2, video_level=3,
            new_verdict="It’s the cat.", verdict_reason="It woke you.", topics=[sleep.pk],
            **{f"place_{second.pk}": 1, f"place_{first.pk}": 2},
            **credited(cast.ines(), credited_as="Dr. I.", disclosure="No doctor."),
            **{
                "videos-0-url": "https://vimeo.com/76979871", "videos-0-title": "The nap",
                "videos-0-seconds": "1:02:30", "videos-0-level": 3, "videos-0-note": "Loud.",
                "resources-0-kind": "book", "resources-0-title": "On naps", "resources-0-maker": "A. Sleeper",
                "resources-0-url": "https://example.org/naps", "resources-0-place": "Here",
                "resources-0-extent": "200 pages", "resources-0-note": "Short.",
            },
        ),
    )  # fmt: skip
    episode = Episode.objects.get()
    assert response.headers["Location"] == reverse("desk:preview-episode", args=[episode.ref])
    assert (episode.season.number, episode.number, episode.slug) == (2, 1, "naps-at-weddings")
    script = episode.script
    assert (script.title, script.summary, script.note) == (
        "Naps at weddings",
        "When to nap.",
        "Frank.\nWear socks.",
    )
    assert [segment.body for segment in script.segments] == ["Snore.", "Nap."]
    assert (episode.text_level, episode.video_level, episode.pictures_level) == (2, 3, 0)
    assert (str(episode.verdict), script.verdict_reason) == ("It’s the cat.", "It woke you.")
    assert list(episode.topics.all()) == [sleep]
    [credit], [video], [resource] = episode.credits.all(), episode.videos.all(), episode.resources.all()
    assert (credit.person, credit.role, credit.name, credit.disclosure) == (
        cast.ines(), "answered", "Dr. I.", "No doctor.",
    )  # fmt: skip
    assert (video.title, video.seconds, video.level, video.note) == ("The nap", 3750, 3, "Loud.")
    assert (resource.kind, resource.title, resource.place, resource.extent) == (
        "book",
        "On naps",
        "Here",
        "200 pages",
    )


def test_saving_an_episode_untouched_changes_nothing_of_it(desk: Client) -> None:
    answer = approved_answer()
    desk.post(NEW, blank(**{f"place_{answer.pk}": 1}, **credited(cast.ines())))
    episode = Episode.objects.get()
    shown = desk.get(edit(episode))
    assembly = shown.context["assembly"]
    sent = {form.add_prefix(name): form[name].value() for form in _forms(assembly) for name in form.fields}
    for row_set in assembly.row_sets.values():
        sent |= {field.html_name: field.value() for field in row_set.management_form}
    words = {name: getattr(value, "pk", value) for name, value in sent.items() if value not in (None, "")}
    response = desk.post(edit(episode), words)
    assert response.status_code == 302
    again = Episode.objects.get()
    assert again.script == episode.script
    assert [(credit.person, credit.role) for credit in again.credits.all()] == [(cast.ines(), "answered")]
    assert again.version == episode.version + 1


def _forms(assembly: Any) -> list[Any]:
    return [assembly.form, *(form for row_set in assembly.row_sets.values() for form in row_set)]


def test_another_row_is_added_without_a_script_and_everything_typed_is_kept(desk: Client) -> None:
    typed = blank(add="videos", title="Half a title", number="", summary="Not done", **{"videos-0-title": "A film"})
    response = desk.post(NEW, typed)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Half a title" in shown
    assert "Not done" in shown
    assert 'value="A film"' in shown
    assert 'name="videos-1-title"' in shown
    assert "field__error" not in shown
    assert not Episode.objects.exists()
    assert not Season.objects.exists()
    # The rows that came back are rows like all others: one that stays blank does not count.
    answer = desk.post(
        NEW,
        blank(
            **{"videos-TOTAL_FORMS": 3, "videos-INITIAL_FORMS": 1, "videos-1-level": 1, "videos-2-level": 1},
            **{"videos-1-url": "https://vimeo.com/1234567", "videos-1-title": "Second row only"},
        ),
    )
    assert answer.status_code == 302
    assert [video.title for video in Episode.objects.get().videos.all()] == ["Second row only"]


def test_what_is_wrong_is_listed_with_the_way_to_each_field_and_nothing_is_lost(desk: Client) -> None:
    typed = blank(
        title="", new_season="", summary="Kept summary", new_verdict="x" * 29,
        **{"videos-0-title": "Kept film", "videos-0-seconds": "four minutes"},
        **{"credits-0-credited_as": "Kept name"},
    )  # fmt: skip
    response = desk.post(NEW, typed)
    shown = response.content.decode()
    assert response.status_code == 422
    for field in ("title", "season", "new_verdict", "videos-0-url", "videos-0-seconds", "credits-0-person"):
        assert f'href="#id_{field}"' in shown
        assert f'id="id_{field}"' in shown
    for words in ("Kept summary", "Kept film", "four minutes", "Kept name", "x" * 29):
        assert words in shown
    assert "Type the length as minutes and seconds" in shown
    assert not Episode.objects.exists()


def test_the_same_person_is_not_credited_twice_for_the_same(desk: Client) -> None:
    twice = {"credits-TOTAL_FORMS": 2, **credited(cast.ines()), **credited(cast.ines(), row=1)}
    response = desk.post(NEW, blank(**twice))
    assert response.status_code == 422
    assert "The same person has this role in another row." in response.content.decode()


NOT_SAFE = "The film “Loud” is not safe for work, so the video level cannot be lower."


@pytest.mark.parametrize(
    ("level", "in_answer", "sentence"),
    [
        (0, False, NOT_SAFE),
        (2, False, NOT_SAFE),
        (2, True, NOT_SAFE),
        (3, True, ""),
        (3, False, ""),
        ("", True, ""),
    ],
)
def test_the_note_is_never_milder_than_a_film(desk: Client, level: object, in_answer: bool, sentence: str) -> None:
    body = "::: video https://vimeo.com/76979871 | Loud | 4:00 | not safe\nMind.\n:::"
    answer = approved_answer(body=body if in_answer else "Nap.")
    row = {"videos-0-url": "https://vimeo.com/1234567", "videos-0-title": "Loud", "videos-0-level": 3}
    sent = blank(video_level=level, **{f"place_{answer.pk}": 1}, **({} if in_answer else row))
    response = desk.post(NEW, sent)
    assert response.status_code == (422 if sentence else 302)
    if sentence:
        assert sentence in response.content.decode()
        assert 'href="#id_video_level"' in response.content.decode()
    else:
        assert Episode.objects.get().video_level == 3


def test_a_film_of_which_nothing_is_said_is_still_a_film(desk: Client) -> None:
    answer = approved_answer(body="::: video https://vimeo.com/76979871\n:::")
    response = desk.post(NEW, blank(video_level=0, **{f"place_{answer.pk}": 1}))
    assert "so the video level cannot be “None”." in response.content.decode()
    assert desk.post(NEW, blank(video_level=2)).status_code == 302  # a level without a film is a promise kept


def test_a_resource_may_lead_to_a_page_of_this_site(desk: Client) -> None:
    row = {"resources-0-kind": "episode", "resources-0-title": "Naps"}
    for wrong in ("javascript:alert(1)", "/two words/", "/\\evil.example"):
        response = desk.post(NEW, blank(**row, **{"resources-0-url": wrong}))
        assert response.status_code == 422
        assert "or /episodes/a-title/ on this site." in response.content.decode()
    assert desk.post(NEW, blank(**row, **{"resources-0-url": "/episodes/naps/"})).status_code == 302
    assert Episode.objects.get().resources.get().url == "/episodes/naps/"


@pytest.mark.parametrize(
    "address",
    [
        "/episodes/later/",
        "https://show.example/episodes/later/#part",
        "http://x/episodes/l%61ter",
        "//x/episodes/later",
    ],
)
def test_no_link_gives_an_unpublished_episode_away(address: str) -> None:
    assembled_episode("Later", slug="later", answers=[])
    links = [
        Resource(kind="episode", title="Secret", url=address),
        Resource(kind="episode", title="Elsewhere", url="https://other.example/episodes/their-own/"),
    ]
    naps = assembled_episode("Naps", slug="naps", resources=links)
    shown = [resource.title for resource in shown_resources(naps, timezone.now())]
    assert shown == ["Elsewhere"]


def test_an_address_needs_a_letter_or_a_digit(desk: Client) -> None:
    for slug in ("-", "_-_"):
        response = desk.post(NEW, blank(slug=slug))
        assert response.status_code == 422
        assert "An address needs a letter or a digit." in response.content.decode()


def test_the_first_season_is_begun_by_itself(desk: Client) -> None:
    form = desk.get(NEW).context["form"]
    assert (form["season"].value(), form["new_season"].value(), form["number"].value()) == (None, 1, 1)
    assembled_episode()
    form = desk.get(NEW).context["form"]
    assert (form["new_season"].value(), form["number"].value()) == (None, 2)


def test_a_row_can_be_left_out(desk: Client) -> None:
    desk.post(NEW, blank(**credited(cast.ines(), DELETE="on")))
    assert not Episode.objects.get().credits.exists()


def test_a_taken_number_is_refused_and_leaves_no_season_or_verdict_behind(desk: Client) -> None:
    assembled_episode(number=1, slug="naps-at-weddings")
    response = desk.post(NEW, blank(new_season=7, new_verdict="New words", summary="Kept"))
    assert response.status_code == 409
    assert "Another episode has the address" in response.content.decode()
    assert "Kept" in response.content.decode()
    assert not Season.objects.filter(number=7).exists()
    assert not Verdict.objects.filter(words="New words").exists()


def test_a_stale_page_is_told_who_did_what_and_keeps_what_was_typed(desk: Client) -> None:
    episode = assembled_episode()
    words = blank(seen=episode.version, slug=episode.slug, summary="My summary", new_season=1)
    contents = Contents(episode.season.number, 1, episode.slug, "Noor’s title")
    assemble(contents, by=acting(cast.noor()), episode=episode, seen=episode.version)
    response = desk.post(edit(episode), words)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Noor Haddad" in shown
    assert "My summary" in shown
    assert Episode.objects.get().title == "Noor’s title"
    assert desk.post(edit(episode), {**words, "seen": Episode.objects.get().version}).status_code == 302


def test_what_was_typed_outlives_an_episode_that_was_taken_apart(desk: Client) -> None:
    episode = assembled_episode()
    disband(episode, by=acting(cast.noor()), seen=episode.version)
    response = desk.post(edit(episode), blank(seen=episode.version, summary="An hour of work"))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "It was taken apart meanwhile." in shown
    assert "An hour of work" in shown
    assert f'action="{NEW}"' in shown


def test_a_new_episode_can_be_undone_from_the_toast(desk: Client) -> None:
    shown = desk.post(NEW, blank(), follow=True).content.decode()
    event = Event.objects.get(verb="assemble")
    undo = f"/desk/history/{event.pk}/undo/"
    assert undo in shown
    response = desk.post(undo, follow=True)
    assert response.redirect_chain == [("/desk/episodes/", 302)]
    assert "Undone: assembled." in response.content.decode()
    assert not Episode.objects.exists()
    again = desk.post(undo, follow=True)
    assert again.redirect_chain == [("/desk/episodes/", 302)]
    assert "It is gone: somebody has taken it apart." in again.content.decode()


def test_a_change_is_said_without_a_way_back_that_there_is_not(desk: Client) -> None:
    episode = assembled_episode()
    shown = desk.post(edit(episode), blank(seen=episode.version), follow=True).content.decode()
    assert "The episode is saved." in shown
    assert "/undo/" not in shown


def test_verdicts_that_sound_alike_have_addresses_of_their_own(desk: Client) -> None:
    for number, words in enumerate(["The cat.", "The cat!", "The cat.", "…", "㎯" * 28], start=1):
        desk.post(NEW, blank(number=number, slug=f"e{number}", new_verdict=words))
    assert Episode.objects.count() == 5
    assert list(Verdict.objects.order_by("pk").values_list("slug", flat=True)) == [
        "the-cat", "the-cat-2", "verdict", ("rads2" * 28)[:50],
    ]  # fmt: skip


def test_what_is_scheduled_is_not_edited(desk: Client) -> None:
    episode = scheduled_episode()
    assert desk.get(edit(episode)).status_code == 302
    response = desk.post(edit(episode), blank(seen=episode.version, summary="Late words"))
    assert response.status_code == 409
    assert "it is Scheduled now" in response.content.decode()
    assert "Late words" in response.content.decode()


def test_an_approved_answer_begins_an_episode(desk: Client) -> None:
    answer = approved_answer("Is it rude to nap?", answerer=cast.ines())
    answer.question.topics.set([topic("Sleep")])
    shown = desk.get(NEW, {"question": str(answer.question.ref)})
    form = shown.context["form"]
    assert form["title"].value() == "Is it rude to nap?"
    assert form[f"place_{answer.pk}"].value() == 1
    assert desk.get(NEW, {"question": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"add": "credits"},
        {"credits-TOTAL_FORMS": "-1", "videos-TOTAL_FORMS": "9" * 30, "resources-INITIAL_FORMS": "x"},
        blank(number="9" * 30, season="x", new_season="0", topics=["x"], verdict="-1", seen="x"),
        blank(title="\0", slug="a b", **{"videos-0-url": "javascript:alert(1)", "videos-0-title": "x"}),
        blank(title="ما رأيك؟", number=3),
    ],
)
def test_nonsense_is_never_an_error_of_ours(desk: Client, nonsense: dict[str, Any]) -> None:
    assert desk.post(NEW, nonsense).status_code in (200, 302, 422)
    assert Answer.objects.count() == 0
