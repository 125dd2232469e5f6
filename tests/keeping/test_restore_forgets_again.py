"""What was taken away after a backup is taken away again before anybody can see it, as far as anything still knows."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions import tombstones
from questions.actions.acting import acting
from questions.actions.amend import amend
from questions.actions.consent import ask_for_change, consent, object_to_airing
from questions.actions.correct import correct
from questions.actions.invite import invite
from questions.actions.people import appoint, offboard
from questions.actions.report import forget_reports
from questions.actions.retract import retract
from questions.actions.schedule import publish, unschedule
from questions.actions.share import revoke, share_preview, share_with_guest
from questions.actions.withdraw import forget, withdraw
from questions.keeping.aside import default_is, scratch
from questions.keeping.contents import Backup, look_through
from questions.keeping.restore import Outcome, load, put_in_place, take_away_again
from questions.lifecycle import Role
from questions.models import Episode, Person, Question, Report, SharedLink
from tests import cast, factories
from tests.keeping.kept import backed_up, everything, restored, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

NOW = timezone.now()
BEFORE, SINCE, DUE = NOW - timedelta(days=2), NOW - timedelta(days=1, hours=18), NOW - timedelta(days=1)
"""When the backup was made, when things were taken away, and when scheduled episodes would have aired."""


def noor() -> Any:
    return acting(cast.noor())


def scheduled(title: str, *, at: datetime = DUE) -> tuple[Question, Episode]:
    """An episode that airs at its time, and the one question in it."""
    answer = factories.approved_answer(f"{title}?", wording=f"{title}, reworded?")
    return answer.question, factories.scheduled_episode(title, at=at, answers=[answer], slug=title)


@dataclass
class Week:
    """What stood in the show when the backup was made, by name."""

    questions: dict[str, Question] = field(default_factory=dict)
    episodes: dict[str, Episode] = field(default_factory=dict)
    links: dict[str, SharedLink] = field(default_factory=dict)

    def __init__(self) -> None:
        self.questions = {name: factories.asked(f"{name}?") for name in ("kept", "withdrawn", "forgotten", "amended")}
        self.episodes, self.links = {}, {}
        for name in ("aired", "objected", "wants-change", "taken-back", "unscheduled"):
            self.questions[name], self.episodes[name] = scheduled(name)
        for name in ("out", "retracted", "corrected"):
            self.episodes[name] = factories.published_episode(
                name, slug=name, answers=[factories.approved_answer(name)]
            )
        guests = factories.asked("For a guest?"), factories.asked("For another guest?")
        for name, question in zip(("guest", "guest-revoked"), guests, strict=True):
            seen = question.version
            self.links[name] = share_with_guest(question, name, days=9, by=noor(), seen=seen)[0]
        self.links["preview"] = share_preview(factories.assembled_episode("Soon", slug="soon"), days=9, by=noor())[0]
        self.links["join"] = invite(role=Role.OWNER, days=9, by=noor())[0]
        for person in (cast.viv(), cast.ines()):
            appoint(person, role=Role.OWNER, by=noor())

    def standing(self) -> dict[str, Any]:
        """What readers and hosts would find now."""
        rows = {name: Question.objects.get(ref=row.ref) for name, row in self.questions.items()}
        episodes = {name: Episode.objects.get(ref=row.ref) for name, row in self.episodes.items()}
        return {
            "words": {name for name, row in rows.items() if row.text},
            "states": {name: row.state for name, row in rows.items() if row.is_gone},
            "noes": {name for name, row in rows.items() if row.objected},
            "out": {name for name, row in episodes.items() if row.state == "published"},
            "retracted": {name for name, row in episodes.items() if row.state == "retracted"},
            "assembling": {name for name, row in episodes.items() if row.state == "assembling"},
            "links": {name for name, row in self.links.items() if _is_open(row)},
            "people": {person.slug: person.role for person in Person.objects.here().exclude(user=None)},
        }


def _is_open(link: SharedLink) -> bool:
    return SharedLink.objects.open_at(timezone.now()).filter(pk=link.pk).exists()


def take_away(week: Week) -> None:
    """Everything that can be taken away, each once, by whoever may."""
    questions, episodes = week.questions, {name: fresh(row) for name, row in week.episodes.items()}
    withdraw(questions["withdrawn"])
    forget(questions["forgotten"])
    amend(questions["amended"], text="Other words, without a name.", sign_off="")
    object_to_airing(questions["objected"])
    ask_for_change(questions["wants-change"], wording=1, text="Leave the town out.")
    withdraw(questions["taken-back"])
    unschedule(episodes["unscheduled"], by=noor(), seen=episodes["unscheduled"].version)
    retract(episodes["retracted"], by=noor(), seen=episodes["retracted"].version)
    bodies, words = ["Nobody is named here any more."], "A name was taken out."
    correct(episodes["corrected"], bodies=bodies, words=words, by=noor(), seen=episodes["corrected"].version)
    revoke(week.links["guest-revoked"], by=noor())
    offboard(cast.viv(), keeps_guest_links=True, by=noor())
    appoint(cast.ines(), role=Role.GUEST, by=noor())


def fresh(episode: Episode) -> Episode:
    return Episode.objects.get(pk=episode.pk)


ALL = {"kept", "withdrawn", "forgotten", "amended", "aired", "objected", "wants-change", "taken-back", "unscheduled"}
AS_IT_WAS = {
    "words": ALL,
    "states": {},
    "noes": set(),
    "out": {"out", "retracted", "corrected", "aired", "objected", "wants-change", "taken-back", "unscheduled"},
    "retracted": set(),
    "assembling": set(),
    "links": {"guest", "guest-revoked", "preview"},
    "people": {"noor": "owner", "tomas": "host", "viv": "owner", "ines": "owner"},
}
"""What a backup brings back where nothing is known of what came after: also what would have aired by its time. An
invitation may have been used, so it is over in any case."""

AS_IT_SHOULD_BE = {
    "words": ALL - {"withdrawn", "forgotten", "amended", "taken-back"},
    "states": {
        "withdrawn": "withdrawn", "forgotten": "forgotten", "amended": "forgotten", "taken-back": "withdrawn",
    },
    "noes": {"objected", "wants-change"},
    "out": {"out", "aired"},
    "retracted": {"retracted", "corrected"},
    "assembling": {"objected", "wants-change", "taken-back", "unscheduled"},
    "links": {"guest", "preview"},
    "people": {"noor": "owner", "tomas": "host", "ines": "guest"},
}  # fmt: skip


def the_week(folder: Path) -> tuple[Week, Path]:
    """The show, its backup of the day before yesterday, and what was taken away since."""
    with factories.the_time(BEFORE):
        cast.noor(), cast.tomas()
        week = Week()
        path = backed_up(folder)
    with factories.the_time(SINCE):
        take_away(week)
    return week, path


def forget_the_old_database() -> None:
    call_command("flush", interactive=False, verbosity=0)


def by_the_file_of_this_machine(folder: Path, home: Path) -> list[object]:
    forget_the_old_database()
    return []


def by_the_old_database(folder: Path, home: Path) -> list[object]:
    (home / "taken-away").unlink()
    return []


def by_a_later_backup_beside_it(folder: Path, home: Path) -> list[object]:
    (home / "taken-away").unlink()
    backed_up(folder)
    forget_the_old_database()
    return []


def by_the_list_of_another_machine(folder: Path, home: Path) -> list[object]:
    elsewhere = shutil.move(home / "taken-away", folder / "list-of-the-other-machine")
    forget_the_old_database()
    return ["--also", elsewhere]


WAYS = (
    by_the_file_of_this_machine, by_the_old_database, by_a_later_backup_beside_it, by_the_list_of_another_machine,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_was_taken_away_since_is_taken_away_again(
    way: Callable[[Path, Path], list[object]], tmp_path: Path, home: Path
) -> None:
    week, path = the_week(tmp_path)
    told = restored(path, *way(tmp_path, home))
    assert week.standing() == AS_IT_SHOULD_BE
    assert told.splitlines()[1].partition(": ")[2] == (
        "episodes kept off air 6, links ended 2, noes to airing 2, people shut out 2, questions forgotten 4."
    )
    assert Question.objects.get(ref=week.questions["withdrawn"].ref).changed_on == SINCE.date(), "its traces go as told"


def test_where_nothing_knows_of_it_everything_is_as_it_was(tmp_path: Path, home: Path) -> None:
    """So the test above cannot pass by itself."""
    week, path = the_week(tmp_path)
    (home / "taken-away").unlink()
    forget_the_old_database()
    restored(path)
    assert week.standing() == AS_IT_WAS


def test_what_the_backup_knows_already_is_not_done_again(tmp_path: Path) -> None:
    """An asker who had said no and has agreed since has agreed; what was retracted and is out again is out."""
    question, _episode = scheduled("agreed", at=NOW + timedelta(days=9))
    object_to_airing(question)
    consent(Question.objects.get(pk=question.pk), wording=1)
    episode = factories.retracted_episode("again", slug="again", answers=[factories.approved_answer("Again?")])
    publish(episode, by=noor(), seen=episode.version)
    told = restored(backed_up(tmp_path))
    assert not Question.objects.get(ref=question.ref).objected
    assert fresh(episode).state == "published"
    assert told.splitlines()[1] == "Done again, of 3 deeds remembered: nothing."


def test_what_a_restore_has_done_again_is_known_to_the_backups_that_follow(tmp_path: Path) -> None:
    question = factories.asked()
    first = backed_up(tmp_path / "first")
    withdraw(question)
    restored(first)
    told = restored(backed_up(tmp_path / "second"))
    assert told.splitlines()[1].endswith(": nothing.")
    assert Question.objects.get(ref=question.ref).is_gone


def test_what_readers_told_and_what_nobody_answered_go_when_their_time_is_over(tmp_path: Path) -> None:
    with factories.the_time(NOW - timedelta(days=200)):
        factories.report()
        overdue = factories.asked("Nobody answered me.")
    path = backed_up(tmp_path)
    forget_reports(NOW)
    told = restored(path)
    assert Report.objects.count() == 0
    assert Question.objects.get(ref=overdue.ref).state == "forgotten"
    assert told.splitlines()[1].endswith(": questions whose time was over 1, reports whose time was over 1.")


def test_an_episode_that_was_held_is_never_aired_by_its_time(tmp_path: Path) -> None:
    """Not even in the history: no open copy of it is ever written."""
    week, path = the_week(tmp_path)
    restored(path)
    held = [Episode.objects.get(ref=week.episodes[name].ref) for name in AS_IT_SHOULD_BE["assembling"]]
    assert [episode.aired_script for episode in held] == [None] * 4
    call_command("tick")
    assert week.standing() == AS_IT_SHOULD_BE


def test_the_last_owner_stays_and_that_is_told(tmp_path: Path) -> None:
    appoint(cast.viv(), role=Role.OWNER, by=noor())
    offboard(cast.noor(), keeps_guest_links=True, by=acting(cast.viv()))
    tombstone = tombstones.all_of(tombstones.path())
    path = backed_up(tmp_path)
    forget_the_old_database()
    tombstones.add(tombstone)
    restored(path)
    assert [person.slug for person in Person.objects.owners()] == ["viv"]


def test_what_is_taken_away_while_the_restore_is_at_work_is_taken_away_too(tmp_path: Path) -> None:
    question, other = factories.asked("Late?"), factories.asked("Not at all?")
    backup = Backup(backed_up(tmp_path))
    outcome = Outcome(look_through(backup))
    with scratch() as place:
        load(backup)
        take_away_again(set(), outcome, highest=1)
        with_the_old_database(place.usual, lambda: withdraw(question))
        put_in_place(place, set(), outcome, highest=1)
    assert Question.objects.get(ref=question.ref).is_gone
    assert not Question.objects.get(ref=other.ref).is_gone


def with_the_old_database(usual: Any, deed: Callable[[], object]) -> None:
    """Somebody does something in the show that everybody still sees."""
    with default_is(usual):
        deed()


def test_a_list_that_cannot_be_read_is_told_and_changes_nothing_else(tmp_path: Path, home: Path) -> None:
    factories.asked()
    path = backed_up(tmp_path)
    (tmp_path / "list").write_text("This is a letter.")
    before = everything()["questions_question"]
    code, _told, warned = typed("restore", path, "--replace", "--also", tmp_path / "list")
    assert code == 0
    assert warned.startswith(f"{tmp_path}/list does not tell what was taken away: ")
    assert everything()["questions_question"] == before
