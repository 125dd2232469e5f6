"""When an episode airs, in the time zone of the show."""

from datetime import UTC, datetime, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def moment_in(zone: tzinfo, local: datetime) -> datetime:
    """The moment at which the clocks in `zone` show `local`.

    Raises ValidationError where they never do, or do it twice, because the clocks are changed that night.
    """
    try:
        earlier, later = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        shown_again = earlier.astimezone(zone).replace(tzinfo=None)
    except OverflowError as error:
        raise ValidationError(_("No calendar goes that far."), code="far") from error
    if shown_again != local:
        raise ValidationError(
            _("The clocks in {zone} go forward then and skip this time. Choose another.").format(zone=zone),
            code="skipped",
        )
    if earlier != later:
        raise ValidationError(
            _("The clocks in {zone} go back then and show this time twice. Choose another.").format(zone=zone),
            code="twice",
        )
    return earlier


def in_words(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """How far away `moment` is, as people say it: in 20 minutes, in 5 hours, tomorrow, in 3 days."""
    seconds = (moment - now).total_seconds()
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    if seconds <= 0:
        return _("now")
    if seconds < 3600:
        minutes = max(1, round(seconds / 60))
        return ngettext("in {count} minute", "in {count} minutes", minutes).format(count=minutes)
    if days == 0:
        hours = round(seconds / 3600)
        return ngettext("in {count} hour", "in {count} hours", hours).format(count=hours)
    if days == 1:
        return _("tomorrow")
    return ngettext("in {count} day", "in {count} days", days).format(count=days)
