"""What somebody sets for themselves."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class PreferencesForm(forms.Form):
    uses_keys = forms.BooleanField(
        label=_("Single keys decide"),
        help_text=_("F keeps, D declines, J goes on. The list below says what each does; they rest while you type."),
        required=False,
    )
    blurs_words = forms.BooleanField(
        label=_("Blur the words of questions until I ask for them"),
        help_text=_("For days when you would rather not read everything, or when somebody looks over your shoulder."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
