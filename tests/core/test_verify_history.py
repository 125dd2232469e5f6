"""An altered, missing or cut row of the history is found, and named."""

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from questions.actions.acting import acting
from questions.actions.claim import claim
from questions.actions.keep import keep
from questions.actions.people import appoint
from questions.actions.undo import undo
from questions.actions.withdraw import erase_traces, withdraw
from questions.lifecycle import Role
from questions.models import Event, Question
from tests import cast, factories

pytestmark = pytest.mark.django_db


def verified(capsys: Any, *options: object) -> tuple[int, str]:
    """The exit code of the command, and what it printed."""
    try:
        call_command("verify_history", *map(str, options))
    except SystemExit as stopped:
        return int(str(stopped.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def busy() -> Question:
    """A question with four events among others, the last one an undoing; and a word about the house."""
    question = factories.asked()
    keep(question, by=acting(cast.tomas(), batch=uuid.uuid4()), seen=1)
    question.refresh_from_db()
    undo(claim(question, by=acting(cast.tomas()), seen=question.version), by=acting(cast.noor()))
    appoint(cast.viv(), role=Role.GUEST, by=acting(cast.noor()))
    factories.published_episode()
    return question


def row(question: Question, seq: int) -> Event:
    return Event.objects.get(subject=question.ref, seq=seq)


def test_a_history_that_nobody_touched_is_whole(capsys: Any) -> None:
    busy()
    code, told = verified(capsys)
    assert code == 0
    assert told.splitlines()[0] == f"{Event.objects.count()} rows in 4 chains, 2 strokes."


ALTERED = {
    "subject_kind": "episode", "verb": "tag", "role": "owner", "person_id": None, "before": "ready", "after": "ready",
    "version": 9, "is_quiet": True, "day": "2020-01-01", "at": None, "was": {}, "details": {"reason": "x"},
    "batch": uuid.UUID(int=7), "mac": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", ALTERED)
def test_a_row_with_one_altered_column_is_named(column: str, capsys: Any) -> None:
    question = busy()
    Event.objects.filter(subject=question.ref, seq=3).update(**{column: ALTERED[column]})
    code, told = verified(capsys)
    assert code == 1
    kind = "episode" if column == "subject_kind" else "question"
    verb = "tag" if column == "verb" else "claim"
    assert told.splitlines()[0] == f"{kind} {question.ref}: row 3 ({verb}) was altered, or the row before it was"


def test_every_column_that_means_something_is_tried_above() -> None:
    """The key of the row means nothing; `seq` and `subject` are the chain itself, `undoes` is tried below."""
    columns = {field.attname for field in Event._meta.concrete_fields}
    assert columns - set(ALTERED) == {"id", "subject", "seq", "undoes_id"}


def test_an_undoing_that_is_turned_to_another_deed_is_named(capsys: Any) -> None:
    question = busy()
    Event.objects.filter(subject=question.ref, seq=4).update(undoes=row(question, 2))
    assert f"{question.ref}: row 4 (undo) was altered" in verified(capsys)[1]


def test_a_row_under_another_number_or_subject_is_named(capsys: Any) -> None:
    question = busy()
    Event.objects.filter(subject=question.ref, seq=4).update(seq=7)
    assert f"{question.ref}: rows 4 to 6 are missing" in verified(capsys)[1]
    Event.objects.filter(subject=question.ref, seq=7).update(seq=1, subject=uuid.uuid4())
    code, told = verified(capsys)
    assert code == 1
    assert "row 1 (undo) was altered" in told


@pytest.mark.parametrize("seq", [1, 2])
def test_a_row_that_was_taken_out_leaves_a_gap(seq: int, capsys: Any) -> None:
    question = busy()
    Event.objects.filter(subject=question.ref, seq=seq).delete()
    code, told = verified(capsys)
    assert (code, told.splitlines()[0]) == (1, f"question {question.ref}: row {seq} is missing")


def test_a_row_in_the_form_of_the_first_installations_still_fits(capsys: Any) -> None:
    event = Event.objects.get(subject=factories.asked().ref)
    Event.objects.filter(pk=event.pk).update(mac=event.mac_after("", names_who=False))
    assert verified(capsys)[0] == 0


def test_a_cut_tail_is_found_by_the_heads_of_an_earlier_day(capsys: Any, tmp_path: Path) -> None:
    question, heads = busy(), tmp_path / "heads"
    assert verified(capsys, "--write-heads", heads)[0] == 0
    Event.objects.filter(subject=question.ref, seq=4).delete()
    assert verified(capsys)[0] == 0, "the table alone does not tell"
    code, told = verified(capsys, "--heads", heads)
    assert (code, told.splitlines()[0]) == (1, f"question {question.ref}: cut after row 3, 4 rows were noted")


def test_a_tail_that_was_written_anew_with_the_key_is_found(capsys: Any, tmp_path: Path) -> None:
    question, heads = busy(), tmp_path / "heads"
    verified(capsys, "--write-heads", heads)
    forged = row(question, 4)
    forged.person = cast.tomas()
    forged.mac = forged.mac_after(row(question, 3).mac)
    forged.save()
    assert verified(capsys)[0] == 0
    assert "row 4 (undo) is not the row that the heads note here" in verified(capsys, "--heads", heads)[1]


def test_a_whole_chain_that_is_gone_is_missed_and_an_erased_one_is_not(capsys: Any, tmp_path: Path) -> None:
    stolen, taken_back, heads = factories.asked(), factories.asked("Mine?"), tmp_path / "heads"
    withdraw(taken_back)
    verified(capsys, "--write-heads", heads)
    taken_back.refresh_from_db()
    erase_traces(taken_back)
    code, told = verified(capsys, "--heads", heads)
    assert code == 0
    assert "1 chains were erased since" in told
    Event.objects.filter(subject=stolen.ref).delete()
    code, told = verified(capsys, "--heads", heads)
    assert code == 1
    assert told.startswith("a whole chain is missing: ")


def test_what_came_after_the_heads_is_no_fault(capsys: Any, tmp_path: Path) -> None:
    question, heads = busy(), tmp_path / "heads"
    verified(capsys, "--write-heads", heads)
    question.refresh_from_db()
    claim(question, by=acting(cast.tomas()), seen=question.version)
    factories.asked("Newer?")
    with factories.the_time(timezone.now() + timedelta(days=1)):
        assert verified(capsys, "--heads", heads)[0] == 0


def test_the_heads_name_no_question_and_no_person(capsys: Any, tmp_path: Path) -> None:
    question, heads = busy(), tmp_path / "heads"
    verified(capsys, "--write-heads", heads)
    told = heads.read_text()
    assert json.loads(told.splitlines()[0])["chains"] == 4
    assert [word for word in (str(question.ref), question.ref.hex, "Tomas", "keep") if word in told] == []


def test_heads_of_a_history_with_faults_are_not_written(capsys: Any, tmp_path: Path) -> None:
    question, heads = busy(), tmp_path / "heads"
    Event.objects.filter(subject=question.ref, seq=2).update(verb="tag")
    assert verified(capsys, "--write-heads", heads)[0] == 1
    assert not heads.exists()


@pytest.mark.parametrize("text", ["", "x", "{}", '{"day": "2026-01-01", "chains": 2}', '{"day": 5}\n[1]', "[]\n[]"])
def test_a_file_that_holds_no_heads_is_said_to(text: str, tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text(text)
    with pytest.raises(CommandError, match="holds no heads"):
        call_command("verify_history", "--heads", str(heads))


def test_the_walk_is_one_read_however_long(django_assert_num_queries: Any) -> None:
    busy()
    with django_assert_num_queries(2):
        call_command("verify_history")


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_the_heads_of_its_day(capsys: Any, tmp_path: Path) -> None:
    question = busy()
    call_command("backup", str(tmp_path))
    capsys.readouterr()
    (backup,) = tmp_path.glob("*.backup")
    assert verified(capsys, "--heads", backup)[0] == 0
    Event.objects.filter(subject=question.ref, seq=4).delete()
    code, told = verified(capsys, "--heads", backup)
    assert (code, told.splitlines()[0]) == (1, f"question {question.ref}: cut after row 3, 4 rows were noted")


def test_a_backup_that_is_cut_holds_no_heads(tmp_path: Path) -> None:
    cut = tmp_path / "cut.backup"
    cut.write_bytes(b"querent backup 1\n" + bytes(60))
    with pytest.raises(CommandError, match=r"holds no heads: .* sealed with a key"):
        call_command("verify_history", "--heads", str(cut))
