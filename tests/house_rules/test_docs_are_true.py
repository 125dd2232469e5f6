"""What the docs say about the code is the code's own word."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from questions.management.commands.draw_lifecycle import drawn

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# One address shape for every verb of a question: these names share a view that looks the verb up in its table.
TABLE_DRIVEN = {"decide_question"}


def test_the_tour_has_the_tables_of_the_life_cycle() -> None:
    """When this fails, print them anew: `manage.py draw_lifecycle`."""
    assert (ROOT / "docs/tour.md").read_text().rstrip().endswith(drawn())


def test_every_file_the_docs_name_is_there() -> None:
    places = [ROOT, ROOT / "questions", ROOT / "questions/desk", ROOT / "tests", ROOT / "tests/core", ROOT / "docs"]
    named = re.compile(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|\.html|\.css|\.md|/))`")
    missing = [
        f"{doc.name}: {name}"
        for doc in DOCS
        for name in named.findall(doc.read_text())
        if name != "var/" and not any((place / name).exists() for place in places)
    ]
    assert missing == []


def test_every_test_the_docs_name_is_there() -> None:
    """A page that says what shows something has to name something that is run: a file of tests, or one test in it."""
    named = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
    missing = [
        f"{doc.name}: {path}::{name}"
        for doc in DOCS
        for path, name in named.findall(doc.read_text())
        if not (ROOT / path).exists() or (name and f"\ndef {name}(" not in (ROOT / path).read_text())
    ]
    assert missing == []


def test_one_name_runs_through_address_and_view() -> None:
    strays = []
    for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items():
        if namespace in {"asking", "desk", "guests", "operating", "reading"}:
            strays += [f"{namespace}:{name}" for name, view in named_views(resolver) if not is_named_for(name, view)]
    assert strays == []


def is_named_for(name: str, view: str) -> bool:
    """Further pages of a list, other states of the queue and safe feeds are the same view at another address."""
    others = {name.removesuffix("_page"), name.removesuffix("_state"), name.removeprefix("safe_")}
    return view in {*TABLE_DRIVEN, name, *others}


def named_views(resolver: URLResolver) -> list[tuple[str, str]]:
    """The name of each address and of its view, both as Python writes names."""
    found: list[tuple[str, str]] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += named_views(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append((pattern.name.replace("-", "_"), getattr(pattern.callback, "__name__", "")))
    return found
