"""Which topics fit a question: learnt from those that hosts gave to others."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from questions.lifecycle import Verb
from questions.likeness.answered import asked_in
from questions.likeness.centroids import Centroids, Labelled
from questions.likeness.meaning import is_installed, meaning_of, of_questions
from questions.models import Question, Show, Topic
from questions.models.question import GONE
from questions.search.following import BeginAnew, Following
from questions.visibility import public_episodes

MOST_LABELLED = 2_000
"""The newest so many questions that have topics are learnt from."""
RELEARNT_AFTER = 180.0
"""Seconds after which what hosts have done since is learnt too."""

# What takes words away is taken in at once.
_UNSAYING = frozenset({Verb.AMEND, Verb.WITHDRAW, Verb.FORGET})


@dataclass(frozen=True)
class Suggested:
    """Topics that may fit, the likeliest first; a guess names only the commonest ones, for want of examples."""

    topics: list[Topic]
    is_guess: bool


def topic_suggestions(question: Question, limit: int = 3) -> Suggested:
    """The topics that fit a question best, as far as the hosts' choices for others tell; none where there are none.

    It is a guess where fewer than FEWEST other questions have topics.
    """
    learnt = _centroids()
    # One topic may have gone since: some more are asked for than are shown.
    place = meaning_of(question.spoken_text) if is_installed() and not learnt.is_guess else None
    nearest = learnt.nearest("", question.spoken_text, question.language, limit + 3, place)
    topics = Topic.objects.in_bulk(nearest)
    return Suggested([topics[number] for number in nearest if number in topics][:limit], learnt.is_guess)


class _Learnt:
    """What one process has learnt."""

    def __init__(self) -> None:
        self._following = Following()
        self._since = time.monotonic()
        self.centroids: Centroids[int] = Centroids(_examples())

    def is_outdated(self) -> bool:
        try:
            events = self._following.new()
        except BeginAnew:
            return True
        is_old = time.monotonic() - self._since > RELEARNT_AFTER
        return bool(events) and (is_old or any(event.verb in _UNSAYING for event in events))


_lock = threading.Lock()
_learnt: _Learnt | None = None


def _centroids() -> Centroids[int]:
    global _learnt
    with _lock:
        if _learnt is None or _learnt.is_outdated():
            _learnt = _Learnt()
        return _learnt.centroids


def _examples() -> Iterator[Labelled[int]]:
    """What hosts have given topics to, and the topics' own names."""
    language = Show.objects.current().language
    rows = Question.objects.exclude(state__in=GONE).exclude(topics=None).select_related("wording")
    for question in rows.prefetch_related("topics").order_by("-number")[:MOST_LABELLED].iterator(chunk_size=500):
        topics = tuple(topic.pk for topic in question.topics.all())
        place = of_questions.place_of(question.number, question.spoken_text)
        yield Labelled(topics, question.spoken_text, language=question.language, place=place)
    for episode in public_episodes(timezone.now()).prefetch_related("topics")[:MOST_LABELLED].iterator(chunk_size=100):
        if topics := tuple(topic.pk for topic in episode.topics.all()):
            yield Labelled(topics, asked_in(episode.script), language=language)
    for topic in Topic.objects.prefetch_related("synonyms"):
        names = [topic.name, topic.description, *(synonym.word for synonym in topic.synonyms.all())]
        yield Labelled((topic.pk,), "\n".join(names), language=language, is_example=False)
