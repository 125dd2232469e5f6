"""What is like a question: what was asked before, what may answer it already, and which topics fit."""

from questions.likeness.answered import Glance, Likely, answered_already, glances
from questions.likeness.related import Related, related_to
from questions.likeness.topics import Suggested, topic_suggestions
from questions.likeness.twins import Twin, twins

__all__ = [
    "Glance",
    "Likely",
    "Related",
    "Suggested",
    "Twin",
    "answered_already",
    "glances",
    "related_to",
    "topic_suggestions",
    "twins",
]
