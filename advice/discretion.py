"""What logs and error reports leave out: addresses of pages, and whatever a person typed."""

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
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record = logging.makeLogRecord(record.__dict__)
            match = request.resolver_match
            record.msg = f"{getattr(record, 'status_code', 'fault')} in {match.view_name if match else 'no view'}"
            record.args = None
            record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the name is logging's)
        return "\n".join(self._lines(ei[1])) if ei[1] else ""

    def _lines(self, error: BaseException) -> Iterator[str]:
        if earlier := error.__cause__ or error.__context__:
            yield from self._lines(earlier)
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        yield type(error).__name__ + (f": {error}" if self.with_words else "")


class NothingTyped(SafeExceptionReporterFilter):
    """Blanks every posted value and every local variable, in any mode."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
