"""The people of the tests: Noor owns the show, Tomas hosts, Ines is a guest, Viv may only look."""

from django.contrib.auth.models import User
from django.test import Client

from questions.lifecycle import Role
from questions.models import Person

PASSWORD = "eleven quiet herons"


def noor() -> Person:
    return _person("Noor Haddad", Role.OWNER)


def tomas() -> Person:
    return _person("Tomas Reyl", Role.HOST)


def ines() -> Person:
    return _person("Ines Okafor", Role.GUEST)


def viv() -> Person:
    return _person("Viv Aker", Role.VIEWER)


def signed_in(person: Person) -> Client:
    client = Client()
    assert person.user
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def signed_out() -> Client:
    return Client()


def _person(name: str, role: Role) -> Person:
    """The same person however often a test asks; the user name is the first name, `PASSWORD` the password."""
    first_name = name.split()[0].lower()
    found = Person.objects.filter(slug=first_name).first()
    if found:
        return found
    user = User.objects.create_user(first_name, password=PASSWORD)
    return Person.objects.create(user=user, name=name, slug=first_name, role=role)
