"""Print the tables of lifecycle.py as Markdown, for docs/tour.md."""

from typing import Any

from django.core.management.base import BaseCommand

from questions.lifecycle import ANSWER, EPISODE, QUESTION, Table

TABLES = {"A question": QUESTION, "Its answer": ANSWER, "An episode": EPISODE}


def drawn() -> str:
    """All tables, one Markdown table each: from, verb, to, who may, and what else must be true."""
    return "\n\n".join(_drawn(title, table) for title, table in TABLES.items())


def _drawn(title: str, table: Table) -> str:
    lines = [
        f"### {title}",
        "",
        "| from | verb | to | who may | what must be true |",
        "| --- | --- | --- | --- | --- |",
    ]
    for (state, verb), move in table.items():
        who = ", ".join(sorted(role.value for role in move.who))
        needs = ", ".join(need.value for need in move.needs)
        lines.append(f"| {str(state) or '(new)'} | {verb.value} | {move.to!s} | {who} | {needs} |")
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Print the tables of what may happen, for docs/tour.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(drawn())
