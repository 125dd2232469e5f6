"""Episodes: put together, looked at, released, corrected and taken down."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.actions.acting import Refused, Stale, acting, gone
from questions.actions.assemble import disband
from questions.actions.correct import correct
from questions.actions.retract import retract
from questions.actions.schedule import publish, schedule, unschedule
from questions.desk.access import host_of, hosts_only
from questions.desk.offered import possible
from questions.desk.planning import shown
from questions.desk.planning.assembly import Assembly
from questions.desk.planning.release import CorrectionForm, ScheduleForm
from questions.desk.planning.rows import ROW_SETS
from questions.desk.seen import SeenForm, status_of
from questions.desk.toast import toast
from questions.desk.triage.history import deeds
from questions.lifecycle import EPISODE, NEW, EpisodeState
from questions.models import Answer, Episode, Event, SharedLink, Show

PAGE = 30


def pressed_only(view: Callable[[HttpRequest, uuid.UUID], HttpResponse]) -> Callable[..., HttpResponse]:
    """A deed's address, opened without its button, leads to the page that has the button."""

    @wraps(view)
    def answer(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
        return view(request, ref) if request.method == "POST" else redirect("desk:preview-episode", ref)

    return answer


@hosts_only
@require_safe
def episodes(request: HttpRequest) -> HttpResponse:
    """Everything planned and aired, and the answers that wait for an episode."""
    return _list_page(request)


def _list_page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    now, zone = timezone.now(), Show.objects.current().zone
    found = Episode.objects.for_lists()
    published = Paginator(found.released(now).newest_first(), PAGE).get_page(request.GET.get("page"))
    context = {
        "zone": zone,
        "answers": Answer.objects.for_episodes(),
        "assembling": shown.rows(found.being_assembled(), now, zone),
        "scheduled": shown.rows(found.upcoming(now), now, zone),
        "published": shown.rows(published, now, zone),
        "page": published,
        "retracted": shown.rows(found.retracted().newest_first()[:PAGE], now, zone),
    }
    return render(request, "desk/episodes.html", {**context, "refused": refused}, status=409 if refused else 200)


@hosts_only
def new_episode(request: HttpRequest) -> HttpResponse:
    """A blank episode, or one that begins with the answer named in the address."""
    if request.method == "POST":
        return _assembled(request, None)
    ref = shown.ref_in(request.GET.get("question", ""))
    answer = Answer.objects.for_episodes().filter(question__ref=ref).first() if ref else None
    return _assembly_page(request, Assembly.new(answer), None)


@hosts_only
def edit_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The contents of an episode that has not aired. What was typed is kept, whatever has happened since."""
    if request.method == "POST":
        newest = _newest(ref)
        return _assembled(request, newest) if newest else _assembly_of_one_gone(request)
    episode = _episode(ref)
    if episode.state != EpisodeState.ASSEMBLING:
        return redirect("desk:preview-episode", ref)
    return _assembly_page(request, Assembly.of(episode), episode)


@hosts_only
@require_safe
def preview_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The episode as readers will see it, and what can be done with it."""
    return _episode_page(request, _episode(ref))


@hosts_only
@pressed_only
def publish_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    return _done(request, ref, publish, _("Published. Readers see it now."))


@hosts_only
@pressed_only
def unschedule_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    return _done(request, ref, unschedule, _("Taken off the schedule. It airs when you say so."))


@hosts_only
@pressed_only
def schedule_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The time is the show's; where its clocks skip it, it is refused, and where they repeat it, they ask which."""
    zone = Show.objects.current().zone
    form = ScheduleForm(request.POST, zone=zone)
    episode = _newest(ref)
    if episode is None or not form.is_valid():
        return _answer(request, episode, form)
    at = form.cleaned_data["at"]
    try:
        event = schedule(episode, at=at, by=acting(host_of(request)), seen=form.version)
    except Refused as refused:
        return _answer(request, _newest(ref), form, refused)
    toast(request, _("Scheduled for {time}.").format(time=shown.moment(at, zone)), event)
    if request.POST.get("back") == "calendar":
        there = at.astimezone(zone)
        return redirect("desk:calendar-month", there.year, there.month)
    return redirect("desk:preview-episode", ref)


@hosts_only
def retract_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    if request.method == "POST":
        return _done(request, ref, retract, _("Taken down. Its address says so now."))
    return render(request, "desk/retract_episode.html", {"episode": _episode(ref)})


@hosts_only
def disband_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    if request.method == "POST":
        return _done(request, ref, disband, _("Taken apart. Its answers are free again."), "episodes")
    return render(request, "desk/disband_episode.html", {"episode": _episode(ref)})


@hosts_only
def correct_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The answers of a published episode, and what readers are told of the change."""
    episode = _episode(ref)
    form = CorrectionForm(request.POST or None, episode=episode, initial={"seen": episode.version})
    refused = None
    if form.is_valid():
        words, by = form.cleaned_data["words"], acting(host_of(request))
        try:
            event = correct(episode, bodies=form.bodies(), words=words, by=by, seen=form.version)
        except Refused as no:
            episode, refused = _episode(ref), no
            form.catch_up(episode.version)
        else:
            toast(request, _("Corrected. Readers see the new words and what you said about them."), event)
            return redirect("desk:preview-episode", ref)
    context = {"episode": episode, "form": form, **_refusal(refused)}
    return render(request, "desk/correct_episode.html", context, status=status_of(form, refused))


def _episode(ref: uuid.UUID) -> Episode:
    return get_object_or_404(Episode.objects.for_page(), ref=ref)


def _newest(ref: uuid.UUID) -> Episode | None:
    """The episode as it is now, or None where it has been taken apart; raises Http404 where there never was one."""
    episode = Episode.objects.for_page().filter(ref=ref).first()
    if episode is None and not Event.objects.of(ref).exists():
        raise Http404
    return episode


def _refusal(refused: Refused | None) -> dict[str, object]:
    return {"refused": refused, "meanwhile": deeds(refused.events) if isinstance(refused, Stale) else []}


def _assembled(request: HttpRequest, episode: Episode | None) -> HttpResponse:
    """Save what was typed, or show the form again with one more row, with one moved, or with what is wrong."""
    assembly = Assembly.typed(request.POST, episode)
    if request.POST.get("add") in ROW_SETS:
        return _assembly_page(request, assembly.with_another_row(episode), episode)
    if move := request.POST.get("move"):
        return _assembly_page(request, assembly.with_moved_row(move, episode), episode)
    if not assembly.is_valid():
        return _assembly_page(request, assembly, episode)
    try:
        event = assembly.save(by=acting(host_of(request)), episode=episode)
    except Refused as refused:
        newest = _newest(episode.ref) if episode else None
        if episode and newest is None:
            return _assembly_of_one_gone(request)
        assembly.form.catch_up(newest.version if newest else 0)
        return _assembly_page(request, assembly, newest, refused)
    # Earlier contents are not kept, so that only a new episode can be undone.
    toast(request, _("The episode is saved. This is how readers will see it."), event if event.before == NEW else None)
    return redirect("desk:preview-episode", event.subject)


def _assembly_of_one_gone(request: HttpRequest) -> HttpResponse:
    sentence = _("It was taken apart meanwhile. Saving makes a new episode of what you typed.")
    return _assembly_page(request, Assembly.typed(request.POST, None), None, Refused(sentence))


def _assembly_page(
    request: HttpRequest, assembly: Assembly, episode: Episode | None, refused: Refused | None = None
) -> HttpResponse:
    form = assembly.form
    own = {"episode": episode, "assembly": assembly, "form": form, "stand_in": shown.stand_in(episode)}
    context = {**own, **_refusal(refused)}
    return render(request, "desk/edit_episode.html", context, status=409 if refused else 422 if form.is_bound else 200)


def _done(
    request: HttpRequest,
    ref: uuid.UUID,
    deed: Callable[..., Event],
    sentence: str,
    then: str = "preview-episode",
) -> HttpResponse:
    """Do a deed that needs no more than a button, and go on; when it is refused, show the episode and why."""
    form, episode = SeenForm(request.POST), _newest(ref)
    if episode is None:
        return _answer(request, None)
    try:
        event = deed(episode, by=acting(host_of(request)), seen=form.version)
    except Refused as refused:
        return _answer(request, _newest(ref), refused=refused)
    toast(request, sentence, event)
    return redirect(f"desk:{then}", *([ref] if then == "preview-episode" else []))


def _answer(
    request: HttpRequest, episode: Episode | None, form: ScheduleForm | None = None, refused: Refused | None = None
) -> HttpResponse:
    """The episode's page with what is wrong; where it has been taken apart, the list, which says so."""
    return _episode_page(request, episode, form, refused) if episode else _list_page(request, gone())


def _episode_page(
    request: HttpRequest, episode: Episode, form: ScheduleForm | None = None, refused: Refused | None = None
) -> HttpResponse:
    zone, now = Show.objects.current().zone, timezone.now()
    if form is not None:
        form.catch_up(episode.version)
    local = episode.release_at.astimezone(zone).replace(tzinfo=None) if episode.release_at else None
    form = form or ScheduleForm(zone=zone, initial={"seen": episode.version, "at": local})
    context = {
        "row": shown.row(episode, now, zone),
        "page": shown.page(episode, now),
        "episode": episode,
        "zone": zone,
        "form": form,
        "verbs": possible(EPISODE, episode, host_of(request)),
        "unmet": shown.unmet(episode),
        "airing": shown.airing(episode),
        "stand_in": shown.stand_in(episode),
        "links": SharedLink.objects.for_looking_at(episode).open_at(now),
        **_refusal(refused),
    }
    return render(request, "desk/preview_episode.html", context, status=status_of(form, refused))
