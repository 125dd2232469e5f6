"""The import law of the house: what may know of what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]

# Each floor may import from the floors before it and from its own room, and from nothing after.
FLOORS = (
    {
        "lifecycle",
        "sealing",
        "receipts",
        "links",
        "sessions",
        "throttle",
        "safety",
        "rendering",
        "players",
        "comparison",
        "proof_of_work",
        "content_notes",
        "countries",
        "colours",
        "languages",
        "mirror",
        "tombstones",
        "gentle",
    },
    {"models"},
    # Who may see what, and when that changed: whatever shows something asks these two.
    {"visibility", "edition"},
    {"search"},
    {"likeness", "context", "films", "promises", "checks", "letters", "probes"},
    {"actions", "showing"},
    {"asking", "desk", "reading", "guests", "notices", "importers", "api", "keeping"}
    | {"management", "demo", "templatetags"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# Commands and template filters stand at the door: they call the rooms of their own floor.
MAY_USE_NEIGHBOURS = {"management", "templatetags"}
# `advice` is wiring. It names the journeys in urls.py only, the edition in the press, and what can be probed where the
# operator asks.
ADVICE_MAY_IMPORT = {
    "advice/urls.py": {"asking", "desk", "reading", "guests", "api"},
    "advice/headers.py": {"players"},
    "advice/press": {"edition", "mirror"},
    "advice/operating": {"edition", "probes"},
}
# Nothing of the house knows its wiring, but for the one that says what is wrong with it.
MAY_KNOW_THE_WIRING = {"questions/probes/keys.py": {"advice.checks"}}


def modules_of(path: Path) -> Iterator[str]:
    """What a file imports, by its dotted names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names) if "." not in module else [module]


def imports_of(path: Path) -> Iterator[str]:
    """The rooms of `questions` that a file imports from."""
    for name in modules_of(path):
        package, _, rest = name.partition(".")
        if package == "questions" and rest:
            yield rest.split(".")[0]


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "questions").parts[0].removesuffix(".py")


def production_files() -> list[Path]:
    files = sorted((ROOT / "questions").rglob("*.py"))
    return [path for path in files if "migrations" not in path.parts and path.name not in ("__init__.py", "apps.py")]


def broken_by(path: Path) -> list[str]:
    room = room_of(path)
    broken = []
    for other in imports_of(path):
        assert other in FLOOR_OF, f"{path}: the law says nothing of {other}"
        above = FLOOR_OF[other] > FLOOR_OF[room]
        neighbour = FLOOR_OF[other] == FLOOR_OF[room] and other != room
        leaf = FLOOR_OF[room] <= 0
        if above or (neighbour and not leaf and room not in MAY_USE_NEIGHBOURS):
            broken.append(f"{path.relative_to(ROOT)} imports {other}")
    return broken


def test_every_room_is_in_the_law() -> None:
    assert {room_of(path) for path in production_files()} <= set(FLOOR_OF)


def test_nobody_imports_from_a_floor_above_or_from_a_neighbour() -> None:
    assert [line for path in production_files() for line in broken_by(path)] == []


def test_the_wiring_knows_journeys_only_in_the_site_map() -> None:
    broken = []
    for path in sorted((ROOT / "advice").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        allowed = next((rooms for where, rooms in ADVICE_MAY_IMPORT.items() if name.startswith(where)), set())
        broken += [f"{name} imports {room}" for room in imports_of(path) if room not in allowed]
    assert broken == []


def test_only_a_probe_knows_the_wiring() -> None:
    broken = []
    for path in production_files():
        name = str(path.relative_to(ROOT))
        known = {module for module in modules_of(path) if module.split(".")[0] == "advice"}
        broken += [f"{name} imports {module}" for module in known - MAY_KNOW_THE_WIRING.get(name, set())]
    assert broken == []


def test_the_law_would_notice_a_journey_that_imports_another(tmp_path: Path) -> None:
    offender = ROOT / "questions" / "asking" / "offender.py"
    tree = tmp_path / "offender.py"
    tree.write_text("from questions.reading import views\n")
    assert list(imports_of(tree)) == ["reading"]
    assert FLOOR_OF["reading"] == FLOOR_OF[room_of(offender)]
