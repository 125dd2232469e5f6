"""What stands beside this server where a show has grown: other servers, a standby of the database, a shared memory."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.probes.finding import Finding, broken, look, well

SECONDS = 1.5
"""So long another server may take to say that it is well."""


def servers(now: datetime) -> Finding:
    """Whether every server that QUERENT_SERVERS names answers. None is named: they are numbered as they stand there."""
    if not settings.SERVERS:
        return well(_("This is the only one."))
    with ThreadPoolExecutor(len(settings.SERVERS)) as asking:
        silent = [str(at) for at, answers in enumerate(asking.map(_is_well, settings.SERVERS), 1) if not answers]
    if silent:
        sentence = ngettext(
            "Of {count} server no answer comes from number {silent}.",
            "Of {count} servers no answer comes from number {silent}.",
            len(settings.SERVERS),
        ).format(count=len(settings.SERVERS), silent=", ".join(silent))
        advice = _(
            "The others serve everybody meanwhile. Start it: systemctl start querent; its log says what is wrong."
        )
        return broken(sentence, advice)
    return well(
        ngettext("{count} server answers.", "{count} servers answer.", len(settings.SERVERS)).format(
            count=len(settings.SERVERS)
        )
    )


def standby(now: datetime) -> Finding:
    """Whether what was received also stands on another machine before anybody is told so."""
    if connection.vendor != "postgresql":
        return well(_("A file has none; backups are what there is."))
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_standby_names")
        ((wanted,),) = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM pg_stat_replication")
        ((following,),) = cursor.fetchall()
    if wanted and not following:
        return broken(
            _("No standby follows, and the database waits for one: nothing new is received."),
            _("Start the standby, or do without one: deploy/postgresql/alone.sql, on the primary."),
        )
    if following and not wanted:
        return look(
            _("A standby follows, and nobody waits for it: if the primary is lost, so is what was received last."),
            _("Run deploy/postgresql/primary.sql on the primary."),
        )
    if not wanted:
        return well(_("There is none; backups are what there is."))
    return well(
        ngettext(
            "{count} standby has all that was received.",
            "{count} standbys follow, and what was received is on as many as were asked for.",
            following,
        ).format(count=following)
    )


def shared_memory(now: datetime) -> Finding:
    """Whether the Redis that QUERENT_CACHE names answers."""
    if not settings.SHARED_CACHE:
        return well(_("Not shared: each process has its own."))
    if not cache.answers():  # type: ignore[attr-defined]
        return look(
            _("The shared memory does not answer. Limits on signing in count for each process by itself meanwhile."),
            _("Start Redis, or correct QUERENT_CACHE. Nothing is lost with it."),
        )
    return well(_("It answers."))


def _is_well(address: str) -> bool:
    host, _colon, port = address.rpartition(":")
    line = http.client.HTTPConnection(host, int(port), timeout=SECONDS)
    try:
        line.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
