"""Everything a host needs to decide about one question, gathered in a fixed number of reads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from questions.actions.acting import Refused, Stale
from questions.desk.triage.decisions import Panel, obstacles, panels_for
from questions.desk.triage.forms import DeskForm
from questions.desk.triage.history import Deed, deeds, deeds_of
from questions.desk.triage.queues import age
from questions.lifecycle import QUESTION, QuestionState, Role, Verb, verbs_from
from questions.models import Airing, Hold, Message, Note, Person, Question
from questions.rendering import render_plain

WRITING = {Verb.REWORD, Verb.DRAFT, Verb.APPROVE, Verb.REOPEN, Verb.PREVIEW}
"""The verbs of the page where the wording and the answer are written."""

BESIDE_WHAT_THEY_CHANGE = {Verb.TAG, Verb.REPLY, Verb.NOTE}
"""The verbs whose forms are always open, next to the topics, the thread and the notes."""


@dataclass(frozen=True)
class Problem:
    """Why a deed was refused, and what colleagues have done meanwhile."""

    sentence: str
    deeds: list[Deed]

    @classmethod
    def of(cls, refused: Refused) -> "Problem":
        return cls(str(refused), deeds(refused.events) if isinstance(refused, Stale) else [])


@dataclass(frozen=True)
class Tried:
    """A form that was sent and not accepted: it comes back as it was typed."""

    verb: Verb
    form: DeskForm


class Detail:
    """One question as its page shows it to `host`."""

    def __init__(
        self, question: Question, host: Person, *, tried: Tried | None = None, problem: Problem | None = None
    ) -> None:
        self.question, self.problem = question, problem
        self.thread = list(Message.objects.filter(question=question).select_related("by"))
        self.notes = list(Note.objects.filter(question=question).select_related("by"))
        self.deeds = deeds_of(question, host, self.thread, timezone.now())
        self.lead = question.merged_into
        self.followers = list(question.followers.for_desk().in_queue_order())
        self.verbs = verbs_from(QUESTION, question.state, Role(host.role))
        self.panels = panels_for(question, host, {tried.verb: tried.form} if tried else {})
        self.obstacles = [(", ".join(verbs), unmet) for unmet, verbs in obstacles(question, host).items()]
        self.opened = str(tried.verb) if tried else ""
        self.words_without_a_form = _typed(tried) if tried and self.opened not in self.panels else ""

    @property
    def text(self) -> SafeString:
        return render_plain(self.question.text or "")

    @property
    def age(self) -> str:
        return age(self.question.age_in_days(timezone.localdate()))

    @property
    def language(self) -> str:
        """The language in words, where we know it."""
        try:
            return str(get_language_info(self.question.language)["name_local"])
        except KeyError:
            return self.question.language

    @property
    def is_spam(self) -> bool:
        return self.question.held == Hold.SPAM

    @property
    def write_address(self) -> str:
        """Where the wording and the answer are written, for those who may."""
        may_write = not WRITING.isdisjoint(self.verbs)
        return reverse("desk:write-answer", args=[self.question.ref]) if may_write else ""

    @property
    def is_in_hand(self) -> bool:
        return self.question.state in (QuestionState.ANSWERING, QuestionState.READY)

    @property
    def bar(self) -> list[Panel]:
        """The verbs of the bar in the order of the table; declining stands apart from the rest."""
        return [panel for verb, panel in self.panels.items() if verb not in (Verb.TAG, Verb.DECLINE)]

    @property
    def own_forms(self) -> list[Panel]:
        """The forms that open when their verb is chosen."""
        forms = [panel for panel in self.panels.values() if panel.asks]
        return [panel for panel in forms if panel.verb not in BESIDE_WHAT_THEY_CHANGE]

    @property
    def permissions(self) -> list[str]:
        """What the asker allows, in sentences."""
        question = self.question
        if question.airing == Airing.PRIVATE:
            return [str(Airing.PRIVATE.label)]
        said = [_("They have said no to airing it.") if question.objected else question.get_airing_display()]
        if question.airing == Airing.PREVIEW and not question.objected:
            said.append(
                _("If they stay silent, it may air.")
                if question.silence_means_yes
                else _("If they stay silent, it may not.")
            )
        if not question.may_edit:
            said.append(_("No editing, but for striking what identifies people."))
        return said


def _typed(tried: Tried) -> str:
    return str(tried.form.data.get("text", ""))
