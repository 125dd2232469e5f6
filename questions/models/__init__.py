from questions.content_notes import ContentKind, ContentLevel
from questions.models.answer import Answer, Autosave, Comment, Part, Revision
from questions.models.desk import Mention, Presence, SavedView
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
from questions.models.history import HOUSE_REF, Edition, Event, SubjectKind
from questions.models.link import LinkKind, SharedLink
from questions.models.media import Resource, ResourceKind, Video
from questions.models.notice import Delivery, DeliveryState, Webhook
from questions.models.person import Digest, Person, SignIn
from questions.models.question import LEASE, Message, Note, Question, Wording
from questions.models.report import Report, ReportKind
from questions.models.show import Caller, CannedReply, CrisisLine, DeclineReason, Show
from questions.models.sifting import Airing, Consent, Flag, Hold, Rank
from questions.models.topic import FormerAddress, Synonym, Topic

__all__ = [
    "HOUSE_REF",
    "LEASE",
    "Airing",
    "Answer",
    "Autosave",
    "Caller",
    "CannedReply",
    "Comment",
    "Consent",
    "ContentKind",
    "ContentLevel",
    "Correction",
    "Credit",
    "CreditRole",
    "CrisisLine",
    "DeclineReason",
    "Delivery",
    "DeliveryState",
    "Digest",
    "Edition",
    "Episode",
    "Event",
    "Flag",
    "FormerAddress",
    "Hold",
    "LinkKind",
    "Mention",
    "Message",
    "Note",
    "Part",
    "Person",
    "Presence",
    "Question",
    "Rank",
    "Report",
    "ReportKind",
    "Resource",
    "ResourceKind",
    "Revision",
    "SavedView",
    "Script",
    "Season",
    "Segment",
    "SharedLink",
    "Show",
    "SignIn",
    "SpokenSegment",
    "SubjectKind",
    "Synonym",
    "Topic",
    "Verdict",
    "Video",
    "Webhook",
    "Wording",
]
