"""Rows as they really come about: each is made by the actions that a host or an asker would call."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from unittest import mock

from django.apps import apps
from django.utils import timezone

from questions import films
from questions.actions.acting import acting
from questions.actions.approve import approve
from questions.actions.assemble import Contents, assemble
from questions.actions.claim import claim
from questions.actions.draft import draft
from questions.actions.report import report as tell
from questions.actions.retract import retract
from questions.actions.reword import reword
from questions.actions.schedule import publish, schedule
from questions.actions.submit import Submission, submit
from questions.models import (
    Airing,
    Answer,
    Credit,
    CreditRole,
    CrisisLine,
    Episode,
    Person,
    Question,
    Report,
    ReportKind,
    Topic,
    Verdict,
)
from tests import cast


@contextmanager
def the_time(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for everything inside."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def host() -> Person:
    return cast.tomas()


def asked(text: str = "Is it rude to nap at a wedding?", sign_off: str = "Drowsy", **fields: Any) -> Question:
    """A waiting question; it may be aired freely unless `fields` of the Submission say otherwise."""
    submission = Submission(text=text, sign_off=sign_off, **{"airing": Airing.FREELY, **fields})
    return submit(submission, nonce=uuid.uuid4().hex)[1]


def approved_answer(
    text: str = "Is it rude to nap at a wedding?",
    sign_off: str = "Drowsy",
    *,
    body: str = "Nap between the speeches.",
    answerer: Person | None = None,
    wording: str = "",
    question: Question | None = None,
) -> Answer:
    """A question that a host has claimed, answered and approved; with `wording`, edited before."""
    by = acting(host())
    question = question or asked(text, sign_off)
    claim(question, by=by, seen=question.version)
    question.refresh_from_db()
    if wording:
        reword(question, text=wording, sign_off=sign_off, by=by, seen=question.version)
        question.refresh_from_db()
    draft(question, body=body, by=by, seen=question.version, answerer=answerer)
    question.refresh_from_db()
    approve(question, by=by, seen=question.version)
    return Answer.objects.get(question=question)


def topic(name: str = "Sleep", **fields: Any) -> Topic:
    return Topic.objects.get_or_create(slug=name.lower().replace(" ", "-"), defaults={"name": name, **fields})[0]


def verdict(words: str = "It’s probably you.", slug: str = "you") -> Verdict:
    return Verdict.objects.get_or_create(slug=slug, defaults={"words": words})[0]


def assembled_episode(
    title: str = "Naps at weddings", *, answers: list[Answer] | None = None, **contents: Any
) -> Episode:
    """An episode that is being put together; `contents` are fields of Contents, the rest is made up."""
    season = contents.pop("season", 1)
    number = contents.pop("number", None) or Episode.objects.filter(season__number=season).count() + 1
    slug = contents.pop("slug", None) or f"episode-{season}-{number}"
    credited = contents.pop("credits", None)
    if credited is None:
        credited = [
            Credit(person=cast.noor(), role=CreditRole.ASKED),
            Credit(person=host(), role=CreditRole.ANSWERED),
        ]
    answers = [approved_answer()] if answers is None else answers
    if "video_level" not in contents:
        bodies = [answer.approved_revision.body for answer in answers if answer.approved_revision]
        shown = [
            *films.of_rows(contents.get("videos", [])),
            *(film for body in bodies for film in films.in_answer(body)),
        ]
        contents["video_level"] = films.level_of(shown)
    full = Contents(season=season, number=number, slug=slug, title=title, answers=answers, credits=credited, **contents)
    assemble(full, by=acting(host()))
    return Episode.objects.get(slug=slug)


def scheduled_episode(title: str = "Naps at weddings", *, at: datetime | None = None, **contents: Any) -> Episode:
    """An episode that airs at `at`, or else tomorrow."""
    episode = assembled_episode(title, **contents)
    schedule(episode, at=at or timezone.now() + timedelta(days=1), by=acting(host()), seen=episode.version)
    return Episode.objects.get(pk=episode.pk)


def published_episode(title: str = "Naps at weddings", *, at: datetime | None = None, **contents: Any) -> Episode:
    """An episode that readers see, published at `at` or else now."""
    episode = assembled_episode(title, **contents)
    with the_time(at or timezone.now()):
        publish(episode, by=acting(host()), seen=episode.version)
    return Episode.objects.get(pk=episode.pk)


def retracted_episode(title: str = "Naps at weddings", **contents: Any) -> Episode:
    """An episode that readers could see until a moment ago."""
    episode = published_episode(title, **contents)
    retract(episode, by=acting(host()), seen=episode.version)
    return Episode.objects.get(pk=episode.pk)


def report(
    episode: Episode | None = None, *, text: str = "It names me.", kind: str = ReportKind.ABOUT_ME, nonce: str = ""
) -> Report:
    """What a reader has told about an episode just now."""
    return tell(episode or published_episode(), kind=kind, text=text, nonce=nonce or uuid.uuid4().hex)


def crisis_line(number: str = "116 123", country: str = "IE", language: str = "en", **facts: Any) -> CrisisLine:
    """A line that is listed already, unchecked unless `facts` say when."""
    return CrisisLine.objects.create(
        **{"country": country, "language": language, "name": "Samaritans", "number": number, **facts}
    )


def shipped_lines() -> None:
    """Put the lines on the list with which every installation begins. A test that empties the tables has lost them."""
    import_module("questions.migrations.0003_crisis_lines").load_lines(apps, None)
