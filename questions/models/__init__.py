from questions.models.answer import Answer, Revision
from questions.models.episode import (
    Correction,
    Credit,
    CreditRole,
    Episode,
    Script,
    Season,
    Segment,
    SpokenSegment,
    Verdict,
)
from questions.models.history import Edition, Event, SubjectKind
from questions.models.media import ContentLevel, Resource, ResourceKind, Video
from questions.models.person import Person
from questions.models.question import Airing, Hold, Message, Note, Question, Wording
from questions.models.show import Caller, CrisisLine, DeclineReason, Show
from questions.models.topic import Topic

__all__ = [
    "Airing",
    "Answer",
    "Caller",
    "ContentLevel",
    "Correction",
    "Credit",
    "CreditRole",
    "CrisisLine",
    "DeclineReason",
    "Edition",
    "Episode",
    "Event",
    "Hold",
    "Message",
    "Note",
    "Person",
    "Question",
    "Resource",
    "ResourceKind",
    "Revision",
    "Script",
    "Season",
    "Segment",
    "Show",
    "SpokenSegment",
    "SubjectKind",
    "Topic",
    "Verdict",
    "Video",
    "Wording",
]
