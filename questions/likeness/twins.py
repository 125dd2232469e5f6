"""What was asked before: the questions and the published episodes that are most like a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from questions.likeness import meaning
from questions.likeness.answered import asked_in, asked_on_air
from questions.models import Episode, Question, Show
from questions.models.question import GONE, QuestionQuerySet
from questions.search import desk
from questions.search.marking import Pieces, marked
from questions.visibility import public_episodes

MOST_BY_WORDS = 50
"""So many that share words are weighed by their meaning too, where the model for that is installed."""


@dataclass(frozen=True)
class Twin:
    """A question or an episode that is like the one that was looked up, and a piece of it with the shared words marked.

    `likeness` is the share of the looked-up question's weight that is found again: from 0 to 1.
    """

    question: Question | None
    episode: Episode | None
    pieces: Pieces
    likeness: float


def twins(question: Question, limit: int = 5) -> list[Twin]:
    """What is likest to the question among the newest questions and the episodes that readers see, likeliest first.

    Without itself, what it is merged with, and what is gone. The list is as long as there are any: whether one of them
    asks the same is for a host to say, and nothing is ever merged by itself.
    """
    alike = [*_questions(question, limit), *_episodes(question, limit)]
    return sorted(alike, key=lambda twin: -twin.likeness)[:limit]


def _questions(question: Question, limit: int) -> Iterator[Twin]:
    known = desk.current()
    memory = known.memory
    family = set(_family(question).values_list("pk", flat=True))
    enough = limit + len(family)
    found = memory.like(question.spoken_text, question.language, max(enough, MOST_BY_WORDS))
    if meaning.is_installed():
        meaning.of_questions.place_meanwhile(known.said)
        found = meaning.of_questions.ranked(question.spoken_text, found, enough)
    alike = {number: likeness for number, likeness in found[:enough] if number not in family}
    telling = memory.telling(question.spoken_text, question.language)
    # What readers can see already is shown as their episode.
    rows = Question.objects.exclude(state__in=GONE).off_air(timezone.now()).for_desk()
    for number, row in rows.in_bulk(list(alike)).items():
        yield Twin(row, None, _pieces(row.spoken_text, row.language, telling), alike[number])


def _family(question: Question) -> QuestionQuerySet:
    """The question itself and whatever it is merged with."""
    merged = Q(pk=question.pk) | Q(merged_into=question)
    if question.merged_into_id:
        merged |= Q(pk=question.merged_into_id) | Q(merged_into=question.merged_into_id)
    return Question.objects.filter(merged)


def _episodes(question: Question, limit: int) -> Iterator[Twin]:
    memory = asked_on_air()
    # Its own episode may be the likest one.
    alike = dict(memory.like(question.spoken_text, question.language, limit + 1))
    telling = memory.telling(question.spoken_text, question.language)
    language = Show.objects.current().language
    others = public_episodes(timezone.now()).exclude(segments__answer__question__in=_family(question))
    for number, episode in others.for_lists().in_bulk(list(alike)).items():
        said = asked_in(episode.script).replace("\n", " · ")
        yield Twin(None, episode, _pieces(said, language, telling), alike[number])


def _pieces(text: str, language: str, telling: Mapping[str, float]) -> Pieces:
    return marked(text, language, lambda stem, _as_written: telling.get(stem, 0.0))
