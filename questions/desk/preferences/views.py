"""How the desk behaves for one person, set by themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from questions.actions.preferences import set_preferences
from questions.desk.access import READING, host_of, own_matter
from questions.desk.preferences.forms import PreferencesForm


@own_matter
@require_http_methods([*READING, "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Single keys on or off, words blurred or not."""
    person = host_of(request)
    now = {"uses_keys": person.uses_keys, "blurs_words": person.blurs_words}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        set_preferences(person, **form.cleaned_data)
        messages.success(request, _("Saved. It holds for you alone, wherever you sign in."))
        return redirect("desk:preferences")
    return render(request, "desk/preferences.html", {"form": form})
