"""What an asker fills in: the question, a line to the hosts, and the code that leads back.

No field has a `maxlength`: a browser would cut what somebody pastes without a word. The sentence that
refuses says how long it is, and every word stays in its box.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from questions.actions.consenting import SILENCE_AFTER
from questions.asking import following
from questions.languages import native_name, welcome_in
from questions.models import Airing, Topic
from questions.models.question import MAX_QUESTION_LENGTH, MAX_SIGN_OFF_LENGTH
from questions.receipts import new_form_token

MAX_MESSAGE_LENGTH = 4000

# No browser keeps what is typed, or sends it to a spelling or writing service; nor do the extensions that can be asked.
DISCREET = {"autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false"}
WORDS = {**DISCREET, "data-gramm": "false", "data-enable-grammarly": "false", "dir": "auto"}

# Unassigned letters (Cn) are not among them: they may be this year's emoji.
INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


def shows_something(text: str) -> bool:
    """Whether anything of it can be seen: spaces, controls, and letters of no width are nothing to read."""
    return any(unicodedata.category(letter) not in INVISIBLE for letter in text)


def as_kept(text: str) -> str:
    """What a browser sent, as it is kept and counted: every line ends alike, and NUL is U+FFFD, as in pages."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


class WordsField(forms.CharField):
    """What somebody typed, to the letter."""

    def __init__(self, *, longest: int | None = None, too_long: Any = "", **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.longest, self.too_long = longest, too_long

    def to_python(self, value: Any) -> str:
        return as_kept(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value if shows_something(value) else "")
        if self.longest is not None and len(value) > self.longest:
            raise forms.ValidationError(self.too_long.format(length=len(value), longest=self.longest))


class Choice(str):
    """A label with one more sentence about this choice alone."""

    __slots__ = ("hint",)
    hint: str

    def __new__(cls, label: object, hint: str = "") -> "Choice":
        choice = super().__new__(cls, label)
        choice.hint = hint
        return choice


class WordBox(forms.CheckboxInput):
    """A box that sends a word if it is ticked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override]
        return str(data.get(name) or "")


class DiscreetHelper(FormHelper):
    """Prints fields only: form tag and buttons stand in the page. Without a cookie there is no CSRF token."""

    form_tag = False
    disable_csrf = True


class AskForm(forms.Form):
    """The question and what its asker allows. People see neither `form_token` nor the trap, `website`."""

    after = WordsField(required=False, widget=WordBox)
    text = WordsField(
        label=_("Your question"),
        help_text=_("There is room for 10,000 letters. Fewer are fine."),
        longest=MAX_QUESTION_LENGTH,
        too_long=_("The box holds {length:,} letters; we can take {longest:,}. Which part is the question?"),
        error_messages={"required": _("Write your question")},
        widget=forms.Textarea(
            {
                **WORDS,
                "class": "question-box",
                "data-watched": True,
                "placeholder": _("Start anywhere. You can tidy it later."),
            }
        ),
    )
    sign_off = WordsField(
        label=_("How shall we sign it?"),
        help_text=_("Invent a name, such as “Wide Awake, 3 a.m.”"),
        longest=MAX_SIGN_OFF_LENGTH,
        too_long=_("The name holds {length:,} letters; we can take {longest:,}"),
        required=False,
        widget=forms.TextInput({**WORDS, "autocapitalize": "words"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        error_messages={
            "invalid_choice": _("Choose topics from the list"),
            "invalid_list": _("Choose topics from the list"),
        },
        widget=forms.CheckboxSelectMultiple,
    )
    airing = forms.ChoiceField(
        label=_("May we read it on the show?"),
        initial=Airing.PREVIEW,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Tell us whether we may read it on the show"),
            "invalid_choice": _("Tell us whether we may read it on the show"),
        },
    )
    silence_means_yes = forms.BooleanField(
        help_text=_("Only for the first answer above. Without this tick, silence means no."),
        required=False,
    )
    may_edit = forms.BooleanField(
        label=_("You may shorten and edit it"),
        help_text=_("What could identify people is taken out in any case."),
        initial=True,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("I wrote it in"),
        error_messages={
            "required": _("Choose a language"),
            "invalid_choice": _("Choose a language from the list"),
        },
        widget=forms.Select(DISCREET),
    )
    adult = forms.BooleanField(
        label=_("I am 18 or older"),
        error_messages={"required": _("Tell us whether you are 18 or older")},
    )
    form_token = forms.CharField(widget=forms.HiddenInput, initial=new_form_token, required=False)
    website = WordsField(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({**DISCREET, "tabindex": "-1"})
    )

    def __init__(self, *args: Any, show_language: str = "en", languages: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show_language = show_language
        self._field("airing").choices = airing_choices()
        named = (self.data if self.is_bound else self.initial).get("after") or ""
        self.goes_on_from = following.episode_at(as_kept(named))
        if self.goes_on_from is None:
            del self.fields["after"]
        else:
            label, name = gettext("I am asking on from “{episode}”"), format_html("<bdi>{}</bdi>", self.former_name)
            self.fields["after"].label = format_html(label, episode=name)
            self.fields["after"].help_text = gettext("The hosts are told so. Untick it if you would rather not.")
        self._topics = {topic.slug: topic for topic in Topic.objects.all()}
        self._field("topics").choices = [(topic.slug, topic.name) for topic in self._topics.values()]
        if not self._topics:
            del self.fields["topics"]
        language = self._field("language")
        language.choices, language.initial = language_choices(show_language, languages), show_language
        self.fields["silence_means_yes"].label = ngettext(
            "If I don’t answer within {days} day of your asking, read it out",
            "If I don’t answer within {days} days of your asking, read it out",
            SILENCE_AFTER.days,
        ).format(days=SILENCE_AFTER.days)
        self.fields["adult"].help_text = format_html(
            gettext(
                "The show is for adults. If you aren’t yet, "
                '<a href="{address}#young" target="_blank" rel="noopener noreferrer">these people are for you</a> '
                "(opens beside this page)."
            ),
            address=reverse("reading:help-now"),
        )
        self.helper = DiscreetHelper()
        self.helper.layout = Layout(
            *(["after"] if "after" in self.fields else []),
            "text",
            HTML("{% include 'asking/_count.html' %}{% include 'asking/_watching.html' %}"),
            HTML("{% include 'asking/_promises.html' %}"),
            "sign_off",
            HTML("{% include 'asking/_topics.html' %}"),
            *("airing", "silence_means_yes", "may_edit", "language", "adult"),
            Div("website", css_class="visually-hidden", aria_hidden="true"),
            "form_token",
        )
        if settings.PROOF_OF_WORK:
            self.fields["proof"] = WordsField(widget=forms.HiddenInput, required=False)
            self.helper.layout.append("proof")

    @property
    def proof_bits(self) -> int:
        """How much work the page may do while somebody writes; 0 is none."""
        bits: int = settings.PROOF_OF_WORK
        return bits

    @property
    def former_name(self) -> str:
        """The name of the episode that the question goes on from; empty where there is none."""
        return following.name_of(self.goes_on_from) if self.goes_on_from else ""

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean_topics(self) -> tuple[Topic, ...]:
        return tuple(self._topics[slug] for slug in dict.fromkeys(self.cleaned_data["topics"]))

    @property
    def as_typed(self) -> dict[str, Any]:
        """What was sent, unjudged: the first values of a form to go on with."""
        return {field.name: field.value() for field in self}


def airing_choices() -> list[tuple[str, Choice]]:
    hints = {Airing.PREVIEW: gettext("You find it with your receipt. Until you agree, nothing airs.")}
    return [(airing.value, Choice(airing.label, hints.get(airing, ""))) for airing in Airing]


def language_choices(show_language: str, languages: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Each language in its own words; the show's language comes first."""
    return [(code, native_name(code)) for code in welcome_in(show_language, languages)]


UNKNOWN_CODE = _(
    "We know no question with this code. Look at each group of four once more. "
    "If it was very long ago, nothing of it may be left."
)
"""The one answer to whatever leads nowhere, so that nobody can tell why."""


class CodeForm(forms.Form):
    """The box for the receipt's code."""

    code = WordsField(
        label=_("The code on your ticket"),
        help_text=_("Sixteen letters and figures. Capitals, spaces and mixed-up letters don’t matter."),
        error_messages={"required": UNKNOWN_CODE},
        widget=forms.TextInput({**DISCREET, "class": "code-field", "autocapitalize": "characters", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = DiscreetHelper()


class MessageForm(forms.Form):
    """A line to the hosts."""

    text = WordsField(
        label=_("Write to us"),
        longest=MAX_MESSAGE_LENGTH,
        too_long=_("This holds {length:,} letters; we can take {longest:,} at a time."),
        error_messages={"required": _("Write something first")},
        widget=forms.Textarea({**WORDS, "rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = DiscreetHelper()
