"""Names say what things are, and packages hold nothing but exports."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service"}
OURS = ("advice", "questions", "tests", "templates", "static", "docs")


def our_files(suffix: str) -> list[Path]:
    files = [path for folder in OURS for path in sorted((ROOT / folder).rglob(f"*{suffix}")) if path.is_file()]
    return [path for path in files if "node_modules" not in path.parts]


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    parts = {part.removesuffix(".py") for path in our_files("") for part in path.relative_to(ROOT).parts}
    assert parts & SAY_NOTHING == set()


def test_a_package_holds_nothing_but_exports() -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    offenders = [
        str(path.relative_to(ROOT))
        for path in our_files("__init__.py")
        for node in ast.parse(path.read_text()).body
        if not isinstance(node, allowed)
    ]
    assert offenders == []


def test_templates_carry_no_inline_style_script_or_handler() -> None:
    # A script of another type than its own is a block of data, which no browser runs.
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\b(?:src=|type=\"text/html\"))|\son[a-z]+=", re.IGNORECASE)
    offenders = [str(path.relative_to(ROOT)) for path in our_files(".html") if inline.search(path.read_text())]
    assert offenders == []


def test_nothing_of_ours_is_fetched_from_another_host() -> None:
    """Links may lead elsewhere; what a page loads by itself may not."""
    loads = re.compile(r"(?:<(?:img|script|link|iframe|source|video|audio)\b[^>]*|url\(|@import )[^>)]*https?://")
    files = [*our_files(".html"), *our_files(".css")]
    offenders = [str(path.relative_to(ROOT)) for path in files if loads.search(path.read_text())]
    assert offenders == []


def test_sheets_know_no_left_and_no_right() -> None:
    """Right-to-left pages come for free only with logical properties."""
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)(?:-\w+)?|left|right)\s*:|text-align:\s*(?:left|right)"
    )
    offenders = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in our_files(".css")
        for line in path.read_text().splitlines()
        if physical.search(line)
    ]
    assert offenders == []
