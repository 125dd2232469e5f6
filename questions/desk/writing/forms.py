"""Everything that is typed on the page where an answer is written."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from questions.actions.revision import MAX_NAME_LENGTH
from questions.desk.fields import ProseField, SeenField, SeveralField
from questions.desk.seen import SeenForm
from questions.models import Answer, Person, Question, Topic
from questions.models.question import MAX_QUESTION_LENGTH, MAX_SIGN_OFF_LENGTH
from questions.rendering import MAX_LENGTH


class WritingForm(SeenForm):
    """The wording, the answer and the topics. Every button sends them all, so that nothing typed is lost.

    `page` names the page on which it is typed: what is kept while typing is told apart by it.
    """

    page = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = ProseField(
        label=_("Wording"),
        max_length=MAX_QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-preview-of": "wording"}),
        help_text=_("What will be read out."),
    )
    sign_off = forms.CharField(
        label=_("Sign-off"),
        max_length=MAX_SIGN_OFF_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "data-preview-of": "wording"}),
    )
    body = ProseField(
        label=_("Answer"),
        max_length=MAX_LENGTH,
        required=False,
        widget=forms.Textarea(
            attrs={"class": "control", "rows": 16, "dir": "auto", "spellcheck": "true", "data-preview-of": "answer"}
        ),
    )
    answerer = forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Who answers"),
        required=False,
        empty_label=_("Whoever saves first"),
        widget=forms.Select(attrs={"class": "control"}),
    )
    topics = SeveralField(
        Topic.objects.all(),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, question: Question, writer: Person) -> None:
        super().__init__(data, initial=_as_saved(question, writer), use_required_attribute=False)

    def seal_shut(self, *names: str) -> None:
        """Show these fields without letting anybody type in them; they are still sent."""
        for name in names:
            self.fields[name].widget.attrs["readonly"] = True

    def fill_in(self, **words: str | None) -> None:
        """Show other words than the saved ones, as if they had just been typed."""
        self.initial = {**self.initial, **{name: typed or "" for name, typed in words.items()}}

    def type_over(self, words: dict[str, str]) -> None:
        """Put other words in the place of typed ones."""
        data = cast(QueryDict, self.data).copy()
        for name, typed in words.items():
            data[name] = typed
        self.data = data

    def wants(self, *names: str) -> bool:
        """Whether any of these fields was given another value than the saved one."""
        return not set(names).isdisjoint(self.changed_data)

    @property
    def shown_sign_off(self) -> str:
        return self.shown("sign_off")

    @property
    def has_unsaved_words(self) -> bool:
        return self.wants("text", "sign_off", "body", "answerer", "topics")

    @property
    def page_name(self) -> uuid.UUID:
        """The name of the page on which all this was typed; a new one where it had none."""
        sent = self.cleaned_data.get("page") if self.is_bound and self.is_valid() else None
        return sent or uuid.uuid4()

    def words(self) -> dict[str, Any]:
        """What was typed; where nothing was changed, exactly what is saved."""
        typed = {name: self.cleaned_data[name] for name in self.changed_data}
        return {**self.initial, **typed}

    def shown(self, name: str) -> str:
        """The text that stands in a field now, whether it is saved or not, with line ends as we keep them."""
        return str(self.fields[name].to_python(self[name].value()) or "")


def _as_saved(question: Question, writer: Person) -> dict[str, Any]:
    answer = Answer.objects.filter(question=question).select_related("answerer", "current_revision").first()
    revision = answer.current_revision if answer else None
    return {
        "seen": question.version,
        "page": uuid.uuid4(),
        "text": question.spoken_text,
        "sign_off": question.spoken_sign_off,
        "body": (revision.body or "") if revision else "",
        "answerer": answer.answerer if answer else writer,
        "topics": list(question.topics.all()),
    }


class AutosaveForm(forms.Form):
    """What a script sends while somebody types. The names are those that the action takes."""

    text = ProseField(max_length=MAX_QUESTION_LENGTH, required=False)
    sign_off = forms.CharField(max_length=MAX_SIGN_OFF_LENGTH, required=False)
    body = ProseField(max_length=MAX_LENGTH, required=False)
    seen = SeenField()
    page = forms.UUIDField()
    instead_of = forms.UUIDField(required=False)


class NameForm(forms.Form):
    """What a revision is called."""

    name = forms.CharField(label=_("Name"), max_length=MAX_NAME_LENGTH, required=False)
