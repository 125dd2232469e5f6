"""What the buttons of the writing page do: they save what was typed, or do one verb to the question."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from questions.actions import approve, claim, consent
from questions.actions.acting import Actor, Refused
from questions.actions.autosave import discard
from questions.actions.draft import draft
from questions.actions.reword import reword
from questions.actions.tag import tag
from questions.desk.writing.forms import WritingForm
from questions.lifecycle import Verb
from questions.models import Event, Question

DEEDS: dict[Verb, Callable[..., Event]] = {
    Verb.CLAIM: claim.claim,
    Verb.TAKE_OVER: claim.take_over,
    Verb.UNCLAIM: claim.unclaim,
    Verb.APPROVE: approve.approve,
    Verb.REOPEN: approve.reopen,
    Verb.PREVIEW: consent.preview,
}


@transaction.atomic
def save(question: Question, form: WritingForm, *, by: Actor) -> list[Event]:
    """Save whatever was changed, all of it or nothing; returns what was done."""
    words, seen = form.words(), form.version
    events: list[Event | None] = []
    if form.wants("text", "sign_off"):
        rewording = reword(question, text=words["text"], sign_off=words["sign_off"], by=by, seen=seen)
        seen = rewording.version if rewording else seen
        events.append(rewording)
    if form.wants("body", "answerer"):
        events.append(draft(question, body=words["body"], answerer=words["answerer"], by=by, seen=seen))
    if form.wants("topics"):
        events.append(tag(question, topics=words["topics"], by=by))
    if by.person:
        discard(question, page=form.page_name, by=by.person)
    return [event for event in events if event is not None]


def do(verb: Verb, question: Question, form: WritingForm, *, by: Actor) -> Event:
    """Do `verb`. What is typed but not saved would be left out of it, so it has to be saved first."""
    seen = form.version
    if seen == question.version and form.has_unsaved_words:
        raise Refused(_now("What you typed is not saved yet. Save it first."))
    return DEEDS[verb](question, by=by, seen=seen)


def told(events: list[Event]) -> str:
    """What was done, in a sentence for the host who did it."""
    sentences = [_SENTENCES[Verb(event.verb)].format(**event.details) for event in events]
    return " ".join(sentences) or _now("Nothing was changed.")


_SENTENCES = {
    Verb.REWORD: _("The wording is saved."),
    Verb.DRAFT: _("The answer is saved as revision {revision}."),
    Verb.TAG: _("The topics are saved."),
    Verb.CLAIM: _("This question is yours now."),
    Verb.TAKE_OVER: _("This question is yours now, with its draft."),
    Verb.UNCLAIM: _("Released. The draft stays."),
    Verb.APPROVE: _("Revision {revision} is approved. It can go into an episode."),
    Verb.REOPEN: _("Reopened. It has to be approved again before it can air."),
    Verb.COMMENT: _("Your comment stands there."),
    Verb.RESOLVE: _("Resolved."),
    Verb.REPLY: _("The asker reads it in a quarter of an hour."),
    Verb.PREVIEW: _("The asker sees this wording on their receipt page from now on."),
}
