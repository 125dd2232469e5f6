"""The house: whether questions are welcome, what askers are promised, and the lines for people who need help now."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from questions.actions import house as deeds
from questions.actions.acting import Actor, Refused, acting
from questions.desk.access import host_of, hosts_only, owners_only
from questions.desk.house.forms import AskingForm, ConfirmForm, CrisisLineForm, PromisesForm
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.models import Caller, CrisisLine, Show


@hosts_only
def house(request: HttpRequest) -> HttpResponse:
    """What there is to keep in order, and how it stands."""
    return render(request, "desk/house.html", {"line_count": CrisisLine.objects.count()})


@hosts_only
def edit_asking(request: HttpRequest) -> HttpResponse:
    """Pause the form with a kind word, or open it again."""
    form = AskingForm(_posted(request), initial=AskingForm.words_of(Show.objects.current()))
    if form.is_valid():
        show = deeds.set_asking(**form.cleaned_data, by=_actor(request))
        toast(request, _("Questions are welcome.") if show.is_asking_open else _("Questions are paused."), None)
        return redirect("desk:house")
    return render(request, "desk/edit_asking.html", {"form": form}, status=status_of(form, None))


@owners_only
def edit_promises(request: HttpRequest) -> HttpResponse:
    """For how long things are kept, and where leaving fast leads. Words that would go at once are asked about."""
    own_hosts = {request.get_host().partition(":")[0]}
    form = PromisesForm(_posted(request), initial=PromisesForm.words_of(Show.objects.current()), own_hosts=own_hosts)
    refused = None
    if form.is_valid():
        try:
            deeds.set_promises(**form.cleaned_data, by=_actor(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Saved. The privacy page says so from now on."), None)
            return redirect("desk:house")
    context = {"form": form, "refused": refused}
    return render(request, "desk/edit_promises.html", context, status=status_of(form, refused))


@hosts_only
def crisis_lines(request: HttpRequest) -> HttpResponse:
    """Every line that the help page shows, and which of them nobody has checked."""
    return _list_page(request)


@hosts_only
def new_crisis_line(request: HttpRequest) -> HttpResponse:
    initial = {"language": Show.objects.current().language.partition("-")[0]}
    return _line_page(request, CrisisLineForm(_posted(request), initial=initial), None)


@hosts_only
def edit_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A line's facts. What was typed is kept, also when somebody has removed the line meanwhile."""
    found = CrisisLine.objects.filter(pk=pk).first()
    if found is None and request.method != "POST":
        return redirect("desk:crisis-lines")
    return _line_page(request, CrisisLineForm(_posted(request), instance=found or CrisisLine(pk=pk)), found)


@hosts_only
def confirm_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A host has tried the number that the page showed. Its address alone leads to the list."""
    if request.method != "POST":
        return redirect("desk:crisis-lines")
    form = ConfirmForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    try:
        deeds.confirm_crisis_line(CrisisLine(pk=pk), number=number, by=_actor(request))
    except Refused as refused:
        return _list_page(request, refused)
    return redirect(f"{reverse('desk:crisis-lines')}#line-{pk}")


@hosts_only
def remove_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        deeds.remove_crisis_line(CrisisLine(pk=pk), by=_actor(request))
        toast(request, _("Removed. The help page does not name it any more."), None)
        return redirect("desk:crisis-lines")
    return render(request, "desk/remove_crisis_line.html", {"line": get_object_or_404(CrisisLine, pk=pk)})


def _line_page(request: HttpRequest, form: CrisisLineForm, line: CrisisLine | None) -> HttpResponse:
    """Save what was sent, or show the form with what is wrong. `line` is the one on the list, if it is there."""
    refused = None
    if form.is_valid():
        try:
            saved = deeds.list_crisis_line(form.save(commit=False), by=_actor(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Saved: {line}.").format(line=saved), None)
            return redirect(f"{reverse('desk:crisis-lines')}#line-{saved.pk}")
    context = {"form": form, "line": line, "refused": refused}
    return render(request, "desk/edit_crisis_line.html", context, status=status_of(form, refused))


def _list_page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    """All lines by country; within one, in the order in which the help page has its callers."""
    callers = list(Caller)
    by_country: dict[str, list[CrisisLine]] = {}
    for line in sorted(CrisisLine.objects.order_by("pk"), key=lambda line: callers.index(Caller(line.caller))):
        by_country.setdefault(line.country_name, []).append(line)
    context = {"countries": sorted(by_country.items()), "refused": refused}
    return render(request, "desk/crisis_lines.html", context, status=409 if refused else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _actor(request: HttpRequest) -> Actor:
    return acting(host_of(request))
