"""A host lets somebody in by a link: a guest who answers one question, an outsider who may look at one episode."""

from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from questions import links
from questions.actions.acting import Actor, Refused, enact, locked, permitted
from questions.actions.chronicle import note_in_history
from questions.actions.house import hold_house
from questions.actions.mention import mention
from questions.actions.needs import unmet
from questions.lifecycle import EpisodeState, Need, QuestionState, Role, Verb
from questions.links import LinkToken
from questions.models import Episode, LinkKind, Note, Person, Question, SharedLink

GUEST_DAYS = (1, 90)
PREVIEW_DAYS = (1, 30)
"""The fewest and the most days for which a link of each kind lets somebody in (previews: issue 4)."""


def make_link(kind: LinkKind, *, by: Actor, expires_at: datetime, **leads: Any) -> tuple[SharedLink, LinkToken]:
    """A link of this kind and its token, which is kept nowhere: show it once.

    `leads` are the columns that say where it leads (question, episode, person, role). It writes no Event: the deed that
    makes the link does, inside the same transaction.
    """
    token = links.mint(kind)
    link = SharedLink.objects.create(
        kind=kind, token_digest=links.digest(token), made_by=by.person, expires_at=expires_at, **leads
    )
    return link, token


@transaction.atomic
def share_with_guest(
    question: Question, guest: Person | str, *, days: int, by: Actor, seen: int
) -> tuple[SharedLink, LinkToken]:
    """Claim the question for a guest, who answers it through a link that holds for so many days.

    `guest` is a guest of the show, or the name of somebody who becomes one. Claiming obeys the table: what a host
    answers already is taken over from them, and they find it under their name. Earlier links to the question end.
    """
    row = locked(question, seen=seen)
    _require_host(by)
    verb = Verb.TAKE_OVER if row.state == QuestionState.ANSWERING else Verb.CLAIM
    permitted(row, verb, by=by)
    if sentence := unmet(Need.PUBLIC_QUESTION, row):
        # They have sent it to the show and to nobody else; no answer of a guest could be approved either.
        raise Refused(sentence)
    person = new_guest(guest) if isinstance(guest, str) else guest
    if person.role != Role.GUEST or person.left_on:
        raise Refused(_("{name} is no guest of the show.").format(name=person.name))
    for earlier in SharedLink.objects.for_guests_of(row).open_at(timezone.now()):
        _end(earlier, by=by)
    if row.claimed_by != person:
        details = {"for": person.name, **_told(row, person, by=by)}
        enact(row, verb, by=by, details=details, claimed_by=person, claimed_at=timezone.now())
    return _made(LinkKind.GUEST, row, days, GUEST_DAYS, by=by, question=row, person=person)


@transaction.atomic
def share_preview(episode: Episode, *, days: int, by: Actor) -> tuple[SharedLink, LinkToken]:
    """Let whoever has the link see an episode that is not published yet, as readers will, for so many days.

    Raises Refused where an asker has not allowed that their words leave the house.
    """
    row = locked(episode, seen=None)
    _require_host(by)
    if row.state not in (EpisodeState.ASSEMBLING, EpisodeState.SCHEDULED):
        raise Refused(_("It has been published: share its own address instead."))
    if sentence := unmet(Need.ALL_AIRABLE, row):
        raise Refused(sentence)
    return _made(LinkKind.PREVIEW, row, days, PREVIEW_DAYS, by=by, episode=row)


def may_be_looked_at(episode: Episode) -> bool:
    """Whether outsiders may see it at this moment: an asker can have said no since the link was made."""
    return not unmet(Need.ALL_AIRABLE, episode)


@transaction.atomic
def revoke(link: SharedLink, *, by: Actor) -> SharedLink:
    """End a link now. A question that its guest still answers is released; the draft stays.

    That the link has ended already is no trouble, and writes no Event.
    """
    _require_host(by)
    question = locked(link.question, seen=None) if link.question else None
    hold_house()
    row = SharedLink.objects.select_for_update().get(pk=link.pk)
    was_open = _end(row, by=by)
    if was_open and question and question.state == QuestionState.ANSWERING and question.claimed_by == row.person:
        enact(question, Verb.UNCLAIM, by=by, claimed_by=None, claimed_at=None)
    return row


def _told(question: Question, guest: Person, *, by: Actor) -> dict[str, str]:
    """Tell a colleague who answers the question that a guest does it now: a note, as when somebody takes it over."""
    colleague = question.claimed_by
    if colleague is None or colleague.role == Role.GUEST or by.person is None or colleague == by.person:
        return {}
    words = _("{name} answers this question now, as a guest.").format(name=guest.name)
    left = Note.objects.create(question=question, by=by.person, text=words)
    mention(colleague, question=question, by=by.person, note=left)
    return {"note": str(left.ref)}


def new_guest(name: str) -> Person:
    """Somebody without an account who is a guest of the show from now on, at an address that nobody else has."""
    wanted = slugify(name)[:70].strip("-") or "guest"
    slugs = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    free = next(slug for slug in slugs if not Person.objects.filter(slug=slug).exists())
    return Person.objects.create(name=name, slug=free, role=Role.GUEST)


def _made(
    kind: LinkKind, row: Question | Episode, days: int, span: tuple[int, int], *, by: Actor, **leads: Any
) -> tuple[SharedLink, LinkToken]:
    fewest, most = span
    if not fewest <= days <= most:
        raise Refused(_("Between {fewest} and {most} days, please.").format(fewest=fewest, most=most))
    made = make_link(kind, by=by, expires_at=timezone.now() + timedelta(days=days), **leads)
    note_in_history(Verb.SHARE, by=by, kind=kind.value, ref=str(row.ref))
    return made


def _end(link: SharedLink, *, by: Actor) -> bool:
    """Revoke a link unless it has ended; whether it was still open."""
    now = timezone.now()
    if not SharedLink.objects.open_at(now).filter(pk=link.pk).update(revoked_at=now):
        return False
    link.revoked_at = now
    led_to = link.question or link.episode or link
    note_in_history(Verb.REVOKE, by=by, kind=link.kind, ref=str(led_to.ref))
    return True


def _require_host(by: Actor) -> None:
    if by.role not in (Role.HOST, Role.OWNER):
        raise Refused(_("This is for hosts."))
