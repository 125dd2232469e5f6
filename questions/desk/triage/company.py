"""Who else is at a question, and what has been done to it since its page was opened."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from questions.desk.triage.history import Deed, deeds
from questions.models import Event, Person, Presence, Question


def here_now(question: Question, host: Person, now: datetime) -> str:
    """Who has the question open besides `host`, and who of them writes."""
    others = Presence.objects.others_at(question, host, now)
    words = [
        (_("{name} is writing") if other.is_writing else _("{name} is reading")).format(name=other.person.name)
        for other in others
    ]
    return ", ".join(words) or _("Only you")


def meanwhile(question: Question, host: Person, *, seen: int) -> str:
    """What has been done since `host` saw that version of the question, by whom and when; empty while it stands."""
    since = [event for event in Event.objects.since(question.ref, seen) if not event.is_quiet]
    done = [_as_said(deed, host) for deed in deeds(since)]
    return _("Meanwhile: {deeds}.").format(deeds="; ".join(done)) if done else ""


def _as_said(deed: Deed, host: Person) -> str:
    who = _("you, in another window") if deed.event.person_id == host.pk else deed.who
    words = _("{deed} by {who}").format(deed=deed.words, who=who) if who else deed.words
    if deed.event.at is None:
        return words
    return f"{words}, {date_format(timezone.localtime(deed.event.at), 'H:i')}"


def lease(question: Question) -> str:
    """How long the claim of the question holds; empty where nobody holds it."""
    ends_at = question.lease_ends_at
    return _("holds until {time}").format(time=date_format(timezone.localtime(ends_at), "H:i")) if ends_at else ""
