"""What only an owner of the show may do to the house."""

from django.utils.translation import gettext as _

from questions.actions.acting import OPERATOR, Actor, Refused
from questions.actions.house import hold_house
from questions.lifecycle import Role
from questions.models import Person


def require_owner(by: Actor) -> None:
    """Lock the house, so that its deeds follow each other; raise Refused unless `by` owns the show now, or runs it."""
    hold_house()
    if by == OPERATOR:
        return
    owners = Person.objects.here().filter(role=Role.OWNER)
    if by.person is None or not owners.filter(pk=by.person.pk).exists():
        raise Refused(_("This is for the owners of the show."))
