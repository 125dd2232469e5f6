"""What may happen to a question, to its answer and to an episode.

One table each: ``(state, verb) → move``. The actions obey the tables, the desk draws its buttons from them and
``docs/tour.md`` prints them; nothing else decides. This module is pure: it knows no database and no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionState(TextChoices):
    WAITING = "waiting", _("Waiting")
    KEPT = "kept", _("Kept")
    ANSWERING = "answering", _("Answering")
    READY = "ready", _("Ready")
    ANSWERED_PRIVATELY = "answered_privately", _("Answered privately")
    DECLINED = "declined", _("Declined")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FORGOTTEN = "forgotten", _("Forgotten")


class AnswerState(TextChoices):
    DRAFTING = "drafting", _("Drafting")
    APPROVED = "approved", _("Approved")


class EpisodeState(TextChoices):
    """Derived, never stored: see ``Episode.state_at``."""

    ASSEMBLING = "assembling", _("Being assembled")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")


class Verb(TextChoices):
    SUBMIT = "submit", _("Submit")
    LIFT = "lift", _("Lift the hold")
    ALERT = "alert", _("Mark as a call for help")
    STAND_DOWN = "stand_down", _("No call for help")
    KEEP = "keep", _("Keep")
    CLAIM = "claim", _("Claim")
    UNCLAIM = "unclaim", _("Release")
    TAKE_OVER = "take_over", _("Take over")
    TAG = "tag", _("Tag")
    REWORD = "reword", _("Edit the wording")
    DRAFT = "draft", _("Save the draft")
    COMMENT = "comment", _("Comment")
    RESOLVE = "resolve", _("Resolve a comment")
    NAME = "name", _("Name a revision")
    HAND_IN = "hand_in", _("Hand in")
    APPROVE = "approve", _("Approve")
    REOPEN = "reopen", _("Reopen")
    DECLINE = "decline", _("Decline")
    RECONSIDER = "reconsider", _("Reconsider")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split again")
    LEAD = "lead", _("Take the lead")
    FOLLOW = "follow", _("Follow another question")
    REPLY = "reply", _("Write to the asker")
    ADD = "add", _("Write to the show")
    AMEND = "amend", _("Change my words")
    NOTE = "note", _("Note")
    PREVIEW = "preview", _("Ask the asker")
    CONSENT = "consent", _("Agree to the wording")
    ASK_CHANGE = "ask_change", _("Ask for another wording")
    OBJECT = "object", _("Do not air it")
    ANSWER_PRIVATELY = "answer_privately", _("Answer privately")
    WITHDRAW = "withdraw", _("Take it back")
    FORGET = "forget", _("Forget")
    ASSEMBLE = "assemble", _("Assemble")
    DISBAND = "disband", _("Take apart")
    SCHEDULE = "schedule", _("Schedule")
    UNSCHEDULE = "unschedule", _("Take off the schedule")
    PUBLISH = "publish", _("Publish now")
    AIR = "air", _("Air")
    HOLD = "hold", _("Hold")
    CORRECT = "correct", _("Correct")
    RETRACT = "retract", _("Retract")
    SETTLE = "settle", _("Settle a report")
    TAKE_UP = "take_up", _("Take a report up again")
    UNDO = "undo", _("Undo")
    SET = "set", _("Change a setting")
    INVITE = "invite", _("Invite")
    JOIN = "join", _("Join")
    APPOINT = "appoint", _("Give another role")
    OFFBOARD = "offboard", _("Say goodbye")
    END_SESSIONS = "end_sessions", _("End sessions")
    SHARE = "share", _("Make a link")
    REVOKE = "revoke", _("Revoke a link")
    MERGE_TOPICS = "merge_topics", _("Merge topics")
    RESTORE = "restore", _("Go back to a backup")


class Role(TextChoices):
    """Who acts. The last four are people of the show, in ascending order of trust."""

    ASKER = "asker", _("Asker")
    CLOCK = "clock", _("Clock")
    VIEWER = "viewer", _("Viewer")
    GUEST = "guest", _("Guest")
    HOST = "host", _("Host")
    OWNER = "owner", _("Owner")


class Need(StrEnum):
    """What must be true besides the state; ``actions/needs.py`` says how each is found out."""

    HELD = "held"
    CALLING = "calling for help"
    NOT_CALLING = "not calling for help"
    NOT_HELD = "not held"
    A_REVISION = "a revision"
    NOT_BEGUN = "no answer begun"
    NOT_IN_AN_EPISODE = "not in an episode"
    PUBLIC_QUESTION = "public question"
    SEGMENTS = "segments"
    ALL_APPROVED = "all approved"
    ALL_AIRABLE = "all airable"
    TRUE_NOTE = "true note"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table: the state afterwards, who may, and what else must be true.

    A quiet move leaves the version alone: it takes nothing from somebody who looks at the same page, so it must not
    make their page stale.
    """

    to: str
    who: frozenset[Role]
    needs: tuple[Need, ...] = ()
    quiet: bool = False


class NotAllowed(Exception):
    """The table has no such move for this state, verb and role."""

    def __init__(self, state: str, verb: Verb, role: Role) -> None:
        super().__init__(f"{role} may not {verb} what is {state or 'new'}")
        self.state, self.verb, self.role = state, verb, role


Table = dict[tuple[str, Verb], Move]

NEW = ""
"""The state of what does not exist yet."""

GONE = "gone"
"""The state of an episode that was taken apart before it aired; only its history is left."""

_HOSTS = frozenset({Role.HOST, Role.OWNER})
_WRITERS = _HOSTS | {Role.GUEST}
_ASKER = frozenset({Role.ASKER})
_CLOCK = frozenset({Role.CLOCK})

_Q = QuestionState
_OPEN = (_Q.WAITING, _Q.KEPT, _Q.ANSWERING)
_ALIVE = (*_OPEN, _Q.READY, _Q.ANSWERED_PRIVATELY, _Q.DECLINED, _Q.MERGED)


def _rows(states: Iterable[str], verb: Verb, move: Move) -> Table:
    return {(state, verb): move for state in states}


def _staying(states: Iterable[str], verb: Verb, who: frozenset[Role], *needs: Need, quiet: bool = False) -> Table:
    return {(state, verb): Move(state, who, needs, quiet) for state in states}


QUESTION: Table = {
    (NEW, Verb.SUBMIT): Move(_Q.WAITING, _ASKER | _HOSTS),
    **_staying([_Q.WAITING], Verb.LIFT, _HOSTS, Need.HELD),
    **_staying(_OPEN, Verb.ALERT, _WRITERS, Need.NOT_CALLING, quiet=True),
    **_staying(_OPEN, Verb.STAND_DOWN, _HOSTS, Need.CALLING, quiet=True),
    (_Q.WAITING, Verb.KEEP): Move(_Q.KEPT, _HOSTS, (Need.NOT_HELD,)),
    **_rows([_Q.WAITING, _Q.KEPT], Verb.CLAIM, Move(_Q.ANSWERING, _WRITERS, (Need.NOT_HELD,))),
    (_Q.ANSWERING, Verb.UNCLAIM): Move(_Q.KEPT, _WRITERS | _CLOCK),
    (_Q.ANSWERING, Verb.TAKE_OVER): Move(_Q.ANSWERING, _HOSTS),
    **_staying([*_OPEN, _Q.READY], Verb.TAG, _WRITERS, quiet=True),
    **_staying(_OPEN, Verb.REWORD, _WRITERS),
    (_Q.ANSWERING, Verb.DRAFT): Move(_Q.ANSWERING, _WRITERS),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.COMMENT, _WRITERS, quiet=True),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.RESOLVE, _WRITERS, quiet=True),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.NAME, _WRITERS, Need.A_REVISION, quiet=True),
    (_Q.ANSWERING, Verb.HAND_IN): Move(_Q.ANSWERING, frozenset({Role.GUEST}), (Need.A_REVISION,), quiet=True),
    (_Q.ANSWERING, Verb.APPROVE): Move(_Q.READY, _HOSTS, (Need.NOT_HELD, Need.PUBLIC_QUESTION, Need.A_REVISION)),
    (_Q.READY, Verb.REOPEN): Move(_Q.ANSWERING, _HOSTS, (Need.NOT_IN_AN_EPISODE,)),
    **_rows(_OPEN, Verb.DECLINE, Move(_Q.DECLINED, _HOSTS)),
    **_rows([_Q.DECLINED, _Q.ANSWERED_PRIVATELY], Verb.RECONSIDER, Move(_Q.WAITING, _HOSTS)),
    **_rows([_Q.WAITING, _Q.KEPT], Verb.MERGE, Move(_Q.MERGED, _HOSTS, (Need.PUBLIC_QUESTION, Need.NOT_HELD))),
    (_Q.MERGED, Verb.SPLIT): Move(_Q.WAITING, _HOSTS),
    (_Q.MERGED, Verb.LEAD): Move(_Q.KEPT, _ASKER | _CLOCK),
    (_Q.MERGED, Verb.FOLLOW): Move(_Q.MERGED, _ASKER | _CLOCK),
    **_staying([*_OPEN, _Q.READY, _Q.ANSWERED_PRIVATELY], Verb.REPLY, _WRITERS, quiet=True),
    **_staying([*_OPEN, _Q.READY, _Q.ANSWERED_PRIVATELY], Verb.ADD, _ASKER, quiet=True),
    # Other words are another thing to decide about, whatever was decided about the old ones.
    **_rows([_Q.WAITING, _Q.KEPT, _Q.MERGED], Verb.AMEND, Move(_Q.WAITING, _ASKER, (Need.NOT_BEGUN,))),
    **_staying([*_OPEN, _Q.READY, _Q.ANSWERED_PRIVATELY, _Q.DECLINED], Verb.NOTE, _WRITERS, quiet=True),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.PREVIEW, _WRITERS, Need.PUBLIC_QUESTION),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.CONSENT, _ASKER, Need.PUBLIC_QUESTION),
    **_staying([_Q.ANSWERING, _Q.READY], Verb.ASK_CHANGE, _ASKER, Need.PUBLIC_QUESTION),
    **_staying([*_OPEN, _Q.READY], Verb.OBJECT, _ASKER),
    **_rows(_OPEN, Verb.ANSWER_PRIVATELY, Move(_Q.ANSWERED_PRIVATELY, _WRITERS)),
    **_rows(_ALIVE, Verb.WITHDRAW, Move(_Q.WITHDRAWN, _ASKER)),
    **_rows(_ALIVE, Verb.FORGET, Move(_Q.FORGOTTEN, _CLOCK)),
}

ANSWER: Table = {
    (NEW, Verb.DRAFT): Move(AnswerState.DRAFTING, _WRITERS),
    (AnswerState.DRAFTING, Verb.DRAFT): Move(AnswerState.DRAFTING, _WRITERS),
    (AnswerState.DRAFTING, Verb.APPROVE): Move(AnswerState.APPROVED, _HOSTS),
    (AnswerState.APPROVED, Verb.REOPEN): Move(AnswerState.DRAFTING, _HOSTS),
}

_E = EpisodeState
_RELEASABLE = (Need.SEGMENTS, Need.ALL_APPROVED, Need.ALL_AIRABLE, Need.TRUE_NOTE)

EPISODE: Table = {
    (NEW, Verb.ASSEMBLE): Move(_E.ASSEMBLING, _HOSTS),
    (_E.ASSEMBLING, Verb.ASSEMBLE): Move(_E.ASSEMBLING, _HOSTS),
    (_E.ASSEMBLING, Verb.DISBAND): Move(GONE, _HOSTS),
    **_rows([_E.ASSEMBLING, _E.SCHEDULED], Verb.SCHEDULE, Move(_E.SCHEDULED, _HOSTS, _RELEASABLE)),
    (_E.SCHEDULED, Verb.UNSCHEDULE): Move(_E.ASSEMBLING, _HOSTS),
    **_rows([_E.ASSEMBLING, _E.SCHEDULED], Verb.PUBLISH, Move(_E.PUBLISHED, _HOSTS, _RELEASABLE)),
    (_E.RETRACTED, Verb.PUBLISH): Move(_E.PUBLISHED, _HOSTS, _RELEASABLE),
    (_E.SCHEDULED, Verb.AIR): Move(_E.PUBLISHED, _CLOCK),
    **_rows([_E.ASSEMBLING, _E.SCHEDULED], Verb.HOLD, Move(_E.ASSEMBLING, _ASKER | _CLOCK)),
    (_E.PUBLISHED, Verb.CORRECT): Move(_E.PUBLISHED, _HOSTS),
    (_E.PUBLISHED, Verb.RETRACT): Move(_E.RETRACTED, _HOSTS),
    # What readers told us about it.
    **_staying([*_E], Verb.SETTLE, _HOSTS, quiet=True),
    **_staying([*_E], Verb.TAKE_UP, _HOSTS, quiet=True),
}

HOUSE = frozenset(
    {
        Verb.SET, Verb.INVITE, Verb.JOIN, Verb.APPOINT, Verb.OFFBOARD, Verb.END_SESSIONS,
        Verb.SHARE, Verb.REVOKE, Verb.MERGE_TOPICS, Verb.RESTORE,
    }
)  # fmt: skip
"""The verbs of the house: what is done to its people, lists and settings. They have no table, only a history."""

UNDONE_BY: dict[Verb, Verb] = {
    Verb.PUBLISH: Verb.RETRACT,
    Verb.RETRACT: Verb.PUBLISH,
    Verb.ASSEMBLE: Verb.DISBAND,
    Verb.SCHEDULE: Verb.UNSCHEDULE,
    Verb.UNSCHEDULE: Verb.SCHEDULE,
}
"""The verbs of an episode are undone by another verb, which asks again what it needs. Every verb that a host does to a
question is undone by setting its columns back."""

FINAL = frozenset(
    {
        Verb.SUBMIT, Verb.ADD, Verb.AMEND, Verb.CONSENT, Verb.ASK_CHANGE, Verb.OBJECT, Verb.WITHDRAW,
        Verb.LEAD, Verb.FOLLOW, Verb.HOLD, Verb.FORGET, Verb.AIR,
        Verb.CORRECT, Verb.DISBAND, Verb.NAME, Verb.HAND_IN, Verb.SETTLE, Verb.TAKE_UP,
        Verb.UNDO, *HOUSE,
    }
)  # fmt: skip
"""What cannot be undone: what the asker or the clock did, what replaced or erased words, and an undo itself."""

TAKES_AWAY = frozenset(
    {
        Verb.WITHDRAW, Verb.FORGET, Verb.AMEND, Verb.OBJECT, Verb.ASK_CHANGE,
        Verb.UNSCHEDULE, Verb.HOLD, Verb.CORRECT, Verb.RETRACT,
        Verb.OFFBOARD, Verb.APPOINT, Verb.REVOKE,
    }
)  # fmt: skip
"""What takes words, a yes, a place on the air or a way in away. A restore does it again where a backup knows nothing of
it, so it is remembered outside the database as well (questions/tombstones.py)."""


def move_for(table: Table, state: str, verb: Verb, role: Role) -> Move:
    """The move that `role` makes by `verb` from `state`; raises NotAllowed when the table has none."""
    move = table.get((state, verb))
    if move is None or role not in move.who:
        raise NotAllowed(state, verb, role)
    return move


def verbs_from(table: Table, state: str, role: Role) -> list[Verb]:
    """The verbs `role` may try from `state`, in the order of the table."""
    return [verb for (from_state, verb), move in table.items() if from_state == state and role in move.who]
