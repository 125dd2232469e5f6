"""The machine: its folders, its disk, its clock, and what was put there for the server."""

import json
import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from cryptography import x509
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.models import Event, Show
from questions.probes.finding import Finding, broken, look, well

LITTLE, TOO_LITTLE = 2 * 2**30, 200 * 2**20
"""Bytes free below which somebody should look, and below which it is not known what still gets written."""
SLACK = timedelta(minutes=5)
EXPIRES_SOON = timedelta(days=21)


def home(now: datetime) -> Finding:
    """The folder of everything that is kept on disk."""
    path = Path(settings.HOME)
    if not path.is_dir():
        return broken(
            _("The folder that QUERENT_HOME names is not there."),
            _("Make it for the server's user alone: install -d -m 700 -o querent -g querent FOLDER."),
        )
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        advice = _("Give it to the user that the server runs as, and run this as that user.")
        return broken(_("The folder that QUERENT_HOME names cannot be written by this user."), advice)
    # Where the folder is shut, it does not matter what stands on the files in it.
    if _is_open_to_others(path) and any(map(_is_open_to_others, (path / "keys.env", _database_file() or path))):
        advice = _("Shut it: chmod 700 on that folder.")
        return look(_("Other users of this machine can read what is in QUERENT_HOME."), advice)
    return well(_("The folder QUERENT_HOME is there, and what is in it is for this user alone."))


def search_folder(now: datetime) -> Finding:
    """Whether the index of what is published can be written."""
    path = Path(settings.HOME) / "search"
    place = path if path.exists() else path.parent
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        advice = _("Give the folder “search” in QUERENT_HOME to the server's user, or delete it: it is made anew.")
        return broken(_("The folder of the search index cannot be written by this user."), advice)
    return well(_("It can be written."))


def disk(now: datetime) -> Finding:
    """Room on the disks of what is kept and of what is printed."""
    places = {Path(settings.HOME), Path(settings.PRESS)}
    free = min(shutil.disk_usage(_existing(place)).free for place in places)
    nodes = min(_nodes(place) for place in places)
    advice = _(
        "Make room: a full disk takes no question. Printed pages and the search index may be deleted at any time."
    )
    if free < TOO_LITTLE:
        return broken(_("Only {size} are free.").format(size=filesizeformat(free)), advice)
    if free < LITTLE:
        return look(_("Only {size} are free.").format(size=filesizeformat(free)), advice)
    if nodes < 1000:
        return look(_("There is room, but for hardly any more files."), advice)
    return well(_("{size} are free.").format(size=filesizeformat(free)))


def static_files(now: datetime) -> Finding:
    """Whether sheets and scripts were collected, all of them."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return well(_("They are served as they are."))
    advice = _("Run “manage.py collectstatic --noinput”; the shipped unit does so at start.")
    root = Path(settings.STATIC_ROOT)
    try:
        collected: dict[str, str] = json.loads((root / "staticfiles.json").read_text())["paths"]
    except (OSError, ValueError, KeyError):
        return broken(_("They have not been collected, so no page can be made."), advice)
    wanted = {name for finder in get_finders() for name, _storage in finder.list([])}
    missing = [name for name in wanted if not (root / collected.get(name, "nowhere")).is_file()]
    if missing:
        sentence = ngettext("{count} file was not collected.", "{count} files were not collected.", len(missing))
        return broken(sentence.format(count=len(missing)), advice)
    return well(_("All of them were collected."))


def clock_right(now: datetime) -> Finding:
    """Whether this machine's clock is behind something that has been done: only what a person does carries a time."""
    newest = Event.objects.aggregate(at=Max("at"))["at"]
    advice = _("Have the clock set by the network: timedatectl set-ntp true. Episodes air by it.")
    if newest and newest > now + SLACK:
        return broken(_("The clock is wrong, or was: something was done later than it is now."), advice)
    return well(_("Nothing was done later than it is now."))


def time_zones(now: datetime) -> Finding:
    """Whether the show's time zone is known here."""
    zone = Show.objects.current().time_zone
    try:
        ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        sentence = (
            _("This machine knows no time zones, so everything is told in UTC.")
            if len(available_timezones()) < 2
            else _("This machine does not know the show’s time zone, so everything is told in UTC.")
        )
        return broken(sentence, _("Install the package tzdata, or choose another zone under The show."))
    return well(_("The show’s time zone is known here."))


def certificate(now: datetime) -> Finding:
    """When the certificate that QUERENT_CERTIFICATE names expires."""
    if not settings.CERTIFICATE:
        return well(_("Not looked at: QUERENT_CERTIFICATE names none."))
    try:
        first = x509.load_pem_x509_certificate(Path(settings.CERTIFICATE).read_bytes())
    except (OSError, ValueError):
        advice = _("Let it name the file of the chain, and let the server's user read that; the key stays shut.")
        return look(_("QUERENT_CERTIFICATE names a file that cannot be read as a certificate."), advice)
    ends = first.not_valid_after_utc
    advice = _("Renew it and let nginx take it up: systemctl reload nginx.")
    words = {"day": ends.astimezone(UTC).date().isoformat(), "count": (ends - now).days}
    if ends <= now:
        return broken(_("It expired on {day}: browsers refuse to open the site.").format(**words), advice)
    if ends - now < EXPIRES_SOON:
        return look(_("It expires on {day}, in {count} days.").format(**words), advice)
    return well(_("It is good until {day}.").format(**words))


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (path, *path.parents) if place.exists())


def _nodes(place: Path) -> int:
    """How many more files fit on its disk; many where the disk does not count them."""
    facts = os.statvfs(_existing(place))
    return facts.f_favail if facts.f_files else 2**30


def _database_file() -> Path | None:
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if "sqlite" in database["ENGINE"] else None


def _is_open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
