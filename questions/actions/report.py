"""A reader tells the show about an episode, and time makes us forget it. Neither is an Event: no time is kept of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from questions import receipts
from questions.actions.erasing import erase_from_disk
from questions.models import Episode, Report, Show


def report(episode: Episode, *, kind: str, text: str, nonce: str) -> Report:
    """Keep what somebody says about an episode, sealed, with the day. Nothing says who they are.

    The same words with the same nonce are one report: sending a form again changes nothing.
    """
    digest = receipts.digest(receipts.mint(nonce, f"{kind}\0{text}"))
    told = {"episode": episode, "kind": kind, "text": text}
    found, _is_new = Report.objects.get_or_create(token_digest=digest, defaults=told)
    return found


@transaction.atomic
def forget_reports(now: datetime) -> int:
    """Remove reports that were kept long enough: as long as a question that nobody got to, or one that is closed."""
    today, show = timezone.localdate(now), Show.objects.current()
    overdue = Report.objects.past_retention(
        open_before=today - timedelta(days=show.keeps_waiting_days),
        settled_before=today - timedelta(days=show.keeps_closed_days),
    )
    gone, _by_model = overdue.delete()
    if gone:
        erase_from_disk()
    return gone
