"""The version that a page showed, carried by its form and compared by the action."""

from typing import cast

from django import forms
from django.http import QueryDict

from questions.actions.acting import Refused
from questions.desk.fields import SeenField


class SeenForm(forms.Form):
    """A form that knows which version its page showed. By itself it is a button that needs nothing else."""

    seen = SeenField(required=False)

    @property
    def version(self) -> int:
        """The version that was sent; where none was, one that never stands."""
        seen = self.cleaned_data.get("seen") if self.is_valid() else None
        return -1 if seen is None else int(seen)

    def catch_up(self, version: int) -> None:
        """Put what was typed on the newest version, so that saving it again is a decision."""
        if self.is_bound:
            data = cast(QueryDict, self.data).copy()
            data["seen"] = str(version)
            self.data = data


def status_of(form: forms.BaseForm, refused: Refused | None) -> int:
    """The status of a page that shows its form again: 409 for what was refused, 422 for what is not right."""
    if refused:
        return 409
    return 422 if form.is_bound and form.errors else 200
