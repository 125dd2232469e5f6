"""The people of the show are listed, described and given roles; somebody who leaves is offboarded in one step.

Only owners do these deeds, nobody does them to themselves where a role or a way in is concerned, and the show never
loses its last owner.
"""

import uuid
from dataclasses import asdict, dataclass

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import edition
from questions.actions import sessions
from questions.actions.acting import Actor, Refused, acting
from questions.actions.chronicle import note_in_history
from questions.actions.claim import unclaim
from questions.actions.owning import require_owner
from questions.actions.share import revoke
from questions.lifecycle import QuestionState, Role, Verb
from questions.models import (
    Autosave,
    Delivery,
    DeliveryState,
    Digest,
    Event,
    LinkKind,
    Person,
    Presence,
    Question,
    SharedLink,
    Webhook,
)
from questions.models.link import SharedLinkQuerySet
from questions.models.question import QuestionQuerySet

HOSTS = (Role.HOST, Role.OWNER)


@dataclass(frozen=True)
class Profile:
    """What readers see of a person. `slug` is the last part of their page's address."""

    name: str
    slug: str
    pronouns: str = ""
    bio: str = ""
    disclosure: str = ""


@dataclass(frozen=True)
class Goodbye:
    """What offboarding somebody ends, counted: shown before, and noted afterwards."""

    claims: int
    sessions: int
    links: int
    guest_links: int
    webhooks: int


def describe_in_history(person: Person) -> dict[str, str]:
    """How the history of the house names a person: by a key that stays, and by the name they had."""
    return {"person": str(person.ref), "name": person.name}


@transaction.atomic
def add_person(profile: Profile, *, role: Role, by: Actor) -> Person:
    """Put somebody on the list of people, so that they can be credited; they cannot sign in until they are invited."""
    require_owner(by)
    person = _saved(Person(**asdict(profile), role=role))
    note_in_history(Verb.APPOINT, by=by, **describe_in_history(person), role=role)
    return person


@transaction.atomic
def edit_person(person: Person, profile: Profile, *, by: Actor) -> Person:
    """Change what readers see of a person. Raises Refused where their page has an address that is known already."""
    require_owner(by)
    row = _row(person)
    changed = [name for name, value in asdict(profile).items() if getattr(row, name) != value]
    if not changed:
        return row
    if "slug" in changed and has_known_address(row):
        raise Refused(_("An episode names them, so their page keeps its address."))
    for name in changed:
        setattr(row, name, getattr(profile, name))
    _saved(row)
    note_in_history(Verb.SET, by=by, **describe_in_history(row), changed=changed)
    edition.advance()
    return row


def has_known_address(person: Person) -> bool:
    """Whether an episode has ever named them: links lead to their page, and no former address of people is kept."""
    return person.pk is not None and person.credits.exists()


@transaction.atomic
def appoint(person: Person, *, role: Role, by: Actor) -> Event:
    """Give somebody another role. Whoever is no host any more gives back what they have claimed."""
    batch = _in_one_stroke(by)
    if role not in HOSTS:
        _free_claims(person, by=batch)
    require_owner(by)
    row = _row(person)
    if _is_self(row, by):
        raise Refused(_("Nobody changes their own role. Ask another owner."))
    if row.role == role:
        raise Refused(_("{name} has this role already.").format(name=row.name))
    if role != Role.OWNER:
        _keep_an_owner(without=row)
    former, row.role = row.role, role
    row.save(update_fields=["role"])
    if former == Role.OWNER:
        # An invitation stands for the word of an owner.
        for link in _open_links().filter(kind=LinkKind.JOIN, made_by=row):
            revoke(link, by=batch)
    return note_in_history(Verb.APPOINT, by=batch, **describe_in_history(row), role=role, was=former)


def what_ends_with(person: Person) -> Goodbye:
    """What would be ended by offboarding somebody now."""
    links = _open_links().filter(made_by=person)
    return Goodbye(
        claims=_claims(person).count(),
        sessions=len(sessions.open_of(person)),
        links=links.exclude(kind=LinkKind.GUEST).count(),
        guest_links=links.filter(kind=LinkKind.GUEST).count(),
        webhooks=Webhook.objects.filter(person=person, is_paused=False).count(),
    )


@transaction.atomic
def offboard(person: Person, *, keeps_guest_links: bool, by: Actor) -> Event:
    """Say goodbye in one step: whatever lets them in or speaks for them ends, and what they did keeps their name.

    Their claims are given back one by one, with an Event each; drafts stay. `keeps_guest_links` lets guests whom
    they invited go on answering.
    """
    batch = _in_one_stroke(by)
    ends = what_ends_with(person)
    _hold_questions(person)
    _free_claims(person, by=batch)
    _end_links(person, keeps_guest_links=keeps_guest_links, by=batch)
    require_owner(by)
    row = _row(person)
    if _is_self(row, by):
        raise Refused(_("Nobody says goodbye to themselves. Ask another owner."))
    if row.left_on:
        raise Refused(_("{name} has left already.").format(name=row.name))
    _keep_an_owner(without=row)
    _shut_out(row)
    _silence(row)
    row.left_on, row.digest, row.is_on_duty, row.address = timezone.localdate(), Digest.NEVER, False, None
    row.save(update_fields=["left_on", "digest", "is_on_duty", "address"])
    kept = {"kept_guest_links": ends.guest_links} if keeps_guest_links else {}
    return note_in_history(Verb.OFFBOARD, by=batch, **describe_in_history(row), **asdict(ends), **kept)


def _row(person: Person) -> Person:
    row = Person.objects.select_for_update().filter(pk=person.pk).first()
    if row is None:
        raise Refused(_("This person is not on the list any more."))
    return row


def _saved(person: Person) -> Person:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        raise Refused(_("Somebody else’s page has this address already.")) from clash
    return person


def _is_self(person: Person, by: Actor) -> bool:
    return by.person is not None and by.person.pk == person.pk


def _keep_an_owner(*, without: Person) -> None:
    """Raise Refused where nobody who owns the show and can sign in would be left."""
    owners = Person.objects.here().filter(role=Role.OWNER, user__is_active=True)
    if without.role == Role.OWNER and not owners.exclude(pk=without.pk).exists():
        raise Refused(_("The show needs an owner. Appoint another one first."))


def _in_one_stroke(by: Actor) -> Actor:
    """The same actor, all of whose deeds belong together from now on."""
    return acting(by.person, batch=uuid.uuid4()) if by.person else by


def _claims(person: Person) -> QuestionQuerySet:
    return Question.objects.filter(claimed_by=person, state=QuestionState.ANSWERING).order_by("pk")


def _hold_questions(person: Person) -> None:
    """Lock every question whose claim or link is about to end, in the order of their numbers.

    Questions are locked before the house, as in every other deed, so that two of them never wait for each other.
    """
    linked = _open_links().filter(Q(made_by=person) | Q(person=person)).exclude(question=None)
    theirs = Question.objects.filter(Q(pk__in=linked.values("question")) | Q(pk__in=_claims(person).values("pk")))
    list(theirs.select_for_update().order_by("pk").values_list("pk"))


def _free_claims(person: Person, *, by: Actor) -> None:
    for question in _claims(person):
        unclaim(question, by=by, seen=question.version)


def _open_links() -> SharedLinkQuerySet:
    return SharedLink.objects.open_at(timezone.now())


def _end_links(person: Person, *, keeps_guest_links: bool, by: Actor) -> None:
    """End the links that they made and those that let them in, each with its Event."""
    made = Q(made_by=person)
    ended = made & ~Q(kind=LinkKind.GUEST) if keeps_guest_links else made
    for link in _open_links().filter(ended | Q(person=person)).order_by("question_id", "pk"):
        revoke(link, by=by)


def _shut_out(person: Person) -> None:
    """End their sessions, their password and their keys; the account stays, so that they can be welcomed back."""
    if person.user is None:
        return
    sessions.end_sessions_of(person)
    Authenticator.objects.filter(user=person.user).delete()
    person.user.is_active = False
    person.user.set_unusable_password()
    person.user.save(update_fields=["is_active", "password"])


def _silence(person: Person) -> None:
    """End what speaks for them or waits for them: webhooks, notices, half-typed words, presence."""
    now = timezone.now()
    Webhook.objects.filter(person=person).update(is_paused=True)
    Delivery.objects.filter(person=person, state=DeliveryState.DUE).update(state=DeliveryState.DROPPED, ended_at=now)
    Autosave.objects.filter(person=person).delete()
    Presence.objects.filter(person=person).delete()
