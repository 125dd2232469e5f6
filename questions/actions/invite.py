"""A colleague is invited by a link, and comes in by it once."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused, acting
from questions.actions.chronicle import note_in_history
from questions.actions.house import hold_house
from questions.actions.owning import require_owner
from questions.actions.people import describe_in_history
from questions.actions.share import make_link, new_guest
from questions.lifecycle import Role, Verb
from questions.links import LinkToken
from questions.models import LinkKind, Person, SharedLink

DAYS_ALLOWED = (1, 14)
"""The fewest and the most days for which an invitation holds (issue 4)."""


@transaction.atomic
def invite(*, role: Role, days: int, by: Actor, person: Person | None = None) -> tuple[SharedLink, LinkToken]:
    """Make an invitation for `days` days; returns it with its token, which is shown this once and kept nowhere.

    `person` is somebody on the list who gets an account by it, also one who has left and is welcome back. Raises
    Refused where they have one already.
    """
    require_owner(by)
    fewest, most = DAYS_ALLOWED
    if not fewest <= days <= most:
        raise Refused(_("Between {fewest} and {most} days, please.").format(fewest=fewest, most=most))
    person = person and Person.objects.select_related("user").get(pk=person.pk)
    if person and has_account(person):
        raise Refused(_("{name} can sign in already.").format(name=person.name))
    made = make_link(LinkKind.JOIN, by=by, expires_at=timezone.now() + timedelta(days=days), person=person, role=role)
    whom = describe_in_history(person) if person else {}
    note_in_history(Verb.INVITE, by=by, **whom, role=role, days=days)
    return made


def has_account(person: Person) -> bool:
    """Whether somebody can sign in; not so who has left."""
    return person.user is not None and person.user.is_active and not person.left_on


@transaction.atomic
def join(link: SharedLink, *, name: str, user_name: str, password: str) -> Person:
    """Use up an invitation: make the account, and the person where there is none yet. It signs nobody in.

    Raises Refused where the link has expired, was used or revoked, and where the user name is taken. Of two who use
    one invitation at the same moment the second is refused.
    """
    hold_house()
    now = timezone.now()
    if not SharedLink.objects.open_at(now).filter(pk=link.pk, kind=LinkKind.JOIN).update(used_at=now):
        raise Refused(_("This invitation has been used, or it is over."))
    row = SharedLink.objects.select_related("person__user").get(pk=link.pk)
    if row.person and has_account(row.person):
        raise Refused(_("{name} can sign in already.").format(name=row.person.name))
    person = row.person or new_guest(name)
    person.user = _account(person, user_name, password)
    person.name, person.role, person.left_on = name, row.role, None
    person.save()
    edition.advance()
    note_in_history(Verb.JOIN, by=acting(person), **describe_in_history(person), role=row.role)
    return person


def open_invitations(now: datetime) -> list[SharedLink]:
    """The invitations that still let somebody in, the newest first."""
    links = SharedLink.objects.open_at(now).filter(kind=LinkKind.JOIN)
    return list(links.select_related("person", "made_by"))


def _account(person: Person, user_name: str, password: str) -> User:
    """Their account of old under the new name and password, or a new one."""
    user = person.user or User()
    assert isinstance(user, User)
    if User.objects.filter(username__iexact=user_name).exclude(pk=user.pk).exists():
        raise Refused(_("Somebody signs in with this name already."))
    user.username, user.is_active = user_name, True
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as clash:
        raise Refused(_("Somebody signs in with this name already.")) from clash
    return user
