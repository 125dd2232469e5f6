"""What a page says of itself as data: one block of JSON-LD in the words of schema.org, which no browser runs.

An answer is an Article. It is no QAPage, which is for pages where every visitor can answer, and no FAQPage. Where the
text is gated, the note stands for the words here as well.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.duration import duration_iso_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from questions import showing
from questions.models import ContentLevel, Person, Season, Show, Topic
from questions.players import Player
from questions.reading.addresses import absolute
from questions.rendering import plain_words
from questions.rendering.answer import WORDS_A_MINUTE
from questions.visibility import (
    LONGEST_NAME,
    ContentNote,
    Showing,
    is_family_friendly,
    is_text_gated,
    note_in_words,
    showing_of,
)

Subject = showing.Page | Topic | Person | Season | None
Node = dict[str, Any]

# Nothing in the block can end it, or begin a comment or another element.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(nodes: Iterable[Node]) -> SafeString:
    """The nodes as one script element that is data; nothing where there are none."""
    graph = list(nodes)
    if not graph:
        return SafeString()
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    words = data.translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - escaped above


def nodes_about(about: Subject, show: Show, address: str, description: str) -> Iterator[Node]:
    """What the page at `address` says of its subject; the home page speaks of the site."""
    match about:
        case showing.Page():
            yield from _episode(about, show, address, description)
        case Person():
            yield _profile(about, address)
        case Topic():
            yield _trail((_("Topics"), reverse("reading:topics")), *map(_step, _way_down_to(about)))
        case Season():
            yield _trail((_("All episodes"), reverse("reading:episodes")), _step(about))
        case None if address == absolute(reverse("reading:home")):
            yield _site(show, address)


def _site(show: Show, address: str) -> Node:
    site = {
        "@type": "WebSite",
        "@id": f"{address}#site",
        "url": address,
        "name": show.name,
        "inLanguage": show.language,
    }
    if show.tagline:
        site["description"] = show.tagline
    template = f"{absolute(reverse('reading:search'))}?q={{words}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": template},
        "query-input": "required name=words",
    }
    return {**site, "potentialAction": search}


def _profile(person: Person, address: str) -> Node:
    about = {"@type": "Person", "@id": f"{address}#person", "name": person.name, "url": address}
    if bio := Truncator(" ".join(plain_words(person.bio).split())).chars(300):
        about["description"] = bio
    return {"@type": "ProfilePage", "url": address, "mainEntity": about}


def _trail(*steps: tuple[str, str]) -> Node:
    """The way to a page, from the widest place to the page itself."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _way_down_to(topic: Topic) -> list[Topic]:
    """The topics it is filed under, the widest first, and itself."""
    way = [topic]
    while (above := way[0].parent) and above not in way:
        way.insert(0, above)
    return way


def _step(place: Topic | Season) -> tuple[str, str]:
    return str(place), place.get_absolute_url()


def _episode(page: showing.Page, show: Show, address: str, description: str) -> Iterator[Node]:
    films = [_film(film, page, address, number) for number, film in enumerate(_films_of(page), start=1)]
    shared = _shared(page, show, address, description)
    yield _article(page, shared, address)
    if films:
        yield _on_air(page, show, shared, address, films)
    yield from films
    season = page.episode.season
    here = (page.title, page.episode.get_absolute_url())
    yield _trail((_("All episodes"), reverse("reading:episodes")), _step(season), here)


def _shared(page: showing.Page, show: Show, address: str, description: str) -> Node:
    """What is true of the answer as a text and of the episode as a film."""
    episode = page.episode
    house = {"@type": "Organization", "name": show.name, "url": absolute(reverse("reading:home"))}
    authors = [_person(credit.person, credit.name) for credit in page.answered_by]
    assert episode.release_at
    facts: Node = {
        "url": address,
        "description": description,
        "datePublished": episode.release_at.isoformat(),
        "dateModified": showing.last_change(episode).isoformat(),
        "inLanguage": episode.language or show.language,
        "author": authors or [house],
        "publisher": house,
        "isFamilyFriendly": is_family_friendly(episode),
    }
    if not is_family_friendly(episode):
        facts["contentRating"] = note_in_words(episode, "")
    return facts


def _article(page: showing.Page, shared: Node, address: str) -> Node:
    word_count = sum(answer.rendered.word_count for answer in page.answers)
    article = {"@type": "Article", "@id": f"{address}#article", "headline": page.title, **shared}
    article |= {"mainEntityOfPage": address, "wordCount": word_count}
    article["timeRequired"] = f"PT{max(1, round(word_count / WORDS_A_MINUTE))}M"
    article["isPartOf"] = _season(page.episode.season)
    if topics := [_topic(topic) for topic in page.episode.topics.all()]:
        article["about"] = topics
    if not is_text_gated(page.episode):
        article["mainEntity"] = [_question(answer) for answer in page.answers]
    return article


def _question(answer: showing.SpokenAnswer) -> Node:
    """What is asked, in short. The answer is the Article."""
    words = " ".join(answer.spoken.question.split())
    return {"@type": "Question", "name": Truncator(words).chars(LONGEST_NAME)}


def _on_air(page: showing.Page, show: Show, shared: Node, address: str, films: list[Node]) -> Node:
    series = {"@type": "PodcastSeries", "name": show.name, "url": absolute(reverse("reading:home"))}
    return {
        "@type": "PodcastEpisode",
        "@id": f"{address}#episode",
        "name": page.title,
        **shared,
        "episodeNumber": page.episode.number,
        "partOfSeason": _season(page.episode.season),
        "partOfSeries": series,
        "video": [{"@id": film["@id"]} for film in films],
    }


def _season(season: Season) -> Node:
    address = absolute(season.get_absolute_url())
    return {
        "@type": "CreativeWorkSeason",
        "seasonNumber": season.number,
        "name": season.title or str(season),
        "url": address,
    }


def _person(person: Person, name: str) -> Node:
    return {"@type": "Person", "name": name, "url": absolute(person.get_absolute_url())}


def _topic(topic: Topic) -> Node:
    return {"@type": "Thing", "name": topic.name, "url": absolute(topic.get_absolute_url())}


@dataclass(frozen=True)
class _Film:
    """A film of the episode or of its answer."""

    title: str
    seconds: int | None
    note: ContentNote
    player: Player | None


def _films_of(page: showing.Page) -> Iterator[_Film]:
    """The films a reader meets in the open or behind a note of their own.

    What an answer mentions is left out where some of its words are gated, for the film's title may be among them.
    """
    for video in page.episode.videos.all():
        yield _Film(video.title, video.seconds, video.content_note, video.player)
    if is_text_gated(page.episode) or page.episode.has_gated_parts:
        return
    for shown in (film for answer in page.answers for film in answer.rendered.videos):
        note = ContentNote(shown.level or ContentLevel.FINE, shown.kinds)
        yield _Film(shown.title, shown.seconds, note, shown.player)


def _film(film: _Film, page: showing.Page, address: str, number: int) -> Node:
    """A film. Search engines show no picture of it: the only still there is belongs to its host, who would be asked."""
    assert page.episode.release_at
    is_for_all = showing_of(replace(film.note, words="")) is Showing.PLAIN
    node = {
        "@type": "VideoObject",
        "@id": f"{address}#film-{number}",
        "name": film.title or page.title,
        "description": (film.note.words if is_for_all else film.note.in_words) or film.title or page.title,
        "uploadDate": page.episode.release_at.isoformat(),
        "isFamilyFriendly": is_for_all,
    }
    if film.seconds:
        node["duration"] = duration_iso_string(timedelta(seconds=film.seconds))
    if not is_for_all:
        node["contentRating"] = film.note.sentence
    if film.player and showing_of(film.note) is not Showing.GATED:
        node["embedUrl"] = film.player.embed_address
    return node
