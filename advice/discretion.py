"""What logs and error reports leave out: addresses of pages, and whatever a person typed."""

import json
import logging
import traceback
from collections.abc import ItemsView, Iterator
from types import FrameType, TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Says which view failed and where in the code.

    An address may hold a guest's link and an exception's message may quote what was being stored, so both
    stay out unless `with_words` asks for the messages (on a developer's own machine). Nor is the time noted:
    it would say when somebody asked.
    """

    def __init__(self, with_words: bool = False) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self.with_words = with_words

    def format(self, record: logging.LogRecord) -> str:
        if said := self.view_and_status(record):
            record = logging.makeLogRecord(record.__dict__)
            record.msg, record.args = _in_words(*said), None
            record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the name is logging's)
        return "\n".join(self._lines(ei[1])) if ei[1] else ""

    @staticmethod
    def view_and_status(record: logging.LogRecord) -> tuple[str | None, int | None] | None:
        """Which view a record is about, where there was one, and what it answered; None if it is about no request."""
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return None
        match = request.resolver_match
        return (match.view_name if match else None), getattr(record, "status_code", None)

    def _lines(self, error: BaseException) -> Iterator[str]:
        for each in _first_to_last(error):
            yield from (f"  {place}" for place in _places(each))
            yield self._named(each)

    def _named(self, error: BaseException) -> str:
        return type(error).__name__ + (f": {error}" if self.with_words else "")


class JsonLines(DiscreetFormatter):
    """The same for programs: each record is one line, an object. The time is for whatever collects the lines to note.

    It has `level`, `logger`, `message`; of a request `view` and `status`; of a fault `error`, its kind, and `where`,
    the places in the code from the outermost in; those of which it came stand in `because`.
    """

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {"level": record.levelname, "logger": record.name}
        if about := self.view_and_status(record):
            said |= {"message": _in_words(*about), "view": about[0], "status": about[1]}
        else:
            said["message"] = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        told = [{"error": self._named(each), "where": list(_places(each))} for each in _first_to_last(error)]
        if told:
            said |= told.pop()
        if told:
            said["because"] = told
        return json.dumps(said)


def _in_words(view: str | None, status: int | None) -> str:
    return f"{status or 'fault'} in {view or 'no view'}"


def _first_to_last(error: BaseException | None) -> list[BaseException]:
    """The error, after those of which it came. One that is its own cause, as some libraries manage, is named once."""
    chain: list[BaseException] = []
    while error is not None and not any(error is each for each in chain):
        chain.insert(0, error)
        error = error.__cause__ or error.__context__
    return chain


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"


class NothingTyped(SafeExceptionReporterFilter):
    """Blanks every posted value and every local variable, in any mode."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
