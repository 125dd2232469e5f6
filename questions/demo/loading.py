"""Puts the demo show on: every question, answer and episode goes through the actions, like a real one."""

import secrets
import tomllib
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from questions import receipts
from questions.actions.acting import ASKER, Actor, acting
from questions.actions.approve import approve
from questions.actions.assemble import Contents, assemble
from questions.actions.claim import claim
from questions.actions.correct import correct
from questions.actions.decline import decline
from questions.actions.draft import draft
from questions.actions.keep import keep
from questions.actions.report import report
from questions.actions.reword import reword
from questions.actions.schedule import publish
from questions.actions.submit import Submission, receive
from questions.lifecycle import QuestionState, Role
from questions.models import (
    Answer,
    CannedReply,
    ContentLevel,
    Credit,
    DeclineReason,
    Episode,
    Person,
    Question,
    Resource,
    Season,
    Show,
    Synonym,
    Topic,
    Verdict,
    Video,
)

FOLDER = Path(__file__).parent
LEVELS = {
    "none": ContentLevel.NONE,
    "fine": ContentLevel.FINE,
    "racy": ContentLevel.RACY,
    "not-safe": ContentLevel.NOT_SAFE,
}

Words = dict[str, Any]
"""One table of a TOML file."""


@transaction.atomic
def put_on(password: str) -> Person:
    """Make the whole show and give its owner an account with `password`. Returns the owner."""
    show = _read("show.toml")
    _lists(show)
    owner = Person.objects.get(role=Role.OWNER)
    owner.user = User.objects.create_user(owner.slug.partition("-")[0], password=password)
    owner.save(update_fields=["user"])
    for path in sorted((FOLDER / "episodes").glob("*.toml")):
        _episode(tomllib.loads(path.read_text()), acting(owner))
    for words in _read("waiting.toml")["questions"]:
        _waiting(words, acting(owner))
    return owner


def _read(name: str) -> Words:
    return tomllib.loads((FOLDER / name).read_text())


def _lists(show: Words) -> None:
    Show(**show["show"]).save()
    for person in show["people"]:
        Person.objects.create(**person)
    for topic in show["topics"]:
        parent, words = Topic.objects.filter(slug=topic.pop("parent", "")).first(), topic.pop("synonyms", [])
        made = Topic.objects.create(parent=parent, **topic)
        Synonym.objects.bulk_create(Synonym(topic=made, word=word) for word in words)
    for season in show["seasons"]:
        Season.objects.create(**season)
    for verdict in show["verdicts"]:
        Verdict.objects.create(**verdict)
    for position, reason in enumerate(show["decline_reasons"]):
        DeclineReason.objects.create(position=position, **reason)
    for position, reply in enumerate(show["canned_replies"]):
        CannedReply.objects.create(position=position, **reply)


def _question(words: Words, *, days_ago: int, text: str) -> Question:
    submission = Submission(
        text=text.strip(),
        sign_off=words["sign_off"],
        airing=words["airing"],
        may_edit=words["may_edit"],
        silence_means_yes=words.get("silence") == "yes",
        language=words.get("language", "en"),
        held=words.get("held", ""),
    )
    receipt = receipts.mint(secrets.token_urlsafe(32), text)
    day = timezone.localdate() - timedelta(days=days_ago)
    return receive(submission, receipt_digest=receipts.digest(receipt), by=ASKER, arrived_on=day)


def _waiting(words: Words, by: Actor) -> None:
    question = _question(words, days_ago=words["days_ago"], text=words["text"])
    state = words.get("state")
    claimer = Person.objects.filter(slug=words.get("claimed_by", "")).first()
    if state == QuestionState.KEPT:
        keep(question, by=by, seen=question.version)
    elif state == QuestionState.DECLINED:
        reason = DeclineReason.objects.get(slug=words["decline_reason"])
        decline(question, reason=reason, by=by, seen=question.version)
    elif state == QuestionState.ANSWERING and claimer:
        claim(question, by=acting(claimer), seen=question.version)
    elif state == QuestionState.READY and claimer:
        _answered(question, words, by=acting(claimer))


def _answered(question: Question, words: Words, *, by: Actor) -> Answer:
    """Take a question all the way to an approved answer, as a host would at the desk."""
    steps = (
        claim,
        partial(reword, text=words["wording"].strip(), sign_off=words["sign_off"]),
        partial(draft, body=words["body"].strip(), answerer=by.person),
    )
    for step in steps:
        step(question, by=by, seen=question.version)
        question.refresh_from_db()
    host = by if by.person and by.person.is_host else acting(Person.objects.get(role=Role.OWNER))
    approve(question, by=host, seen=question.version)
    return Answer.objects.get(question=question)


def _episode(words: Words, by: Actor) -> None:
    aired = _friday_at_nine(weeks_ago=words["weeks_ago"])
    days_ago = (timezone.localdate() - aired.date()).days + 30
    answers = []
    for spoken in words["answers"]:
        answerer = acting(Person.objects.get(slug=spoken["answerer"]))
        question = _question(spoken, days_ago=days_ago, text=spoken["question"])
        answers.append(_answered(question, spoken, by=answerer))
    contents = Contents(
        season=words["season"],
        number=words["number"],
        slug=words["slug"],
        title=words["title"],
        summary=words["summary"],
        note=words["note"],
        verdict=Verdict.objects.get(slug=words["verdict"]).words,
        verdict_reason=words["verdict_reason"],
        text_level=LEVELS[words["text_level"]],
        video_level=LEVELS[words["video_level"]],
        pictures_level=LEVELS[words["pictures_level"]],
        kinds=words.get("kinds", []),
        language=words.get("language", ""),
        translation_of=Episode.objects.filter(slug=words.get("translation_of", "")).first(),
        topics=list(Topic.objects.filter(slug__in=words["topics"])),
        answers=answers,
        credits=[
            Credit(**{**credit, "person": Person.objects.get(slug=credit["person"])}) for credit in words["credits"]
        ],
        videos=[Video(**{**video, "level": LEVELS[video["level"]]}) for video in words.get("videos", [])],
        resources=[Resource(**resource) for resource in words.get("resources", [])],
    )
    event = assemble(contents, by=by)
    episode = Episode.objects.get(ref=event.subject)
    publish(episode, by=by, seen=episode.version, first_aired=aired)
    for correction in words.get("corrections", []):
        _correct(episode, correction, by)
    for told in words.get("reports", []):
        report(episode, kind=told["kind"], text=told["text"], nonce=secrets.token_urlsafe(32))


def _correct(episode: Episode, correction: Words, by: Actor) -> None:
    episode.refresh_from_db()
    bodies = [segment.body for segment in episode.script.segments]
    corrected = [body.replace(correction["instead_of"], correction["it_says"]) for body in bodies]
    correct(episode, bodies=corrected, words=correction["words"], by=by, seen=episode.version)


def _friday_at_nine(*, weeks_ago: int) -> datetime:
    """Nine in the evening of a Friday that many weeks before this one, as the show's clocks have it."""
    now = timezone.localtime(timezone=Show.objects.current().zone)
    friday = now - timedelta(days=(now.weekday() - 4) % 7, weeks=weeks_ago)
    return friday.replace(hour=21, minute=0, second=0, microsecond=0)
