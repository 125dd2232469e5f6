"""What a text may contain before anything reads it as Markdown."""

import re

# Forms refuse longer answers. Rendering itself takes a text of any length and shows all of it.
MAX_LENGTH = 60_000

_NOT_A_CHARACTER = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def tidy(text: str) -> str:
    """The text without what no page, feed or book can carry: control characters and half characters."""
    if not text.isascii() or "\0" in text:
        text = _NOT_A_CHARACTER.sub("\ufffd", text)
    return _CONTROL.sub(" ", text)
