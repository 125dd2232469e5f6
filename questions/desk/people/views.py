"""The people of the show: who they are, what they may, and how they come and go."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from questions.actions import people as deeds
from questions.actions import sessions
from questions.actions.acting import Actor, Refused, acting
from questions.actions.invite import has_account, open_invitations
from questions.desk.access import READING, host_of, hosts_only, owners_only
from questions.desk.people.forms import NewPersonForm, OffboardForm, ProfileForm, RoleForm
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.models import Person


@dataclass(frozen=True)
class Row:
    """Somebody on the list of people. `seen_on` is the last day on which they were at the desk, as far as we know."""

    person: Person
    can_sign_in: bool
    seen_on: date | None


@hosts_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what a host wants to know of colleagues; those who have left stand apart."""
    rows = [_row(person) for person in Person.objects.with_activity()]
    context = {
        "here": [row for row in rows if not row.person.left_on],
        "left": [row for row in rows if row.person.left_on],
        "invitations": open_invitations(timezone.now()),
    }
    return render(request, "desk/people.html", context)


@owners_only
def new_person(request: HttpRequest) -> HttpResponse:
    form, refused = NewPersonForm(posted(request)), None
    if form.is_valid():
        try:
            added = deeds.add_person(form.profile, role=form.cleaned_data["role"], by=actor(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Added: {name}.").format(name=added.name), None)
            return redirect("desk:people")
    context = {"form": form, "refused": refused}
    return render(request, "desk/edit_person.html", context, status=status_of(form, refused))


@owners_only
def edit_person(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """What readers see of somebody, their role, where they are signed in, and the way to say goodbye."""
    person, refused = get_object_or_404(Person, ref=ref), None
    form = ProfileForm(posted(request), instance=get_object_or_404(Person, ref=ref))
    if form.is_valid():
        try:
            deeds.edit_person(person, form.profile, by=actor(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Saved: {name}.").format(name=form.profile.name), None)
            return redirect("desk:people")
    return _person_page(request, person, form=form, refused=refused)


@owners_only
def appoint_person(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Give somebody another role. Its address alone leads to their page."""
    if request.method in READING:
        return redirect("desk:edit-person", ref)
    person, form = get_object_or_404(Person, ref=ref), RoleForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, role_form=form)
    try:
        deeds.appoint(person, role=form.cleaned_data["role"], by=actor(request))
    except Refused as refused:
        return _person_page(request, person, role_form=form, refused=refused)
    toast(request, _("{name} is {role} now.").format(name=person.name, role=form.cleaned_data["role"].label), None)
    return redirect("desk:people")


@owners_only
def end_person_sessions(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Sign somebody out everywhere. Its address alone leads to their page."""
    if request.method not in READING:
        person = get_object_or_404(Person, ref=ref)
        try:
            ended = sessions.end_all_of(person, by=actor(request))
        except Refused as refused:
            return _person_page(request, person, refused=refused)
        sentence = ngettext("{count} session ended.", "{count} sessions ended.", ended)
        toast(request, sentence.format(count=ended), None)
    return redirect("desk:edit-person", ref)


@owners_only
def offboard_person(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Say goodbye, after showing exactly what will happen."""
    person, refused = get_object_or_404(Person, ref=ref), None
    form = OffboardForm(posted(request), initial={"keeps_guest_links": True})
    if form.is_valid():
        try:
            deeds.offboard(person, **form.cleaned_data, by=actor(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("{name} has left. What they did keeps their name.").format(name=person.name), None)
            return redirect("desk:people")
    context = {"person": person, "form": form, "refused": refused, "ends": deeds.what_ends_with(person)}
    return render(request, "desk/offboard_person.html", context, status=status_of(form, refused))


def _person_page(
    request: HttpRequest,
    person: Person,
    *,
    form: ProfileForm | None = None,
    role_form: RoleForm | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {
        "person": person,
        "form": form or ProfileForm(instance=person),
        "role_form": role_form or RoleForm(initial={"role": person.role}),
        "refused": refused,
        "is_self": person == host_of(request),
        "can_sign_in": has_account(person),
        "sign_ins": sessions.open_of(person) if person.user_id else [],
    }
    status = max(status_of(tried, refused) for tried in (form, role_form) if tried) if form or role_form else 409
    return render(request, "desk/edit_person.html", context, status=status)


def _row(person: Person) -> Row:
    signed_in = timezone.localdate(person.user.last_login) if person.user and person.user.last_login else None
    return Row(person, has_account(person), max(filter(None, [person.seen_on, signed_in]), default=None))


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def actor(request: HttpRequest) -> Actor:
    return acting(host_of(request))
