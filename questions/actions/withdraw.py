"""The asker takes a question back, or its time runs out: either way its words are gone, and later its traces."""

from django.db import transaction
from django.utils.translation import gettext as _

from questions.actions.acting import ASKER, CLOCK, Actor, Refused, enact, locked
from questions.actions.erasing import erase_from_disk
from questions.actions.holding import hold_episodes
from questions.actions.merge import promote_follower
from questions.lifecycle import Verb
from questions.models import Airing, Answer, Episode, Event, Question, Rank


@transaction.atomic
def withdraw(question: Question) -> Event:
    """Erase every word of the question and what was written about it. It needs no version and always wins."""
    return _let_go(locked(question, seen=None), Verb.WITHDRAW, by=ASKER)


@transaction.atomic
def forget(question: Question) -> Event:
    """Erase a question whose retention has passed."""
    return _let_go(locked(question, seen=None), Verb.FORGET, by=CLOCK)


@transaction.atomic
def erase_traces(question: Question) -> None:
    """Remove the row and the history of a question whose words are gone; after that nobody can tell that it was there.

    Nothing records it. Raises Refused while there are words, and while an episode that has aired needs the row.
    """
    row = locked(question, seen=None)
    if not row.is_gone or Episode.objects.with_question(row).exists():
        raise Refused(_("There is more than traces of it."))
    history = Event.objects.of(row.ref)
    # An undoing protects what it undid.
    history.exclude(undoes=None).delete()
    history.delete()
    row.delete()
    erase_from_disk()


def _let_go(row: Question, verb: Verb, *, by: Actor) -> Event:
    hold_episodes(row, verb=verb, by=by)
    promote_follower(row, by=by)
    event = enact(
        row, verb, by=by, text=None, sign_off=None, wording=None, previewed_wording=None, agreed_wording=None,
        claimed_by=None, claimed_at=None, decline_reason=None, merged_into=None,
    )  # fmt: skip
    _erase_words(row)
    # What it said of its asker goes with the words: the language, what they allowed, what they had read before, and
    # what we took them for.
    row.language, row.held, row.airing, row.may_edit, row.silence_means_yes = "", "", Airing.PREVIEW, True, False
    row.rank, row.waited_unopened, row.clue_count, row.follows_up = Rank.OTHERS, None, 0, None
    row.save(
        update_fields=[
            "language", "held", "airing", "may_edit", "silence_means_yes", "rank", "waited_unopened", "clue_count",
            "follows_up",
        ]
    )  # fmt: skip
    erase_from_disk()
    return event


def _erase_words(row: Question) -> None:
    """Remove the thread, notes, comments, drafts, wordings, the answer, and the links that lead to them.

    An answer that has aired leaves an empty row for its episode.
    """
    for words in (row.messages, row.notes, row.autosaves, row.comments):
        words.all().delete()
    row.presences.all().delete()
    row.links.all().delete()
    row.topics.clear()
    for answer in Answer.objects.filter(question=row):
        # The title and summary of an episode that has not aired may quote the question.
        unaired = Episode.objects.filter(segments__answer=answer, aired_script__isnull=True)
        unaired.update(draft_script=None)
        answer.segments.filter(episode__aired_script__isnull=True).delete()
        Answer.objects.filter(pk=answer.pk).update(current_revision=None, approved_revision=None, approved_wording=None)
        answer.revisions.all().delete()
        if not Episode.objects.filter(segments__answer=answer).exists():
            answer.delete()
    row.wordings.all().delete()
