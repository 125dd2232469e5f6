"""Questions brought along in the CSV file of a form service."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questions.actions.withdraw import forget
from questions.lifecycle import QuestionState
from questions.models import Airing, Event, Question, Topic

pytestmark = pytest.mark.django_db

FORM = """Timestamp,E-mail,Your question,Sign it,About
2026-01-05 21:14:09,ann@example.com,"Is it rude
to nap?",Drowsy,Sleep;Weddings
2026-01-06 08:00:00,bob@example.com,Why do I blush?,,sleep
"""


def import_from(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_questions", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.csv"
    path.write_text(FORM)
    return path


COLUMNS = ("--text", "Your question", "--sign-off", "Sign it", "--topics", "About", "--day", "Timestamp")


def test_every_row_becomes_a_waiting_question_that_may_not_be_aired(form: Path) -> None:
    out = import_from(form, *COLUMNS, "--make-topics")
    questions = list(Question.objects.in_queue_order())
    assert [(question.text, question.sign_off, question.state) for question in questions] == [
        ("Is it rude\nto nap?", "Drowsy", "waiting"),
        ("Why do I blush?", "", "waiting"),
    ]
    assert {question.airing for question in questions} == {Airing.PRIVATE}
    assert [[topic.slug for topic in question.topics.all()] for question in questions] == [
        ["sleep", "weddings"],
        ["sleep"],
    ]
    assert "2 imported, 0 were there already, 0 bad rows left out." in out


def test_only_the_day_is_kept_and_no_address(form: Path) -> None:
    import_from(form, *COLUMNS)
    assert list(Question.objects.values_list("arrived_on", flat=True)) == [date(2026, 1, 5), date(2026, 1, 6)]
    kept = str(list(Question.objects.values())) + str(list(Event.objects.values()))
    assert "example.com" not in kept
    assert "21:14" not in kept


def test_running_it_twice_adds_nothing(form: Path) -> None:
    import_from(form, *COLUMNS)
    out = import_from(form, *COLUMNS)
    assert "0 imported, 2 were there already" in out
    assert Question.objects.count() == 2


def test_what_was_forgotten_does_not_come_back_by_another_import(form: Path) -> None:
    import_from(form, *COLUMNS)
    for question in Question.objects.all():
        forget(question)
    import_from(form, *COLUMNS)
    assert set(Question.objects.values_list("state", "text")) == {("forgotten", None)}


def test_bad_rows_are_told_by_line_and_nothing_is_half_imported(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("text,day\nWhy?,2026-01-05\n,2026-01-05\nHow?,soon\n" + "n" * 10_001 + ",2026-01-06\nWho?\n")
    out = StringIO()
    with pytest.raises(CommandError, match="4 rows are bad, so nothing was imported"):
        call_command("import_questions", str(path), "--day", "day", stdout=out, stderr=out)
    assert out.getvalue().splitlines() == [
        "line 3: it has no question",
        "line 4: “soon” is not a day; say how it is written with --day-format",
        "line 5: the question has 10001 characters; 10000 are the most",
        "line 6: it has not as many cells as the heading",
    ]
    assert Question.objects.count() == 0
    import_from(path, "--day", "day", "--skip-bad")
    assert [question.text for question in Question.objects.all()] == ["Why?"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"text\n\xff\xfe", "It is not utf-8-sig text. Try --encoding cp1252"),
        (b"question\nWhy?\n", "There is no column text. The columns are: question"),
        (b"", "There is no column text. The columns are: none"),
        (b'text\n"Why?', "It is not a CSV table"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        import_from(path)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        import_from(Path("/nowhere/at/all.csv"))


def test_the_operator_states_what_the_askers_have_agreed_to(form: Path) -> None:
    import_from(form, *COLUMNS, "--consent", "freely", "--language", "de")
    assert set(Question.objects.values_list("airing", "language")) == {("freely", "de")}


def test_unknown_topics_are_told_and_left_out(form: Path) -> None:
    Topic.objects.create(name="Sleep", slug="sleep")
    out = import_from(form, *COLUMNS)
    assert "Topics not known here (make them with --make-topics): Weddings" in out
    assert Topic.objects.count() == 1


def test_a_dry_run_imports_nothing(form: Path) -> None:
    assert "2 rows could be imported. Nothing was." in import_from(form, *COLUMNS, "--dry-run")
    assert Question.objects.count() == 0


REAL = Path(__file__).parents[2].parent / "shared/data/questions/counselchat_questions_dev.csv"


@pytest.mark.skipif(not REAL.exists(), reason=f"the real questions are not at {REAL}")
def test_442_real_questions_arrive_whole_and_once() -> None:
    options = ("--title", "title", "--topics", "topics_multi", "--make-topics")
    assert "442 imported, 0 were there already, 0 bad rows left out." in import_from(REAL, *options)
    assert "0 imported, 442 were there already" in import_from(REAL, *options)
    assert Question.objects.counts_by_state(most=1000) == dict.fromkeys(QuestionState.values, 0) | {"waiting": 442}
