"""The door of the desk: everything under /desk/ is shut unless the view behind it says who may enter.

`door_middleware` stands in front of every view: a new address is shut until somebody has thought of it.
"""

import uuid
from collections.abc import Callable
from typing import TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.desk.signed_in import note_session
from questions.lifecycle import Role
from questions.models import Person, Question, Show
from questions.models.person import SECOND_STEPS

DESK = "/desk/"

OPEN = ("/desk/account/",)
"""Signing in and one's own account; django-allauth guards what is inside."""

HOSTS = frozenset({Role.HOST, Role.OWNER})
READING = ("GET", "HEAD")

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def hosts_only(view: View) -> View:
    """Open a view to hosts and owners."""
    return _opened(view, to_readers=HOSTS)


def owners_only(view: View) -> View:
    """Open a view to owners alone."""
    return _opened(view, to_readers=frozenset({Role.OWNER}))


def viewers_too(view: View) -> View:
    """Open a view to hosts and owners, and to viewers as long as they only read."""
    return _opened(view, to_readers=HOSTS | {Role.VIEWER})


def own_matter(view: View) -> View:
    """Open a view to everybody who works at the desk, to read and to change: it is about nobody but themselves."""
    view.__dict__["desk_writers"] = HOSTS | {Role.VIEWER}
    return _opened(view, to_readers=HOSTS | {Role.VIEWER})


def _opened(view: View, *, to_readers: frozenset[Role]) -> View:
    view.__dict__["desk_readers"] = to_readers
    return view


def door_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let nobody under /desk/ who may not be there, and tell whoever is there the time by the show's clocks."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        key_before = request.session.session_key
        response = inside(request)
        note_session(request, key_before)
        return response

    def inside(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(OPEN):
            return get_response(request)
        if refusal := _turned_away(request):
            return refusal
        show = Show.objects.current()
        if show.asks_second_step and lacks_second_step(request):
            return _led_to_second_step(request)
        with timezone.override(show.zone):
            return get_response(request)

    return answer


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether a host signs in with nothing but a password, also where the show asks for more."""
    person = person_of(request)
    if person is None or not person.is_host:
        return False
    return not is_mfa_enabled(request.user, list(SECOND_STEPS))


def _led_to_second_step(request: HttpRequest) -> HttpResponse:
    """The way to set one up; what was typed meanwhile is shown, not lost."""
    if request.method in READING:
        return redirect("mfa_index")
    sentence = _("The show asks every host for a second step when signing in. Set yours up first; nothing was saved.")
    return _shut(request, sentence, way_on=request.get_full_path())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is no longer the browser's, as after signing in again in another tab."""
    if not request.path_info.startswith(DESK) or request.path_info.startswith(OPEN):
        # What is typed there are passwords, which no page gives back.
        return render(request, "403.html", status=403)
    sentence = _("You have signed in again since this page was opened, so nothing was saved.")
    return _shut(request, sentence, way_on=request.get_full_path())


def person_of(request: HttpRequest) -> Person | None:
    """The person of the show who is signed in. Not everybody with an account is one."""
    return getattr(request.user, "person", None)


def host_of(request: HttpRequest) -> Person:
    """The person of the show who sent a request that has passed the door."""
    person = person_of(request)
    assert person
    return person


def question_for(request: HttpRequest, ref: uuid.UUID) -> Question:
    """The question, if this person may see it; for everybody else there is no such page."""
    return get_object_or_404(Question.objects.for_desk().visible_to(host_of(request)), ref=ref)


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """The answer for somebody who may not come in, or None for somebody who may."""
    if not request.user.is_authenticated:
        if request.method in READING:
            return redirect_to_login(request.get_full_path())
        return _shut(request, _("You are not signed in any more, so nothing was saved."))
    person = person_of(request)
    if person is None:
        return _shut(request, _("Your account belongs to nobody of this show. A host can change that."))
    if not _may(person, request):
        return _shut(request, _("This page is for the hosts of the show."))
    return None


def _may(person: Person, request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return person.is_host
    readers: frozenset[Role] = getattr(view, "desk_readers", frozenset())
    writers: frozenset[Role] = getattr(view, "desk_writers", readers & HOSTS)
    return person.role in (readers if request.method in READING else writers)


def _shut(request: HttpRequest, sentence: str, *, way_on: str = "") -> HttpResponse:
    """A kind no. What was typed is shown, so that an evening's work is not lost with a session.

    `way_on` is the address of the page where it can be typed again.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if not _is_ours(name)
        for value in values
        if value.strip()
    ]
    context = {"sentence": sentence, "typed": typed, "way_on": way_on}
    return render(request, "desk/shut.html", context, status=403)


def _is_ours(name: str) -> bool:
    """Whether a field is one that nobody types in: a token, the version a page showed, a button, a count of rows."""
    ours = ("csrfmiddlewaretoken", "seen", "page", "ref", "use", "action", "verb", "add")
    return name in ours or name.endswith("_FORMS")
