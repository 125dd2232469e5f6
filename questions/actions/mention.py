"""A colleague is meant by a note or a comment, and finds it under their name."""

import re

from django.utils import timezone

from questions.models import Comment, Mention, Note, Person, Question

_NAMED = re.compile(r"(?<![\w@])@([\w-]{1,80})")


def mention(
    person: Person, *, question: Question, by: Person, note: Note | None = None, comment: Comment | None = None
) -> None:
    """Let `person` find the note or comment under their name; nobody mentions themselves."""
    if person != by:
        Mention.objects.create(person=person, question=question, by=by, note=note, comment=comment)


def mention_named(
    text: str, *, question: Question, by: Person, note: Note | None = None, comment: Comment | None = None
) -> None:
    """Mention every host whom `text` names as @address or @first-name, each once."""
    names = {name.lower() for name in _NAMED.findall(text)}
    for person in Person.objects.hosts().here() if names else []:
        if names & {person.slug, person.slug.partition("-")[0]}:
            mention(person, question=question, by=by, note=note, comment=comment)


def seen(question: Question, *, by: Person) -> None:
    """Note that somebody has opened a question in which they were mentioned."""
    Mention.objects.filter(question=question, person=by, seen_at=None).update(seen_at=timezone.now())
