"""Everything a host needs to decide about one question, gathered in a fixed number of reads."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from questions.actions.acting import Refused, Stale
from questions.desk.queue.pages import age
from questions.desk.triage.company import here_now, lease
from questions.desk.triage.decisions import ELSEWHERE, Panel, obstacles, panels_for
from questions.desk.triage.forms import DeskForm, TopicsForm
from questions.desk.triage.history import Deed, deeds, deeds_of
from questions.desk.triage.marking import Marked, marked
from questions.desk.triage.near import Near, near
from questions.lifecycle import QUESTION, QuestionState, Role, Verb, verbs_from
from questions.likeness import topic_suggestions
from questions.models import Airing, Hold, Message, Note, Person, Question, SharedLink, Show
from questions.visibility import name_of

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
    def of(cls, refused: Refused, host: Person) -> "Problem":
        events = refused.events if isinstance(refused, Stale) else []
        if events and all(event.person_id == host.pk for event in events):
            sentence = _("You did this yourself already, by a second press or in another window. Nothing was changed.")
            return cls(sentence, deeds(events))
        return cls(str(refused), deeds(events))


@dataclass(frozen=True)
class Tried:
    """A form that comes back as it was typed: it was not accepted, or its host asked for words to be put in."""

    verb: Verb
    form: DeskForm


class Detail:
    """One question as its page shows it to `host`."""

    def __init__(
        self, question: Question, host: Person, *, tried: Tried | None = None, problem: Problem | None = None
    ) -> None:
        self.question, self.host, self.problem = question, host, problem
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
        self.links = list(SharedLink.objects.for_guests_of(question).open_at(timezone.now()))
        self.has_errors = bool(problem) or bool(tried and tried.form.errors)

    @cached_property
    def text(self) -> Marked:
        return marked(self.question.text or "")

    @cached_property
    def sign_off(self) -> Marked:
        return marked(self.question.sign_off or "")

    @property
    def clues(self) -> str:
        """What kinds of things in the words could point to the asker, in words; empty where nothing does."""
        kinds = dict.fromkeys([*self.text.kinds, *self.sign_off.kinds])
        return ", ".join(str(kind.label) for kind in kinds)

    @property
    def follows_up(self) -> str:
        """The name of the episode that its asker goes on from; empty where they name none."""
        episode = self.question.follows_up
        return name_of(episode, episode.script) if episode else ""

    @property
    def was_shown_help(self) -> bool:
        """Whether the asker has seen the lines for help before sending: the form shows them beside such phrases."""
        return bool(self.text.calls_in) and self.question.import_digest is None

    @cached_property
    def here(self) -> str:
        return here_now(self.question, self.host, timezone.now())

    @property
    def lease(self) -> str:
        return lease(self.question)

    @cached_property
    def forgotten_after(self) -> date | None:
        """The last day on which its words are here if nobody does anything with it; None while they are in use."""
        show = Show.objects.current()
        days = {
            QuestionState.WAITING: show.keeps_waiting_days,
            QuestionState.KEPT: show.keeps_waiting_days,
            QuestionState.DECLINED: show.keeps_closed_days,
            QuestionState.ANSWERED_PRIVATELY: show.keeps_closed_days,
        }.get(QuestionState(self.question.state))
        return self.question.changed_on + timedelta(days=days) if days else None

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

    @cached_property
    def near(self) -> list[Near]:
        """The questions and episodes that are likest to it. Only the page of one question asks for them."""
        return [] if self.question.is_gone else near(self.question, timezone.localdate())

    def suggest_topics(self) -> None:
        """Put the topics that fit best first among those to be chosen; none of them is ticked by it."""
        panel = self.panels.get(Verb.TAG)
        if panel and isinstance(panel.form, TopicsForm):
            suggested = topic_suggestions(self.question)
            panel.form.suggest(suggested.topics, is_guess=suggested.is_guess)

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
        """The verbs of the bar in the order of the table, without those that stand elsewhere.

        A private answer to somebody who lets us air is the exception: the thread leads to it.
        """
        elsewhere = ELSEWHERE if self.wants_private else ELSEWHERE | {Verb.ANSWER_PRIVATELY}
        return [panel for verb, panel in self.panels.items() if verb not in elsewhere]

    @property
    def wants_private(self) -> bool:
        return self.question.airing == Airing.PRIVATE or self.question.objected

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
    return str(tried.form.data.get("text") or tried.form.data.get("word") or "")
