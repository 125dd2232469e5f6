"""The head of a reader's page: its one address, what others may preview of it, its feeds and its relatives."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as ListPage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from questions import showing
from questions.models import Person, Show, Topic
from questions.reading.addresses import absolute
from questions.reading.feeds import channels
from questions.reading.oembed import address_of_card
from questions.reading.structured import Subject, data_block, nodes_about
from questions.visibility import shows_adults_only

_FURTHER_PAGE = re.compile(r"page/\d+/$")
_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class FeedLink:
    title: str
    media_type: str
    address: str


@dataclass(frozen=True)
class Translation:
    """One of the pages that say the same in several languages; `language` is "x-default" for the one all others get."""

    language: str
    address: str


@dataclass(frozen=True)
class Metadata:
    """The head of a page. What other sites preview is never more explicit than what the page shows first.

    There is no picture for previews: the show owns none, and one of a film's host would be fetched from there.
    """

    title: str
    description: str
    address: str
    show: Show
    about: Subject = None
    pages: ListPage[Any] | None = None

    @property
    def kind(self) -> str:
        """The page's type in Open Graph."""
        return {showing.Page: "article", Person: "profile"}.get(type(self.about), "website")

    @property
    def article(self) -> showing.Page | None:
        return self.about if isinstance(self.about, showing.Page) else None

    @property
    def locale(self) -> str:
        """The language as Open Graph writes it; empty where no country is known, which it does not allow."""
        language, _, country = self._language.partition("-")
        return f"{language}_{country.upper()}" if len(country) == 2 else ""

    @property
    def _language(self) -> str:
        return (self.article and self.article.episode.language) or self.show.language

    @property
    def is_adult(self) -> bool:
        return self.article is not None and shows_adults_only(self.article.episode)

    @property
    def changed_at(self) -> datetime | None:
        return showing.last_change(self.article.episode) if self.article else None

    @property
    def feeds(self) -> list[FeedLink]:
        """The feeds of everything, on every page, and those of the page's own subject."""
        every = [channels.of_everything(self.show)]
        if isinstance(self.about, Topic):
            every.append(channels.of_topic(self.about, self.show))
        elif isinstance(self.about, Person):
            every.append(channels.of_person(self.about, self.show))
        return [
            FeedLink(channel.title, media_type, channel.path(form))
            for channel in every
            for form, media_type in _FEED_TYPES.items()
        ]

    @property
    def card(self) -> str:
        """Where other sites ask for the card by which they show an episode (oEmbed); empty for other pages."""
        return address_of_card(self.address) if self.article else ""

    @property
    def newer_page(self) -> str:
        """The address of the page before this one in a list of several."""
        return self._page(self.pages.previous_page_number()) if self.pages and self.pages.has_previous() else ""

    @property
    def older_page(self) -> str:
        return self._page(self.pages.next_page_number()) if self.pages and self.pages.has_next() else ""

    def _page(self, number: int) -> str:
        first = _FURTHER_PAGE.sub("", self.address)
        return f"{first}page/{number}/" if number > 1 else first

    @property
    def translations(self) -> list[Translation]:
        """The episode in each of its languages, itself among them, or nothing where there is only one.

        The original stands for every language without a translation (x-default): its words are the asker's own. It
        does so only while it can be read. Of two translations into one language, the first is named.
        """
        family = self.article.translations if self.article else []
        if len(family) < 2:
            return []
        by_language = {episode.language or self.show.language: episode for episode in reversed(family)}
        originals = [episode for episode in family if episode.translation_of_id is None]
        named = [*sorted(by_language.items()), *(("x-default", original) for original in originals)]
        return [Translation(language, absolute(episode.get_absolute_url())) for language, episode in named]

    @property
    def data_block(self) -> SafeString:
        return data_block(nodes_about(self.about, self.show, self.address, self.description))


def show_page(
    request: HttpRequest,
    template: str,
    title: str,
    description: str = "",
    *,
    about: Subject = None,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """A reader's page, in the show's own time zone: the same bytes for whoever asks for this address.

    `about` is what the page is about, an episode, a topic, a person or a season, so that its head can say so.
    A page of a list in the context as `page` gets links to the pages beside it.
    """
    show = Show.objects.current()
    page = context.get("page")
    pages = page if isinstance(page, ListPage) else None
    meta = Metadata(title, description or show.tagline, absolute(request.path), show, about, pages)
    with timezone.override(show.zone):
        return render(request, template, {**context, "show": show, "meta": meta}, status=status)
