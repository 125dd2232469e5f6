"""A show of many episodes, put into the tables without the deeds that lead there.

Words are made up after Zipf's law, so that they repeat and pack as words do, and are the same every time.
"""

import bisect
import itertools
import random
from datetime import timedelta
from functools import cached_property

VOCABULARY, EXPONENT = 60_000, 1.07
TOPICS, SEASONS, PEOPLE = 30, 10, 12
PARAGRAPHS = 10_000
AT_ONCE = 1_000
"""Rows that are written together."""


class Words:
    """Made-up words, the commonest first: the same whatever the seed, which says how they follow each other."""

    def __init__(self, seed: int = 1) -> None:
        self.random, making = random.Random(seed), random.Random(1)
        letters = "abcdefghijklmnoprstuvw"
        self.vocabulary = ["".join(making.choices(letters, k=making.randint(3, 9))) for _ in range(VOCABULARY)]
        self._sums = list(itertools.accumulate((place + 2.7) ** -EXPONENT for place in range(VOCABULARY)))

    def some(self, count: int) -> str:
        total = self._sums[-1]
        draw = self.random.random
        return " ".join(self.vocabulary[bisect.bisect(self._sums, draw() * total)] for _ in range(count))

    def text(self, words: int) -> str:
        """An answer in parts, with paragraphs of a hundred words out of some thousands."""
        parts = (f"## {self.some(3)}\n\n{self.random.choice(self._paragraphs)}" for _ in range(max(1, words // 100)))
        return "\n\n".join(parts)

    @cached_property
    def _paragraphs(self) -> list[str]:
        """To make up each word of 100,000 long answers would take longer than all that is measured."""
        return [self.some(100) for _ in range(PARAGRAPHS)]


def fill(number: int, words: int = 1_500, *, first: int = 0) -> None:
    """Add so many published episodes, numbered from `first`, with answers of about so many words."""
    from django.db import transaction
    from django.utils import timezone

    from questions import edition
    from questions.lifecycle import Role
    from questions.models import Credit, CreditRole, Episode, Person, Season, Topic, Verdict

    made_up, now = Words(first + 1), timezone.now()
    people = [
        Person.objects.get_or_create(slug=f"person-{at}", defaults={"name": f"Person {at}", "role": Role.GUEST})[0]
        for at in range(PEOPLE)
    ]
    verdict = Verdict.objects.get_or_create(slug="many", defaults={"words": "It’s many."})[0]
    topics: list[Topic] = []
    for at in range(TOPICS):
        parent = topics[at // 3] if at >= 10 else None
        named = {"name": f"{made_up.some(2)} {at}", "parent": parent}
        topics.append(Topic.objects.get_or_create(slug=f"topic-{at}", defaults=named)[0])
    seasons = [Season.objects.get_or_create(number=100 + at)[0] for at in range(SEASONS)]
    for start in range(first, first + number, AT_ONCE):
        with transaction.atomic():
            episodes = Episode.objects.bulk_create(
                Episode(
                    season=seasons[at % SEASONS], number=at // SEASONS + 1, slug=f"many-{at}",
                    verdict=verdict if at % 2 else None, release_at=now - timedelta(minutes=10 * at + 10),
                    aired_script={
                        "title": made_up.some(6), "summary": made_up.some(20), "note": "", "verdict_reason": "",
                        "segments": [
                            {"question": made_up.some(60), "sign_off": made_up.some(1), "body": made_up.text(words)}
                        ],
                    },
                ) for at in range(start, min(first + number, start + AT_ONCE))
            )  # fmt: skip
            Credit.objects.bulk_create(
                Credit(episode=each, person=people[each.pk % PEOPLE], role=CreditRole.ANSWERED) for each in episodes
            )
            Episode.topics.through.objects.bulk_create(
                Episode.topics.through(episode=each, topic=topics[at])
                for each in episodes
                for at in {each.pk % TOPICS, (each.pk * 7 + 3) % TOPICS}
            )
    with transaction.atomic():
        edition.advance()
