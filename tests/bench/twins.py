"""How often what was asked before is found, and what finding it costs among 20,000 questions.

Run as `.venv/bin/python -m tests.bench.twins`: a table, then the same as a line of JSON. The texts that are judged are
read from `../shared/data` and not copied; those whose cost is measured are made of random words. Nothing was trained
on them. Times are the processor's, which a busy machine changes less.
"""

import csv
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import django

from tests.bench.likeness import resident, say, words

DATA = Path(__file__).parents[3] / "shared/data"
SHOWN = 5
QUESTIONS = 20_000
WORDS_IN_A_QUESTION = 110
QUERIES = 300

Task = tuple[list[tuple[str, str]], list[tuple[str, str, set[str]]]]
"""What to look among, by its id; and what is looked for: its own id, its text, and the ids that are right."""


def rows_of(name: str) -> list[dict[str, str]]:
    csv.field_size_limit(10**7)
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def own_body_from_title() -> Task:
    rows = [row for row in rows_of("questions/counselchat_questions_dev.csv") if row["text"].strip()]
    queries = [(f"title of {row['slug']}", row["title"], {row["slug"]}) for row in rows]
    return [(row["slug"], row["text"]) for row in rows], queries


def paraphrases() -> Task:
    """Each question that has a paraphrase, among all questions with those that only look like one."""
    same: defaultdict[str, set[str]] = defaultdict(set)
    texts: set[str] = set()
    for row in rows_of("duplicates/mqp_pairs_dev.csv"):
        texts |= {row["question_1"], row["question_2"]}
        if row["label"] == "1":
            same[row["question_1"]].add(row["question_2"])
            same[row["question_2"]].add(row["question_1"])
    return [(text, text) for text in sorted(texts)], [(text, text, right) for text, right in same.items()]


def letters_from_summaries() -> Task:
    rows = rows_of("questions/meqsum_dev.csv")
    queries = [(f"summary of {row['id']}", row["summary"], {row["id"]}) for row in rows]
    return [(row["id"], row["consumer_question"]) for row in rows], queries


TASKS = {
    "own body from its title": own_body_from_title,
    "paraphrases": paraphrases,
    "letters from experts' summaries": letters_from_summaries,
}


def found(task: Task) -> dict[str, float]:
    from questions.management.commands.find_twins import Among

    among, queries = task
    texts = Among([{"id": name, "text": text} for name, text in among], "en")
    first = five = 0
    for name, text, right in queries:
        ranked = texts.ranked({"id": name, "text": text})[:SHOWN]
        first += bool(right & set(ranked[:1]))
        five += bool(right & set(ranked))
    return {"queries": len(queries), "first": first / len(queries), "among five": five / len(queries)}


def cost() -> dict[str, float]:
    from questions.search.memory import Memory, Said
    from questions.search.typed import wanted_by

    some = words(random.Random(3))
    texts = [some(WORDS_IN_A_QUESTION) for _question in range(QUESTIONS)]
    before, begun = resident(), time.process_time()
    memory = Memory()
    memory.change((number, Said(text)) for number, text in enumerate(texts))
    figures = {"filling, s": time.process_time() - begun, "memory, MB": resident() - before}
    begun = time.process_time()
    memory.change([(0, Said("other words now"))], [1])
    figures["catching up, ms"] = 1000 * (time.process_time() - begun)
    kinds: dict[str, tuple[Callable[[str], object], list[str]]] = {
        "twins of a title": (lambda text: memory.like(text, "en", SHOWN), [some(12) for _query in range(QUERIES)]),
        "twins of a letter": (lambda text: memory.like(text, "en", SHOWN), [some(110) for _query in range(QUERIES)]),
        "search of two words": (lambda text: memory.find(wanted_by(text), 50), [some(2) for _query in range(QUERIES)]),
        "search of a beginning": (
            lambda text: memory.find(wanted_by(text[:3]), 50),
            [some(1) for _query in range(QUERIES)],
        ),
    }
    for kind, (deed, queries) in kinds.items():
        p50, p95 = timed(deed, queries)
        figures |= {f"{kind}, ms p50": p50, f"{kind}, ms p95": p95}
    return figures


def timed(deed: Callable[[str], object], queries: list[str]) -> tuple[float, float]:
    spent = []
    for query in queries:
        begun = time.process_time()
        deed(query)
        spent.append(1000 * (time.process_time() - begun))
    cuts = statistics.quantiles(spent, n=20)
    return cuts[9], cuts[18]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    figures: dict[str, dict[str, float]] = {}
    say(f"{'what is found':34} queries   first   among five")
    for name, task in TASKS.items():
        figures[name] = found(task())
        shown = figures[name]
        say(f"{name:34} {shown['queries']:7.0f} {shown['first']:7.3f} {shown['among five']:12.3f}")
    figures[f"among {QUESTIONS}"] = cost()
    say(f"\nwhat it costs among {QUESTIONS}")
    for name, figure in figures[f"among {QUESTIONS}"].items():
        say(f"{name:34} {figure:7.1f}")
    say(json.dumps(figures))


if __name__ == "__main__":
    main()
