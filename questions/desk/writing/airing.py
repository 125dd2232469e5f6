"""Which text of a question airs, and what has to be done before another one can."""

from dataclasses import dataclass
from datetime import datetime

from questions.lifecycle import EpisodeState, Verb
from questions.models import Answer, Episode, Event


@dataclass(frozen=True)
class Airing:
    """The episode that an approved answer is in, with the revision that airs in it and who approved that."""

    episode: Episode
    state: EpisodeState
    title: str
    revision: int
    approved_by: str

    @property
    def is_scheduled(self) -> bool:
        return self.state == EpisodeState.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.state == EpisodeState.PUBLISHED

    @property
    def is_retracted(self) -> bool:
        return self.state == EpisodeState.RETRACTED


def airing_of(answer: Answer, now: datetime) -> Airing | None:
    """What airs of an approved answer at `now`; None for one that is not approved, or in no episode."""
    episode = Episode.objects.with_question(answer.question).first()
    if answer.approved_revision is None or episode is None:
        return None
    deeds = Event.objects.of(answer.question.ref).standing()
    approved = deeds.filter(verb=Verb.APPROVE).select_related("person").last()
    by = approved.person.name if approved and approved.person else ""
    return Airing(episode, episode.state_at(now), episode.title, answer.approved_revision.number, by)
