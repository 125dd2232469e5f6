"""How often the episode that answers a question is found, how often one is shown that does not, and what it costs.

Run as `.venv/bin/python -m tests.bench.likeness`. The questions are read from `../shared/data` and not copied; the
episodes whose cost is measured are made of random words. Everything is in memory, also the database. Times are the
processor's, which a busy machine changes less.
"""

import csv
import ctypes
import gc
import itertools
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import django

DATA = Path(__file__).parents[3] / "shared/data/questions"
# Some answers of the file are longer than the csv module reads by itself.
LONGEST_FIELD = 10**7
SIZES = (30, 100, 400)
ROUNDS = 8
OWN_EACH_ROUND, OTHERS_EACH_ROUND = 100, 100
VOCABULARY = 30_000
WORDS_IN_AN_ANSWER = 1_000


def lines_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def counselling() -> list[tuple[str, str, str]]:
    """Title, body and one answer of each question that has all three."""
    csv.field_size_limit(LONGEST_FIELD)
    answers: dict[str, str] = {}
    for row in lines_of("counselchat_answers_dev.csv"):
        if row["source"].endswith("plain"):
            answers.setdefault(row["slug"], row["answer"])
    rows = lines_of("counselchat_questions_dev.csv")
    return [(row["title"], row["text"], answers[row["slug"]]) for row in rows if row["text"] and row["slug"] in answers]


def unrelated() -> dict[str, list[str]]:
    with (DATA / "medical_qa_dev.jsonl").open(encoding="utf-8") as lines:
        medical = [str(json.loads(line)["text"]) for line in lines]
    return {"to doctors": medical, "to a library": [row["consumer_question"] for row in lines_of("meqsum_dev.csv")]}


def report_found() -> None:
    say("episodes   own from body   own from title   shown: " + "   ".join(unrelated()))
    for size in SIZES:
        own_from_body, own_from_title, shown = found_among(size)
        others = "   ".join(f"{100 * share:9.1f}%" for share in shown)
        say(f"{size:8}   {100 * own_from_body:12.1f}%   {100 * own_from_title:13.1f}%   {others:>20}")


def found_among(size: int) -> tuple[float, float, list[float]]:
    """The share of questions whose own episode is among the three shown: asked with the body where the episode has the
    title and an answer, and asked with the title where it has the body and an answer. Then the share of questions of
    another kind that are shown any episode, where each has title, body and answer.
    """
    chance = random.Random(size)
    pool, others = counselling(), unrelated()
    body: list[bool] = []
    title: list[bool] = []
    shown: dict[str, list[bool]] = {kind: [] for kind in others}
    for _round in range(ROUNDS):
        rows = chance.sample(pool, min(size, len(pool)))
        by_title, by_body = shelf(rows, lambda row: row[0]), shelf(rows, lambda row: row[1])
        by_both = shelf(rows, lambda row: f"{row[0]}\n{row[1]}")
        for number in chance.sample(range(len(rows)), min(OWN_EACH_ROUND, len(rows))):
            body.append(number in by_title(rows[number][1]))
            title.append(number in by_body(rows[number][0]))
        for kind, texts in others.items():
            shown[kind] += [bool(by_both(text)) for text in chance.sample(texts, OTHERS_EACH_ROUND)]
    return statistics.mean(body), statistics.mean(title), [statistics.mean(each) for each in shown.values()]


def shelf(rows: list[tuple[str, str, str]], asked: Callable[[tuple[str, str, str]], str]) -> Callable[[str], list[int]]:
    from questions.likeness.shelf import Shelf, Volume

    volumes = [Volume(number, asked(row), f"{asked(row)}\n{row[2]}") for number, row in enumerate(rows)]
    filled = Shelf(volumes, "en")
    return lambda text: filled.like(filled.weigh(text), 3)


def words(chance: random.Random) -> Callable[[int], str]:
    """Words whose frequency falls with their rank, as it does in every language, in sentences of twelve."""
    vocabulary = ["".join(chance.choices("aeioulmnrst", k=chance.randint(2, 9))) for _word in range(VOCABULARY)]
    heights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def some(number: int) -> str:
        chosen = chance.choices(vocabulary, cum_weights=heights, k=number)
        return " ".join(f"{' '.join(chosen[at : at + 12])}." for at in range(0, number, 12))

    return some


def publish(numbers: Iterable[int], some: Callable[[int], str]) -> None:
    from django.utils import timezone

    from questions import edition
    from questions.models import Episode, Script, Season, SpokenSegment

    season = Season.objects.get_or_create(number=1)[0]
    now = timezone.now()

    def episode(number: int) -> Episode:
        parts = "\n\n".join(
            f"# {some(4)}\n\n{some(WORDS_IN_AN_ANSWER // 8)}\n\n- {some(WORDS_IN_AN_ANSWER // 8)}" for _part in range(4)
        )
        segment = SpokenSegment(question=some(90), sign_off="", body=parts)
        script = Script(title=some(9), summary=some(20), segments=[segment])
        at = now - timedelta(hours=number)
        return Episode(season=season, number=number, slug=f"e{number}", release_at=at, aired_script=script.to_json())

    Episode.objects.bulk_create([episode(number) for number in numbers], batch_size=200)
    edition.advance()


def report_cost() -> None:
    from questions.likeness import answered_already

    some = words(random.Random(3))
    published = 0
    answered_already(some(50))
    say("\nepisodes   filling   memory   a letter p50 / p95   10,000 characters p50 / p95   no hit p50 / p95")
    for size in (300, 2_000):
        publish(range(published + 1, size + 1), some)
        published = size
        before, begun = resident(), time.process_time()
        answered_already("?")
        filling, memory = time.process_time() - begun, resident() - before
        letters = timed(answered_already, [some(150) for _letter in range(200)])
        longest = timed(answered_already, [some(3_000)[:10_000] for _letter in range(60)])
        nothing = timed(answered_already, ["?"] * 100)
        say(f"{size:8} {filling:7.2f} s {memory:5.0f} MB   {letters:>18}   {longest:>27}   {nothing:>22}")


def timed(deed: Callable[[str], object], texts: list[str]) -> str:
    spent = []
    for text in texts:
        begun = time.process_time()
        deed(text)
        spent.append(1000 * (time.process_time() - begun))
    cuts = statistics.quantiles(spent, n=20)
    return f"{cuts[9]:.1f} / {cuts[18]:.1f} ms"


def resident() -> float:
    """The memory of this process in MB, without what it has given up and only keeps for later."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    report_found()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        report_cost()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
