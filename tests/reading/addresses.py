"""Every address that readers and their programs can ask for, taken from the list of routes itself."""

from collections.abc import Iterable, Iterator
from itertools import product
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, reverse

from questions.models import Episode, Person, Season, Topic, Verdict
from questions.reading.addresses import absolute
from questions.reading.feeds.channels import FORMATS
from questions.reading.urls import urlpatterns

MODELS = {"episode": Episode, "topic": Topic, "person": Person, "verdict": Verdict}
"""What a slug belongs to, by a word in the name of the route."""


def every_public_address(numbers: Iterable[int] = (1, 2)) -> Iterator[str]:
    """Each route with each value that the database has for it, whether anybody may see it or not.

    `numbers` are the pages of lists that are asked for.
    """
    for pattern in every_route():
        yield from addresses_of(pattern, numbers)


def every_route() -> Iterator[URLPattern]:
    waiting: list[URLPattern | URLResolver] = list(urlpatterns)
    for pattern in waiting:
        if isinstance(pattern, URLResolver):
            waiting += pattern.url_patterns
        else:
            yield pattern


def addresses_of(pattern: URLPattern, numbers: Iterable[int] = (1, 2)) -> Iterator[str]:
    """The addresses of one route, with the queries of those that are asked something."""
    route, names = pattern.name or "", list(pattern.pattern.converters)
    for values in product(*(_values(route, name, numbers) for name in names)):
        address = reverse(f"reading:{route}", kwargs=dict(zip(names, values, strict=True)))
        yield address
        yield from (f"{address}?{query}" for query in _queries(route))


def _values(route: str, name: str, numbers: Iterable[int]) -> list[str | int]:
    if name == "number":
        return [*numbers]
    if name == "format":
        return [*FORMATS]
    if name == "season_number":
        return [*Season.objects.values_list("number", flat=True)]
    assert name == "slug", f"{route}: nobody has said what “{name}” can be"
    [model] = [model for word, model in MODELS.items() if word in route.split("-")]
    return [*model._default_manager.values_list("slug", flat=True)]


def _queries(route: str) -> Iterator[str]:
    if route == "oembed":
        for slug in Episode.objects.values_list("slug", flat=True):
            yield f"url={quote(absolute(reverse('reading:episode', args=[slug])), safe='')}"
    elif route == "search":
        # The last one finds every episode.
        yield from ("q=naps", "q=%22in+the+rain%22+-soup", "q=", "q=-zxqv")
