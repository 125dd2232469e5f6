"""The history of everything: who did what when, over questions, episodes and the house. No word of a question in it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.desk.access import host_of, hosts_only
from questions.desk.records.export import as_csv, as_json
from questions.desk.records.forms import RecordsForm
from questions.desk.records.pages import Page, Wanted, by_day, everything, page_from
from questions.desk.records.words import Day, lines_of
from questions.models import Event, Show

Writer = Callable[[Iterable[Event], tzinfo], Iterator[str]]


@hosts_only
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """A page of the history under its days, the newest first."""
    form = RecordsForm(request.GET)
    page = page_from(form.wanted, request.GET.get("before", "")) if form.is_valid() else Page([])
    days = [Day.of(day, lines_of(events, host_of(request))) for day, events in by_day(page.events)]
    context = {
        "form": form,
        "days": days,
        "page": page,
        "query": _query(request),
        "next": _query(request, before=page.more),
        "askers": _query(request, who="asker", until=page.askers_until.isoformat()) if page.askers_until else "",
    }
    return render(request, "desk/history.html", context, status=200 if form.is_valid() else 422)


@hosts_only
@require_safe
def history_csv(request: HttpRequest) -> HttpResponseBase:
    return _file(request, as_csv, "text/csv; charset=utf-8", "history.csv")


@hosts_only
@require_safe
def history_json(request: HttpRequest) -> HttpResponseBase:
    return _file(request, as_json, "application/json", "history.json")


def _file(request: HttpRequest, write: Writer, content_type: str, name: str) -> HttpResponseBase:
    """What the page's filters ask for, all of it."""
    form = RecordsForm(request.GET)
    if not form.is_valid():
        return render(request, "desk/history.html", {"form": form, "days": []}, status=422)
    wanted: Wanted = form.wanted
    lines = write(everything(wanted), Show.objects.current().zone)
    headers = {"Content-Disposition": f'attachment; filename="{timezone.localdate().isoformat()}-{name}"'}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)


def _query(request: HttpRequest, **changes: str) -> str:
    """The filters as they stand in the address, with these changes, from the newest on unless `before` says where."""
    asked = request.GET.copy()
    asked.pop("before", None)
    for name, value in changes.items():
        asked[name] = value
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    return f"?{asked.urlencode()}" if asked else ""
