"""An episode as an item of a feed: its words rendered for programs that cannot fold, tick or play."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from questions import showing
from questions.models import Person, Show
from questions.reading.addresses import absolute
from questions.reading.feeds.feed import Author, Category, Item, language_tag, line
from questions.rendering.elsewhere import elsewhere


def item_of(page: showing.Page, show: Show) -> Item:
    """The page, which must leave out what is gated, as an item."""
    episode = page.episode
    assert page.leaves_out
    assert episode.release_at
    address = absolute(episode.get_absolute_url())
    language = language_tag(episode.language or show.language)
    words = {
        "page": page, "show": show, "address": address,
        "language": language, "direction": _direction(language),
    }  # fmt: skip
    html = render_to_string("reading/_feed_item.html", words)
    return Item(
        id=f"urn:uuid:{episode.ref}",
        address=address,
        title=line(page.title) or address,
        summary=line(page.description) or address,
        html=elsewhere(html, address).strip(),
        released_at=episode.release_at,
        changed_at=showing.last_change(episode),
        authors=[Author(line(credit.name), _address_of(credit.person)) for credit in page.answered_by],
        categories=[Category(line(topic.name), topic.slug) for topic in episode.topics.all()],
        language="" if language == language_tag(show.language) else language,
    )


def _address_of(person: Person) -> str:
    return absolute(reverse("reading:person", args=[person.slug]))


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
