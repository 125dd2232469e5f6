"""What is typed to assemble an episode: its own words and facts, and its credits, videos and resources."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from questions import films
from questions.desk.fields import LengthField, LinkField, ProseField, SeveralField
from questions.desk.seen import SeenForm
from questions.models import (
    Answer,
    ContentLevel,
    Credit,
    Episode,
    Resource,
    Season,
    Topic,
    Verdict,
    Video,
)

_SMALL = 32_767
"""The largest number that the database keeps for a season or an episode."""

_LEVELS = [(level.value, level.label) for level in ContentLevel]


def _prose(label: Any, longest: int, rows: int, **options: Any) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return ProseField(label=label, max_length=longest, widget=area, **options)


class EpisodeForm(SeenForm):
    """Everything of an episode that is there once. Each answer to choose from has a field for its place."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "control--wide", "dir": "auto"}),
    )
    season = forms.ModelChoiceField(
        Season.objects.all(),
        label=_("Season"),
        error_messages={"required": _("Choose a season, or begin one.")},
    )
    new_season = forms.IntegerField(
        label=_("Or begin a season"),
        min_value=1,
        max_value=_SMALL,
        required=False,
        help_text=_("Its number."),
    )
    number = forms.IntegerField(label=_("Number in the season"), min_value=1, max_value=_SMALL)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        required=False,
        validators=[RegexValidator("[A-Za-z0-9]", _("An address needs a letter or a digit."))],
        help_text=_("Left empty, it is made of the title."),
    )
    summary = _prose(_("Summary"), 400, 2, required=False, help_text=_("A sentence or two, for lists and feeds."))
    text_level = forms.TypedChoiceField(label=_("Text"), coerce=int, choices=_LEVELS[1:], initial=ContentLevel.FINE)
    video_level = forms.TypedChoiceField(
        label=_("Video"),
        coerce=int,
        choices=[("", _("As its films are")), *_LEVELS],
        required=False,
        empty_value=None,
    )
    pictures_level = forms.TypedChoiceField(label=_("Pictures"), coerce=int, choices=_LEVELS, initial=ContentLevel.NONE)
    note = _prose(_("What to expect"), 600, 2, required=False, help_text=_("In words, before anything else."))
    verdict = forms.ModelChoiceField(
        Verdict.objects.all(), label=_("Verdict"), required=False, empty_label=_("No verdict")
    )
    new_verdict = forms.CharField(
        label=_("Or a new verdict"),
        max_length=28,
        required=False,
        help_text=_("At most 28 letters: it has to fit on the stamp."),
    )
    verdict_reason = _prose(_("Why"), 400, 2, required=False, help_text=_("One sentence under the stamp."))
    topics = SeveralField(Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    use_required_attribute = False

    def __init__(self, *args: Any, answers: Sequence[Answer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["season"].required = not self.data.get("new_season")
        self.answers = answers
        for answer in answers:
            self.fields[_place(answer)] = forms.IntegerField(
                label=Truncator(_wording(answer)).chars(140),
                min_value=1,
                max_value=99,
                required=False,
                widget=forms.NumberInput(attrs={"class": "control control--place"}),
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[_place(answer)] for answer in self.answers]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        words["slug"] = words.get("slug") or _address(words)
        return words

    def check_video_level(self, videos: Sequence[Video]) -> bool:
        """Whether the note is true of every film, those in the answers included; left open, it is made so."""
        bodies = [answer.approved_revision.body or "" for answer in self.chosen_answers() if answer.approved_revision]
        shown = [*films.of_rows(videos), *(film for body in bodies for film in films.in_answer(body))]
        level = self.cleaned_data["video_level"]
        if level is None:
            self.cleaned_data["video_level"] = films.level_of(shown)
        elif sentence := films.missing_from_note(shown, level):
            self.add_error("video_level", sentence)
            return False
        return True

    def chosen_answers(self) -> list[Answer]:
        """The answers that were given a place, in this order."""
        placed = [(self.cleaned_data[_place(answer)], answer) for answer in self.answers]
        return [answer for place, answer in sorted(placed, key=lambda pair: pair[0] or 0) if place]


def _address(words: dict[str, Any]) -> str:
    """An address made of the title, or of the numbers where the title has no letter for one."""
    season = words.get("new_season") or getattr(words.get("season"), "number", 1)
    return slugify(words.get("title", ""))[:80].strip("-") or f"season-{season}-{words.get('number')}"


def _place(answer: Answer) -> str:
    return f"place_{answer.pk}"


def _wording(answer: Answer) -> str:
    return answer.question.spoken_text


_WIDE = forms.TextInput(attrs={"class": "control--wide", "dir": "auto"})


class CreditForm(forms.ModelForm):
    disclosure = _prose(_("Disclosure"), 2000, 2, required=False, help_text=_("Left empty, it is that of their page."))

    class Meta:
        model = Credit
        fields = ("person", "role", "credited_as", "disclosure")


class VideoForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), max_length=300, assume_scheme="https")
    seconds = LengthField(label=_("Length"), required=False, help_text=_("4:00, or 1:02:30."))

    class Meta:
        model = Video
        fields = ("url", "title", "seconds", "level", "note")
        widgets = {"note": _WIDE}


class ResourceForm(forms.ModelForm):
    url = LinkField(label=_("Link"), max_length=300, required=False)

    field_order = ("kind", "title", "maker", "url")

    class Meta:
        model = Resource
        # Without the link: the model's own check knows only links to the web.
        fields = ("kind", "title", "maker", "place", "extent", "note")
        widgets = {"note": _WIDE}

    def save(self, commit: bool = True) -> Any:
        self.instance.url = self.cleaned_data["url"]
        return super().save(commit)


class RowSet(forms.BaseFormSet):
    """Rows of one kind. A row that is left blank or marked for removal does not count."""

    title: Any
    one: Any
    add: Any

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave this row out")

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"empty_permitted": index is not None}

    def rows(self) -> list[Any]:
        """The unsaved rows that were typed, in their order."""
        return [
            form.save(commit=False) for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


class CreditRows(RowSet):
    title, one, add = _("Credits"), _("Credit"), _("Add another credit")

    def clean(self) -> None:
        credited = set()
        for form in self.forms:
            words = form.cleaned_data if form.is_valid() else {}
            who = (words.get("person"), words.get("role"))
            if all(who) and not words.get("DELETE"):
                if who in credited:
                    form.add_error("person", _("The same person has this role in another row."))
                credited.add(who)


class VideoRows(RowSet):
    title, one, add = _("Videos"), _("Video"), _("Add another video")


class ResourceRows(RowSet):
    title, one, add = _("Watch, read and go to"), _("Resource"), _("Add another resource")


def _row_set(form: type[forms.BaseForm], rows: type[RowSet]) -> type[RowSet]:
    # More than any episode needs.
    made = forms.formset_factory(form, rows, extra=1, can_delete=True, max_num=40, absolute_max=60)
    return cast(type[RowSet], made)


ROW_SETS: dict[str, type[RowSet]] = {
    "credits": _row_set(CreditForm, CreditRows),
    "videos": _row_set(VideoForm, VideoRows),
    "resources": _row_set(ResourceForm, ResourceRows),
}


def saved_words(episode: Episode) -> dict[str, Any]:
    """The fields of EpisodeForm as they are saved."""
    script = episode.script
    return {
        "seen": episode.version,
        "title": script.title,
        "summary": script.summary,
        "note": script.note,
        "verdict_reason": script.verdict_reason,
        "season": episode.season,
        "number": episode.number,
        "slug": episode.slug,
        "text_level": episode.text_level,
        "video_level": episode.video_level,
        "pictures_level": episode.pictures_level,
        "verdict": episode.verdict,
        "topics": list(episode.topics.all()),
        **{_place(segment.answer): segment.position + 1 for segment in episode.segments.all()},
    }


def words_from_question(answer: Answer) -> dict[str, Any]:
    """A beginning: the fields of EpisodeForm as one approved answer suggests them."""
    question = answer.question
    return {
        "title": Truncator(_wording(answer)).chars(120) if len(_wording(answer)) <= 200 else "",
        "topics": list(question.topics.all()),
        _place(answer): 1,
    }


def next_number() -> dict[str, Any]:
    """The newest season, or the first one to be, and the number that comes next in it."""
    season = Season.objects.first()
    if season is None:
        return {"new_season": 1, "number": 1}
    last = season.episodes.order_by("-number").first()
    return {"season": season, "number": last.number + 1 if last else 1}
