"""What the readers' search costs: writing its index, and a search in the engine and as a whole request.

Run as `.venv/bin/python -m tests.bench.search [EPISODES]`: a table, then the same as one line of JSON. The words are
made up after Zipf's law (60,000 different ones, 1,500 in an episode), so what is found means nothing; only the cost is
measured. Everything is in a temporary folder, the database is SQLite in memory. Times are the processor's, which a busy
machine changes less.
"""

import bisect
import itertools
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

from tests.bench.likeness import say

VOCABULARY, WORDS_IN_AN_ANSWER, EXPONENT = 60_000, 1_500, 1.07
TOPICS, SEASONS = 30, 10
SEARCHES = 60
# How common the words of a search are, by their places in the vocabulary.
COMMONNESS = {"very common": (0, 5), "common": (20, 60), "rather rare": (800, 1_200), "rare": (15_000, 20_000)}
SHAPES = {
    **{f"one {name} word": [name] for name in COMMONNESS},
    "two common words": ["common", "common"],
    "three words": ["very common", "common", "rather rare"],
}


class Zipf:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "abcdefghijklmnoprstuvw"
        self.vocabulary = [
            "".join(self.random.choices(letters, k=self.random.randint(3, 9))) for _ in range(VOCABULARY)
        ]
        self._sums = list(itertools.accumulate((place + 2.7) ** -EXPONENT for place in range(VOCABULARY)))

    def words(self, count: int) -> str:
        places = (bisect.bisect(self._sums, self.random.random() * self._sums[-1]) for _ in range(count))
        return " ".join(self.vocabulary[place] for place in places)

    def text(self) -> str:
        return "\n\n".join(self.words(100) for _ in range(WORDS_IN_AN_ANSWER // 100))

    def search(self, shape: list[str]) -> str:
        return " ".join(self.vocabulary[self.random.randint(*COMMONNESS[name])] for name in shape)


def fill(number: int, zipf: Zipf) -> None:
    """So many published episodes, put into the tables without the deeds that lead there."""
    from django.utils import timezone

    from questions.lifecycle import Role
    from questions.models import Credit, CreditRole, Episode, Person, Season, Topic, Verdict

    now = timezone.now()
    people = [Person.objects.create(name=f"Person {at}", slug=f"person-{at}", role=Role.GUEST) for at in range(5)]
    verdict = Verdict.objects.create(words="It’s probably you.", slug="you")
    topics = [Topic.objects.create(name=zipf.words(2) + str(at), slug=f"topic-{at}") for at in range(TOPICS)]
    seasons = [Season.objects.create(number=at + 1) for at in range(SEASONS)]
    episodes = Episode.objects.bulk_create(
        Episode(
            season=seasons[at % SEASONS], number=at + 1, slug=f"episode-{at}", verdict=verdict if at % 2 else None,
            release_at=now - timedelta(hours=number - at), aired_script={
                "title": zipf.words(6), "summary": zipf.words(20),
                "segments": [{"question": zipf.words(60), "sign_off": "", "body": zipf.text()}],
            },
        ) for at in range(number)
    )  # fmt: skip
    Credit.objects.bulk_create(
        Credit(episode=each, person=people[each.pk % 5], role=CreditRole.ANSWERED) for each in episodes
    )
    Episode.topics.through.objects.bulk_create(
        Episode.topics.through(episode=each, topic=topics[at])
        for each in episodes
        for at in {each.pk % TOPICS, (each.pk * 7 + 3) % TOPICS}
    )


def timed(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def of_searches(search: Callable[[str], object], zipf: Zipf, shape: list[str]) -> dict[str, float]:
    typed = [zipf.search(shape) for _ in range(SEARCHES)]
    search(typed[0])
    taken = sorted(1000 * timed(lambda words=words: search(words)) for words in typed)  # type: ignore[misc]
    return {"p50": statistics.median(taken), "p95": taken[int(0.95 * len(taken))]}


def measured(number: int) -> dict[str, Any]:
    from django.test import Client
    from django.utils import timezone

    from questions import edition
    from questions.models import Episode
    from questions.search import published_index
    from questions.search.published_files import folder
    from questions.search.published_query import Questions, Way
    from questions.search.typed import wanted_by

    zipf = Zipf(number)
    fill(number, zipf)
    figures: dict[str, Any] = {"episodes": number}
    figures["index, s"] = timed(lambda: published_index.rebuild(timezone.now()))
    figures["on disk, MB"] = sum(path.stat().st_size for path in folder().iterdir()) / 1e6

    def change_one() -> None:
        Episode.objects.filter(pk=Episode.objects.values("pk")[:1]).update(version=7)
        edition.advance()
        published_index.catch_up(timezone.now())

    figures["one changed, s"] = timed(change_one)

    def ask(typed: str) -> None:
        """The best ten, from what was typed to their places in the index."""
        opened, _is_behind = published_index.current(timezone.now())
        if query := Questions(opened, wanted_by(typed), {}).by(Way.EVERY_WORD):
            opened.searcher.search(query, 10, count=True)

    client = Client()
    for name, shape in SHAPES.items():
        engine = of_searches(ask, zipf, shape)
        request = of_searches(lambda typed: client.get("/search/", {"q": typed}), zipf, shape)
        figures[name] = {"engine": engine, "request": request}
    figures["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.settings_dict["NAME"] = ":memory:"
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    shown = ", ".join(f"{name} {figure:.2f}" for name, figure in figures.items() if not isinstance(figure, dict))
    say(shown)
    say(f"{'ms':24} engine p50   p95   request p50   p95")
    for name in SHAPES:
        engine, request = figures[name]["engine"], figures[name]["request"]
        say(f"{name:24} {engine['p50']:10.1f} {engine['p95']:5.1f} {request['p50']:13.1f} {request['p95']:5.1f}")
    say(json.dumps(figures))


if __name__ == "__main__":
    main()
