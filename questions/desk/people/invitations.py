"""Somebody is invited by a link, and the invitation can be taken back until it is used."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from questions.actions.acting import Refused
from questions.actions.invite import invite
from questions.actions.share import revoke
from questions.desk.access import READING, owners_only
from questions.desk.people.forms import InviteForm
from questions.desk.people.views import actor, posted
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.models import LinkKind, Person, SharedLink


@owners_only
def invite_person(request: HttpRequest) -> HttpResponse:
    """Make an invitation. The page that answers shows the link, this once: only its digest is kept."""
    form, refused = InviteForm(posted(request), initial=_initial(request)), None
    if form.is_valid():
        try:
            link, token = invite(**form.cleaned_data, by=actor(request))
        except Refused as no:
            refused = no
        else:
            address = request.build_absolute_uri(reverse("join:join", args=[token]))
            return render(request, "desk/invited_person.html", {"link": link, "address": address})
    context = {"form": form, "refused": refused}
    return render(request, "desk/invite_person.html", context, status=status_of(form, refused))


@owners_only
def revoke_invitation(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """End an invitation before it is used. Its address alone leads to the people."""
    if request.method not in READING:
        revoke(get_object_or_404(SharedLink, ref=ref, kind=LinkKind.JOIN), by=actor(request))
        toast(request, _("The invitation leads nowhere now."), None)
    return redirect("desk:people")


def _initial(request: HttpRequest) -> dict[str, object]:
    """Whom the page that led here meant, and the role they have."""
    try:
        person = Person.objects.filter(ref=uuid.UUID(request.GET.get("person", ""))).first()
    except ValueError:
        person = None
    return {"person": person.ref, "role": person.role} if person else {}
