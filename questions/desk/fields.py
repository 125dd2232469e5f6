"""Form fields that the desk's pages share: the version that was seen, long text, and the length of a film."""

import re
import uuid
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from questions.models import Question

_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
_LENGTH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])")


class SeenField(forms.IntegerField):
    """The version that the page showed; an action compares it with the one that stands."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, **options)


class ProseField(forms.CharField):
    """Text of several lines. Browsers send line ends of their own; in here they are all alike.

    So a text that nobody has touched compares equal to the stored one, and saving it again changes nothing.
    """

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut what is pasted without a word; the form says what is wrong."""
        return {}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and self.to_python(initial) != self.to_python(data)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows, sent by their keys. A key that no database can hold is a choice that does not exist."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not _KEY.fullmatch(str(key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


_REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"#?\s*([0-9]{1,18})", re.ASCII)


class QuestionField(forms.CharField):
    """A question, typed as its number or as the address of its page."""

    default_error_messages = {"unknown": _("There is no question with this number.")}
    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip().lower()
        found = None
        if ref := _REF.search(typed):
            found = Question.objects.filter(ref=uuid.UUID(ref[0])).first()
        elif number := _NUMBER.fullmatch(typed):
            found = Question.objects.filter(pk=int(number[1])).first()
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found


_NO_LINK = _("Type an address such as https://example.org/, or /episodes/a-title/ on this site.")


class LinkField(forms.URLField):
    """A link to the web, or to a page of this site: /episodes/naps/."""

    widget = forms.TextInput(attrs={"inputmode": "url"})
    default_error_messages = {"invalid": _NO_LINK}

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)
        self.validators = [check for check in self.validators if not isinstance(check, URLValidator)]

    def to_python(self, value: Any) -> str:
        typed = str(value or "").strip()
        if _PATH.fullmatch(typed):
            return typed
        address = super().to_python(typed) or ""
        if address:
            URLValidator(schemes=["http", "https"], message=_NO_LINK)(address)
        return address


class LengthField(forms.CharField):
    """How long a film is, typed as 4:00 or 1:02:30 and kept in seconds."""

    default_error_messages = {"length": _("Type the length as minutes and seconds: 4:00, or 1:02:30.")}

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        typed = super().to_python(value)
        if not typed:
            return None
        found = _LENGTH.fullmatch(typed)
        if not found:
            raise forms.ValidationError(self.error_messages["length"], code="length")
        hours, minutes, seconds = (int(group or 0) for group in found.groups())
        return (hours * 60 + minutes) * 60 + seconds

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        hours, rest = divmod(value, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
