"""What is typed or chosen when a question is decided. The cleaned names are those the actions take."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from questions.desk.fields import ProseField, QuestionField, SeenField, SeveralField
from questions.desk.seen import SeenForm
from questions.models import CannedReply, DeclineReason, Question, Topic

MAX_MESSAGE_LENGTH = 5_000


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


def hinted(label: str, hint: str) -> Hinted:
    """The label with its hint."""
    hinted = Hinted(label)
    hinted.hint = hint
    return hinted


class ReasonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return hinted(obj.label, obj.words)


class NumberedChoices(forms.RadioSelect):
    """Choices of which the first nine have a digit for their key."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        if option["index"].isdigit() and int(option["index"]) < 9:
            option["attrs"]["data-key"] = str(int(option["index"]) + 1)
        return option


class DeclineForm(DecisionForm):
    reason = ReasonField(
        DeclineReason.objects.all(),
        label=_("Why? The asker reads the words that come with the reason"),
        empty_label=None,
        widget=NumberedChoices,
        error_messages={"required": _("Choose a reason. The asker reads the words below it.")},
    )


class MergeForm(DecisionForm):
    into = QuestionField(
        label=_("Which question leads?"),
        help_text=_("Its number, or the address of its page. The asker of this one will follow that one."),
        error_messages={"required": _("Say which question this one follows.")},
    )


class TakeOverForm(DecisionForm):
    word = ProseField(
        label=_("A word to your colleague"),
        help_text=_("They find it under their name, and it stays here as a note. The asker never sees it."),
        max_length=MAX_MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class OnceForm(DeskForm):
    """A form whose words come with the name they will have: pressed twice, it is sent once."""

    ref = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, question=question, name=name)
        self.initial["ref"] = uuid.uuid4()


class CannedSelect(forms.Select):
    """A choice among canned replies, each with its words, so that a script can put them in without asking for them."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if reply := getattr(value, "instance", None):
            option["attrs"]["data-words"] = reply.text
        return option


class AskerForm(OnceForm):
    """A form that writes to the asker. Its words may begin with those of a canned reply, where the show has any."""

    canned = forms.ModelChoiceField(
        CannedReply.objects.all(),
        label=_("Words at hand"),
        required=False,
        empty_label=_("Choose some"),
        widget=CannedSelect(attrs={"class": "control"}),
    )

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, question=question, name=name)
        if not self.fields["canned"].queryset:  # type: ignore[attr-defined]
            del self.fields["canned"]
        else:
            shown = [field.name for field in self if field.name != "canned"]
            self.helper.layout = Layout(HTML('{% include "desk/_canned.html" %}'), *shown)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.chosen: CannedReply | None = cleaned.pop("canned", None)
        return cleaned

    def use_canned(self) -> None:
        """Add the words of the chosen reply to what was typed, as if the host had typed them."""
        self.is_valid()
        if self.chosen:
            data = cast(QueryDict, self.data).copy()
            typed = data.get("text", "").rstrip()
            data["text"] = f"{typed}\n\n{self.chosen.text}" if typed else self.chosen.text
            data["canned"] = ""
            self.data = data
            self.full_clean()
        # Without scripts the page comes anew: it opens where its host was writing.
        self.fields["text"].widget.attrs["autofocus"] = True


class PrivateAnswerForm(DecisionForm, AskerForm):
    text = ProseField(
        label=_("Your answer, for this asker alone"),
        help_text=_("They read it with their receipt, in a quarter of an hour or later. It never airs."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("Write the answer first.")},
    )


class ReplyForm(AskerForm):
    text = ProseField(
        label=_("Write to the asker"),
        help_text=_("They read it with their receipt, in a quarter of an hour or later."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write something to the asker first.")},
    )


class NoteForm(OnceForm):
    text = ProseField(
        label=_("Leave a note for the other hosts"),
        help_text=_("The asker never sees it. Write @name to have a colleague find it."),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note first.")},
    )


class TopicsForm(DeskForm):
    topics = SeveralField(Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    def suggest(self, topics: Sequence[Topic], *, is_guess: bool) -> None:
        """Put those of these topics first that it has not got, each marked as a suggestion; nothing is ticked by it."""
        topics = [topic for topic in topics if topic not in self.initial["topics"]]
        hint = _("suggested: one of our commonest") if is_guess else _("suggested")
        field = self.fields["topics"]
        others = [(pk, label) for pk, label in field.choices if pk not in {topic.pk for topic in topics}]  # type: ignore[attr-defined]
        field.choices = [*((topic.pk, hinted(topic.name, str(hint))) for topic in topics), *others]  # type: ignore[attr-defined]

    def __init__(self, data: Any, *, question: Question, name: str) -> None:
        super().__init__(data, question=question, name=name)
        self.initial["topics"] = list(question.topics.all())


class HereForm(forms.Form):
    """What an open page says of itself: which version it shows, and whether its host is writing."""

    seen = SeenField()
    is_writing = forms.BooleanField(required=False)
