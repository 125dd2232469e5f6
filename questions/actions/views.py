"""A host keeps a filtered queue under a name, shares it, moves it, gives it up. No Event: nothing is decided."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import Refused
from questions.models import Person, SavedView

MOST_VIEWS = 40
"""So many views may one host keep."""


@transaction.atomic
def save_view(*, name: str, query: str, by: Person, is_shared: bool = False) -> SavedView:
    """Keep `query`, the filter as it stands in an address, under `name`; it comes last in the host's own order."""
    own = _own(by)
    if len(own) >= MOST_VIEWS:
        raise Refused(_("You keep {count} views already. Delete one first.").format(count=MOST_VIEWS))
    if any(view.name.casefold() == name.casefold() for view in own):
        raise Refused(_("You have a view with this name already."))
    return SavedView.objects.create(name=name, query=query, owner=by, is_shared=is_shared, position=len(own))


@transaction.atomic
def rename_view(view: SavedView, *, name: str, by: Person) -> None:
    """Give one's own view another name."""
    others = [other for other in _own(by) if other != view]
    if any(other.name.casefold() == name.casefold() for other in others):
        raise Refused(_("You have a view with this name already."))
    _change(view, by, name=name)


def share_view(view: SavedView, *, is_shared: bool, by: Person) -> None:
    """Let all hosts use one's own view, or keep it to oneself again."""
    _change(view, by, is_shared=is_shared)


@transaction.atomic
def move_view(view: SavedView, *, steps: int, by: Person) -> None:
    """Move one's own view down by `steps` in one's own order, or up where they are negative."""
    own = _own(by)
    if view not in own:
        raise _not_theirs()
    place = own.index(view)
    own.insert(max(0, place + steps), own.pop(place))
    for position, other in enumerate(own):
        SavedView.objects.filter(pk=other.pk).update(position=position)


@transaction.atomic
def delete_view(view: SavedView, *, by: Person) -> None:
    """Give up one's own view; nothing happens to the questions in it."""
    if view.owner_id != by.pk:
        raise _not_theirs()
    view.delete()


def _own(by: Person) -> list[SavedView]:
    """The host's views in their order, locked."""
    return list(SavedView.objects.select_for_update().filter(owner=by))


def _change(view: SavedView, by: Person, **columns: object) -> None:
    if not SavedView.objects.filter(pk=view.pk, owner=by).update(**columns):
        raise _not_theirs()


def _not_theirs() -> Refused:
    return Refused(_("It belongs to a colleague, or is gone."))
