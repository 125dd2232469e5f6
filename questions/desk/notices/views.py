"""How the house reaches the host who is signed in: by which mail, how often, and for what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from questions.actions import notices as deeds
from questions.actions.acting import Refused
from questions.desk.access import host_of, hosts_only
from questions.desk.house.standing import actor_of, posted
from questions.desk.notices.forms import AddressForm, CodeForm, NoticesForm
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.models import Delivery, Person

LAST_SHOWN = 20
"""So many deliveries the page lists, the newest first."""

_TICKET = "offered_address"


@hosts_only
def notices(request: HttpRequest) -> HttpResponse:
    """Address, digest, duty, webhooks, and what became of what was sent."""
    form = NoticesForm(posted(request), initial=NoticesForm.words_of(host_of(request)))
    refused = None
    if form.is_valid():
        try:
            deeds.set_notices(**form.cleaned_data, by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Saved."), None)
            return redirect("desk:notices")
    return _page(request, form, AddressForm(), refused)


@hosts_only
def offer_address(request: HttpRequest) -> HttpResponse:
    """An address was typed: a code goes there, and the next page asks for it."""
    if request.method != "POST":
        return redirect("desk:notices")
    form, refused = AddressForm(request.POST), None
    if form.is_valid():
        try:
            offer = deeds.offer_address(form.cleaned_data["address"], by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            request.session[_TICKET] = {"ticket": offer.ticket, "tries": 0}
            return redirect("desk:confirm-address")
    return _page(request, NoticesForm(initial=NoticesForm.words_of(host_of(request))), form, refused)


@hosts_only
def confirm_address(request: HttpRequest) -> HttpResponse:
    """The code of the mail is typed in. After MOST_TRIES wrong ones, a new one has to be sent."""
    held = request.session.get(_TICKET)
    try:
        offer = deeds.offered(held["ticket"] if held else "", by=actor_of(request))
    except Refused:
        request.session.pop(_TICKET, None)
        return redirect("desk:notices")
    form, refused = CodeForm(posted(request)), None
    if form.is_valid():
        try:
            deeds.confirm_address(offer.ticket, code=form.cleaned_data["code"], by=actor_of(request))
        except Refused as no:
            refused = _one_try_less(request, no)
        else:
            del request.session[_TICKET]
            toast(request, _("Your notices go there from now on."), None)
            return redirect("desk:notices")
    context = {"form": form, "refused": refused, "address": offer.address}
    return render(request, "desk/notices_confirm_address.html", context, status=status_of(form, refused))


@hosts_only
def remove_address(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        deeds.remove_address(by=actor_of(request))
        toast(request, _("Removed. No mail goes there any more."), None)
    return redirect("desk:notices")


def _one_try_less(request: HttpRequest, no: Refused) -> Refused:
    held = request.session[_TICKET]
    held["tries"] += 1
    if held["tries"] < deeds.MOST_TRIES:
        request.session[_TICKET] = held
        return no
    del request.session[_TICKET]
    return Refused(_("That was the last try. Have a new code sent."))


def _page(request: HttpRequest, form: NoticesForm, address_form: AddressForm, refused: Refused | None) -> HttpResponse:
    host = host_of(request)
    own = Delivery.objects.of(host)
    context = {
        "form": form,
        "address_form": address_form,
        "refused": refused,
        "webhooks": list(host.webhooks.all()),
        "deliveries": list(own[:LAST_SHOWN]),
        "failed_count": own.failed().count(),
        "on_duty": list(Person.objects.on_duty()),
    }
    status = max(status_of(form, refused), status_of(address_form, refused))
    return render(request, "desk/notices.html", context, status=status)
