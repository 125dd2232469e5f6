"""How long a filtered queue is, and the views that a host has saved, each with its length."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.http import QueryDict

from questions.desk.masthead import KEPT_FOR, Newest
from questions.desk.queue.filters import Filter, Known
from questions.desk.queue.pages import QUEUES, Queue
from questions.lifecycle import QuestionState
from questions.models import Person, SavedView

MOST = 1_000
"""No filtered queue is counted further: a list says "1,000+" then."""

TABS = 9
"""So many views stand above the list, one for each digit."""


@dataclass(frozen=True)
class Tab:
    """A saved view as it stands above the list."""

    view: SavedView
    address: str
    count: int
    is_here: bool


def length_of(queue: Queue, newest: Newest) -> int:
    """How many questions fit, MOST + 1 standing for more; kept in this process until the next event."""
    what = f"{queue.host.pk}:{queue.state}:{queue.filter.query}"
    key = "desk-view-" + hashlib.sha256(what.encode()).hexdigest()
    kept = cache.get(key)
    if kept and newest.mac and kept[0] == newest.mac:
        return int(kept[1])
    found = queue.questions.order_by().values("pk")[: MOST + 1].count()
    cache.set(key, (newest.mac, found), KEPT_FOR)
    return found


def tabs_of(here: Queue, newest: Newest) -> list[Tab]:
    """The first views that the host may use, counted."""
    views = SavedView.objects.for_person(here.host)[:TABS]
    queues = [(view, queue_of_view(view, here.host, here.filter.known)) for view in views]
    return [
        Tab(
            view,
            queue.address(),
            length_of(queue, newest),
            is_here=(queue.state, queue.filter.values) == (here.state, here.filter.values),
        )
        for view, queue in queues
    ]


def queue_of_view(view: SavedView, host: Person, known: Known) -> Queue:
    """The queue that a saved view names; what it was filtered by and is not there any more is left out."""
    given = QueryDict(view.query).dict()
    state = QUEUES.get(str(given.get("state")), QuestionState.WAITING)
    return Queue(state, host, Filter.read({name: str(value) for name, value in given.items()}, known))
