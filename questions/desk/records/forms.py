"""Which part of the history is asked for. All of it stands in the address."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.records.pages import Wanted
from questions.lifecycle import Role, Verb
from questions.models import Person, SubjectKind


class RecordsForm(forms.Form):
    who = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything")), *Verb.choices])
    kind = forms.ChoiceField(label=_("To what"), required=False, choices=[("", _("Anything")), *SubjectKind.choices])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(person.ref), person.name) for person in Person.objects.all()]
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Everybody")), (Role.ASKER.value, _("Askers")), (Role.CLOCK.value, _("The clock")), *people,
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if days[0] and days[1] and days[0] > days[1]:
            self.add_error("until", _("This day comes before the other one."))
        return self.cleaned_data

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def wanted(self) -> Wanted:
        typed = dict(self.cleaned_data)
        who = typed.pop("who")
        if who in (Role.ASKER, Role.CLOCK):
            return Wanted(role=who, **typed)
        return Wanted(person=Person.objects.get(ref=who) if who else None, **typed)
