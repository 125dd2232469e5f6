"""What hostile people type: published collections that nobody of us wrote, and a few strings of our own."""

import json
import os
import random
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared/data/hostile"
OWN = [
    "", " ", "\x00", "\x00\x00", "a\x00b", "\ud83d", "\r\n\r\n", "%00", "%", "%ff%fe", "\ufeff", "\u202e", "-1", "0",
    "9" * 30, "1e308", "NaN", "Infinity", "0x10", "١٢", "１２", "2026-02-30", "2026-10-25T02:30", "+00:00", "true",
    "null", "[]", "{}", "{{ show.name }}{% url 'x' %}", "${7*7}#{7*7}<%= 7*7 %>", "../../../../etc/passwd",
    "https://[", "http://[::1", "//evil.example", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "=1+1", "@SUM(1)", "+1", "-1+1", "\t=1", "\r=1", "＝1+1", "a" * 300, "a" * 20_000, "💥" * 300, "<" * 2000,
    "> " * 2000, "[" * 2000, "*a **a " * 800, "::: expect not safe | sex\n" * 60, "](" * 1500, "![[" * 1000,
    "`" * 3001, "\n".join("- " + " " * n + "x" for n in range(90)), "<script>window.hostile=1</script>",
    "<img src=x onerror=window.hostile=1>", "<svg/onload=alert(1)>",
]  # fmt: skip


def published() -> list[str]:
    """Every string of the collections in ../shared/data/hostile; none where they are not on this machine."""
    if not DATA.exists():
        return []
    found = [*json.loads((DATA / "blns.json").read_text())]
    lines = [DATA / "xss_payloadbox.txt", DATA / "markdown_xss_cujanovic.txt", DATA / "csv_injection.txt"]
    for path in [*lines, *sorted((DATA / "sqli").iterdir())]:
        found += path.read_text(errors="surrogateescape").splitlines()
    return found + _confusables()


def _confusables() -> list[str]:
    """Words of look-alike letters, a dozen each."""
    text = (DATA / "unicode_confusables_14.txt").read_text("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines() if ";" in line and not line.startswith("#")]
    letters = ["".join(chr(int(code, 16)) for code in row[0].split()) for row in rows]
    return ["".join(letters[at : at + 12]) for at in range(0, len(letters), 12)]


def every_string() -> list[str]:
    """Our own and all published ones, each once."""
    return list(dict.fromkeys([*OWN, *published()]))


def seed() -> int:
    """What today's choice begins with: QUERENT_SEED, or chance. Whoever uses it prints it."""
    return int(os.environ.get("QUERENT_SEED") or random.randrange(10**6))


def say_loudly_if_missing() -> None:
    """A run without the published strings is not what it says it is: CI fails, others are told."""
    if DATA.exists():
        return
    missing = f"the published hostile strings are not at {DATA}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(f"NOT TESTED: {missing}")
