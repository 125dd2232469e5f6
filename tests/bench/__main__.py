"""Everything that is a goal, measured: one table at the end, and the same as JSON in var/bench.json.

Run as `make bench`, or `make bench ARGS="press search"` for some of it. Each module measures in a process of its own,
on PostgreSQL, on SQLite, or on one after the other, and is asked for nothing but its figures. Ends with the number of
goals that were missed. The whole takes about an hour on two cores.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, say

ROOT = Path(__file__).parents[2]
POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
MODULES = {
    "press": (POSTGRESQL, SQLITE),
    "intake": (POSTGRESQL, SQLITE),
    "search": (POSTGRESQL,),
    "desk": (POSTGRESQL, SQLITE),
    "growth": (POSTGRESQL, SQLITE),
    "pages": (SQLITE,),
}
"""On what each is measured. Search keeps its own files on either; PostgreSQL is there to be compared with."""


def figures_of(module: str, database: str) -> list[Figure] | None:
    """What a module reports on this database; None where it came to no end."""
    url = os.environ.get("DATABASE_URL", "") if database == POSTGRESQL else ""
    command = [sys.executable, "-m", f"tests.bench.{module}"]
    environment = os.environ | {"DATABASE_URL": url}
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            # The last line is JSON, for this program alone.
            if not line.startswith("{"):
                say(line.rstrip())
            last = line
    try:
        found = json.loads(last)["figures"]
    except (ValueError, KeyError, TypeError):
        return None
    return [Figure(**{name: value for name, value in each.items() if name != "is_met"}) for each in found]


def main() -> int:
    wanted = sys.argv[1:] or list(MODULES)
    table: dict[str, list[Figure]] = {}
    failed = []
    for module in wanted:
        for database in MODULES[module]:
            if database == POSTGRESQL and not os.environ.get("DATABASE_URL"):
                failed.append(f"{module} on {database}, since none could be started")
                continue
            say(f"\n{module}, on {database}")
            figures = figures_of(module, database)
            if figures is None:
                failed.append(f"{module} on {database}, which came to no end")
            table[f"{module}, on {database}"] = figures or []
    missed = sum(not figure.is_met for figures in table.values() for figure in figures)
    say("\n\nEverything together")
    for name, figures in table.items():
        say(f"\n{name}")
        for figure in figures:
            say(f"  {figure}")
    for part in failed:
        say(f"\n*** NOT MEASURED: {part}. ***")
    say(f"\nGoals missed: {missed}" if missed or failed else "\nEvery goal is met.")
    kept = {name: [vars(figure) | {"is_met": figure.is_met} for figure in figures] for name, figures in table.items()}
    path = ROOT / "var" / "bench.json"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text(json.dumps({"figures": kept, "missed": missed, "not_measured": failed}, indent=1))
    return missed + len(failed)


if __name__ == "__main__":
    sys.exit(main())
