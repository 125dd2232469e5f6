"""Which published episodes may already answer what somebody asks."""

from questions.likeness.answered import Likely, answered_already

__all__ = ["Likely", "answered_already"]
