"""When an episode airs, in the time zone of the show. Offsets are those of the day it airs on, not of today."""

from datetime import UTC, datetime, tzinfo

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FIRST, SECOND = "first", "second"
"""Which of the two, where the clocks go back and show a time twice."""


def moments_in(zone: tzinfo, local: datetime) -> list[datetime]:
    """The moments at which the clocks in `zone` show `local`, in UTC: one, or two where they go back that night.

    Raises ValidationError where they never do, because they go forward then, and says what the time would have been.
    """
    try:
        earlier, later = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        shown_again = earlier.astimezone(zone).replace(tzinfo=None)
    except OverflowError as error:
        raise ValidationError(_("No calendar goes that far."), code="far") from error
    if shown_again != local:
        sentence = _("The clocks in {zone} go forward then and skip {time}. Perhaps {instead}?")
        raise ValidationError(
            sentence.format(zone=zone, time=f"{local:%H:%M}", instead=f"{shown_again:%H:%M}"), code="skipped"
        )
    return [earlier] if earlier == later else [earlier, later]


def choices_between(twice: list[datetime], zone: tzinfo) -> list[tuple[str, str]]:
    """The two moments of a time that comes twice, as choices."""
    first, second = (f"{at.astimezone(zone):%H:%M %Z} ({at:%H:%M} UTC)" for at in twice)
    return [
        (FIRST, _("the first time, {time}").format(time=first)),
        (SECOND, _("the second time, {time}").format(time=second)),
    ]


def in_full(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """A time as the clocks of the show tell it, with its zone and in UTC: Fri 27 Nov, 09:00 (Europe/Berlin, 08:00 UTC).

    The year is said where it is not the current one, and the weekday of UTC where it is another one there.
    """
    there, utc = at.astimezone(zone), at.astimezone(UTC)
    is_this_year = there.year == now.astimezone(zone).year
    day = date_format(there, "D j M" if is_this_year else "D j M Y")
    if str(zone) == "UTC":
        return f"{day}, {there:%H:%M} (UTC)"
    in_utc = f"{utc:%H:%M}" if utc.date() == there.date() else date_format(utc, "D H:i")
    return f"{day}, {there:%H:%M} ({zone}, {in_utc} UTC)"


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
