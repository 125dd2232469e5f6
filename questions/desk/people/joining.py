"""The page behind an invitation, where a new colleague chooses how to sign in.

It lies outside the desk and its cookies. The token in its address, which no other site knows, does what a CSRF token
does elsewhere.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from questions import links
from questions.actions.acting import Refused
from questions.actions.invite import join as join_by
from questions.desk.people.forms import JoinForm
from questions.desk.people.views import posted
from questions.desk.seen import status_of
from questions.models import LinkKind, SharedLink


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account by an invitation, and lead to signing in."""
    link = _link(token)
    if link is None or (why := _over(link)):
        sentence = why if link else _("No invitation of ours has this address. Look whether all of it was copied.")
        return render(request, "desk/join_over.html", {"sentence": sentence}, status=410 if link else 404)
    form, refused = JoinForm(posted(request), initial=_initial(link)), None
    if form.is_valid():
        typed = form.cleaned_data
        try:
            person = join_by(link, name=typed["name"], user_name=typed["user_name"], password=typed["password"])
        except Refused as no:
            refused = no
        else:
            return render(request, "desk/joined.html", {"person": person, "user_name": typed["user_name"]})
    context = {"form": form, "refused": refused, "link": link}
    return render(request, "desk/join.html", context, status=status_of(form, refused))


def _link(token: str) -> SharedLink | None:
    genuine = links.genuine(LinkKind.JOIN, token)
    rows = SharedLink.objects.select_related("person__user", "made_by")
    return rows.with_digest(LinkKind.JOIN, links.digests(genuine)) if genuine else None


def _over(link: SharedLink) -> str:
    """Why an invitation lets nobody in any more; empty while it does."""
    if link.used_at:
        return _("This invitation has been used. If it was you, sign in; if not, tell an owner of the show.")
    if link.revoked_at:
        return _("This invitation was taken back. Ask an owner of the show for another.")
    if link.expires_at <= timezone.now():
        return _("This invitation has run out. Ask an owner of the show for another.")
    return ""


def _initial(link: SharedLink) -> dict[str, object]:
    """What we know of somebody who is on the list already."""
    person = link.person
    if person is None:
        return {}
    user = person.user
    return {"name": person.name, **({"user_name": user.get_username(), "user_pk": user.pk} if user else {})}
