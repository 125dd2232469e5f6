"""What is typed to keep the house in order. The cleaned names are those the actions take."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions.actions.settings import DAYS_ALLOWED
from questions.countries import NAMES
from questions.desk.fields import ProseField
from questions.desk.house.standing import HouseForm, ShownField
from questions.languages import every_language
from questions.models import CrisisLine, Show

_NO_LINK = _("Type an address that begins with https://.")
# Letters are for the short codes of text lines: “Text HOME to 741741”.
_DIALLED = RegexValidator(
    r"\A(?=.*[0-9].*[0-9])[\w +()./-]+\Z",
    _("Type the number as it is dialled: 116 123, +1 800 273 8255, Text HOME to 741741."),
)


class HttpsField(forms.URLField):
    """An address on the web that nobody on the way can read along or change."""

    default_error_messages = {"invalid": _NO_LINK}
    default_validators = [URLValidator(schemes=["https"], message=_NO_LINK)]

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", max_length=200, **options)


class AskingForm(HouseForm, forms.Form):
    """Whether questions are welcome."""

    shown = ShownField()
    is_open = forms.TypedChoiceField(
        label=_("Questions are"),
        choices=[("yes", _("welcome")), ("no", _("paused"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    closed_words = ProseField(
        label=_("What the form says while paused"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "Say when to come back, if you know. Left empty: “We have as many as we can read well. Please come back "
            "in a while.” Whoever was writing keeps every word."
        ),
    )

    @classmethod
    def words_of(cls, show: Show) -> dict[str, Any]:
        return {"is_open": "yes" if show.is_asking_open else "no", "closed_words": show.closed_words}


def _days(name: str, label: Any, help_text: Any) -> forms.IntegerField:
    fewest, most = DAYS_ALLOWED[name]
    return forms.IntegerField(label=label, help_text=help_text, min_value=fewest, max_value=most)


class PromisesForm(HouseForm, forms.Form):
    """What askers rely on. `own_hosts` are the names of the show itself, where leaving it must not lead."""

    shown = ShownField()
    leave_url = HttpsField(
        label=_("“Leave this page” goes to"),
        help_text=_(
            "A page that anybody might have open and that tells nothing about its reader: the weather, a dictionary."
        ),
    )
    keeps_waiting_days = _days(
        "keeps_waiting_days",
        _("Days an unanswered question is kept"),
        _(
            "Counted from the last time anybody did something with it. Then its words are erased. A reader’s report "
            "that nobody has settled is kept as long."
        ),
    )
    keeps_closed_days = _days(
        "keeps_closed_days",
        _("Days a declined or privately answered question is kept"),
        _("So that its asker can come back and read. Then its words are erased. A settled report is kept as long."),
    )
    keeps_traces_days = _days(
        "keeps_traces_days",
        _("Days the wordless rest is kept"),
        _("After its words are gone: a number, the day, the fingerprint of the receipt and what was done when."),
    )
    may_forget = forms.BooleanField(
        label=_("Questions and reports for which these days are over may go at once"),
        required=False,
        help_text=_("Only asked for when there are any. What is forgotten does not come back."),
    )

    def __init__(self, *args: Any, own_hosts: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_hosts = own_hosts | {host.lstrip(".") for host in settings.ALLOWED_HOSTS}

    def clean_leave_url(self) -> str:
        url: str = self.cleaned_data["leave_url"]
        if urlsplit(url).hostname in self.own_hosts:
            raise forms.ValidationError(_("This is the show itself. Choose a page that has nothing to do with it."))
        return url

    @classmethod
    def words_of(cls, show: Show) -> dict[str, Any]:
        return {name: getattr(show, name) for name in ("leave_url", *DAYS_ALLOWED)}


class CrisisLineForm(HouseForm, forms.ModelForm):
    """One line for people who need help now."""

    shown = ShownField()
    country = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(label=_("It answers in"))
    number = forms.CharField(label=_("Number"), max_length=40, validators=[_DIALLED])
    url = HttpsField(label=_("Link"), required=False, help_text=_("Its own page, where people can also write or chat."))

    class Meta:
        model = CrisisLine
        fields = ("country", "language", "caller", "name", "number", "hours", "url", "note")
        labels = {"caller": _("For whom"), "note": _("Note")}
        help_texts = {
            "hours": _("In the language of the line: “24 hours, every day”."),
            "note": _("In the language of the line. What it costs, whether one can write."),
        }
        error_messages = {
            NON_FIELD_ERRORS: {
                "unique_together": _("This number is on the list already, for this country and language.")
            }
        }
        widgets = {name: forms.TextInput(attrs={"dir": "auto"}) for name in ("name", "hours", "note")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = self.instance
        self._choices("country", {code: str(name) for code, name in NAMES.items()}, own.country)
        self._choices("language", every_language(), own.language)

    def _choices(self, name: str, labels: dict[str, str], own: str) -> None:
        """All of `labels` by name, and what the line says already, should the list not know it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        known = labels | ({own: labels.get(own, own)} if own else {})
        field.choices = [("", gettext("Choose")), *sorted(known.items(), key=lambda pair: pair[1].casefold())]

    def clean_number(self) -> str:
        return " ".join(self.cleaned_data["number"].split())


class ConfirmForm(forms.Form):
    """The number that the page showed when a host said that it answers."""

    number = forms.CharField(max_length=40)
