"""The house: whether questions are welcome, what askers are promised, and the lines for people who need help now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.actions import crisis_lines as deeds
from questions.actions.acting import Refused
from questions.actions.settings import ASKING_FIELDS, PROMISED_FIELDS, set_asking, set_promises, standing
from questions.desk.access import hosts_only, owners_only
from questions.desk.house.forms import AskingForm, ConfirmForm, CrisisLineForm, PromisesForm
from questions.desk.house.standing import actor_of, form_page, is_done, posted, refusal_of
from questions.desk.toast import toast
from questions.models import Caller, CrisisLine, Show


@hosts_only
@require_safe
def house(request: HttpRequest) -> HttpResponse:
    """What there is to keep in order, and how it stands."""
    return render(request, "desk/house.html", {"line_count": CrisisLine.objects.count()})


@hosts_only
def edit_asking(request: HttpRequest) -> HttpResponse:
    """Pause the form with a kind word, or open it again."""
    show = Show.objects.current()
    form, refused = AskingForm(posted(request), initial=AskingForm.words_of(show)), None
    form.begin_with(standing(show, ASKING_FIELDS))
    if form.is_valid():
        refused = refusal_of(form, lambda: set_asking(**form.facts, shown=form.page_showed, by=actor_of(request)))
    show = Show.objects.current()
    if is_done(form, refused):
        toast(request, _("Questions are welcome.") if show.is_asking_open else _("Questions are paused."), None)
        return redirect("desk:house")
    stands = {"is_open": show.is_asking_open, "closed_words": show.closed_words}
    facts = standing(show, ASKING_FIELDS)
    return form_page(request, "desk/edit_asking.html", form, refused, facts=facts, stands=stands)


@owners_only
def edit_promises(request: HttpRequest) -> HttpResponse:
    """For how long things are kept, and where leaving fast leads. Words that would go at once are asked about."""
    own_hosts, show = {request.get_host().partition(":")[0]}, Show.objects.current()
    form = PromisesForm(posted(request), initial=PromisesForm.words_of(show), own_hosts=own_hosts)
    form.begin_with(standing(show, PROMISED_FIELDS))
    refused = None
    if form.is_valid():
        refused = refusal_of(form, lambda: set_promises(**form.facts, shown=form.page_showed, by=actor_of(request)))
    if is_done(form, refused):
        toast(request, _("Saved. The privacy page says so from now on."), None)
        return redirect("desk:house")
    facts = standing(Show.objects.current(), PROMISED_FIELDS)
    return form_page(request, "desk/edit_promises.html", form, refused, facts=facts)


@hosts_only
@require_safe
def crisis_lines(request: HttpRequest) -> HttpResponse:
    """Every line that the help page shows, and which of them nobody has checked."""
    return _list_page(request)


@hosts_only
def new_crisis_line(request: HttpRequest) -> HttpResponse:
    initial = {"language": Show.objects.current().language.partition("-")[0]}
    return _line_page(request, CrisisLineForm(posted(request), initial=initial), None)


@hosts_only
def edit_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A line's facts. What was typed is kept, also when somebody has removed the line meanwhile."""
    found = CrisisLine.objects.filter(pk=pk).first()
    if found is None and request.method != "POST":
        return redirect("desk:crisis-lines")
    return _line_page(request, CrisisLineForm(posted(request), instance=found or CrisisLine(pk=pk)), found)


@hosts_only
def confirm_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    """A host has tried the number that the page showed. Its address alone leads to the list."""
    if request.method != "POST":
        return redirect("desk:crisis-lines")
    form = ConfirmForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    try:
        deeds.confirm_crisis_line(CrisisLine(pk=pk), number=number, by=actor_of(request))
    except Refused as refused:
        return _list_page(request, refused)
    return redirect(f"{reverse('desk:crisis-lines')}#line-{pk}")


@hosts_only
def remove_crisis_line(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        deeds.remove_crisis_line(CrisisLine(pk=pk), by=actor_of(request))
        toast(request, _("Removed. The help page does not name it any more."), None)
        return redirect("desk:crisis-lines")
    return render(request, "desk/remove_crisis_line.html", {"line": get_object_or_404(CrisisLine, pk=pk)})


def _line_page(request: HttpRequest, form: CrisisLineForm, line: CrisisLine | None) -> HttpResponse:
    """Save what was sent, or show the form with what is wrong. `line` is the one on the list, if it is there."""
    refused = None
    if line:
        form.begin_with(deeds.line_facts(line))
    if form.is_valid():
        typed = form.save(commit=False)
        refused = refusal_of(form, lambda: deeds.list_crisis_line(typed, shown=form.page_showed, by=actor_of(request)))
        if is_done(form, refused):
            toast(request, _("Saved: {line}.").format(line=typed), None)
            return redirect(f"{reverse('desk:crisis-lines')}#line-{typed.pk}")
    # The form has written what was typed into the line at hand, so what stands is read anew.
    line = CrisisLine.objects.filter(pk=line.pk).first() if line else None
    facts = deeds.line_facts(line) if line else {}
    return form_page(request, "desk/edit_crisis_line.html", form, refused, facts=facts, line=line)


def _list_page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    """All lines by country; within one, in the order in which the help page has its callers."""
    callers = list(Caller)
    by_country: dict[str, list[CrisisLine]] = {}
    for line in sorted(CrisisLine.objects.order_by("pk"), key=lambda line: callers.index(Caller(line.caller))):
        by_country.setdefault(line.country_name, []).append(line)
    context = {"countries": sorted(by_country.items()), "refused": refused}
    return render(request, "desk/crisis_lines.html", context, status=409 if refused else 200)
