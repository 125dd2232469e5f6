"""What was taken away after a backup is taken away again when that backup comes back.

The operator's `manage.py restore` calls these before anybody can see the show. Whatever they cannot make as it was
waits for a host: off the air, and with nobody's words in the open.
"""

from collections.abc import Set
from datetime import date

from django.db import transaction

from questions.actions.acting import CLOCK, OPERATOR, Refused, enact, locked
from questions.actions.consent import object_to_airing
from questions.actions.people import appoint, offboard
from questions.actions.retract import retract
from questions.actions.share import revoke
from questions.actions.withdraw import forget, withdraw
from questions.lifecycle import EpisodeState, Role, Verb
from questions.models import Episode, Person, Question, SharedLink

_TRUST = (Role.VIEWER, Role.GUEST, Role.HOST, Role.OWNER)


def keep_off_air(episode: Episode, since: Set[str]) -> bool:
    """Take an episode down, or off the schedule, if one of the deeds `since` did; whether there was anything to do.

    One that was corrected is taken down too: the words that it was corrected from must not be read again.
    """
    if episode.aired_script is None and since & {Verb.HOLD, Verb.UNSCHEDULE}:
        return _hold(episode)
    if episode.state == EpisodeState.PUBLISHED and since & {Verb.RETRACT, Verb.CORRECT}:
        retract(episode, by=OPERATOR, seen=episode.version)
        return True
    return False


@transaction.atomic
def _hold(episode: Episode) -> bool:
    row = locked(episode, seen=None)
    if row.release_at is None:
        return False
    # Its time may have passed since; it has not aired here, and must not.
    enact(
        row, Verb.HOLD, by=CLOCK, state=EpisodeState.SCHEDULED, details={"because": Verb.RESTORE.value}, release_at=None
    )
    return True


@transaction.atomic
def take_words_away(question: Question, since: Set[str], *, day: date) -> bool:
    """Forget the words of a question if one of the deeds `since` did, or put others in their place; whether it did.

    The words that its asker put there are lost, and those they took out are not ours to keep. Its traces go when they
    would have gone: `day` is when the deed was done.
    """
    if question.is_gone or not since & {Verb.WITHDRAW, Verb.FORGET, Verb.AMEND}:
        return False
    if Verb.WITHDRAW in since:
        withdraw(question)
    else:
        forget(question)
    Question.objects.filter(pk=question.pk).update(changed_on=day)
    return True


def say_no(question: Question, since: Set[str]) -> bool:
    """Let the asker's no stand again, or their wish for another wording, which counts as one until they agree."""
    if question.objected or not since & {Verb.OBJECT, Verb.ASK_CHANGE}:
        return False
    try:
        object_to_airing(question)
    except Refused:
        # It is in a state from which it cannot air.
        return False
    return True


def shut_out(person: Person, since: Set[str]) -> bool:
    """Say goodbye again to somebody who has left since, and give nobody back a role that they have lost."""
    if Verb.OFFBOARD in since and person.left_on is None:
        offboard(person, keeps_guest_links=True, by=OPERATOR)
        return True
    roles = [Role(verb.partition(":")[2]) for verb in since if verb.startswith(f"{Verb.APPOINT}:")]
    lowest = min([*roles, Role(person.role)], key=_TRUST.index)
    if lowest == person.role:
        return False
    appoint(person, role=lowest, by=OPERATOR)
    return True


def end_link(link: SharedLink) -> None:
    """End a link that had been ended, or an invitation, which somebody may have used up since."""
    revoke(link, by=OPERATOR)
