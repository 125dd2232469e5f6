"""Which published episodes may already answer what somebody asks."""

from questions.likeness.answered import Glance, Likely, answered_already, glances

__all__ = ["Glance", "Likely", "answered_already", "glances"]
