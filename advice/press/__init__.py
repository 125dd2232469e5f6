"""The press prints each public page once per edition and hands out the bytes."""

from advice.press.press import Press

__all__ = ["Press"]
