"""What a reader fills in who tells the show about an episode."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions.asking.forms import DISCREET, WORDS, Choice, DiscreetHelper, WordsField
from questions.models import ReportKind
from questions.models.report import MAX_REPORT_LENGTH
from questions.receipts import new_form_token


class ReportForm(forms.Form):
    """What a reader tells about an episode. People see neither `form_token` nor the trap, `website`."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two"),
            "invalid_choice": _("Choose one of the two"),
        },
    )
    text = WordsField(
        label=_("What should we know?"),
        help_text=_(
            "Enough that we find the place: the first words of it, or the minute of the film. Leave your name out "
            "unless it is what has to go. Where all of it has to go, you need not write anything."
        ),
        longest=MAX_REPORT_LENGTH,
        too_long=_("The box holds {length:,} letters; we can take {longest:,}. Which place is it?"),
        error_messages={"required": _("Tell us what is wrong")},
        widget=forms.Textarea({**WORDS, "rows": 6}),
    )
    form_token = forms.CharField(widget=forms.HiddenInput, initial=new_form_token, required=False)
    website = WordsField(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({**DISCREET, "tabindex": "-1"})
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            ReportKind.WRONG: gettext("A mistake, a link that leads nowhere, a warning that is missing."),
            ReportKind.ABOUT_ME: gettext("Or about somebody you speak for, and people can tell who is meant."),
        }
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each.value, Choice(each.label, hints[each])) for each in ReportKind]
        self.helper = DiscreetHelper()
        trap = Div("website", css_class="visually-hidden", aria_hidden="true")
        self.helper.layout = Layout("kind", "text", trap, "form_token")
        if settings.PROOF_OF_WORK:
            self.fields["proof"] = WordsField(widget=forms.HiddenInput, required=False)
            self.helper.layout.append("proof")

    @property
    def proof_bits(self) -> int:
        """As in AskForm."""
        bits: int = settings.PROOF_OF_WORK
        return bits

    def clean(self) -> dict[str, Any]:
        """What is wrong has to be said; that something is to go may be all that somebody wants to say."""
        told = super().clean() or {}
        if told.get("kind") != ReportKind.WRONG and self.has_error("text", "required"):
            del self.errors["text"]
            told["text"] = ""
        return told
