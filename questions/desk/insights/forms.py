"""Which weeks and which topic the insights are about. It lives in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.models import Topic

WEEKS = {12: _("Twelve weeks"), 26: _("Half a year"), 52: _("A year")}


class PeriodForm(forms.Form):
    """Nothing chosen is twelve weeks of everything."""

    weeks = forms.TypedChoiceField(
        label=_("Of the last"),
        choices=list(WEEKS.items()),
        coerce=int,
        required=False,
        widget=forms.Select(attrs={"class": "control"}),
    )
    topic = forms.ModelChoiceField(
        label=_("About"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        empty_label=_("everything"),
        required=False,
        blank=True,
        widget=forms.Select(attrs={"class": "control"}),
    )
