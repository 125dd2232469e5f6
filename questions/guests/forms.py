"""What a guest types: the answer, and how they wish to be credited."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from questions.models import Answer, Person, Question
from questions.rendering import MAX_LENGTH


class WordsField(forms.CharField):
    """Text of several lines, whose line ends are alike whatever a browser sends."""

    def __init__(self, *, rows: int, attrs: dict[str, str] | None = None, **options: Any) -> None:
        area = forms.Textarea(
            attrs={"rows": rows, "dir": "auto", "spellcheck": "true", "class": "control", **(attrs or {})}
        )
        super().__init__(widget=area, required=False, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut what is pasted without a word; the form says what is wrong."""
        return {}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class GuestForm(forms.Form):
    """One question's answer and its writer's own words about themselves. Every button sends them all."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    body = WordsField(label=_("Your answer"), max_length=MAX_LENGTH, rows=18, attrs={"data-preview-of": "body"})
    name = forms.CharField(
        label=_("Your name, as you wish to be credited"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Say by which name you wish to be credited.")},
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    bio = WordsField(label=_("About you"), max_length=2000, rows=3, help_text=_("A sentence or two for your page."))
    disclosure = WordsField(
        label=_("What you are an expert in, and what not"),
        max_length=2000,
        rows=3,
        help_text=_("It stands in front of your answer. Markdown."),
    )

    use_required_attribute = False

    def __init__(self, data: Any, *, question: Question, guest: Person) -> None:
        super().__init__(data, initial=_as_saved(question, guest))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def version(self) -> int:
        """The version of the question that the page showed; where none was sent, one that never stands."""
        seen = self.cleaned_data.get("seen")
        return -1 if seen is None else int(seen)

    @property
    def typed_body(self) -> str:
        """The answer as it stands in the form now, whether it is saved or not."""
        return str(self["body"].value() or "")[:MAX_LENGTH]

    def introduction(self) -> dict[str, str]:
        """How the guest wishes to be credited."""
        return {name: self.cleaned_data[name] for name in ("name", "pronouns", "bio", "disclosure")}

    def catch_up(self, version: int) -> None:
        """Put what was typed on the newest version, so that saving it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(version)
        self.data = data


TYPED = {name: field for name, field in GuestForm.base_fields.items() if name != "seen"}
"""What is given back to a guest who finds their link ended."""


def _as_saved(question: Question, guest: Person) -> dict[str, Any]:
    answer = Answer.objects.filter(question=question).select_related("current_revision").first()
    revision = answer.current_revision if answer else None
    return {
        "seen": question.version,
        "body": (revision.body or "") if revision else "",
        "name": guest.name,
        "pronouns": guest.pronouns,
        "bio": guest.bio,
        "disclosure": guest.disclosure,
    }
