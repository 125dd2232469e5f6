"""How often a topic that fits is suggested: ten folds of the questions in `../shared/data`, twice, and what it costs.

Run as `.venv/bin/python -m tests.bench.topics`: a table, then the same as one line of JSON. What is judged was never
among what was learnt, but the two figures in `questions/likeness/centroids.py` were chosen on the same questions, so
these figures flatter a little.
"""

import json
import os
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import django

from tests.bench.likeness import say
from tests.bench.twins import rows_of

FOLDS = 10
SEEDS = (1, 2)
SHOWN = 3


@dataclass(frozen=True)
class Asked:
    title: str
    text: str
    topics: tuple[str, ...]


@dataclass
class Score:
    """How many of the questions judged had the first topic right, one of three, and each topic how often."""

    questions: int = 0
    first: int = 0
    three: int = 0
    of_topic: defaultdict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def judge(self, asked: Asked, suggested: list[str]) -> None:
        self.questions += 1
        self.first += suggested[0] in asked.topics
        self.three += bool(set(suggested) & set(asked.topics))
        for topic in asked.topics:
            self.of_topic[topic].append(topic in suggested)

    def figures(self) -> dict[str, float]:
        mean = statistics.mean(statistics.mean(each) for each in self.of_topic.values())
        return {
            "first": self.first / self.questions,
            "one of three": self.three / self.questions,
            "mean over topics": mean,
        }


def questions() -> list[Asked]:
    rows = rows_of("questions/counselchat_questions_dev.csv")
    named = [(row, [*row["topics_multi"].split("|"), row["topic_2020"]]) for row in rows]
    asked = [
        Asked(row["title"], row["text"], tuple({one_name(topic) for topic in topics if topic})) for row, topics in named
    ]
    return [one for one in asked if one.topics]


def one_name(topic: str) -> str:
    """The file writes one and the same topic "Grief and Loss" and "grief-and-loss"."""
    return topic.lower().replace(" & ", "-").replace(" ", "-")


Suggest = Callable[[Asked], list[str]]


def learnt(examples: list[Asked]) -> Suggest:
    from questions.likeness.centroids import Centroids, Labelled

    centroids = Centroids(Labelled(asked.topics, asked.text, asked.title) for asked in examples)
    return lambda asked: centroids.nearest(asked.title, asked.text, "en", SHOWN)


def commonest(examples: list[Asked]) -> Suggest:
    topics = [
        topic for topic, _number in Counter(topic for asked in examples for topic in asked.topics).most_common(SHOWN)
    ]
    return lambda _asked: topics


def score(learn: Callable[[list[Asked]], Suggest], most: int | None = None) -> dict[str, float]:
    """Learnt from nine folds, or from `most` of their questions, judged on the tenth."""
    scored, pool = Score(), questions()
    for seed in SEEDS:
        shuffled = random.Random(seed).sample(pool, len(pool))
        for fold in range(FOLDS):
            examples = [asked for at, asked in enumerate(shuffled) if at % FOLDS != fold]
            suggest = learn(examples[:most])
            for asked in shuffled[fold::FOLDS]:
                scored.judge(asked, suggest(asked))
    return scored.figures()


def cost() -> dict[str, float]:
    pool = questions()
    begun = time.process_time()
    suggest = learnt(pool)
    learning = time.process_time() - begun
    begun = time.process_time()
    for asked in pool:
        suggest(asked)
    return {"learning, s": learning, "suggesting, ms": 1000 * (time.process_time() - begun) / len(pool)}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    figures = {"always the commonest": score(commonest)}
    for most in (60, 120, 240, None):
        figures[f"{most or 'all'} labelled"] = score(learnt, most)
    say(f"{'':24} first   one of three   mean over topics")
    for name, shown in figures.items():
        say(f"{name:22} {shown['first']:7.3f} {shown['one of three']:14.3f} {shown['mean over topics']:18.3f}")
    figures["cost"] = cost()
    say(", ".join(f"{name} {figure:.2f}" for name, figure in figures["cost"].items()))
    say(json.dumps(figures))


if __name__ == "__main__":
    main()
