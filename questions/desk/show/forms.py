"""What is typed to give the show its face. The cleaned names are those of `Face`."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from questions import colours
from questions.actions.settings import FACE_FIELDS, standing
from questions.desk.fields import ProseField
from questions.desk.house.standing import HouseForm, ShownField
from questions.languages import OFFERED, every_language, native_name
from questions.models import Show

LONGEST_PAGE = 20_000


class SuggestedInput(forms.TextInput):
    """A line to type in, with a list of everything that can be meant: the browser searches it while somebody types."""

    template_name = "desk/suggested_input.html"

    def __init__(self, suggestions: list[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        return context | {"suggestions": self.suggestions}


class ZoneField(forms.CharField):
    """The name of a time zone, whatever its case: "europe/berlin" is Europe/Berlin."""

    default_error_messages = {"unknown": _("Choose a zone from the list, such as Europe/Berlin.")}

    def __init__(self, **options: Any) -> None:
        names = sorted(available_timezones())
        widget = SuggestedInput(names, {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=64, widget=widget, **options)
        self.names = {name.casefold(): name for name in names}

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(" ", "_").casefold()
        if typed not in self.names:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return self.names[typed]


class ColourField(forms.CharField):
    """A colour that can be read on all `grounds`, typed as #a3261c, A3261C or #f00; empty for the house's own."""

    def __init__(self, grounds: tuple[str, ...], **options: Any) -> None:
        widget = forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "class": "control--hex"})
        super().__init__(required=False, max_length=20, widget=widget, **options)
        self.grounds = grounds

    def clean(self, value: Any) -> Any:
        digits = super().clean(value).lower().removeprefix("#")
        if len(digits) == 3:
            digits = "".join(2 * digit for digit in digits)
        colour = f"#{digits}" if digits else ""
        if sentence := colours.fault_of(colour, self.grounds):
            raise forms.ValidationError(sentence)
        return colour


def _page(label: Any, help_text: Any) -> ProseField:
    return ProseField(
        label=label, required=False, max_length=LONGEST_PAGE, help_text=help_text,
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )  # fmt: skip


class ShowForm(HouseForm, forms.Form):
    """The settings of the show."""

    shown = ShownField()
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"dir": "auto"}))
    tagline = forms.CharField(
        label=_("In one sentence"), max_length=160, required=False,
        widget=forms.TextInput({"dir": "auto", "class": "control--wide"}),
        help_text=_("Stands on the front page, and where other sites show a link to it."),
    )  # fmt: skip
    about = _page(_("About the show"), _("The page “About”. Markdown: *emphasis*, [words](https://…), - lists."))
    house_rules = _page(_("House rules"), _("The page “House rules”. Markdown, as above."))
    language = forms.ChoiceField(
        label=_("The show speaks"), help_text=_("Its pages say so to browsers; which way they are written follows.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Questions are welcome in"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The form of asking offers these after the show’s own language. None ticked: all of them."),
    )  # fmt: skip
    time_zone = ZoneField(
        label=_("Time zone"),
        help_text=_(
            "The clocks of the show: airtimes at the desk, days for readers. A part of the name finds it. What is "
            "scheduled keeps its moment; only the clock that tells it is another."
        ),
    )
    colour = ColourField(
        colours.LIGHT_GROUNDS, label=_("Colour on light paper"),
        help_text=_("For the stamp, quotation marks and the last word of the name: # and six digits. Empty: our red."),
    )  # fmt: skip
    colour_at_night = ColourField(
        colours.DARK_GROUNDS, label=_("Colour on dark paper"),
        help_text=_("For readers whose device is set to dark. It has to be lighter than the one above."),
    )  # fmt: skip
    asks_second_step = forms.BooleanField(
        label=_("Hosts need a second step to sign in"), required=False,
        help_text=_("A passkey or a code besides the password. Whoever has none, you included, sets one up first."),
    )  # fmt: skip
    asks_second_host = forms.BooleanField(
        label=_("An answer is approved by somebody else than its writer"), required=False,
        help_text=_(
            "Four eyes on every answer before it airs; a correction afterwards is one host’s, and dated in public. "
            "A show with a single host would never air one."
        ),
    )  # fmt: skip

    def __init__(self, data: Any, *, show: Show) -> None:
        facts = standing(show, FACE_FIELDS)
        super().__init__(data, initial=facts)
        self.begin_with(facts)
        known = every_language()
        offered = list(dict.fromkeys([*OFFERED, *show.languages]))
        self._field("language").choices = _by_name([*known, show.language])
        self._field("languages").choices = _by_name(offered)

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean_languages(self) -> list[str]:
        return sorted(self.cleaned_data["languages"])


def _by_name(codes: list[str]) -> list[tuple[str, str]]:
    """Each language once, in its own words, in the order of these words."""
    return sorted({code: native_name(code) for code in codes}.items(), key=lambda pair: pair[1].casefold())
