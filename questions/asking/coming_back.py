"""What an asker fills in after coming back: other words, another wording, the code once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.asking.forms import DISCREET, AskForm, DiscreetHelper, MessageForm, WordsField
from questions.models import Question


class AmendForm(forms.Form):
    """The words of the question, under the rules of the form they were first written on."""

    text = AskForm.base_fields["text"]
    sign_off = AskForm.base_fields["sign_off"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = DiscreetHelper()

    @classmethod
    def of(cls, question: Question) -> "AmendForm":
        """The form with the words as they are now."""
        return cls(initial={"text": question.text, "sign_off": question.sign_off})


class ChangeForm(MessageForm):
    """What should be different in the wording. It stands on one page with the line to the hosts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_change_%s", **kwargs)
        self.fields["text"].label = _("What should be different?")
        self.fields["text"].widget.attrs["rows"] = 3


class TypedForm(forms.Form):
    """The box to type the code back. Whatever stands in it is welcome."""

    typed = WordsField(
        label=_("Type it in from where you keep it"),
        help_text=_("If you like, to be sure. Nothing depends on it: your question is with us either way."),
        required=False,
        widget=forms.TextInput({**DISCREET, "class": "code-field", "autocapitalize": "characters", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = DiscreetHelper()
