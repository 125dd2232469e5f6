"""The piece of an episode that shows why it was found. Nothing that stands behind a gate is part of it."""

from itertools import chain

from questions.search.at_hand import AtHand
from questions.search.marking import LONGEST, Pieces, is_wanted, marked
from questions.search.typed import Wanted
from questions.search.words import AS_WRITTEN, small_change, stems_of
from questions.visibility import is_text_gated

_BETWEEN = " · "


def pieces_of(found: AtHand, wanted: Wanted) -> Pieces:
    """What of an episode is shown beneath its title; what was looked for is True there.

    Where nothing of it stands in the open with what was looked for it is the summary, and where the text is gated the
    words of the note of what to expect.
    """
    script = found.episode.script
    if is_text_gated(found.episode):
        text = script.note
    else:
        text = _around(found.lines, wanted, found.language) or script.summary or "\n".join(found.lines)
    return marked(text, found.language, is_wanted(wanted, found.language))


def _around(lines: list[str], wanted: Wanted, language: str) -> str:
    """The paragraph with most of what is wanted, and as much of what follows as a snippet takes; empty without any.

    To mark words costs more than to find the paragraph in which they are.
    """
    text = " ".join([wanted.text, *chain.from_iterable(wanted.phrases)])
    stems = set(stems_of(text, language))
    stems = stems - small_change(text, language) or stems
    numbers: list[int] = []
    for line in lines:
        numbers.append(len(stems.intersection(stems_of(line, language))))
        if numbers[-1] == len(stems):
            break
    if not any(numbers) and wanted.is_unfinished:
        begun = stems_of(wanted.text, AS_WRITTEN)[-1]
        numbers = [any(word.startswith(begun) for word in stems_of(line, AS_WRITTEN)) for line in lines]
    if not any(numbers):
        return ""
    best = numbers.index(max(numbers))
    text = ""
    for line in lines[best:]:
        if len(text) > LONGEST:
            break
        text = f"{text}{_BETWEEN if text else ''}{line}"
    return text
