"""The list that stands beside every question: which one it is, where it begins, and what its template is given."""

from typing import Any

from django.http import HttpRequest

from questions.desk.access import host_of
from questions.desk.masthead import counts, newest_event
from questions.desk.queue import pages
from questions.desk.queue.bulk import STROKES
from questions.desk.queue.counting import length_of, tabs_of
from questions.desk.queue.filters import Filter, Known
from questions.desk.queue.forms import FilterForm
from questions.desk.queue.news import name_of
from questions.desk.queue.pages import IN_VIEW, Page, Place, Queue, closed_piles
from questions.models import Question


def list_beside(page: Page, asked: Question | None, *, is_list: bool) -> dict[str, Any]:
    """What `desk/_queue.html` and the bar of verbs need; `is_list` is whether the list is the page itself."""
    newest = newest_event()
    numbers = counts(newest)
    return {
        "page": page,
        "next": page.address_after(asked) if asked else "",
        "previous": page.address_before(asked) if asked else "",
        "counts": numbers,
        "count": numbers[page.state],
        "found": length_of(page.queue, newest) if page.filter else None,
        "newest": name_of(newest.number),
        "is_list": is_list,
        "piles": closed_piles(numbers),
        "tabs": tabs_of(page.queue, newest),
        "filter_form": FilterForm.of(page.queue),
        "strokes": [(word, stroke.label) for word, stroke in STROKES.items()],
    }


def queue_in(request: HttpRequest, state: str) -> Queue:
    """The queue of a state, filtered as the address says."""
    return Queue(state, host_of(request), Filter.read(request.GET.dict(), Known.now()))


def page_around(request: HttpRequest, asked: Question) -> Page:
    """The page of the list that the host has open, or the one that begins at the question if it is not on that."""
    return pages.page_with(asked, queue_in(request, asked.state), place_of(request))


def following(request: HttpRequest, asked: Question) -> Question | None:
    """The question that comes after this one on the host's list; after the last one, the first that is left."""
    return pages.following(asked, queue_in(request, asked.state))


def place_of(request: HttpRequest) -> Place | None:
    """Where the list begins that the host has open."""
    return Place.read(request.GET.get("from", ""))


def query_of(request: HttpRequest) -> str:
    """What to hang on an address so that the list stays as the host has it open."""
    return pages.query(queue_in(request, "").filter, place_of(request))


def address_in_list(request: HttpRequest, asked: Question) -> str:
    """The question's page beside the list as it is."""
    return asked.get_absolute_url() + query_of(request) + IN_VIEW


def queue_of(request: HttpRequest, asked: Question) -> str:
    """The head of the list that the question stands in, filtered as it is."""
    return queue_in(request, asked.state).address()
