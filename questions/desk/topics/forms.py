"""What is typed to keep the topics in order. The cleaned names are those of `TopicFacts`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.actions.topics import TopicFacts, keys_above
from questions.desk.fields import ProseField
from questions.desk.house.standing import HouseForm, ShownField
from questions.models import Topic

MOST_SYNONYMS = 60
LONGEST_WORD = 60


class SynonymsField(ProseField):
    """Other words for a topic, one on each line."""

    default_error_messages = {
        "too_many": _("{count} words are more than we can keep; {most} is the most."),
        "too_long": _("“{word}…” is longer than a word may be: {longest} letters."),
    }

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> Any:
        words = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        words = [word for word in words if word]
        if len(words) > MOST_SYNONYMS:
            raise forms.ValidationError(
                str(self.error_messages["too_many"]).format(count=len(words), most=MOST_SYNONYMS)
            )
        for word in words:
            if len(word) > LONGEST_WORD:
                sentence = str(self.error_messages["too_long"])
                raise forms.ValidationError(sentence.format(word=word[:20], longest=LONGEST_WORD))
        return tuple(words)


class TopicForm(HouseForm, forms.Form):
    """One topic. `topic` is the one on the list, or None for a new one."""

    shown = ShownField()
    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"})
    )
    description = forms.CharField(
        label=_("Description"), max_length=240, required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}), help_text=_("One sentence, which readers see."),
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Belongs below"), required=False, empty_label=_("Nothing: it stands by itself")
    )
    synonyms = SynonymsField(
        label=_("Other words for it"), required=False, widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        help_text=_("One on each line. Suggestions and searches find the topic by them; readers do not see them."),
    )  # fmt: skip
    slug = forms.SlugField(
        label=_("Address"), max_length=60, required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        error_messages={"invalid": _("Only letters from a to z, figures, - and _ can be in an address.")},
    )  # fmt: skip

    def __init__(self, data: Any, *, topic: Topic | None) -> None:
        super().__init__(data)
        self.fields["slug"].help_text = (
            _("Another name leaves it as it is. If you change it, the old address leads to the new one for ever.")
            if topic
            else _("What stands behind /topics/. Left empty, it is made of the name.")
        )
        if topic:
            below = [other.pk for other in Topic.objects.all() if topic.pk in (other.pk, *keys_above(other))]
            parent = self.fields["parent"]
            assert isinstance(parent, forms.ModelChoiceField)
            parent.queryset = Topic.objects.exclude(pk__in=below)

    @property
    def topic_facts(self) -> TopicFacts:
        return TopicFacts(**self.facts)


class MergeForm(forms.Form):
    """Into which topic another one goes."""

    into = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Into which topic?"), empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the topic that stays."),
            "invalid_choice": _("Somebody has merged or deleted that topic meanwhile."),
        },
    )  # fmt: skip

    def __init__(self, data: Any, *, topic: Topic) -> None:
        super().__init__(data, use_required_attribute=False)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = Topic.objects.exclude(pk=topic.pk)
