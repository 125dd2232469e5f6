"""The rows of an episode's form: who is credited, its videos, and what to watch, read and go to."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import LengthField, LinkField
from questions.desk.planning.fields import KindsField, prose
from questions.models import Credit, Resource, Video

_WIDE = forms.TextInput(attrs={"class": "control--wide", "dir": "auto"})


class CreditForm(forms.ModelForm):
    disclosure = prose(_("Disclosure"), 2000, 2, required=False, help_text=_("Left empty, it is that of their page."))

    class Meta:
        model = Credit
        fields = ("person", "role", "credited_as", "disclosure")


class VideoForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), max_length=300, assume_scheme="https")
    seconds = LengthField(label=_("Length"), required=False, help_text=_("4:00, or 1:02:30."))
    kinds = KindsField()

    class Meta:
        model = Video
        fields = ("url", "title", "seconds", "level", "note", "kinds")
        widgets = {"note": _WIDE}


class ResourceForm(forms.ModelForm):
    url = LinkField(label=_("Link"), max_length=300, required=False)

    field_order = ("kind", "title", "maker", "url")

    class Meta:
        model = Resource
        # Without the link: the model's own check knows only links to the web.
        fields = ("kind", "title", "maker", "place", "extent", "note")
        widgets = {"note": _WIDE}

    def save(self, commit: bool = True) -> Any:
        self.instance.url = self.cleaned_data["url"]
        return super().save(commit)


class RowSet(forms.BaseFormSet):
    """Rows of one kind. A row that is left blank or marked for removal does not count."""

    title: Any
    one: Any
    add: Any

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave this row out")

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"empty_permitted": index is not None}

    def rows(self) -> list[Any]:
        """The unsaved rows that were typed, in their order."""
        return [
            form.save(commit=False) for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


class CreditRows(RowSet):
    title, one, add = _("Credits"), _("Credit"), _("Add another credit")

    def clean(self) -> None:
        credited = set()
        for form in self.forms:
            words = form.cleaned_data if form.is_valid() else {}
            who = (words.get("person"), words.get("role"))
            if all(who) and not words.get("DELETE"):
                if who in credited:
                    form.add_error("person", _("The same person has this role in another row."))
                credited.add(who)


class VideoRows(RowSet):
    title, one, add = _("Videos"), _("Video"), _("Add another video")


class ResourceRows(RowSet):
    title, one, add = _("Watch, read and go to"), _("Resource"), _("Add another resource")


def _row_set(form: type[forms.BaseForm], rows: type[RowSet]) -> type[RowSet]:
    # More than any episode needs.
    made = forms.formset_factory(form, rows, extra=1, can_delete=True, max_num=40, absolute_max=60)
    return cast(type[RowSet], made)


ROW_SETS: dict[str, type[RowSet]] = {
    "credits": _row_set(CreditForm, CreditRows),
    "videos": _row_set(VideoForm, VideoRows),
    "resources": _row_set(ResourceForm, ResourceRows),
}
