"""Where somebody is signed in: each session has a row that its owner sees and can end. No network address is kept.

A row is made, moved and removed by the door of the desk, which sees every request of a session; so no hook into
signing in is needed, and none can be missed. A `session_key` here is always the digest that the tables hold.
"""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from questions.actions.acting import Actor, acting
from questions.actions.chronicle import note_in_history
from questions.actions.owning import require_owner
from questions.lifecycle import Verb
from questions.models import Person, SignIn


def noticed(user: User, session_key: str, *, browser: str, today: date, moved_from: str = "") -> None:
    """Note that a session is in use today, under a new key where it was `moved_from` another.

    A session moves while somebody stays signed in only when they change their password. By Django's rule all their
    other sessions are dead then, so their rows go as well. No Event.
    """
    if moved_from and SignIn.objects.filter(user=user, session_key=moved_from).exists():
        for other in SignIn.objects.filter(user=user).exclude(session_key=moved_from):
            _end(other)
        SignIn.objects.filter(session_key=moved_from).update(session_key=session_key)
    # The user too: a key that came back under another account is that account's.
    facts = {"user": user, "seen_on": today}
    SignIn.objects.update_or_create(
        session_key=session_key, defaults=facts, create_defaults=facts | {"browser": browser}
    )


def forgotten(session_key: str) -> None:
    """Note that somebody has signed out. No Event."""
    SignIn.objects.filter(session_key=session_key).delete()


def open_of(person: Person) -> QuerySet[SignIn]:
    """The sessions of somebody that still let them in, the newest first."""
    return SignIn.objects.filter(user=person.user_id, session_key__in=Session.objects.values("session_key"))


@transaction.atomic
def end_session(sign_in: SignIn, *, by: Person) -> bool:
    """End one of one's own sessions; False where it is not one's own, or over already."""
    own = list(SignIn.objects.filter(pk=sign_in.pk, user=by.user_id)) if by.user_id else []
    return bool(_end_own(own, by))


@transaction.atomic
def end_others(*, by: Person, but: str) -> int:
    """End all of one's own sessions but the one with the key `but`; returns how many."""
    return _end_own(list(open_of(by).exclude(session_key=but)), by)


@transaction.atomic
def end_all_of(person: Person, *, by: Actor) -> int:
    """An owner ends every session of somebody; returns how many."""
    require_owner(by)
    ended = end_sessions_of(person)
    note_in_history(Verb.END_SESSIONS, by=by, person=str(person.ref), name=person.name, sessions=ended)
    return ended


def end_sessions_of(person: Person) -> int:
    """Delete the sessions themselves and their rows; the next request of each is a stranger's."""
    ended = list(SignIn.objects.filter(user=person.user_id)) if person.user_id else []
    for sign_in in ended:
        _end(sign_in)
    return len(ended)


def forget_sessions(now: datetime) -> None:
    """The clock's deed: sessions that have run out go, and the rows of those that are gone."""
    Session.objects.filter(expire_date__lt=now).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _end_own(sign_ins: list[SignIn], by: Person) -> int:
    for sign_in in sign_ins:
        _end(sign_in)
    if sign_ins:
        note_in_history(Verb.END_SESSIONS, by=acting(by), person=str(by.ref), name=by.name, sessions=len(sign_ins))
    return len(sign_ins)


def _end(sign_in: SignIn) -> None:
    Session.objects.filter(session_key=sign_in.session_key).delete()
    sign_in.delete()
