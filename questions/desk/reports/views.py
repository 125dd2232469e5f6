"""What readers have told us about episodes: read, seen to, settled."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.actions import settle as deeds
from questions.actions.acting import Refused
from questions.desk.access import hosts_only, viewers_too
from questions.desk.house.standing import actor_of
from questions.desk.reports.forms import OutcomeForm
from questions.desk.reports.urgency import by_urgency
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.lifecycle import EpisodeState
from questions.models import Report
from questions.visibility import name_of

PAGE = 50
SETTLED_SHOWN = 50
"""So many of the settled ones are listed, the last first."""


@viewers_too
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The open ones: calls for help first, then what somebody wants removed, then what is wrong, each oldest first."""
    page = Paginator(by_urgency(Report.objects.open()), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "named": _named(list(page)),
        "settled": _named(list(Report.objects.settled()[:SETTLED_SHOWN])),
    }
    return render(request, "desk/reports.html", context)


@viewers_too
@require_safe
def report(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One report with its words, its episode, and the ways to do something about it."""
    found = _report(ref)
    return _page(request, found, OutcomeForm(initial={"outcome": found.outcome}))


@hosts_only
def settle_report(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    found = _report(ref)
    if request.method != "POST":
        return redirect(found)
    form, refused = OutcomeForm(request.POST), None
    if form.is_valid():
        try:
            deeds.settle(found, outcome=form.cleaned_data["outcome"], by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Settled. It can be taken up again below."), None)
            return redirect("desk:reports")
    return _page(request, _report(ref), form, refused)


@hosts_only
def take_up_report(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    found = _report(ref)
    if request.method != "POST":
        return redirect(found)
    try:
        deeds.take_up(found, by=actor_of(request))
    except Refused as refused:
        return _page(request, _report(ref), OutcomeForm(), refused)
    toast(request, _("It is open again."), None)
    return redirect(found)


def _report(ref: uuid.UUID) -> Report:
    return get_object_or_404(Report.objects.select_related("episode__season", "settled_by"), ref=ref)


def _named(listed: list[Report]) -> list[tuple[Report, str]]:
    """Each report with the name of its episode, as readers know it."""
    names = {report.episode_id: report.episode for report in listed}
    by_episode = {key: name_of(episode, episode.script) for key, episode in names.items()}
    return [(report, by_episode[report.episode_id]) for report in listed]


def _page(request: HttpRequest, found: Report, form: OutcomeForm, refused: Refused | None = None) -> HttpResponse:
    episode, now = found.episode, timezone.now()
    others = Report.objects.open().filter(episode=episode).exclude(pk=found.pk)
    context = {
        "report": found,
        "name": name_of(episode, episode.script),
        "is_public": episode.state_at(now) == EpisodeState.PUBLISHED,
        "state": episode.state_at(now),
        "others": by_urgency(others[:PAGE]),
        "form": form,
        "refused": refused,
    }
    return render(request, "desk/report.html", context, status=status_of(form, refused))
