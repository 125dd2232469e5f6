"""The face of the show: hosts see it, owners change it, with a preview beside the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from questions.actions.settings import FACE_FIELDS, Face, set_show, standing
from questions.desk.access import hosts_only, owners_only
from questions.desk.house.standing import actor_of, form_page, is_done, posted, refusal_of
from questions.desk.show.forms import ShowForm
from questions.desk.show.sample import preview_sheet_for, sample_of
from questions.desk.toast import toast
from questions.languages import native_name, welcome_in
from questions.models import Episode, Show


@hosts_only
@require_safe
def show_settings(request: HttpRequest) -> HttpResponse:
    """The settings as they stand."""
    show = Show.objects.current()
    languages = [native_name(code) for code in welcome_in(show.language, show.languages)]
    return render(request, "desk/show_settings.html", {"languages": languages, "language": native_name(show.language)})


@owners_only
def edit_show(request: HttpRequest) -> HttpResponse:
    """Change the settings, or look at a preview of what was typed: that is a button, for browsers without scripts."""
    show = Show.objects.current()
    form, refused = ShowForm(posted(request), show=show), None
    is_preview = request.POST.get("action") == "preview"
    if form.is_valid() and not is_preview:
        refused = refusal_of(form, lambda: set_show(Face(**form.facts), shown=form.page_showed, by=actor_of(request)))
    if is_done(form, refused) and not is_preview:
        toast(request, _saved(show, form.cleaned_data["time_zone"]), None)
        return redirect("desk:show-settings")
    stands = Show.objects.current()
    facts = standing(stands, FACE_FIELDS)
    sample = sample_of(form, stands)
    return form_page(
        request, "desk/edit_show.html", form, refused, facts=facts, sample=sample, is_preview=is_preview
    )  # fmt: skip


@owners_only
def preview_show(request: HttpRequest) -> HttpResponse:
    """The preview alone, which the page fetches while somebody types. Its address alone leads to the form."""
    if request.method != "POST":
        return redirect("desk:edit-show")
    show = Show.objects.current()
    return render(request, "desk/_show_sample.html", {"sample": sample_of(ShowForm(request.POST, show=show), show)})


@hosts_only
@require_safe
def preview_sheet(request: HttpRequest) -> HttpResponse:
    """The colours of a preview. They are in its address, since no page of ours wears anything written into it."""
    return HttpResponse(preview_sheet_for(request.GET), content_type="text/css; charset=utf-8")


def _saved(before: Show, time_zone: str) -> str:
    """What to say after saving; another zone is told with what it means for what is scheduled."""
    coming = Episode.objects.upcoming(timezone.now()).count()
    if time_zone == before.time_zone or not coming:
        return _("Saved. Readers see it from now on.")
    sentence = ngettext(
        "Saved. {count} scheduled episode keeps its moment; the clock beside it is {zone} now.",
        "Saved. {count} scheduled episodes keep their moments; the clock beside them is {zone} now.",
        coming,
    )
    return sentence.format(count=coming, zone=time_zone)
