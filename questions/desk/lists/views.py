"""The lists that hosts choose from: each is shown, added to, changed, put in order and cleared out alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.actions import lists as deeds
from questions.actions.acting import Refused
from questions.desk.access import hosts_only
from questions.desk.house.standing import actor_of, form_page, is_done, posted, refusal_of
from questions.desk.lists.kinds import KINDS, Kind
from questions.desk.toast import toast


def of_a_kind(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the list that its address names; for every other name there is no such page."""

    @wraps(view)
    def answer(request: HttpRequest, kind: str, **given: Any) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        return view(request, KINDS[kind], **given)

    return answer


@hosts_only
@of_a_kind
@require_safe
def entries(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Everything on the list, and how often it is used."""
    return _list_page(request, kind)


@hosts_only
@of_a_kind
def new_entry(request: HttpRequest, kind: Kind) -> HttpResponse:
    return _entry_page(request, kind, None)


@hosts_only
@of_a_kind
def edit_entry(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One entry. What was typed is kept, also when somebody has removed it meanwhile."""
    found = _entry(kind, pk)
    if found is None and request.method != "POST":
        return redirect("desk:entries", kind.slug)
    return _entry_page(request, kind, pk)


@hosts_only
@of_a_kind
def move_entry(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One place up or down. Its address alone leads to the list."""
    if request.method != "POST" or not kind.is_ordered:
        return redirect("desk:entries", kind.slug)
    entry = cast(deeds.Ordered, kind.model(pk=pk))
    try:
        deeds.move_entry(entry, up=request.POST.get("where") == "up", by=actor_of(request))
    except Refused as refused:
        return _list_page(request, kind, refused)
    return redirect("desk:entries", kind.slug)


@hosts_only
@of_a_kind
def remove_entry(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Take an entry off the list, after being asked."""
    if request.method == "POST":
        try:
            deeds.remove_entry(kind.model(pk=pk), by=actor_of(request))
        except Refused as refused:
            return _list_page(request, kind, refused)
        toast(request, _("Removed."), None)
        return redirect("desk:entries", kind.slug)
    entry = get_object_or_404(kind.model._default_manager, pk=pk)
    context = {"kind": kind, "entry": entry, "uses": deeds.uses_of(cast(deeds.Entry, entry))}
    return render(request, "desk/remove_entry.html", context)


@hosts_only
@of_a_kind
def preview_entry(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The entry as others will read it, which the page fetches while somebody types."""
    if request.method != "POST" or not kind.sample:
        return redirect("desk:entries", kind.slug)
    return render(request, kind.sample, {"entry": request.POST})


def _entry_page(request: HttpRequest, kind: Kind, pk: int | None) -> HttpResponse:
    """Save what was sent, or show the form with what is wrong. A preview saves nothing."""
    found = _entry(kind, pk)
    form, refused = kind.form(posted(request), instance=found or kind.model(pk=pk)), None
    form.begin_with(deeds.entry_facts(found) if found else {})
    is_preview = request.POST.get("action") == "preview"
    if form.is_valid() and not is_preview:
        typed, shown = form.save(commit=False), form.page_showed if found else None
        refused = refusal_of(form, lambda: deeds.set_entry(typed, shown=shown, by=actor_of(request)))
    if is_done(form, refused) and not is_preview:
        toast(request, _("Saved."), None)
        return redirect("desk:entries", kind.slug)
    # The form has written what was typed into the entry at hand, so what stands is read anew.
    found = _entry(kind, pk)
    return form_page(
        request, "desk/edit_entry.html", form, refused, facts=deeds.entry_facts(found) if found else {},
        kind=kind, found=found, entry=request.POST if form.is_bound else found, is_preview=is_preview,
    )  # fmt: skip


def _entry(kind: Kind, pk: int | None) -> deeds.Entry | None:
    """The entry with this key, if it is on the list."""
    return kind.model._default_manager.filter(pk=pk).first() if pk is not None else None


def _list_page(request: HttpRequest, kind: Kind, refused: Refused | None = None) -> HttpResponse:
    counts = kind.counts()
    rows = [
        (entry, getattr(entry, kind.second, ""), counts.get(entry.pk, 0)) for entry in kind.model._default_manager.all()
    ]
    context = {"kind": kind, "rows": rows, "refused": refused}
    return render(request, "desk/entries.html", context, status=409 if refused else 200)
