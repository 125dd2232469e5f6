"""Everybody who may stand in front of a door, each with what they bring along."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.people import offboard
from questions.lifecycle import Role
from questions.models import Person
from questions.sessions import digest
from tests import cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def without_person() -> Client:
    """Mallory, who can sign in but belongs to nobody of the show."""
    client = Client()
    client.force_login(User.objects.create_user("mallory", password=cast.PASSWORD), backend=BACKEND)
    return client


def expired() -> Client:
    """Omar, a host whose session ran out yesterday."""
    client = _host_named("Omar Said")
    session = Session.objects.get(session_key=digest(client.session.session_key or ""))
    session.expire_date = timezone.now() - timedelta(days=1)
    session.save()
    return client


def offboarded() -> Client:
    """Lior, who was a host until a moment ago and still has the tab open."""
    client = _host_named("Lior Brandt")
    offboard(Person.objects.get(slug="lior"), keeps_guest_links=True, by=acting(cast.noor()))
    return client


def _host_named(name: str) -> Client:
    slug = name.split()[0].lower()
    user = User.objects.create_user(slug, password=cast.PASSWORD)
    client = cast.signed_in(Person.objects.create(user=user, name=name, slug=slug, role=Role.HOST))
    # The door notes a session when it first sees it, and ends only those that it knows.
    assert client.get("/desk/").status_code == 200
    return client


CALLERS: dict[str, Callable[[], Client]] = {
    "nobody": Client,
    "asker": Client,
    "linked": Client,
    "expired": expired,
    "offboarded": offboarded,
    "mallory": without_person,
    "guest": lambda: cast.signed_in(cast.ines()),
    "viewer": lambda: cast.signed_in(cast.viv()),
    "host": lambda: cast.signed_in(cast.tomas()),
    "one step": lambda: cast.signed_in(cast.tomas()),
    "owner": lambda: cast.signed_in(cast.noor()),
}
"""By what they are called in the table. Asker and linked bring a code or a token; “one step” is a host whose show asks
for a second step, which they have not set up."""

SIGNED_IN = {"mallory", "guest", "viewer", "host", "one step", "owner"}
WORKS_HERE = {"viewer", "host", "one step", "owner"}
