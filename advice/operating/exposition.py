"""Prometheus' text format, version 0.0.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sample:
    """One number. `suffix` is what a histogram's parts are called by."""

    value: float
    labels: Labels = ()
    suffix: str = ""


@dataclass(frozen=True)
class Family:
    """Everything of one name: what it means, and its samples."""

    name: str
    kind: str
    meaning: str
    samples: Sequence[Sample]


def gauge(name: str, meaning: str, value: float) -> Family:
    return Family(name, "gauge", meaning, [Sample(value)])


def gauges(name: str, meaning: str, label: str, values: dict[str, int]) -> Family:
    """One gauge for each value of a label."""
    return Family(name, "gauge", meaning, [Sample(value, ((label, word),)) for word, value in sorted(values.items())])


def spans(labels: Labels, ends: Sequence[float], counts: Sequence[int], total: float) -> list[Sample]:
    """The samples of a histogram from how many fell between each end and the one before it; one more has no end."""
    names = [*(f"{end:g}" for end in ends), "+Inf"]
    sums = [sum(counts[: number + 1]) for number in range(len(counts))]
    buckets = [Sample(value, (*labels, ("le", name)), "_bucket") for name, value in zip(names, sums, strict=True)]
    return [*buckets, Sample(total, labels, "_sum"), Sample(sums[-1], labels, "_count")]


def written(families: Iterable[Family]) -> str:
    return "".join(line for family in families if family.samples for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {_escaped(family.meaning)}\n"
    yield f"# TYPE {family.name} {family.kind}\n"
    for sample in family.samples:
        labels = ",".join(f'{name}="{_escaped(value, quotes=True)}"' for name, value in sample.labels)
        braces = f"{{{labels}}}" if labels else ""
        yield f"{family.name}{sample.suffix}{braces} {sample.value!r}\n"


def _escaped(text: str, *, quotes: bool = False) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace('"', '\\"') if quotes else text
