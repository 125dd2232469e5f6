"""All topics as readers walk through them: the wide ones, and below each the narrower ones."""

from dataclasses import dataclass, field

from questions.models import Topic
from questions.models.topic import lineage


@dataclass(frozen=True)
class Branch:
    topic: Topic
    narrower: list["Branch"] = field(default_factory=list)


def tree_of(topics: list[Topic]) -> list[Branch]:
    """Each of the topics once, by name; topics that go round in a circle stand side by side at the top."""
    by_pk = {topic.pk: topic for topic in topics}
    branches = {topic.pk: Branch(topic) for topic in sorted(topics, key=lambda topic: topic.name.casefold())}
    tree: list[Branch] = []
    for branch in branches.values():
        *_way, widest = lineage(branch.topic, by_pk)
        above = branches.get(branch.topic.parent_id or 0) if widest.parent_id not in branches else None
        (above.narrower if above else tree).append(branch)
    return tree
