"""What the masthead of every desk page shows."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from questions.desk.access import person_of
from questions.desk.toast import toasts
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Question


def masthead(request: HttpRequest) -> dict[str, object]:
    """The context processor for what every page of the desk may mention, each fetched only when a template does.

    That is `host`, `counts`, `toasts`, and `unchecked_lines`: how many of the help page's no host has confirmed.
    """
    return {
        "host": SimpleLazyObject(lambda: person_of(request)),
        "counts": SimpleLazyObject(counts),
        "unchecked_lines": SimpleLazyObject(lambda: CrisisLine.objects.unchecked().count()),
        "toasts": SimpleLazyObject(lambda: toasts(request)),
    }


def counts() -> dict[str, int]:
    """How many questions are in each state. What has aired waits for nothing, so it does not count as ready."""
    ready = Question.objects.in_state(QuestionState.READY).off_air(timezone.now()).count()
    by_state = dict.fromkeys(QuestionState.values, 0) | Question.objects.counts_by_state()
    return by_state | {QuestionState.READY.value: ready}
