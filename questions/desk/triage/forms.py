"""What is typed or chosen when a question is decided. The cleaned names are those the actions take."""

import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import ProseField, SeveralField
from questions.desk.seen import SeenForm
from questions.models import DeclineReason, Question, Topic

MAX_MESSAGE_LENGTH = 5_000

_REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"#?\s*([0-9]{1,18})")


class DeskForm(forms.Form):
    """A form of the question's page. Several stand on one page, so each has ids of its own."""

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, auto_id=f"id_{name}_%s", use_required_attribute=False)
        self.question = question
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DecisionForm(SeenForm, DeskForm):
    """A form whose deed is refused when the question is not any more what the page showed."""

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, question=question, name=name)
        self.initial["seen"] = question.version

    def clean_seen(self) -> int:
        return -1 if self.cleaned_data["seen"] is None else int(self.cleaned_data["seen"])


class Hinted(str):
    """The label of a choice, with one more sentence about this choice alone."""

    hint: str


class ReasonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        label = Hinted(obj.label)
        label.hint = obj.words
        return label


class DeclineForm(DecisionForm):
    reason = ReasonField(
        DeclineReason.objects.all(),
        label=_("Why? The asker reads the words that come with the reason"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. The asker reads the words below it.")},
    )


class MergeForm(DecisionForm):
    into = forms.CharField(
        label=_("Which question leads?"),
        help_text=_("Its number, or the address of its page. The asker of this one will follow that one."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say which question this one follows.")},
    )

    def clean_into(self) -> Question:
        typed = self.cleaned_data["into"].strip().lower()
        found = None
        if ref := _REF.search(typed):
            found = Question.objects.filter(ref=uuid.UUID(ref[0])).first()
        elif number := _NUMBER.fullmatch(typed):
            found = Question.objects.filter(pk=int(number[1])).first()
        if found is None:
            raise forms.ValidationError(_("There is no question with this number."))
        return found


class PrivateAnswerForm(DecisionForm):
    text = ProseField(
        label=_("Your answer, for this asker alone"),
        help_text=_("They read it with their receipt, in a quarter of an hour or later. It never airs."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("Write the answer first.")},
    )


class ReplyForm(DeskForm):
    text = ProseField(
        label=_("Write to the asker"),
        help_text=_("They read it with their receipt, in a quarter of an hour or later."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write something to the asker first.")},
    )


class NoteForm(DeskForm):
    text = ProseField(
        label=_("Leave a note for the other hosts"),
        help_text=_("The asker never sees it."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note first.")},
    )


class TopicsForm(DeskForm):
    topics = SeveralField(Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, question=question, name=name)
        self.initial["topics"] = list(question.topics.all())
