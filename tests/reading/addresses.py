"""Every address that readers and their programs can ask for, taken from the list of routes itself."""

from collections.abc import Iterator
from itertools import product

from django.urls import reverse

from questions.models import Episode, Person, Season, Topic, Verdict
from questions.reading.urls import urlpatterns


def every_public_address() -> Iterator[str]:
    """Each route with each value that the database has for it, whether anybody may see it or not."""
    for pattern in urlpatterns:
        names = list(pattern.pattern.converters)
        for values in product(*(_values(pattern.name or "", name) for name in names)):
            yield reverse(f"reading:{pattern.name}", kwargs=dict(zip(names, values, strict=True)))


def _values(route: str, name: str) -> list[str | int]:
    if name == "number":
        return [1, 2]
    if name == "season_number":
        return list(Season.objects.values_list("number", flat=True))
    model = {"episode": Episode, "topic": Topic, "person": Person, "verdict": Verdict}[route.partition("-")[0]]
    return list(model._default_manager.values_list("slug", flat=True))
