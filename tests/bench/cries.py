"""How many calls for help and young askers are found, and how often ordinary letters bring the panel or are held.

Run as `.venv/bin/python -m tests.bench.cries`; with `--show` it prints what was missed and what was marked. The
sentences are those of the tests; the letters were written by people, are read from `../shared/data` and not copied.
"""

import csv
import json
import sys
import time
from pathlib import Path

from questions.safety import cries, may_be_under_18
from tests.core import calls_for_help as calls
from tests.core import test_words_of_young_people as young

DATA = Path(__file__).parents[3] / "shared/data/questions"
# Letters under these topics may well call for help.
GRAVE = ("self-harm", "trauma", "domestic violence", "domestic-violence", "eating", "depression", "grief")


def counselling() -> tuple[list[str], list[str]]:
    """All letters of the counselling site, and those under topics that are not grave."""
    with (DATA / "counselchat_questions_dev.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    light = [
        row for row in rows if not any(topic in f"{row['topic_2020']} {row['topics_multi']}".lower() for topic in GRAVE)
    ]
    both = ([f"{row['title']}\n{row['text']}" for row in some] for some in (rows, light))
    return next(both), next(both)


def medical() -> list[str]:
    with (DATA / "meqsum_dev.csv").open(newline="") as file:
        letters = [row["consumer_question"] for row in csv.DictReader(file)]
    with (DATA / "medical_qa_dev.jsonl").open() as file:
        return letters + [f"{row['title']}\n{row['text']}" for row in map(json.loads, file)]


def say(what: str, part: int, whole: int) -> None:
    sys.stdout.write(f"{what:<60}{part:>5} of {whole:<5}{100 * part / whole:6.1f} %\n")


def main() -> None:
    show = "--show" in sys.argv
    for language, sentences in calls.HELD_OUT.items():
        say(f"calls for help found, {language}", sum(bool(cries(one)) for one in sentences), len(sentences))
    say("quiet sentences that bring the panel", sum(bool(cries(one)) for one in calls.QUIET), len(calls.QUIET))
    say("young askers found", sum(map(may_be_under_18, young.HELD_OUT)), len(young.HELD_OUT))
    say("misleading sentences held", sum(map(may_be_under_18, young.MISLEADING)), len(young.MISLEADING))
    every, light = counselling()
    for name, letters in (("counselling", every), ("counselling, no grave topic", light), ("medical", medical())):
        began = time.process_time()
        loud = {letter: spans for letter in letters if (spans := cries(letter))}
        milliseconds = 1000 * (time.process_time() - began) / len(letters)
        say(f"{name}: the panel ({milliseconds:.1f} ms each)", len(loud), len(letters))
        say(f"{name}: held as perhaps under 18", sum(map(may_be_under_18, letters)), len(letters))
        for letter, spans in loud.items() if show else ():
            sys.stdout.write(f"    {' / '.join(letter[start:end] for start, end in spans)}\n")


if __name__ == "__main__":
    main()
