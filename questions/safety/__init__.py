from questions.safety.age import may_be_under_18
from questions.safety.clues import Clue, ClueKind, clues
from questions.safety.cries import calls_by_language, cries

__all__ = ["Clue", "ClueKind", "calls_by_language", "clues", "cries", "may_be_under_18"]
