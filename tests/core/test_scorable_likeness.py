"""What hosts are offered can be scored by anyone: JSON lines in, JSON lines out, no keys, no database."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data"


def run(command: str, option: str, file: Path, lines: list[Any]) -> tuple[list[dict[str, Any]], list[str], int]:
    """What a command writes, what it complains of, and its exit code, in an environment that has nothing."""
    done = subprocess.run(
        [sys.executable, "manage.py", command, option, str(file)],
        input="\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        check=False,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines(), done.returncode


def written(path: Path, lines: list[Any]) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


ABOUT = {"plants": "How much water wants a fern?", "sleep": "Is it rude to nap at a wedding?", "soup": "Who ate it?"}


def test_find_twins_ranks_the_likest_first_and_never_a_line_as_its_own_twin(tmp_path: Path) -> None:
    among = written(tmp_path / "among", [{"id": name, "text": text} for name, text in ABOUT.items()])
    asked = [
        {"id": 1, "text": "My fern wants rain, how much?"},
        {"id": "sleep", "text": ABOUT["sleep"]},
        {"id": 2, "text": ""},
    ]
    out, complaints, code = run("find_twins", "--among", among, asked)
    assert (complaints, code) == ([], 0)
    assert [line["id"] for line in out] == [1, "sleep", 2]
    assert out[0]["ranked"][0] == "plants"
    assert "sleep" not in out[1]["ranked"]
    assert out[2]["ranked"] == []


def test_suggest_topics_gives_the_best_three(tmp_path: Path) -> None:
    lines = [
        {"id": f"{topic} {number}", "title": "", "text": f"{text} {number}", "topics": [topic], "primary": topic}
        for topic, text in ABOUT.items()
        for number in range(20)
    ]
    file = written(tmp_path / "train", [*lines, {"id": "none", "text": "x", "topics": [], "primary": None}])
    out, complaints, code = run("suggest_topics", "--train", file, [{"id": 1, "title": "A fern", "text": "and water"}])
    assert (complaints, code) == ([], 0)
    assert [(line["id"], line["topics"][0], len(line["topics"])) for line in out] == [(1, "plants", 3)]


def test_with_too_little_to_learn_from_it_gives_the_commonest_and_says_so(tmp_path: Path) -> None:
    lines = [{"id": number, "text": "x", "topics": ["a", "b"][: number % 2 + 1]} for number in range(59)]
    file = written(tmp_path / "train", lines)
    out, complaints, code = run("suggest_topics", "--train", file, [{"id": 1, "text": "b"}])
    assert (out, code) == ([{"id": 1, "topics": ["a", "b"]}], 0)
    assert complaints == [
        "59 lines have topics. Under 60 there is too little to learn from: these are the commonest topics."
    ]


@pytest.mark.parametrize(("command", "option"), [("find_twins", "--among"), ("suggest_topics", "--train")])
def test_a_bad_line_is_named_and_there_is_never_a_traceback(command: str, option: str, tmp_path: Path) -> None:
    good = written(tmp_path / "good", [{"id": 1, "text": "A fern"}])
    bad = ["{", "[]", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 5}', "[" * 100_000, '{"id": 1, "text": "x"}']
    out, complaints, code = run(command, option, good, bad)
    said = [line.split(":")[0] for line in complaints if line.startswith("line")]
    assert (len(out), said, code) == (1, [f"line {number}" for number in range(1, 7)], 1)
    out, complaints, code = run(command, option, written(tmp_path / "bad", ["", *bad]), [])
    assert (out, code) == ([], 1)
    assert [line.partition(": not")[0][-6:] for line in complaints] == [f"line {number}" for number in range(2, 8)]
    out, complaints, code = run(command, option, tmp_path / "missing", [])
    assert (out, complaints, code) == ([], [f"CommandError: {tmp_path}/missing: No such file or directory"], 1)


@pytest.mark.skipif(not DATA.exists(), reason="LOUD: ../shared/data is not there, so nothing real is compared")
def test_real_questions_find_their_own_words(tmp_path: Path) -> None:
    with (DATA / "questions/counselchat_questions_dev.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["text"].strip()]
    among = written(tmp_path / "among", [{"id": row["slug"], "text": row["text"]} for row in rows])
    out, _complaints, code = run(
        "find_twins", "--among", among, [{"id": row["slug"], "text": row["title"]} for row in rows]
    )
    assert code == 0
    found = sum(line["id"] in line["ranked"][:5] for line in out) / len(rows)
    assert found >= 0.56
