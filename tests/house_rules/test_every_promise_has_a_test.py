"""No promise without a test that proves it, and no table of promises that says something else."""

import ast
from pathlib import Path

import pytest

from questions.management.commands.draw_promises import drawn
from questions.models import Show
from questions.promises import PROMISES, Promise, Section, by_section

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
SKIPPING = {"skip", "skipif", "xfail", "importorskip"}


def fault_of(promise: Promise) -> str:
    """What is wrong with the test that a promise names; empty when there is one and it is really run."""
    path, _, name = promise.proof.partition("::")
    if not name or not (ROOT / path).is_file():
        return f"no such file: {promise.proof!r}"
    module = ast.parse((ROOT / path).read_text())
    found = next((node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name == name), None)
    if found is None or not name.startswith("test_"):
        return f"no such test: {promise.proof}"
    marks = [node for node in module.body if isinstance(node, ast.Assign) and "pytestmark" in ast.dump(node)]
    words = {node.attr for part in (*marks, found) for node in ast.walk(part) if isinstance(node, ast.Attribute)}
    return f"skipped: {promise.proof}" if words & SKIPPING else ""


def test_every_promise_names_a_test_that_is_run() -> None:
    proved = [promise for promise in PROMISES if promise.section != Section.CANNOT]
    assert [fault for promise in proved if (fault := fault_of(promise))] == []
    assert len(proved) >= 20


def test_what_cannot_be_promised_claims_no_proof() -> None:
    assert [promise.proof for promise in PROMISES if promise.section == Section.CANNOT and promise.proof] == []


@pytest.mark.parametrize(
    "proof",
    ["", "tests/core/test_tick.py", "tests/core/nowhere.py::test_x", "tests/core/test_tick.py::test_nobody_wrote_me"],
)
def test_the_rule_would_notice_a_promise_without_a_test(proof: str) -> None:
    assert fault_of(Promise(Section.ASKING, "We never look.", "always", proof))


def test_the_rule_would_notice_a_test_that_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "a.py").write_text("@pytest.mark.skip\ndef test_a() -> None: ...\n\ndef test_b() -> None: ...\n")
    (tmp_path / "b.py").write_text("pytestmark = pytest.mark.skipif(True)\n\ndef test_a() -> None: ...\n")
    faults = [fault_of(Promise(Section.ASKING, "", "", proof)) for proof in ("a.py::test_a", "b.py::test_a")]
    assert faults == ["skipped: a.py::test_a", "skipped: b.py::test_a"]
    assert fault_of(Promise(Section.ASKING, "", "", "a.py::test_b")) == ""


def test_the_docs_have_the_table_of_promises() -> None:
    """When this fails, print it anew: `manage.py draw_promises`."""
    assert drawn() in (ROOT / "docs/privacy.md").read_text()


def test_the_privacy_page_says_nothing_of_its_own() -> None:
    """Every sentence of its lists comes from the table, in which it has a test."""
    page = (ROOT / "templates/reading/privacy.html").read_text()
    assert page.count("{% translate") == 1
    assert "blocktranslate" not in page


def test_the_days_are_those_of_the_show() -> None:
    show = Show(keeps_waiting_days=90, keeps_closed_days=1, keeps_traces_days=400)
    told = " ".join(sentence for _section, sentences in by_section(show) for sentence in sentences)
    assert all(words in told for words in ("for 90 days.", "forgotten 1 day later.", "After 400 days"))
    assert "{" not in told
