"""Two people at one invitation, and two owners at each other, in the same moment."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from questions.actions.acting import Refused, acting
from questions.actions.invite import invite, join
from questions.actions.people import appoint
from questions.lifecycle import Role, Verb
from questions.models import HOUSE_REF, Event, Person
from tests import cast
from tests.core.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_use_one_invitation_at_once_one_comes_in() -> None:
    noor = acting(cast.noor())
    for number in range(5):
        link, _token = invite(role=Role.HOST, days=3, by=noor)
        names = (f"lior-{number}", f"mallory-{number}")
        results = together(*[partial(join, link, name=name, user_name=name, password="seven otters") for name in names])
        winner, loser = sorted(results, key=lambda result: isinstance(result, Refused))
        assert isinstance(winner, Person), results
        assert isinstance(loser, Refused), results
        assert User.objects.filter(username__in=names).count() == 1
    assert Event.objects.filter(subject=HOUSE_REF, verb=Verb.JOIN).count() == 5
    call_command("verify_history")


def test_of_two_owners_who_demote_each_other_at_once_one_stays() -> None:
    noor, other = cast.noor(), cast.tomas()
    for _round in range(5):
        Person.objects.filter(pk__in=[noor.pk, other.pk]).update(role=Role.OWNER)
        noor.refresh_from_db()
        other.refresh_from_db()
        together(
            partial(appoint, other, role=Role.HOST, by=acting(noor)),
            partial(appoint, noor, role=Role.HOST, by=acting(other)),
        )
        assert Person.objects.filter(role=Role.OWNER).count() == 1
