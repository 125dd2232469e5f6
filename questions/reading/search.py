"""The readers' search: the only page with a query string, and one that nobody else should keep or be told of."""

from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions import safety
from questions.models import Episode, Show
from questions.reading.metadata import show_page
from questions.reading.narrowing import Asked, Choice, Choices, Group, choices, groups
from questions.search.marking import Pieces
from questions.search.published import Found, NotReady, Way, find
from questions.search.typed import LONGEST
from questions.search.words import readable
from questions.showing import row

HITS_A_PAGE = 10
RETRY_SECONDS = 3


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was typed stands in the address and in the box, but not in the title: tabs and histories are seen."""
    now = timezone.now()
    typed = " ".join(readable(request.GET.get("q", "")[:LONGEST]).split())
    every = choices(now)
    asked = Asked.of(request.GET, every, typed)
    try:
        first = (asked.page - 1) * HITS_A_PAGE
        # Who calls for help is not told that something else was meant, nor shown what only shares a word with it.
        loosely = not safety.cries(typed)
        found = find(asked.typed, asked.within, now, first=first, limit=HITS_A_PAGE, loosely=loosely)
    except NotReady:
        response = show_page(
            request, "reading/search.html", _("Search"), status=503, results=Results(asked, every, None)
        )
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return show_page(request, "reading/search.html", _("Search"), results=Results(asked, every, found))


@dataclass(frozen=True)
class Frame:
    """The row of an episode but for the piece of its words: what stands before that and what after."""

    before: SafeString
    after: SafeString


# Nobody can write this, since it is another one in each process.
_BETWEEN = uuid4().hex


def frame_of(episode: Episode, show: Show) -> Frame:
    """The frame of an episode, kept with it: to put rows together is most of the work of a search."""
    kept: Frame | None = episode.__dict__.get("search_frame")
    if kept is None:
        with timezone.override(show.zone):
            context = {"row": row(episode), "heading": 2, "show": show, "pieces": [(_BETWEEN, False)]}
            before, _, after = render_to_string("reading/_row.html", context).partition(_BETWEEN)
        kept = episode.__dict__["search_frame"] = Frame(mark_safe(before), mark_safe(after))  # noqa: S308
    return kept


@dataclass(frozen=True)
class Removable:
    """Something a search was narrowed down to, and where it leads without."""

    choice: Choice
    address: str


@dataclass(frozen=True)
class Results:
    """One page of results, as the template shows it; `found` is None while there is no index."""

    asked: Asked
    every: Choices
    found: Found | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not (self.asked.typed or self.asked.chosen)

    @cached_property
    def rows(self) -> list[tuple[Frame, Pieces]]:
        show = Show.objects.current()
        return [(frame_of(hit.episode, show), hit.pieces) for hit in self.found.hits] if self.found else []

    @property
    def chosen(self) -> list[Removable]:
        return [Removable(choice, self.asked.address(without=choice)) for choice in self.asked.chosen]

    @property
    def groups(self) -> list[Group]:
        return groups(self.asked, self.found.counts, self.every) if self.found else []

    @property
    def has_only_some(self) -> bool:
        return self.found is not None and bool(self.found.count) and self.found.way is Way.SOME_WORDS

    @property
    def address_of_corrected(self) -> str:
        return self.asked.address(self.found.corrected) if self.found and self.found.corrected else ""

    @property
    def address_of_suggested(self) -> str:
        return self.asked.address(self.found.suggested) if self.found and self.found.suggested else ""

    @property
    def address_of_words_alone(self) -> str:
        return Asked(self.asked.typed).address()

    @property
    def address(self) -> str:
        return self.asked.address(page=self.number)

    @property
    def number(self) -> int:
        """Of the page; beyond the last one it is the last."""
        return self.found.first // HITS_A_PAGE + 1 if self.found else 1

    @property
    def pages(self) -> int:
        return -(-self.found.count // HITS_A_PAGE) if self.found else 1

    @property
    def address_before(self) -> str:
        return self.asked.address(page=self.number - 1) if self.number > 1 else ""

    @property
    def address_after(self) -> str:
        return self.asked.address(page=self.number + 1) if self.number < self.pages else ""

    @property
    def topics(self) -> list[object]:
        return list(self.every.topics_like(self.asked.typed, Show.objects.current().language))

    @cached_property
    def calls_for_help(self) -> bool:
        """Whether what was typed sounds like somebody who needs help now."""
        return bool(safety.cries(self.asked.typed))
