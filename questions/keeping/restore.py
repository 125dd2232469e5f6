"""Going back to a backup: put together aside, made to forget again, and put in the show's place in one step."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from questions import edition, tombstones
from questions.actions.acting import Refused
from questions.keeping import media
from questions.keeping.aside import Scratch, alone_in, scratch
from questions.keeping.backup import backups_in
from questions.keeping.contents import About, Backup, Findings, look_through
from questions.keeping.forgetting import forget_again
from questions.keeping.releases import bring_up_to_date, make_tables, tables_at
from questions.keeping.rows import count_on, empty, tables_of
from questions.keeping.sealed_file import CannotOpen, head_of
from questions.models import Edition, Event, Person, Question
from questions.tombstones import Tombstone

BEYOND = 1_000_000
"""So far the edition jumps: no machine can have printed pages under such a number yet, also none we cannot ask."""

_TRIES = 10


@dataclass
class Outcome:
    """What became of it: what was restored, what was done again, and sentences about what could not be."""

    findings: Findings
    edition: int = 0
    remembered: int = 0
    again: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


class _NewsCame(Exception):
    """Somebody has taken something away in the old database while the other one was put together."""

    def __init__(self, stones: set[Tombstone]) -> None:
        super().__init__()
        self.stones = stones


def restore(path: Path, *, replaces: bool = False, even_so: bool = False, lists: Sequence[Path] = ()) -> Outcome:
    """Put the backup in the place of the show's database, which is empty, or which it `replaces`.

    What was taken away since, as far as tombstones tell, is taken away again before anybody can see it. They are looked
    for in the file on this machine, in later backups beside this one, in the database that is replaced, and in `lists`.
    Until the last step nothing that is there is changed. Raises Refused with a sentence where the file does not open,
    where somebody's show is in its place, and, unless it is wanted `even_so`, where something about it is doubtful.
    """
    backup = Backup(path)
    found = look_through(backup)
    if not found.has_our_keys:
        raise Refused("Nothing of what is sealed in this backup opens with QUERENT_SEALING_KEYS: add the key of then.")
    if (doubts := _doubts(path, found)) and not even_so:
        raise Refused("\n".join([*doubts, "Nothing was changed. --even-so restores it all the same."]))
    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_in(Path(settings.HOME)):
        _refuse_a_show(replaces=replaces)
        outcome = Outcome(found, troubles=doubts)
        old = _in_the_old_database()
        stones = old | _remembered(path, found.about, lists, outcome)
        tombstones.add(stones)
        highest = max([found.about.edition, *_editions_known()])
        with scratch() as place:
            load(backup)
            take_away_again(stones, outcome, highest)
            if found.files:
                media.bring_back(backup)
            put_in_place(place, old, outcome, highest)
        _tell_the_press(outcome)
    return outcome


def _doubts(path: Path, found: Findings) -> list[str]:
    """Why somebody should think twice, in sentences."""
    doubts, head = [], head_of(path)
    if found.about.expires_on < timezone.localdate():
        doubts.append(f"This backup expired on {found.about.expires_on}: what had to be forgotten since is not known.")
    if not (head and head.is_ours):
        doubts.append("QUERENT_HISTORY_KEY is not the key of then: what was taken back since cannot be recognised.")
    elif found.walk.faults:
        doubts.append(
            f"{len(found.walk.faults)} rows of its history are not as they were written: {found.walk.faults[0]}."
        )
    if not found.about.has_our_receipts:
        doubts.append("QUERENT_RECEIPT_KEY is not the key of then: no receipt would open.")
    if found.unreadable:
        doubts.append(f"{found.unreadable} of {found.sealed} sealed texts do not open with QUERENT_SEALING_KEYS.")
    return doubts


def _refuse_a_show(*, replaces: bool) -> None:
    try:
        known = set(connection.introspection.table_names())
        rows = [model for model in (Person, Question, Event) if model._meta.db_table in known]
        has_show = any(model._base_manager.exists() for model in rows)
    except DatabaseError as error:
        sentence = "What is in its place cannot be read. Move it away, or make an empty database, and run this again"
        raise Refused(f"{sentence}: {type(error).__name__}.") from error
    if has_show and not replaces:
        raise Refused("There is a show in this database. --replace puts the backup in its place.")


def _in_the_old_database() -> set[Tombstone]:
    """What the database that is in the show's place can tell of what was taken away."""
    if Event._meta.db_table not in connection.introspection.table_names():
        return set()
    return {stone for event in Event.objects.taking_away().iterator() if (stone := event.tombstone())}


def _remembered(path: Path, about: About, lists: Iterable[Path], outcome: Outcome) -> set[Tombstone]:
    """What files can tell: the one of this machine, later backups in the same folder, and those that were named."""
    beside = [other for day, other in backups_in(path.parent) if day >= about.made_on and other != path]
    stones = set[Tombstone]()
    for file in [tombstones.path(), *beside, *lists]:
        try:
            head = head_of(file) if file.exists() else None
            stones |= Backup(file).tombstones() if head else set(tombstones.all_of(file))
        except (OSError, ValueError, CannotOpen) as error:
            outcome.troubles.append(f"{file} does not tell what was taken away: {error}")
    outcome.remembered = len(stones)
    return stones


def _editions_known() -> list[int]:
    """The numbers of the editions that readers may have seen: by the old database, and by what this machine printed."""
    numbers = [standing.number] if (standing := edition.mirror().standing()) else []
    if Edition._meta.db_table in connection.introspection.table_names():
        numbers.append(edition.current())
    return numbers


def load(backup: Backup) -> None:
    """Fill the default database, which is empty, and bring it up to date."""
    migrations = [(app, name) for app, name in backup.about.migrations]
    make_tables(migrations)
    tables = {table.name: table for table in tables_of(tables_at(migrations))}
    with transaction.atomic():
        empty(list(tables.values()), connection)
        for part, rows in backup.parts():
            if part.is_table:
                tables[part.name].load(rows, part.columns, connection)
                if tables[part.name].count() != part.rows:
                    raise Refused(f"Not all rows of {part.name} could be written.")
        count_on(list(tables.values()), connection)
    bring_up_to_date()


def take_away_again(stones: set[Tombstone], outcome: Outcome, highest: int) -> None:
    """Do again what was done since, and begin an edition that nobody has seen."""
    with transaction.atomic(durable=True):
        outcome.again += forget_again(stones, outcome.findings, outcome.troubles)
        Edition.objects.update_or_create(pk=1, defaults={"number": highest + BEYOND, "floor": highest + BEYOND})
        edition.advance()
        outcome.edition = edition.current()
        # What these deeds would tell this machine holds only when the show is in its place.
        connection.run_on_commit.clear()


def put_in_place(place: Scratch, old: set[Tombstone], outcome: Outcome, highest: int) -> None:
    def last_look() -> None:
        if news := _in_the_old_database() - old:
            raise _NewsCame(news)

    for _time in range(_TRIES):
        try:
            return place.take_the_place(last_look)
        except _NewsCame as came:
            old |= came.stones
            tombstones.add(came.stones)
            take_away_again(came.stones, outcome, highest)
    raise Refused("People go on taking things away here. Stop the server, and run this again.")


def _tell_the_press(outcome: Outcome) -> None:
    try:
        edition.follow()
    except OSError as error:
        outcome.troubles.append(f"The folder of printed pages could not be told: {error}")
