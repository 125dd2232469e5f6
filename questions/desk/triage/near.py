"""What is close to a question: others that ask nearly the same, and episodes that answer it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from questions.actions.merge import can_lead
from questions.desk.queue.pages import age
from questions.likeness import Twin, twins
from questions.models import Episode, Hold, Question


@dataclass(frozen=True)
class Near:
    """One line of the panel. `into` is the number of a question that could lead; `send` the address of an episode."""

    pieces: Sequence[tuple[str, bool]]
    address: str
    standing: str
    into: int | None = None
    send: str = ""


def near(question: Question, today: date) -> list[Near]:
    """What is likest to the question, likeliest first. Whether it asks the same is for a host to say."""
    # Whoever goes on from an episode has read it, and it did not answer them.
    others = [twin for twin in twins(question) if twin.episode is None or twin.episode.pk != question.follows_up_id]
    return [line for twin in others if (line := _line(twin, today))]


def _line(twin: Twin, today: date) -> Near | None:
    if twin.question:
        return _of_question(twin.question, twin.pieces, today)
    return _of_episode(twin.episode, twin.pieces) if twin.episode else None


def _of_question(question: Question, pieces: Sequence[tuple[str, bool]], today: date) -> Near:
    if question.held == Hold.SPAM:
        pieces = [(_("Suspected spam, not shown here"), False)]
    standing = f"{question.get_state_display()}, {age(question.age_in_days(today))}"
    into = question.number if can_lead(question) else None
    return Near(pieces, question.get_absolute_url(), standing, into=into)


def _of_episode(episode: Episode, pieces: Sequence[tuple[str, bool]]) -> Near:
    standing = _("Aired, {title}").format(title=episode.title)
    return Near(pieces, episode.get_absolute_url(), standing, send=episode.slug)
