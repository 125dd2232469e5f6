"""Look at everything an installation needs, and say in sentences what is wrong and what to do.

It runs where nothing else does: with unsafe settings, without a database, before the first migration. Settings that
cannot even be read are explained before Django starts (advice/checks.py).
"""

import textwrap
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from questions.probes.finding import Finding, Probe, State
from questions.probes.table import GROUPS, examine

WIDTH = 100


class Command(BaseCommand):
    help = "Explain what is wrong with this installation; exits with 1 if something is broken."
    # It speaks of what the checks would refuse.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        text = "also open everything that is sealed, and sign in at the mail server"
        parser.add_argument("--thorough", action="store_true", help=text)

    def handle(self, *args: Any, thorough: bool, **options: Any) -> None:
        self.stdout.write(f"QUERENT_MODE is {settings.MODE}, QUERENT_HOME is {settings.HOME}.")
        probes = [probe for group in GROUPS for probe in group.probes if thorough or not probe.is_for_doctors]
        examined = {each.probe: each.finding for each in examine(probes, timezone.now())}
        # What everything else stands on comes first.
        for group in reversed(GROUPS):
            self.stdout.write(f"\n{group.title}")
            self.tell({probe: examined[probe] for probe in group.probes if probe in examined})
        states = [finding.state for finding in examined.values()]
        broken, others = states.count(State.BROKEN), states.count(State.LOOK) + states.count(State.UNKNOWN)
        self.stdout.write(f"\nBroken: {broken}. To be looked at: {others}.")
        if broken:
            raise SystemExit(1)

    def tell(self, examined: dict[Probe, Finding]) -> None:
        """Each part with its state, what there is to say and, on a line of its own, what to do; the same only once."""
        titles: dict[Finding, list[str]] = {}
        for probe, finding in examined.items():
            titles.setdefault(finding, []).append(str(probe.title))
        for finding, named in titles.items():
            begins = f"  {finding.state.value.ljust(7)}  "
            self.stdout.write(_wrapped(f"{', '.join(named)}: {finding.sentence}", begins))
            if finding.advice:
                self.stdout.write(_wrapped(finding.advice, " " * len(begins) + "-> "))


def _wrapped(text: str, begins: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=begins, subsequent_indent=" " * len(begins), break_on_hyphens=False
    )
