"""What readers are shown of an episode: as a row, as a page, as answers, contents and films."""

from questions.showing.answers import SpokenAnswer
from questions.showing.page import Card, Entry, Page
from questions.showing.prose import introduced, link_to
from questions.showing.rows import LONGEST_HEADING, SHORT_QUESTION, Row, last_change, row, rows

__all__ = [
    "LONGEST_HEADING",
    "SHORT_QUESTION",
    "Card",
    "Entry",
    "Page",
    "Row",
    "SpokenAnswer",
    "introduced",
    "last_change",
    "link_to",
    "row",
    "rows",
]
