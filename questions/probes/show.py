"""The show: who waits, whether somebody cries for help, and what readers get."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions import edition
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Question, Show
from questions.probes.finding import Finding, look, well
from questions.search.mark import mark_of
from questions.search.published_files import Opened, folder, tells_of_broken_files

SOON_DAYS = 30
"""So many days before the oldest question would be forgotten unread, somebody should look."""


def queue(now: datetime) -> Finding:
    waiting = Question.objects.in_state(QuestionState.WAITING)
    count, oldest = waiting.count(), waiting.order_by("arrived_on").first()
    if oldest is None:
        return well(_("Nobody waits."))
    age, held = oldest.age_in_days(timezone.localdate(now)), waiting.exclude(held="").count()
    sentence = ngettext(
        "{count} question waits, for {age} days; {held} of them held.",
        "{count} questions wait, the oldest for {age} days; {held} of them held.",
        count,
    ).format(count=count, age=age, held=held)
    if age > Show.objects.current().keeps_waiting_days - SOON_DAYS:
        return look(sentence, _("Decide about the oldest: they are forgotten when their days are over."))
    return well(sentence)


def calls(now: datetime) -> Finding:
    count = Question.objects.unopened().count()
    if not count:
        return well(_("No call for help is unopened."))
    sentence = ngettext("{count} call for help is unopened.", "{count} calls for help are unopened.", count)
    return look(sentence.format(count=count), _("Open them now: they stand first in the queue."))


def crisis_lines(now: datetime) -> Finding:
    count, unchecked = CrisisLine.objects.count(), CrisisLine.objects.unchecked().count()
    if not count:
        return look(_("The help page names no line."), _("Add those that your askers can ring."))
    if unchecked:
        sentence = ngettext(
            "{unchecked} of {count} line has not been checked by a host.",
            "{unchecked} of {count} lines have not been checked by a host.",
            count,
        )
        advice = _("Ring each, or read its own page, and confirm it.")
        return look(sentence.format(unchecked=unchecked, count=count), advice)
    return well(ngettext("{count} line, checked.", "{count} lines, all checked.", count).format(count=count))


def current_edition(now: datetime) -> Finding:
    """The edition by number, whether this machine knows of it, and since when."""
    number, known = edition.current(), edition.mirror().standing()
    words = {"number": number}
    if not settings.PRINTS:
        return well(_("Edition {number}. Pages are not printed here.").format(**words))
    if known is None or known.number != number:
        advice = _("The server sees to it within a second: start it, and look whether QUERENT_PRESS can be written.")
        return look(_("Edition {number}, of which this machine does not know yet.").format(**words), advice)
    since = datetime.fromtimestamp((Path(settings.PRESS) / "state.json").stat().st_mtime, UTC)
    sentence = _("Edition {number}, since {ago}.").format(ago=timesince(since, now), **words)
    return well(sentence)


def is_search_behind(now: datetime) -> bool:
    """Whether the index on this machine is of something else than what readers see at “now”, or is not there.

    Raises whatever tantivy does where it is broken in a way that nobody knows.
    """
    try:
        return not Opened().is_of(mark_of(now))
    except BaseException as fault:
        if not tells_of_broken_files(fault):
            raise
        return True


def search(now: datetime) -> Finding:
    advice = _("It catches up with the next search or tick. If it does not, run “manage.py rebuild_search”.")
    written = folder() / "meta.json"
    if not written.is_file():
        return look(_("There is no index on this machine yet."), advice)
    ago = timesince(datetime.fromtimestamp(written.stat().st_mtime, UTC), now)
    if is_search_behind(now):
        return look(_("The index is behind what readers see. It was written {ago} ago.").format(ago=ago), advice)
    return well(_("The index has everything. It was written {ago} ago.").format(ago=ago))
