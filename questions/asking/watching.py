"""What the writing page gives the browser to look for, so that nothing has to be sent to be looked at."""

from functools import cache

from questions.safety import ClueKind, calls_by_language


@cache
def watched_for() -> dict[str, object]:
    """The calls for help of every language, and what each kind of clue is called and replaced by."""
    calls = [language._asdict() for language in calls_by_language()]
    return {"languages": calls, "kinds": {kind.value: str(kind.label) for kind in ClueKind}}
