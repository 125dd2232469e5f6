"""What must be true besides the state. Each need of a table is found out here, and said in a sentence if unmet."""

from django.utils import timezone
from django.utils.translation import gettext as _

from questions import films
from questions.actions.consenting import may_air
from questions.lifecycle import EpisodeState, Need, QuestionState
from questions.models import Airing, Answer, Episode, Question


def unmet(need: Need, row: Question | Episode) -> str:
    """The sentence that says why `row` does not meet `need`, or an empty string when it does."""
    if isinstance(row, Question):
        return _unmet_by_question(need, row)
    return _unmet_by_episode(need, row)


def _unmet_by_question(need: Need, question: Question) -> str:
    match need:
        case Need.HELD if not question.held:
            return _("It is not held.")
        case Need.NOT_HELD if question.held:
            return _("It is held. Lift the hold first.")
        case Need.CALLING if not question.calls_for_help:
            return _("It is not marked as a call for help.")
        case Need.NOT_CALLING if question.calls_for_help:
            return _("It is marked as a call for help.")
        case Need.PUBLIC_QUESTION if question.airing == Airing.PRIVATE:
            return _("The asker wants a private answer only.")
        case Need.A_REVISION if not _has_revision(question):
            return _("There is no answer yet. Write and save one first.")
        case Need.NOT_BEGUN if _is_begun(question):
            return _("Somebody has begun to answer it.")
        case Need.NOT_IN_AN_EPISODE if is_in_a_live_episode(question):
            return _("Its answer is in an episode that is scheduled or published.")
    return ""


def _unmet_by_episode(need: Need, episode: Episode) -> str:
    segments = list(episode.segments.select_related("answer__question__agreed_wording"))
    answers = [segment.answer for segment in segments]
    match need:
        case Need.SEGMENTS if not segments:
            return _("The episode has no answer yet.")
        case Need.ALL_APPROVED if any(answer.question.is_gone for answer in answers):
            return _("The asker of a question in it has taken it back.")
        case Need.ALL_APPROVED if not all(_is_approved(answer) for answer in answers):
            return _("An answer in it is not approved.")
        case Need.ALL_AIRABLE:
            for answer in answers:
                if sentence := may_air(answer, timezone.localdate()):
                    return sentence
        case Need.TRUE_NOTE:
            return films.missing_from_note(films.of_episode(episode), episode.video_level)
    return ""


def _is_begun(question: Question) -> bool:
    """Whether an answer is being written; one that follows another question is answered together with it."""
    lead = question.merged_into or question
    is_untouched = lead.state in (QuestionState.WAITING, QuestionState.KEPT) or lead == question
    return not is_untouched or Answer.objects.filter(question=lead, current_revision__isnull=False).exists()


def _has_revision(question: Question) -> bool:
    answer = Answer.objects.filter(question=question).select_related("current_revision").first()
    return bool(answer and answer.current_revision and answer.current_revision.body.strip())


def _is_approved(answer: Answer) -> bool:
    return answer.approved_revision_id is not None and answer.question.state == QuestionState.READY


def is_in_a_live_episode(question: Question) -> bool:
    """Whether the question's answer stands in an episode that is scheduled or published."""
    episodes = Episode.objects.filter(segments__answer__question=question)
    return any(episode.state in (EpisodeState.SCHEDULED, EpisodeState.PUBLISHED) for episode in episodes)
