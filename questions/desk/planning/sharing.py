"""Links for people without an account: a guest who answers, an outsider who looks. Each is shown once."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from questions.actions.acting import Refused, Stale, acting
from questions.actions.share import PREVIEW_DAYS, revoke, share_preview, share_with_guest
from questions.desk.access import READING, host_of, hosts_only, question_for
from questions.desk.seen import SeenForm, status_of
from questions.desk.triage.history import deeds
from questions.lifecycle import Role
from questions.links import LinkToken
from questions.models import Episode, Person, Question, SharedLink

GUEST_TERMS = [(7, _("a week")), (14, _("two weeks")), (30, _("thirty days")), (90, _("ninety days"))]


class GuestLinkForm(SeenForm):
    """Whom the question is given to, and for how long."""

    guest = forms.ModelChoiceField(
        Person.objects.none(), label=_("A guest of the show"), required=False, empty_label=_("Somebody new")
    )
    new_name = forms.CharField(
        label=_("Or somebody new"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Their name. They can change it when they answer."),
    )
    days = forms.TypedChoiceField(label=_("The link holds for"), coerce=int, choices=GUEST_TERMS, initial=14)

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        guests: forms.ModelChoiceField = self.fields["guest"]  # type: ignore[assignment]
        guests.queryset = Person.objects.here().filter(role=Role.GUEST)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if bool(words.get("guest")) == bool(words.get("new_name")) and not self.errors:
            self.add_error("new_name", _("Choose a guest, or type the name of somebody new: one of the two."))
        return words

    @property
    def chosen(self) -> Person | str:
        """A guest of the show, or the name of somebody who becomes one."""
        guest: Person | None = self.cleaned_data["guest"]
        return guest or str(self.cleaned_data["new_name"])


class PreviewLinkForm(forms.Form):
    """For how long outsiders may look."""

    days = forms.IntegerField(
        label=_("Days until the link ends"),
        initial=7,
        min_value=PREVIEW_DAYS[0],
        max_value=PREVIEW_DAYS[1],
        help_text=_("From {fewest} to {most}.").format(fewest=PREVIEW_DAYS[0], most=PREVIEW_DAYS[1]),
        widget=forms.NumberInput(attrs={"class": "control--place"}),
    )

    use_required_attribute = False


@hosts_only
def share_question(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Let a guest answer a question: their link is shown right after it was made, and never again."""
    question = question_for(request, ref)
    form = GuestLinkForm(request.POST or None, initial={"seen": question.version, "guest": question.claimed_by})
    refused = None
    if form.is_valid():
        days, by = form.cleaned_data["days"], acting(host_of(request))
        try:
            link, token = share_with_guest(question, form.chosen, days=days, by=by, seen=form.version)
        except Refused as no:
            question, refused = question_for(request, ref), no
            form.catch_up(question.version)
        else:
            return _shown_once(request, link, token)
    context = {
        "question": question,
        "form": form,
        "links": SharedLink.objects.for_guests_of(question).open_at(timezone.now()),
        "refused": refused,
        "meanwhile": deeds(refused.events) if isinstance(refused, Stale) else [],
    }
    return render(request, "desk/share_question.html", context, status=status_of(form, refused))


@hosts_only
def share_episode(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Let outsiders look at an episode that is not published yet."""
    episode = get_object_or_404(Episode.objects.for_page(), ref=ref)
    form = PreviewLinkForm(request.POST or None)
    refused = None
    if form.is_valid():
        try:
            link, token = share_preview(episode, days=form.cleaned_data["days"], by=acting(host_of(request)))
        except Refused as no:
            refused = no
        else:
            return _shown_once(request, link, token)
    links = SharedLink.objects.for_looking_at(episode).open_at(timezone.now())
    context = {"episode": episode, "form": form, "links": links, "refused": refused}
    return render(request, "desk/share_episode.html", context, status=status_of(form, refused))


@hosts_only
def revoke_link(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """End a link. Whoever opens it afterwards reads that it has ended, and gets back what they typed."""
    link = get_object_or_404(SharedLink.objects.leading_somewhere(), ref=ref)
    if request.method not in READING:
        revoke(link, by=acting(host_of(request)))
        messages.success(request, _now("The link is revoked. It lets nobody in any more."))
    return redirect(_home_of(link))


def _shown_once(request: HttpRequest, link: SharedLink, token: LinkToken) -> HttpResponse:
    """The page with the link itself. It is no redirect, because the token is kept nowhere in between."""
    name = "guests:answer-as-guest" if link.question else "guests:see-preview"
    context = {
        "link": link,
        "address": request.build_absolute_uri(reverse(name, args=[token])),
        "home": _home_of(link),
    }
    return render(request, "desk/link_made.html", context)


def _home_of(link: SharedLink) -> str:
    subject: Question | Episode | None = link.question or link.episode
    if isinstance(subject, Question):
        return subject.get_absolute_url()
    return reverse("desk:preview-episode", args=[subject.ref]) if subject else reverse("desk:episodes")
