"""Where somebody was meant by a note or a comment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.desk.access import host_of, hosts_only
from questions.models import Mention

EARLIER = 20
"""So many of the mentions that one has seen are shown below those that one has not."""


@hosts_only
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """What colleagues meant for whoever is signed in. Opening the question is what makes it seen."""
    mine = Mention.objects.of(host_of(request))
    context = {"unseen": mine.unseen(), "earlier": mine.exclude(seen_at=None)[:EARLIER]}
    return render(request, "desk/mentions.html", context)
