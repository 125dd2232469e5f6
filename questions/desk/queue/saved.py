"""The views that hosts keep: a filtered queue under a name, as a tab above the list."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from questions.actions import views as actions
from questions.actions.acting import Refused
from questions.desk.access import READING, host_of, hosts_only
from questions.desk.queue.counting import queue_of_view
from questions.desk.queue.filters import Known
from questions.desk.queue.forms import NameForm
from questions.desk.queue.listing import queue_in
from questions.desk.queue.pages import QUEUES, Queue
from questions.lifecycle import QuestionState
from questions.models import SavedView


@hosts_only
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """Every view that the host may use, and what can be done with their own."""
    return _page(request)


@hosts_only
@require_http_methods([*READING, "POST"])
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is filtered under a name."""
    queue = queue_in(request, QUEUES.get(request.POST.get("state", ""), QuestionState.WAITING))
    if request.method in READING:
        return redirect("desk:views")
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, problem=form.sentence, typed=str(form.data.get("name", "")), queue=queue, status=422)
    try:
        actions.save_view(name=form.cleaned_data["name"], query=as_saved(queue), by=queue.host)
    except Refused as refused:
        typed = form.cleaned_data["name"]
        return _page(request, problem=str(refused), typed=typed, queue=queue, status=409)
    messages.success(request, _("Kept as “{name}”.").format(name=form.cleaned_data["name"]))
    return redirect(queue.address())


@hosts_only
@require_http_methods([*READING, "POST"])
def change_view(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Rename, share, move or delete one of the host's own views."""
    host = host_of(request)
    view = get_object_or_404(SavedView.objects.for_person(host), ref=ref)
    if request.method in READING:
        return redirect("desk:views")
    typed = request.POST.get("name", view.name)
    form = NameForm({"name": typed})
    if not form.is_valid():
        return _page(request, problem=form.sentence, typed=typed, changing=view, status=422)
    changes: dict[str, Callable[..., None]] = {
        "rename": partial(actions.rename_view, name=form.cleaned_data["name"]),
        "share": partial(actions.share_view, is_shared=True),
        "keep": partial(actions.share_view, is_shared=False),
        "up": partial(actions.move_view, steps=-1),
        "down": partial(actions.move_view, steps=1),
        "delete": actions.delete_view,
    }
    try:
        changes[request.POST.get("do", "")](view, by=host)
    except KeyError:
        return _page(request, problem=_("Choose what to do with it."), typed=typed, changing=view, status=422)
    except Refused as refused:
        return _page(request, problem=str(refused), typed=typed, changing=view, status=409)
    return redirect("desk:views")


def as_saved(queue: Queue) -> str:
    """The queue as a saved view names it."""
    return urlencode({"state": queue.name, **queue.filter.values})


def _page(
    request: HttpRequest,
    *,
    problem: str = "",
    typed: str = "",
    queue: Queue | None = None,
    changing: SavedView | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the views. `queue` was to be kept under the name that was `typed`, or `changing` to get it."""
    host, known = host_of(request), Known.now()
    found = [
        (view, queue_of_view(view, host, known), typed if view == changing else view.name)
        for view in SavedView.objects.for_person(host)
    ]
    context = {"views": found, "problem": problem, "typed": typed, "queue": queue}
    return render(request, "desk/views.html", context, status=status)
