"""Somebody who comes by a link: they have its address and nothing else, and their browser keeps no cookies."""

from typing import Any

from django.test import Client
from django.urls import reverse

from questions.actions.acting import acting
from questions.actions.share import share_with_guest
from questions.models import Question, SharedLink
from tests import cast, factories

DAYS = 14


def given_to_ines(question: Question | None = None) -> tuple[Question, SharedLink, str]:
    """A question that Tomas has given to Ines: the question as it is now, her link and its address."""
    question = question or factories.asked()
    link, token = share_with_guest(question, cast.ines(), days=DAYS, by=acting(cast.tomas()), seen=question.version)
    return fresh(question), link, reverse("guests:answer-as-guest", args=[token])


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def typed(question: Question, body: str = "Nap between the speeches.", **others: Any) -> dict[str, Any]:
    """What a guest's form sends."""
    return {
        "seen": question.version, "body": body, "name": "Ines Okafor", "pronouns": "", "bio": "", "disclosure": "",
        "step": "save", **others,
    }  # fmt: skip


def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def page(client: Client, address: str, **sent: Any) -> tuple[int, str]:
    response = client.post(address, sent) if sent else client.get(address)
    return response.status_code, response.content.decode()
