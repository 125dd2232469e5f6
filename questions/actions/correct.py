"""A published episode is corrected in the open."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from questions import edition, films
from questions.actions.acting import Actor, Refused, enact, locked
from questions.actions.holding import settle
from questions.lifecycle import Verb
from questions.models import Correction, Episode, Event, Revision, Segment


@transaction.atomic
def correct(episode: Episode, *, bodies: Sequence[str], words: str, by: Actor, seen: int) -> Event:
    """Replace the answers of a published episode by `bodies` (one per segment, in order), and say so to readers.

    `words` is the dated line readers see. A correction is an approval: each changed answer whose original still
    exists gets a revision with these words, and that one is its approved revision from now on.
    """
    row = settle(locked(episode, seen=seen))
    script = row.script
    if len(bodies) != len(script.segments):
        raise Refused(_("The number of answers does not match the episode."))
    if [segment.body for segment in script.segments] == list(bodies):
        raise Refused(_("Nothing was changed, so there is nothing to correct."))
    new_films = [film for body in bodies for film in films.in_answer(body)]
    if sentence := films.missing_from_note(new_films, row.video_level):
        raise Refused(sentence)
    corrected = [replace(spoken, body=body) for spoken, body in zip(script.segments, bodies, strict=True)]
    for segment, old, new in zip(row.segments.all(), script.segments, corrected, strict=True):
        if old.body != new.body:
            _approve_correction(segment, new.body, by)
    Correction.objects.create(episode=row, words=words)
    aired = replace(script, segments=corrected)
    gated = films.has_gated_parts(aired)
    event = enact(row, Verb.CORRECT, by=by, aired_script=aired.to_json(), has_gated_parts=gated)
    edition.advance()
    return event


def _approve_correction(segment: Segment, body: str, by: Actor) -> None:
    answer = segment.answer
    if answer.question.is_gone:
        return
    revision = Revision.objects.create(answer=answer, number=answer.revisions.count() + 1, body=body, by=by.person)
    answer.current_revision = answer.approved_revision = revision
    answer.save(update_fields=["current_revision", "approved_revision"])
