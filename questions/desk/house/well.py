"""Whether everything is well: how each part of the installation stands, and what to do about it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.desk.access import host_of, hosts_only
from questions.lifecycle import Role
from questions.probes.finding import Probe, State
from questions.probes.table import GROUPS, Examined, Group, examine


@dataclass(frozen=True)
class Shown:
    """A group and what was found in it, the worst first."""

    group: Group
    examined: list[Examined]


@hosts_only
@require_safe
def well(request: HttpRequest) -> HttpResponse:
    """Every part with its state, a sentence and what to do. What tells of keys and settings, owners alone see."""
    is_owner, now = host_of(request).role == Role.OWNER, timezone.now()
    chosen = {group: [probe for probe in group.probes if _is_shown(probe, to_owner=is_owner)] for group in GROUPS}
    found = iter(examine([probe for probes in chosen.values() for probe in probes], now))
    shown = [Shown(group, _worst_first([next(found) for _probe in probes])) for group, probes in chosen.items()]
    states = [each.finding.state for part in shown for each in part.examined]
    context = {
        "parts": [part for part in shown if part.examined],
        "broken_count": states.count(State.BROKEN),
        "look_count": states.count(State.LOOK) + states.count(State.UNKNOWN),
    }
    return render(request, "desk/well.html", context)


def _is_shown(probe: Probe, *, to_owner: bool) -> bool:
    return not probe.is_for_doctors and (to_owner or not probe.is_for_owners)


def _worst_first(examined: list[Examined]) -> list[Examined]:
    return sorted(examined, key=lambda each: list(State).index(each.finding.state))
