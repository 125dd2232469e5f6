"""What is chosen or typed for a list: its filter, the name of a view, how several are decided, what is looked for."""

from typing import Any, Self

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import QuestionField, SeveralField
from questions.desk.queue.filters import LABELS
from questions.desk.queue.pages import QUEUES, Queue
from questions.desk.triage.forms import ReasonField
from questions.models import DeclineReason, Topic


class FilterForm(forms.Form):
    """The filter of a list. It only draws: `Filter.read` reads what it sends, as it reads any other address."""

    state = forms.ChoiceField(label=_("State"), choices=[(name, state.label) for name, state in QUEUES.items()])
    flag = forms.ChoiceField()
    topic = forms.ChoiceField()
    consent = forms.ChoiceField()
    by = forms.ChoiceField()
    language = forms.ChoiceField()
    older = forms.IntegerField(min_value=1, max_value=9999)

    @classmethod
    def of(cls, queue: Queue) -> Self:
        """The form as it stands for this queue."""
        filter = queue.filter
        form = cls(initial={"state": queue.name, **filter.values}, auto_id="id_filter_%s", use_required_attribute=False)
        for name, label in LABELS.items():
            drawn = form.fields[name]
            drawn.label = str(label)
            if isinstance(drawn, forms.ChoiceField):
                # A language that nobody offers any more is shown as long as the list is filtered by it.
                chosen = {filter.values[name]: filter.values[name]} if name in filter.values else {}
                drawn.choices = [("", _("Any")), *(chosen | filter.known.choices(name)).items()]
        form.helper = FormHelper()
        form.helper.form_tag = False
        form.helper.disable_csrf = True
        return form

    helper: FormHelper


class NameForm(forms.Form):
    """The name of a saved view."""

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": _("Give the view a name."),
            "max_length": _("A name of at most 60 letters fits on its tab."),
        },
    )

    @property
    def sentence(self) -> str:
        """What is wrong with it."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class BulkForm(forms.Form):
    """What several questions are decided with; by itself it asks for nothing."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class BulkDeclineForm(BulkForm):
    reason = ReasonField(
        DeclineReason.objects.all(),
        label=_("Why? Each asker reads the words that come with the reason"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. The askers read the words below it.")},
    )


class BulkTopicsForm(BulkForm):
    topics = SeveralField(
        Topic.objects.all(),
        label=_("Which topics do they get? Those they have stay"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a topic at least.")},
    )


class BulkMergeForm(BulkForm):
    into = QuestionField(
        label=_("Which question leads?"),
        help_text=_("Its number, or the address of its page. The askers of these will follow that one."),
        error_messages={"required": _("Say which question these follow.")},
    )


OPEN, ALL = "open", "all"


class SearchForm(forms.Form):
    """What is looked for, and among which questions."""

    q = forms.CharField(
        label=_("Words"),
        max_length=300,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Type a word first.")},
    )
    state = forms.ChoiceField(
        label=_("Among"),
        choices=[(OPEN, _("Open questions")), (ALL, _("All questions")), *((n, s.label) for n, s in QUEUES.items())],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_search_%s", use_required_attribute=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
