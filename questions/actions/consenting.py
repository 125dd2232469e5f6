"""Whether the asker allows a wording to be read out. Consent belongs to one wording: a change of it voids it."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from questions.lifecycle import Verb
from questions.models import Airing, Answer, Event, Message, Question

SILENCE_AFTER = timedelta(days=14)
"""How long the asker has to answer about the wording before their rule about silence applies."""

_PLACEHOLDER = re.compile(r"\[\s*\w[\w’'-]*(?:\s+[\w’'-]+){0,4}\s*\]")
_WORD = re.compile(r"\w+|[^\w\s]")


def may_air(answer: Answer, today: date) -> str:
    """An empty string when the approved wording of `answer` may be read out, else the sentence that says why not."""
    question = answer.question
    if question.airing == Airing.PRIVATE:
        return _("The asker wants a private answer only.")
    if question.objected:
        return _("The asker has said no to airing it.")
    if question.airing == Airing.FREELY or _is_agreed(question, answer.approved_wording_id):
        return ""
    if _silence_means_yes(question, answer.approved_wording_id, today):
        return ""
    return _("The asker wants to see the wording first and has not agreed to this one.")


def _is_agreed(question: Question, wording: int | None) -> bool:
    return wording is not None and question.agreed_wording_id == wording


def _silence_means_yes(question: Question, wording: int | None, today: date) -> bool:
    if not question.silence_means_yes or wording is None or question.previewed_wording_id != wording:
        return False
    ends_on = silence_ends_on(question)
    return ends_on is not None and today >= ends_on


def silence_ends_on(question: Question) -> date | None:
    """The first day on which silence answers for the asker, or None as long as they have not been asked.

    Their page shows the wording only while the question is in hand. So the days count from when it was last taken in
    hand, or from when something was last undone: silence about what could not be read means nothing.
    """
    if question.previewed_on is None:
        return None
    brought_back = Event.objects.of(question.ref).filter(verb__in=[Verb.CLAIM, Verb.UNDO], is_quiet=False).last()
    shown_since = max(question.previewed_on, brought_back.day) if brought_back else question.previewed_on
    return shown_since + SILENCE_AFTER


def wanted_change(question: Question) -> str:
    """What the asker wants changed in the wording, in their words; empty once they are asked again or have decided."""
    last = Event.objects.of(question.ref).about_the_wording().last()
    if last is None or last.verb != Verb.ASK_CHANGE:
        return ""
    message = Message.objects.filter(ref=last.details["message"]).first()
    return message.text if message else ""


def only_redacts(original: str, wording: str) -> bool:
    """Whether `wording` is `original` with nothing but passages struck or replaced by a [placeholder].

    An asker who forbade editing still gets redaction of what identifies people; this is the line between the two:
    placeholders of one to five words aside, what is left must be words of the original, in their order.
    """
    left = iter(_WORD.findall(original.casefold()))
    return all(word in left for word in _WORD.findall(_PLACEHOLDER.sub(" ", wording.casefold())))
