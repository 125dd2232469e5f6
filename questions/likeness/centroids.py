"""Topics as the middle of what was asked about them, and which of them a text is nearest to. Pure, and in memory."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from questions.likeness.meaning import Middles
from questions.search.words import letters_of, stems_of

Topic = TypeVar("Topic", bound=Hashable)

FEWEST = 60
"""With fewer labelled questions than this, the commonest topics are the better guess (issue 4)."""
TITLE_COUNTS = 2
"""The words of a title count as if they were said so often."""
RARITY_COUNTS = 1.5
"""How much more a rare word says: the power of its inverse document frequency. More helps small topics, and costs large
ones; docs/decisions/0005-asked-before.md has the figures."""

_Weights = dict[str, float]


class Labelled(NamedTuple, Generic[Topic]):
    """A text whose topics somebody has said."""

    topics: tuple[Topic, ...]
    text: str
    title: str = ""
    language: str = "en"
    # A topic's own names teach what it is about, but nobody has asked anything with them.
    is_example: bool = True
    # Where it stands in the space of meaning, if anybody has found that out.
    place: Any = None


class Centroids(Generic[Topic]):
    """What is learnt once and then only asked, from any number of threads."""

    def __init__(self, labelled: Iterable[Labelled[Topic]]) -> None:
        self.labelled = 0
        self._commonest: Counter[Topic] = Counter()
        counted, placed = [], []
        for example in labelled:
            if example.place is not None:
                placed.append((example.topics, example.place))
            counted.append((example.topics, _counted(example.title, example.text, example.language)))
            self.labelled += example.is_example
            for topic in example.topics:
                self._commonest[topic] += example.is_example
        found = Counter(sign for _topics, signs in counted for sign in signs)
        self._rarity = {
            sign: math.log(1 + (len(counted) - number + 0.5) / (number + 0.5)) ** RARITY_COUNTS
            for sign, number in found.items()
        }
        middles: dict[Topic, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for topics, signs in counted:
            weights = self._weights(signs)
            for topic in topics:
                for sign, weight in weights.items():
                    middles[topic][sign] += weight
        self._meant = Middles(placed) if len(placed) >= FEWEST else None
        # The other way round, a text meets only what it has a part in.
        self._near: defaultdict[str, list[tuple[Topic, float]]] = defaultdict(list)
        for topic, middle in middles.items():
            for sign, weight in _of_length_one(middle).items():
                self._near[sign].append((topic, weight))

    @property
    def is_guess(self) -> bool:
        """Whether too little is labelled to learn from, so that the commonest topics are all there is to say."""
        return self.labelled < FEWEST

    def nearest(self, title: str, text: str, language: str, limit: int, place: Any = None) -> list[Topic]:
        """The topics whose middle a text is nearest to, the nearest first, then the commonest ones.

        With its place in the space of meaning it is compared by that as well, once enough examples have theirs.
        """
        scores: defaultdict[Topic, float] = defaultdict(float)
        if not self.is_guess:
            for nearness in (self._by_words(title, text, language), self._by_meaning(place)):
                most = max(nearness.values(), default=0.0) or 1.0
                for topic, score in nearness.items():
                    scores[topic] += score / most
        commonest = sorted(self._commonest, key=lambda topic: -self._commonest[topic])
        # Sorting keeps the commonest first among those that are as near.
        return sorted(commonest, key=lambda topic: -scores[topic])[:limit]

    def _by_words(self, title: str, text: str, language: str) -> dict[Topic, float]:
        scores: defaultdict[Topic, float] = defaultdict(float)
        for sign, weight in self._weights(_counted(title, text, language)).items():
            for topic, part in self._near.get(sign, ()):
                scores[topic] += weight * part
        return scores

    def _by_meaning(self, place: Any) -> dict[Topic, float]:
        return self._meant.nearness(place) if self._meant and place is not None else {}

    def _weights(self, signs: Mapping[str, int]) -> _Weights:
        """Each sign by how often it is there and how few texts have it; those never seen before say nothing."""
        rarity = self._rarity
        return _of_length_one(
            {sign: (1 + math.log(number)) * rarity[sign] for sign, number in signs.items() if sign in rarity}
        )


def _counted(title: str, text: str, language: str) -> Counter[str]:
    """How often each stem is in a text, and each four letters of a word, which begin with a mark of their own."""
    stems = Counter(stems_of(text, language))
    for stem, number in Counter(stems_of(title, language)).items():
        stems[stem] += TITLE_COUNTS * number
    signs: Counter[str] = Counter(stems)
    for stem, number in stems.items():
        for four in letters_of([stem]):
            signs[f"#{four}"] += number
    return signs


def _of_length_one(weights: Mapping[str, float]) -> _Weights:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {sign: weight / length for sign, weight in weights.items()}
