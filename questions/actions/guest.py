"""A guest without an account answers the one question that is claimed for them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import CLOCK, Actor, Refused, enact, locked
from questions.actions.chronicle import note_in_history
from questions.actions.draft import draft
from questions.actions.house import hold_house
from questions.actions.mention import mention
from questions.lifecycle import QuestionState, Role, Verb
from questions.models import Answer, Event, Person, Question, SharedLink


def guest_of(link: SharedLink) -> Actor:
    """Who acts through a guest's link: a guest, whatever else the person has become in the show."""
    return Actor(Role.GUEST, link.person)


def is_theirs(question: Question, by: Actor) -> bool:
    """Whether the question is claimed for this guest and still being answered."""
    return question.state == QuestionState.ANSWERING and question.claimed_by_id == (by.person and by.person.pk)


@transaction.atomic
def write_as_guest(question: Question, *, body: str, by: Actor, seen: int) -> Event | None:
    """Save the guest's answer as its next revision; None where nothing has changed or nothing is written yet.

    Raises Refused where the question is not theirs any more, and Stale where the show has changed it meanwhile.
    """
    row = _theirs(question, by)
    if not body and not Answer.objects.filter(question=row, current_revision__isnull=False).exists():
        return None
    return draft(row, body=body, by=by, seen=seen, answerer=by.person)


@transaction.atomic
def hand_in(question: Question, *, by: Actor) -> Event | None:
    """Say that the saved answer is done: whoever made the guest's link finds it under their name.

    The guest may still change it until a host approves it. Handing in the same revision twice does nothing.
    """
    row = _theirs(question, by)
    answer = Answer.objects.filter(question=row).select_related("current_revision").first()
    number = answer.current_revision.number if answer and answer.current_revision else None
    if number and number == handed_in(row):
        return None
    event = enact(row, Verb.HAND_IN, by=by, details={"revision": number})
    link = SharedLink.objects.for_guests_of(row).filter(person=by.person).first()
    if link and link.made_by and by.person:
        mention(link.made_by, question=row, by=by.person)
    return event


def handed_in(question: Question) -> int | None:
    """The number of the revision that was handed in last."""
    last = Event.objects.of(question.ref).filter(verb=Verb.HAND_IN).last()
    return last.details["revision"] if last else None


@transaction.atomic
def introduce(person: Person, *, name: str, pronouns: str, bio: str, disclosure: str, by: Actor) -> bool:
    """Let somebody say how they are credited; whether it was changed. All of it is public once they are credited."""
    if by.person != person:
        raise Refused(_("Everybody says for themselves how they are credited."))
    words = {"name": name, "pronouns": pronouns, "bio": bio, "disclosure": disclosure}
    hold_house()
    row = Person.objects.select_for_update().get(pk=person.pk)
    changed = [field for field, value in words.items() if getattr(row, field) != value]
    if not changed:
        return False
    for field in changed:
        setattr(row, field, words[field])
    row.save(update_fields=changed)
    note_in_history(Verb.SET, by=by, person=row.slug, fields=changed)
    edition.advance()
    return True


@transaction.atomic
def run_out(link: SharedLink) -> Event | None:
    """The clock's deed for a guest's link that has ended: the question is everybody's again, its draft stays."""
    assert link.question
    row = locked(link.question, seen=None)
    if not SharedLink.objects.run_out(timezone.now()).filter(pk=link.pk).exists():
        return None
    return enact(row, Verb.UNCLAIM, by=CLOCK, claimed_by=None, claimed_at=None)


def _theirs(question: Question, by: Actor) -> Question:
    row = locked(question, seen=None)
    if not is_theirs(row, by):
        raise Refused(_("The show has taken this question back, so nothing more can be saved here."))
    return row
