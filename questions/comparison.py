"""What changed between two wordings, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Difference:
    """A passage that both wordings have, or only one of them."""

    kind: Kind
    text: str

    @property
    def words(self) -> str:
        """The passage without the white space after it, which no page should strike out or underline."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        return _space_after(self.text)


def differences(before: str, after: str) -> list[Difference]:
    """The passages of both wordings in reading order; what was removed stands before what was added for it.

    Joined, the same and the added passages are exactly `after`. White space alone makes no difference.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    # The matcher's short cut for frequent words stays on: without it a hostile text takes minutes.
    matcher = SequenceMatcher(a=[word.rstrip() for word in old], b=[word.rstrip() for word in new])
    found, gap = [], ""
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Difference(Kind.SAME, "".join(new[new_start:new_end])))
            # Where the new wording ends, the old one may have gone on after a space.
            gap = "" if new[new_end - 1][-1].isspace() else _space_after(old[old_end - 1])
            continue
        removed = "".join(old[old_start:old_end])
        found.append(Difference(Kind.REMOVED, gap + removed if removed else ""))
        found.append(Difference(Kind.ADDED, "".join(new[new_start:new_end])))
    return [difference for difference in found if difference.text]


def _space_after(word: str) -> str:
    return word[len(word.rstrip()) :]
