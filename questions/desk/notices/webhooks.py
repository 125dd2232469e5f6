"""A host's webhooks: added, looked at, tried, paused and deleted. Nobody sees another's."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from questions.actions import webhook as deeds
from questions.actions.acting import Refused
from questions.actions.delivering import PAUSES
from questions.desk.access import host_of, hosts_only
from questions.desk.house.standing import actor_of, posted
from questions.desk.notices.forms import WebhookForm
from questions.desk.notices.views import LAST_SHOWN
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.lifecycle import Verb
from questions.models import Webhook

_NEW = "new_webhook"


@hosts_only
def new_webhook(request: HttpRequest) -> HttpResponse:
    form, refused = WebhookForm(posted(request)), None
    if form.is_valid():
        try:
            hook = deeds.add_webhook(form.cleaned_data["url"], form.cleaned_data["verbs"], by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            request.session[_NEW] = str(hook.ref)
            return redirect("desk:webhook", hook.ref)
    context = {"form": form, "refused": refused}
    return render(request, "desk/notices_new_webhook.html", context, status=status_of(form, refused))


@hosts_only
def webhook(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One webhook and its last deliveries; on the first look also its secret, and never again."""
    hook = _own(request, ref)
    return _page(request, hook) if hook else redirect("desk:notices")


@hosts_only
def pause_webhook(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    hook = _own(request, ref)
    if hook is None or request.method != "POST":
        return _back(hook)
    is_paused = request.POST.get("to") == "pause"
    deeds.pause_webhook(hook, is_paused=is_paused, by=actor_of(request))
    toast(request, _("Paused.") if is_paused else _("It is called again."), None)
    return _back(hook)


@hosts_only
def try_webhook(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    hook = _own(request, ref)
    if hook is None or request.method != "POST":
        return _back(hook)
    try:
        deeds.try_webhook(hook, by=actor_of(request))
    except Refused as refused:
        return _page(request, hook, refused)
    toast(request, _("It is called within minutes. Look here again to see what became of it."), None)
    return _back(hook)


@hosts_only
def remove_webhook(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    hook = _own(request, ref)
    if hook is None:
        return redirect("desk:notices")
    if request.method == "POST":
        deeds.remove_webhook(hook, by=actor_of(request))
        toast(request, _("Deleted. It is not called any more."), None)
        return redirect("desk:notices")
    return render(request, "desk/notices_remove_webhook.html", {"webhook": hook})


def _own(request: HttpRequest, ref: uuid.UUID) -> Webhook | None:
    return Webhook.objects.filter(ref=ref, person=host_of(request)).first()


def _back(hook: Webhook | None) -> HttpResponse:
    return redirect("desk:webhook", hook.ref) if hook else redirect("desk:notices")


def _page(request: HttpRequest, hook: Webhook, refused: Refused | None = None) -> HttpResponse:
    is_new = request.session.get(_NEW) == str(hook.ref)
    if is_new:
        del request.session[_NEW]
    context = {
        "webhook": hook,
        "secret": hook.secret if is_new else "",
        "verbs": [Verb(verb).label for verb in hook.verbs],
        "deliveries": list(hook.deliveries.select_related("event")[:LAST_SHOWN]),
        "tries": len(PAUSES) + 1,
        "refused": refused,
    }
    return render(request, "desk/notices_webhook.html", context, status=409 if refused else 200)
