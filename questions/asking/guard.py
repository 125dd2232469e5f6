"""What stands in front of every asking page: nothing is refused without giving back what was typed."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from questions.models import Show
from questions.models.question import MAX_QUESTION_LENGTH

View = Callable[..., HttpResponse]


def asking_page(view: View) -> View:
    """Guard a page on which somebody asks.

    There is no cookie that another site could make use of, so no CSRF token; a form that another site sends
    is refused all the same. What cannot be read, and a database in trouble, get a page that says so.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, **named: str) -> HttpResponse:
        # Other encodings, which only programs declare, could smuggle in what no page can show.
        request.encoding = "utf-8"
        try:
            if not _is_readable(request):
                return _unreadable(request)
            if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
                return _from_elsewhere(request)
            return view(request, **named)
        except DatabaseTrouble:
            return _out_of_order(request)

    return guarded


def _is_readable(request: HttpRequest) -> bool:
    try:
        request.POST  # noqa: B018 - reading it is what fails
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return False
    return True


def _unreadable(request: HttpRequest) -> HttpResponse:
    return not_now(
        request,
        heading=_("This did not reach us in one piece"),
        sentence=_("Nothing of it was kept, and going back in your browser may show an empty page."),
        advice=_(
            "Very long texts do not fit: a question can have {longest:,} letters. If your words are also "
            "somewhere else, copy from there the part that is the question."
        ).format(longest=MAX_QUESTION_LENGTH),
        typed={},
        status=HTTPStatus.BAD_REQUEST,
    )


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    return not_now(
        request,
        heading=_("This came from another site"),
        sentence=_("So we have not taken it. If these are your words, go on from here."),
        typed=request.POST.dict(),
        again="edit",
        status=HTTPStatus.FORBIDDEN,
    )


def _out_of_order(request: HttpRequest) -> HttpResponse:
    """Shown without asking the database for anything, not even for the show's name."""
    typed = request.POST.dict() if request.method == "POST" else {}
    return not_now(
        request,
        heading=_("We cannot store anything just now"),
        sentence=_("This is our fault. Nothing was sent, and your words are still here. Try again in a few minutes."),
        typed=typed,
        again=typed.get("step", ""),
        show=Show(),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


def not_now(
    request: HttpRequest, *, status: int, typed: dict[str, str], again: str | None = None, **context: object
) -> HttpResponse:
    """A page that gives back what was typed. With `again`, a button sends it once more for that step."""
    # Of several boxes with one name, every one that was ticked goes along.
    kept = [(name, value) for name in typed for value in request.POST.getlist(name) if name != "step"]
    context = {"typed": typed, "kept": kept, "again": again, **context}
    return render(request, "asking/not_now.html", context, status=status)
