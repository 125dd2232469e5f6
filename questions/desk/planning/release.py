"""What is typed to release an episode, or to change one that readers see."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from questions import films
from questions.desk.fields import ProseField
from questions.desk.planning.airtime import FIRST, SECOND, choices_between, moments_in
from questions.desk.seen import SeenForm
from questions.models import Episode
from questions.rendering import MAX_LENGTH

FARTHEST = timedelta(days=2 * 366)


class AirTimeField(forms.Field):
    """A date and a time as the clocks of the show tell it: one moment, or the two at which they show it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "required": _("Say when it airs."),
        "invalid": _("Type a date and a time: 2027-01-15 21:00."),
        "far": _("That is more than two years ahead. Is the year right?"),
    }

    def __init__(self, *, zone: tzinfo, **options: Any) -> None:
        super().__init__(**options)
        self.zone = zone

    def to_python(self, value: Any) -> list[datetime] | None:
        typed = str(value or "").strip()
        try:
            local = parse_datetime(typed)
        except ValueError:
            local = None
        if typed and (local is None or local.tzinfo is not None):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moments_in(self.zone, local) if local else None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value[0] > timezone.now() + FARTHEST:
            raise forms.ValidationError(self.error_messages["far"], code="far")


class ScheduleForm(SeenForm):
    """When an episode airs. Where the clocks show that time twice, the form comes back and asks which is meant."""

    use_required_attribute = False

    def __init__(self, *args: Any, zone: tzinfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone, self.is_asking_which = zone, False
        self.fields["at"] = AirTimeField(
            zone=zone,
            label=_("Airs at"),
            help_text=_("Date and time in {zone}.").format(zone=zone),
        )
        self.fields["which"] = forms.ChoiceField(
            label=_("Which of the two?"),
            choices=[(FIRST, FIRST), (SECOND, SECOND)],
            required=False,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        """Put one moment into `at`."""
        words = super().clean() or {}
        moments, which = words.get("at"), words.get("which")
        if not moments:
            return words
        if len(moments) == 1:
            self.errors.pop("which", None)
        else:
            field = cast(forms.ChoiceField, self.fields["which"])
            field.choices, field.required = choices_between(moments, self.zone), True
            self.is_asking_which = True
            if not which and "which" not in self.errors:
                sentence = _("The clocks in {zone} go back then and show this time twice. Say which one you mean.")
                self.add_error("which", sentence.format(zone=self.zone))
        words["at"] = moments[-1 if which == SECOND else 0]
        return words


class CorrectionForm(SeenForm):
    """The answers of a published episode, and what readers are told about the change."""

    use_required_attribute = False

    def __init__(self, *args: Any, episode: Episode, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.segments, self.video_level = episode.script.segments, episode.video_level
        for number, segment in enumerate(self.segments, start=1):
            self.fields[f"body_{number}"] = ProseField(
                label=_("Answer to “{question}”").format(question=segment.question[:80]),
                max_length=MAX_LENGTH,
                initial=segment.body,
                widget=forms.Textarea(attrs={"class": "control--code", "rows": 20, "dir": "auto"}),
            )
        self.fields["words"] = forms.CharField(
            label=_("What was corrected"),
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            help_text=_("Readers see this with today’s date under the answer."),
        )

    def clean(self) -> dict[str, Any]:
        """A film that comes in by a correction has to be announced by the note as it stands."""
        words = super().clean() or {}
        for number, segment in enumerate(self.segments, start=1):
            name = f"body_{number}"
            known = films.in_answer(segment.body)
            new = [film for film in films.in_answer(words.get(name) or "") if film not in known]
            if sentence := films.missing_from_note(new, self.video_level):
                self.add_error(name, sentence)
        return words

    def bodies(self) -> Sequence[str]:
        """The answers in their order; one that nobody has touched exactly as it stands."""
        names = [f"body_{number}" for number in range(1, len(self.segments) + 1)]
        return [
            self.cleaned_data[name] if name in self.changed_data else segment.body
            for name, segment in zip(names, self.segments, strict=True)
        ]
