"""What is typed into an entry of a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import ProseField
from questions.desk.house.standing import HouseForm, ShownField
from questions.models import CannedReply, DeclineReason, Season, Verdict

LONGEST_WORDS = 5_000
"""As much as a host can write to an asker at a time."""


def _line(label: Any, longest: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, required=required,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip


def _words(label: Any, help_text: Any) -> ProseField:
    return ProseField(
        label=label, max_length=LONGEST_WORDS, help_text=help_text, widget=forms.Textarea({"rows": 9, "dir": "auto"})
    )


class VerdictForm(HouseForm, forms.ModelForm):
    shown = ShownField()
    words = _line(
        _("The words on the stamp"), 28, _("28 letters at most. Dry, never cruel. Its address stays what it was.")
    )

    class Meta:
        model = Verdict
        fields = ("words",)


class SeasonForm(HouseForm, forms.ModelForm):
    shown = ShownField()
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=32_767, help_text=_("It is in the address of the season’s page.")
    )
    title = _line(_("Title"), 80, required=False)

    class Meta:
        model = Season
        fields = ("number", "title")


class DeclineReasonForm(HouseForm, forms.ModelForm):
    shown = ShownField()
    label = _line(_("What hosts choose"), 80, _("The asker does not read this line."))
    words = _words(
        _("What the asker reads"),
        _("Thank them, say why, and say where else they can turn. Every asker who is declined for this reads it."),
    )

    class Meta:
        model = DeclineReason
        fields = ("label", "words")


class CannedReplyForm(HouseForm, forms.ModelForm):
    shown = ShownField()
    title = _line(_("What hosts choose"), 80, _("The asker does not read this line."))
    text = _words(_("The words"), _("They are put into the reply, where they can be changed before it is sent."))

    class Meta:
        model = CannedReply
        fields = ("title", "text")
