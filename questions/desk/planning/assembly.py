"""An episode on the assembling page: one form and three sets of rows, shown, read and saved together."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict

from questions.actions.acting import Actor
from questions.actions.assemble import Contents, assemble
from questions.desk.planning.forms import EpisodeForm, next_number, saved_words, words_from_question
from questions.desk.planning.rows import ROW_SETS, RowSet
from questions.models import Answer, CreditRole, Episode, Event

Words = dict[str, Any]


class Assembly:
    """The forms of one episode."""

    def __init__(self, form: EpisodeForm, row_sets: dict[str, RowSet]) -> None:
        self.form = form
        self.row_sets = row_sets

    @classmethod
    def of(cls, episode: Episode) -> Self:
        """The forms filled with what is saved."""
        rows = {kind: [model_to_dict(row) for row in getattr(episode, kind).all()] for kind in ROW_SETS}
        return cls._filled(saved_words(episode), rows, episode)

    @classmethod
    def new(cls, answer: Answer | None) -> Self:
        """The forms of an episode to be; an approved answer gives it a beginning."""
        if answer is None:
            return cls._filled(next_number(), {}, None)
        credit = {"person": answer.answerer, "role": CreditRole.ANSWERED}
        words = {**next_number(), **words_from_question(answer)}
        return cls._filled(words, {"credits": [credit] if answer.answerer else []}, None)

    @classmethod
    def typed(cls, data: QueryDict, episode: Episode | None) -> Self:
        """The forms as they were sent, ready to be checked."""
        form = EpisodeForm(data, answers=answers_for(episode), episode=episode)
        return cls(form, {kind: rows_of(data, prefix=kind) for kind, rows_of in ROW_SETS.items()})

    def with_another_row(self, episode: Episode | None) -> Self:
        """The same words, unchecked, and one blank row after the last of each kind."""
        rows = {kind: [_typed_words(form) for form in row_set] for kind, row_set in self.row_sets.items()}
        return self._filled(_typed_words(self.form), rows, episode)

    def with_moved_row(self, move: str, episode: Episode | None) -> Self:
        """The same words, unchecked, with one row a place higher or lower; `move` says which, as in credits:2:up."""
        rows = {
            kind: [_typed_words(form) for form in _up_to_the_last(row_set)] for kind, row_set in self.row_sets.items()
        }
        kind, _colon, rest = move.partition(":")
        place, _colon, way = rest.partition(":")
        moving = rows.get(kind, [])
        if place in map(str, range(len(moving))) and way in ("up", "down"):
            row = moving.pop(int(place))
            moving.insert(max(0, int(place) + (1 if way == "down" else -1)), row)
        return self._filled(_typed_words(self.form), rows, episode)

    @classmethod
    def _filled(cls, words: Words, rows: Mapping[str, list[Words]], episode: Episode | None) -> Self:
        form = EpisodeForm(initial=dict(words), answers=answers_for(episode), episode=episode)
        row_sets = {kind: rows_of(initial=rows.get(kind), prefix=kind) for kind, rows_of in ROW_SETS.items()}
        return cls(form, row_sets)

    def is_valid(self) -> bool:
        if not all([self.form.is_valid(), *(row_set.is_valid() for row_set in self.row_sets.values())]):
            return False
        return self.form.check_video_level(self.row_sets["videos"].rows())

    def faulty_forms(self) -> list[forms.BaseForm]:
        """The forms with something wrong in them, for the summary at the top of the page."""
        every_form = [self.form, *(form for row_set in self.row_sets.values() for form in row_set)]
        return [form for form in every_form if form.is_bound and form.errors]

    def save(self, *, by: Actor, episode: Episode | None) -> Event:
        """Assemble the episode of what was typed."""
        return assemble(self._contents(), by=by, episode=episode, seen=self.form.version)

    def _contents(self) -> Contents:
        words = self.form.cleaned_data
        rows = {kind: row_set.rows() for kind, row_set in self.row_sets.items()}
        return Contents(
            season=words["new_season"] or words["season"].number,
            number=words["number"],
            slug=words["slug"],
            title=words["title"],
            summary=words["summary"],
            note=words["note"],
            verdict=words["new_verdict"] or str(words["verdict"] or ""),
            verdict_reason=words["verdict_reason"],
            text_level=words["text_level"],
            video_level=words["video_level"],
            pictures_level=words["pictures_level"],
            kinds=words["kinds"],
            language=words["language"],
            translation_of=words["translation_of"],
            topics=words["topics"],
            answers=self.form.chosen_answers(),
            credits=rows["credits"],
            videos=rows["videos"],
            resources=rows["resources"],
        )


def answers_for(episode: Episode | None) -> list[Answer]:
    """The answers an episode can be made of: its own, then the approved ones that are in none."""
    own = [segment.answer for segment in episode.segments.all()] if episode else []
    return [*own, *Answer.objects.for_episodes()]


def _up_to_the_last(row_set: RowSet) -> list[forms.BaseForm]:
    """The rows without the blank ones at their end, since a form brings one of its own."""
    rows = list(row_set)
    while rows and not rows[-1].has_changed():
        rows.pop()
    return rows


def _typed_words(form: forms.BaseForm) -> dict[str, Any]:
    """What stands in each field of a form, unchecked."""
    return {name: form[name].value() for name in form.fields}
