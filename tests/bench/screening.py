"""How much of what identifies people is found, and how often ordinary letters are marked.

Run as `.venv/bin/python -m tests.bench.screening`. The labelled texts were written by a machine, the letters by people;
both are read from `../shared/data` and neither is copied. Found: labelled spans that a mark of that type touches.
Right: marks that touch a labelled span of that type. Halves are split by the texts' templates, so that one half knows
nothing of the other's wording.
"""

import csv
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django

DATA = Path(__file__).parents[3] / "shared/data"
LABELS = {
    "CREDIT_CARD": "CARD",
    "PHONE_NUMBER": "PHONE",
    "STREET_ADDRESS": "ADDRESS",
    "US_SSN": "SSN",
    "DOMAIN_NAME": "URL",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "ZIP_CODE": "ZIP",
    "EMAIL_ADDRESS": "EMAIL",
    "PERSON": "PERSON",
}
# A postcode is part of an address, and a label may hold either.
ALIKE = {"ADDRESS": {"ADDRESS", "ZIP"}, "ZIP": {"ZIP", "ADDRESS"}}


@dataclass
class Tally:
    """Of one type: labelled spans and how many were found, marks and how many were right."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


def counted(rows: list[dict[str, object]]) -> Tally:
    from questions.safety import clues

    tally = Tally()
    for row in rows:
        labelled = [
            (LABELS[span["entity_type"]], span["start_position"], span["end_position"])
            for span in row["spans"]  # type: ignore[attr-defined]
            if span["entity_type"] in LABELS
        ]
        marks = [(str(clue.kind), clue.start, clue.end) for clue in clues(str(row["text"]))]
        for kind, start, end in labelled:
            tally.labelled[kind] += 1
            tally.found[kind] += touched(kind, start, end, marks)
        for kind, start, end in marks:
            tally.marked[kind] += 1
            tally.right[kind] += touched(kind, start, end, labelled)
    return tally


def touched(kind: str, start: int, end: int, spans: list[tuple[str, int, int]]) -> bool:
    """Whether one of the spans is of that type, or one alike, and overlaps."""
    alike = ALIKE.get(kind, {kind})
    return any(other in alike and begin < end and start < stop for other, begin, stop in spans)


def letters() -> Iterator[tuple[str, str]]:
    """Real letters: where each is from, and its title and text."""
    folder = DATA / "questions"
    with (folder / "counselchat_questions_dev.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield "counselling", f"{row['title']}\n{row['text']}"
    with (folder / "medical_qa_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield "medical", "{title}\n{text}".format(**json.loads(line))
    with (folder / "meqsum_dev.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield "mails to a library", row["consumer_question"]


def report_halves(rows: list[dict[str, object]]) -> None:
    halves = [[row for row in rows if int(str(row["template_id"])) % 2 == half] for half in (0, 1)]
    tallies = [counted(half) for half in halves]
    say(f"{'type':8}" + "".join(f"{half:>9} {'found':>7} {'right':>7}" for half in ("built on", "held out")))
    for kind in sorted(set(LABELS.values())):
        say(f"{kind:8}" + "".join(line(tally, [kind]) for tally in tallies))
    contact = [kind for kind in tallies[0].marked.keys() | tallies[1].marked.keys() if kind != "PERSON"]
    say(f"{'contact':8}" + "".join(line(tally, contact) for tally in tallies))


def line(tally: Tally, kinds: list[str]) -> str:
    """How many are labelled, the share found, and the share of marks that is right."""
    labelled, found, marked, right = (
        sum(counter[kind] for kind in kinds) for counter in (tally.labelled, tally.found, tally.marked, tally.right)
    )
    return f"{labelled:9} {share(found, labelled)} {share(right, marked)}"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}%" if whole else f"{'–':>7}"


def report_letters() -> None:
    from questions.safety import clues

    count: Counter[str] = Counter()
    marks: dict[str, Counter[str]] = {}
    longest = 0.0
    begun = time.perf_counter()
    for source, letter in letters():
        before = time.perf_counter()
        kinds = [str(clue.kind) for clue in clues(letter)]
        longest = max(longest, time.perf_counter() - before)
        count[source] += 1
        marks.setdefault(source, Counter()).update(kinds)
    spent = time.perf_counter() - begun
    say("\nmarks per 100 real letters")
    for source, of_source in marks.items():
        named = of_source["PERSON"]
        contact = sum(of_source.values()) - named
        kinds_found = ", ".join(f"{kind} {number}" for kind, number in of_source.most_common())
        per_letter = 100 / count[source]
        both = f"without names {contact * per_letter:5.2f}, with names {(contact + named) * per_letter:5.2f}"
        say(f"{source:20} {both} ({kinds_found})")
    total, named = sum(sum(each.values()) for each in marks.values()), sum(each["PERSON"] for each in marks.values())
    per_letter = 100 / count.total()
    say(f"{'all':20} without names {(total - named) * per_letter:5.2f}, with names {total * per_letter:5.2f}")
    say(f"{1000 * spent / count.total():.2f} ms a letter, {1000 * longest:.1f} ms the slowest")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    with (DATA / "safety/pii_presidio_synth_dev.jsonl").open(encoding="utf-8") as lines:
        report_halves([json.loads(line) for line in lines])
    report_letters()


if __name__ == "__main__":
    main()
