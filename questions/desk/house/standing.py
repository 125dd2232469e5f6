"""Forms of the house: each knows what its page showed, so that two owners at the same settings lose nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, Stale, acting
from questions.actions.house import Unfit, digest_of
from questions.desk.access import host_of
from questions.desk.seen import status_of
from questions.models import Event


class ShownField(forms.CharField):
    """The digest of the values that the page showed; an action compares it with those that stand."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=32)


class HouseForm(forms.BaseForm):
    """A form that prints its fields only; form tag and button stand in the page."""

    use_required_attribute = False

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def begin_with(self, stands: Mapping[str, Any]) -> None:
        """Note that the page shows these values."""
        self.initial["shown"] = digest_of(stands)

    def catch_up(self, stands: Mapping[str, Any]) -> None:
        """Put what was typed on the values that stand now, so that saving it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["shown"] = digest_of(stands)
        self.data = data

    @property
    def page_showed(self) -> str | None:
        """The digest that was sent. Every page of ours sends one; without it nothing is compared."""
        return self.cleaned_data["shown"] or None

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, without the digest."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shown"}


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def actor_of(request: HttpRequest) -> Actor:
    return acting(host_of(request))


def refusal_of(form: HouseForm, deed: Callable[[], object]) -> Refused | None:
    """Do what a valid form asks for; returns what stands against it. What does not fit is said at its field instead."""
    try:
        deed()
    except Unfit as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit))
    except Refused as refused:
        return refused
    return None


def is_done(form: HouseForm, refused: Refused | None) -> bool:
    return form.is_bound and not form.errors and refused is None


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else has done since the page was opened: who, and what stands now where other words were typed."""

    who: str
    deed: Event | None
    stands: list[tuple[str, str]]


def meanwhile(form: HouseForm, refused: Refused | None, stands: Mapping[str, Any]) -> Meanwhile | None:
    """What to tell after a stale page; None for every other refusal. `stands` is by the names of the fields."""
    if not isinstance(refused, Stale):
        return None
    deed = refused.events[-1] if refused.events else None
    who = deed.person.name if deed and deed.person else _("Somebody")
    others = [
        (str(form.fields[name].label), in_words(value))
        for name, value in stands.items()
        if name in form.fields and in_words(value) != in_words(form.cleaned_data.get(name))
    ]
    return Meanwhile(who, deed, others)


def form_page(
    request: HttpRequest,
    template: str,
    form: HouseForm,
    refused: Refused | None,
    *,
    facts: Mapping[str, Any],
    stands: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The form, or the form again. After a stale page what was typed stands on `facts`, the values as they are now.

    `stands` are the same by the names of the form's fields, as people read them, where these differ from `facts`.
    """
    told = meanwhile(form, refused, facts if stands is None else stands)
    if told:
        form.catch_up(facts)
    context |= {"form": form, "refused": refused, "meanwhile": told}
    return render(request, template, context, status=status_of(form, refused))


def in_words(value: Any) -> str:
    """A setting as a line of text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
