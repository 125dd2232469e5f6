"""What a host types about their notices. The cleaned names are those the actions take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.actions.webhook import BY_ASKERS, BY_HOSTS, OF_EPISODES
from questions.desk.house.forms import HttpsField
from questions.desk.house.standing import HouseForm
from questions.lifecycle import Verb
from questions.models import Digest, Person


class NoticesForm(HouseForm, forms.Form):
    """How often a mail comes, and whether also for an unopened call for help."""

    digest = forms.ChoiceField(
        label=_("A mail that says how much is waiting"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
        help_text=_("At eight in the morning by the show’s clocks. Numbers only, no word of any question."),
    )
    is_on_duty = forms.BooleanField(
        label=_("Tell me when nobody has opened a call for help for an hour"),
        required=False,
        help_text=_("By mail and to your webhooks. If nobody is on duty, the owners are told."),
    )

    @classmethod
    def words_of(cls, person: Person) -> dict[str, Any]:
        return {"digest": person.digest, "is_on_duty": person.is_on_duty}


class AddressForm(HouseForm, forms.Form):
    """Where mails go."""

    address = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a code there. Until you have typed it in, nothing else is sent."),
    )


class CodeForm(HouseForm, forms.Form):
    """The code of the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def _named(verbs: tuple[Verb, ...]) -> list[tuple[str, Any]]:
    return [(verb.value, verb.label) for verb in verbs]


class WebhookForm(HouseForm, forms.Form):
    """An address of a host's own, and what it is told of."""

    url = HttpsField(label=_("Address"), help_text=_("https, on port 443 or 8443, on the public internet."))
    verbs = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=[
            (_("What hosts do with questions, a quarter of an hour later"), _named(BY_HOSTS)),
            (_("What happens to episodes, a quarter of an hour later"), _named(OF_EPISODES)),
            (_("What askers do, on the day after, and never at what time"), _named(BY_ASKERS)),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
