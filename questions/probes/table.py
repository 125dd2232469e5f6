"""Every probe there is. The desk's page, /readyz and the doctor all ask this one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.probes import database, keys, machine, neighbours, running, show
from questions.probes.finding import Finding, Probe, State

_t = gettext_lazy


@dataclass(frozen=True)
class Group:
    """Probes that stand together."""

    name: str
    title: str | Promise
    probes: tuple[Probe, ...]


DATABASE = Probe("database", _t("The database"), database.reached, needs_database=False)
MIGRATIONS = Probe("migrations", _t("Migrations"), database.migrated)
KEYS = Probe("keys", _t("Keys"), keys.keys, needs_database=False, is_for_owners=True)
SEALS = Probe("seals", _t("What is sealed"), keys.seals)

NEEDED = (DATABASE, MIGRATIONS, KEYS, SEALS)
"""Without these a server must get no visitors: /readyz."""

GROUPS = (
    Group(
        "show",
        _t("The show"),
        (
            Probe("calls", _t("Calls for help"), show.calls, room="desk:queue"),
            Probe("queue", _t("The queue"), show.queue, room="desk:queue"),
            Probe(
                "crisis-lines", _t("Lines for people who need help now"), show.crisis_lines, room="desk:crisis-lines"
            ),
            Probe("edition", _t("What readers get"), show.current_edition),
            Probe("search", _t("Search"), show.search),
        ),
    ),
    Group(
        "running",
        _t("What runs by itself"),
        (
            Probe("tick", _t("The clock’s tick"), running.ticking, needs_database=False),
            Probe("backup", _t("Backups"), running.backed_up, needs_database=False),
            Probe("mail", _t("Mail"), running.mail, room="desk:notices"),
            Probe("mail-server", _t("The mail server"), running.mail_server, needs_database=False, is_for_doctors=True),
            Probe("webhooks", _t("Webhooks"), running.webhooks, room="desk:notices"),
        ),
    ),
    Group(
        "machine",
        _t("The machine"),
        (
            DATABASE,
            MIGRATIONS,
            Probe("writable", _t("The database takes what is new"), database.writable),
            Probe("disk", _t("Room on the disk"), machine.disk, needs_database=False),
            Probe("clock", _t("The machine’s clock"), machine.clock_right),
            Probe("time-zones", _t("Time zones"), machine.time_zones, room="desk:show-settings"),
            Probe("certificate", _t("The certificate"), machine.certificate, needs_database=False),
            Probe("static", _t("Sheets and scripts"), machine.static_files, needs_database=False),
            Probe("search-folder", _t("The folder of the search index"), machine.search_folder, needs_database=False),
        ),
    ),
    Group(
        "neighbours",
        _t("What stands beside it"),
        (
            Probe("servers", _t("The servers"), neighbours.servers, needs_database=False),
            Probe("standby", _t("A standby of the database"), neighbours.standby),
            Probe("shared-memory", _t("Shared memory"), neighbours.shared_memory, needs_database=False),
        ),
    ),
    Group(
        "settings",
        _t("Keys and settings"),
        (
            Probe("settings", _t("Settings"), keys.safe_settings, needs_database=False, is_for_owners=True),
            KEYS,
            SEALS,
            Probe("older-keys", _t("Older sealing keys"), keys.older_keys, is_for_owners=True),
            Probe("every-seal", _t("All that is sealed"), keys.every_seal, is_for_doctors=True),
            Probe("every-older-key", _t("Older sealing keys, for sure"), keys.every_older_key, is_for_doctors=True),
            Probe("in-front", _t("HTTPS and proxy"), running.in_front, needs_database=False, is_for_owners=True),
            Probe("home", _t("The folder of what is kept"), machine.home, needs_database=False, is_for_owners=True),
            Probe("version", _t("The database’s version"), database.version, is_for_owners=True),
            Probe("lasting", _t("What a power cut must not take"), database.lasting, is_for_owners=True),
            Probe("quiet", _t("The database’s own log"), database.quiet, is_for_owners=True),
        ),
    ),
)


@dataclass(frozen=True)
class Examined:
    """A probe, and what it found."""

    probe: Probe
    finding: Finding


def examine(probes: Iterable[Probe], now: datetime) -> list[Examined]:
    """Ask every probe, in this order. One that fails is a finding too, and keeps no other from being asked.

    The database's state is learned once; what needs it is not asked where it cannot be reached.
    """
    reached, found = None, []
    for probe in probes:
        if probe.needs_database and reached is None:
            reached = database.is_reachable()
        finding = _unreached() if probe.needs_database and not reached else _found(probe, now)
        if probe is DATABASE:
            reached = finding.state != State.BROKEN
        found.append(Examined(probe, finding))
    return found


def _found(probe: Probe, now: datetime) -> Finding:
    try:
        return probe.look(now)
    except Exception as fault:
        sentence = _("This could not be found out ({fault}).").format(fault=type(fault).__name__)
        return Finding(State.UNKNOWN, sentence, _("See to what is broken first; then look again."))


def _unreached() -> Finding:
    sentence = _("This cannot be told while the database cannot be reached.")
    return Finding(State.UNKNOWN, sentence, _("See to the database first."))
