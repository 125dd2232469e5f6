"""What is typed to assemble an episode: its own words and facts. Its rows are in `rows`."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from questions import films
from questions.desk.fields import SeveralField
from questions.desk.planning.fields import KindsField, OriginalField, language_choices, prose
from questions.desk.seen import SeenForm
from questions.models import Answer, ContentLevel, Episode, Season, Topic, Verdict, Video
from questions.visibility import only_quotes

_SMALL = 32_767
"""The largest number that the database keeps for a season or an episode."""

_LEVELS = [(level.value, level.label) for level in ContentLevel]


class EpisodeForm(SeenForm):
    """Everything of an episode that is there once. Each answer to choose from has a field for its place."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "control--wide", "dir": "auto"}),
        help_text=_("Lists, links and previews say it in the open, also where the text is not safe for work."),
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
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    translation_of = OriginalField()
    summary = prose(_("Summary"), 400, 2, required=False, help_text=_("A sentence or two, for lists and feeds."))
    text_level = forms.TypedChoiceField(label=_("Text"), coerce=int, choices=_LEVELS[1:], initial=ContentLevel.FINE)
    video_level = forms.TypedChoiceField(
        label=_("Video"),
        coerce=int,
        choices=[("", _("As its films are")), *_LEVELS],
        required=False,
        empty_value=None,
    )
    pictures_level = forms.TypedChoiceField(label=_("Pictures"), coerce=int, choices=_LEVELS, initial=ContentLevel.NONE)
    kinds = KindsField(
        help_text=_("Every list says so. Readers may choose, on their own device, of what they need no warning.")
    )
    note = prose(_("What to expect"), 600, 2, required=False, help_text=_("In words, before anything else."))
    verdict = forms.ModelChoiceField(
        Verdict.objects.all(), label=_("Verdict"), required=False, empty_label=_("No verdict")
    )
    new_verdict = forms.CharField(
        label=_("Or a new verdict"),
        max_length=28,
        required=False,
        help_text=_("At most 28 letters: it has to fit on the stamp."),
    )
    verdict_reason = prose(_("Why"), 400, 2, required=False, help_text=_("One sentence under the stamp."))
    topics = SeveralField(Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)

    use_required_attribute = False

    def __init__(self, *args: Any, answers: Sequence[Answer], episode: Episode | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["season"].required = not self.data.get("new_season")
        cast(OriginalField, self.fields["translation_of"]).offer_to(episode)
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
        words["slug"] = words.get("slug") or self._address(words)
        return words

    def _address(self, words: dict[str, Any]) -> str:
        """An address made of the title; of the numbers where that has no letter for one, or quotes a gated question."""
        title, season = words.get("title", ""), words.get("new_season") or getattr(words.get("season"), "number", 1)
        placed = [_wording(answer) for answer in self.answers if words.get(_place(answer))]
        is_gated = words.get("text_level") == ContentLevel.NOT_SAFE and only_quotes(title, placed)
        of_title = "" if is_gated else slugify(title)[:80].strip("-")
        return of_title or f"season-{season}-{words.get('number')}"

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


def _place(answer: Answer) -> str:
    return f"place_{answer.pk}"


def _wording(answer: Answer) -> str:
    return answer.question.spoken_text


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
        "kinds": episode.kinds,
        "language": episode.language,
        "translation_of": episode.translation_of,
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
