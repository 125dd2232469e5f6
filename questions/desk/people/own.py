"""One's own account: who one is here, the second step, and where one is signed in. For everybody who can sign in."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.actions import sessions
from questions.desk.access import READING, person_of
from questions.desk.toast import toast
from questions.models import SignIn
from questions.sessions import digest


@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {
        "person": person,
        "has_second_step": is_mfa_enabled(request.user),
        "sign_ins": sessions.open_of(person) if person else [],
        "here": digest(request.session.session_key or ""),
    }
    return render(request, "account/own_account.html", context)


@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    person = person_of(request)
    if request.method not in READING and person:
        ended = sessions.end_session(SignIn(pk=pk), by=person)
        toast(request, _("That session has ended.") if ended else _("That session was over already."), None)
    return redirect("own_account")


@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Stay signed in here and nowhere else."""
    person = person_of(request)
    if request.method not in READING and person:
        ended = sessions.end_others(by=person, but=digest(request.session.session_key or ""))
        sentence = ngettext("{count} other session ended.", "{count} other sessions ended.", ended)
        toast(request, sentence.format(count=ended), None)
    return redirect("own_account")
