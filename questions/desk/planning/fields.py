"""Form fields of the assembling page: text of a few lines, kinds of content, the language, what it translates."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.content_notes import ContentKind
from questions.desk.fields import ProseField
from questions.languages import every_language, native_name
from questions.models import Episode, Show


def prose(label: Any, longest: int, rows: int, **options: Any) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return ProseField(label=label, max_length=longest, widget=area, **options)


class KindsField(forms.MultipleChoiceField):
    """What it is that makes something racy or not safe."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        label = gettext_lazy("Because of")
        super().__init__(label=label, choices=ContentKind.choices, required=False, **options)


def language_choices() -> list[tuple[str, str]]:
    """The show's own language, which an episode has unless it says one, then every language by its own name."""
    own = native_name(Show.objects.current().language)
    by_name = sorted(every_language().items(), key=lambda pair: pair[1].casefold())
    return [("", _("The show’s own: %(language)s") % {"language": own}), *by_name]


class OriginalField(forms.ModelChoiceField):
    """The released episode that another one translates. What is a translation itself is none to choose."""

    def __init__(self, **options: Any) -> None:
        label, help_text = gettext_lazy("Translation of"), gettext_lazy("Each leads its readers to the other.")
        empty = gettext_lazy("Nothing: it is an episode of its own")
        super().__init__(
            Episode.objects.none(), label=label, required=False, help_text=help_text, empty_label=empty, **options
        )

    def offer_to(self, episode: Episode | None) -> None:
        """Offer what `episode` may be a translation of, and what it is saved as one of, whatever became of that."""
        originals = Q(pk__in=Episode.objects.released(timezone.now()).filter(translation_of=None).values("pk"))
        if episode:
            originals = originals & ~Q(pk=episode.pk) | Q(translations=episode)
        self.queryset = Episode.objects.filter(originals).for_lists().newest_first()

    def label_from_instance(self, episode: Episode) -> str:
        return f"{episode.season.number}.{episode.number} {episode.title}"
