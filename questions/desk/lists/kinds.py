"""The lists of the house, each with its words, its form and what it counts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.actions.lists import Entry
from questions.desk.lists import forms
from questions.models import CannedReply, DeclineReason, Question, Season, Verdict

Counts = Callable[[], dict[int, int]]


@dataclass(frozen=True)
class Kind:
    """One list. `second` is the field whose words stand below an entry's name, and `sample` the template that shows an
    entry as others will read it; both are empty where there is none.
    """

    slug: str
    model: type[Entry]
    form: type[forms.VerdictForm | forms.SeasonForm | forms.DeclineReasonForm | forms.CannedReplyForm]
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    new: str | Promise
    counts: Counts
    counted: str | Promise = ""
    second: str = ""
    is_ordered: bool = False
    sample: str = ""


def _verdict_counts() -> dict[int, int]:
    return dict(Verdict.objects.annotate(count=Count("episodes")).values_list("pk", "count"))


def _season_counts() -> dict[int, int]:
    return dict(Season.objects.annotate(count=Count("episodes")).values_list("pk", "count"))


def _reason_counts() -> dict[int, int]:
    declined = Question.objects.exclude(decline_reason=None).order_by().values("decline_reason")
    return dict(declined.annotate(count=Count("pk")).values_list("decline_reason", "count"))


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "verdicts", Verdict, forms.VerdictForm, _("Verdicts"),
            _("What stands on the stamp. Other words for a verdict change on every episode that has it."),
            _("Add a verdict"), _("A new verdict"), _verdict_counts, _("Episodes"), sample="desk/_verdict_sample.html",
        ),
        Kind(
            "decline-reasons", DeclineReason, forms.DeclineReasonForm, _("Reasons to decline"),
            _("What hosts choose when they decline, and what the asker reads then. The order is that of the form."),
            _("Add a reason"), _("A new reason"), _reason_counts, _("Questions"), second="words", is_ordered=True,
            sample="desk/_reason_sample.html",
        ),
        Kind(
            "canned-replies", CannedReply, forms.CannedReplyForm, _("Canned replies"),
            _("Words that you often write to askers. The order is that of the reply form."),
            _("Add a reply"), _("A new reply"), dict, second="text", is_ordered=True,
        ),
        Kind(
            "seasons", Season, forms.SeasonForm, _("Seasons"),
            _("Their numbers and titles. A season shows itself to readers with its first episode."),
            _("Add a season"), _("A new season"), _season_counts, _("Episodes"), second="title",
        ),
    )
}  # fmt: skip
