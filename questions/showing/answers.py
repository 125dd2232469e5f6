"""The questions of an episode as they are read out, each with its answer."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from questions.models import SpokenSegment
from questions.rendering import Gating, RenderedAnswer, RenderedPart, render_answer, render_plain
from questions.showing.rows import LONGEST_HEADING


@dataclass(frozen=True)
class SpokenAnswer:
    """One question as it is read out, and the answer to it."""

    number: int
    spoken: SpokenSegment
    rendered: RenderedAnswer

    @property
    def anchor(self) -> str:
        return f"question-{self.number}"

    @property
    def parts(self) -> list[RenderedPart]:
        return self.rendered.parts

    @property
    def question_html(self) -> SafeString:
        return render_plain(self.spoken.question)

    @property
    def voice(self) -> str:
        """The class that sets the question, which stands below the page's own title, in a size it fits."""
        return f"voice voice--{'long' if len(self.spoken.question) <= LONGEST_HEADING else 'letter'}"


def spoken_answer(number: int, spoken: SpokenSegment, gating: Gating) -> SpokenAnswer:
    """One of an episode's questions with its answer. A second answer may have a part of the same name as the first."""
    prefix = f"a{number}"
    parts_begin = f"{prefix}-" if number > 1 else ""
    rendered = render_answer(spoken.body, prefix=prefix, parts_begin=parts_begin, gating=gating)
    return SpokenAnswer(number, spoken, rendered)
