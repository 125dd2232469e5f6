"""What a host types to settle a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import ProseField
from questions.desk.house.standing import HouseForm

MAX_OUTCOME_LENGTH = 400


class OutcomeForm(HouseForm, forms.Form):
    """What was done about it."""

    outcome = ProseField(
        label=_("What was done about it"),
        max_length=MAX_OUTCOME_LENGTH,
        help_text=_("A few words for colleagues: “name taken out”, “link was fine”. Nobody else reads them."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
