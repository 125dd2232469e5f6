"""The asker takes a question back, or its time runs out: either way its words are gone."""

from django.db import connection, transaction

from questions.actions.acting import ASKER, CLOCK, Actor, enact, locked
from questions.actions.holding import hold_episodes
from questions.actions.merge import promote_follower
from questions.lifecycle import Verb
from questions.models import Answer, Episode, Event, Question


@transaction.atomic
def withdraw(question: Question) -> Event:
    """Erase every word of the question and what was written about it. It needs no version and always wins."""
    return _let_go(locked(question, seen=None), Verb.WITHDRAW, by=ASKER)


@transaction.atomic
def forget(question: Question) -> Event:
    """Erase a question whose retention has passed."""
    return _let_go(locked(question, seen=None), Verb.FORGET, by=CLOCK)


def _let_go(row: Question, verb: Verb, *, by: Actor) -> Event:
    hold_episodes(row, verb=verb, by=by)
    promote_follower(row, by=by)
    event = enact(
        row, verb, by=by, text=None, sign_off=None, wording=None, previewed_wording=None, agreed_wording=None,
        claimed_by=None, claimed_at=None, decline_reason=None, merged_into=None,
    )  # fmt: skip
    _erase_words(row)
    transaction.on_commit(_truncate_the_log)
    return event


def _erase_words(row: Question) -> None:
    """Remove the thread, notes, wordings and answer. An answer that has aired leaves an empty row for its episode."""
    row.messages.all().delete()
    row.notes.all().delete()
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


def _truncate_the_log() -> None:
    """On SQLite the erased pages also stand in the write-ahead log until it is truncated."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
