"""What tests of probes share."""

from questions.probes.finding import Finding, State


def said(finding: Finding) -> tuple[str, str]:
    """State and sentence; whoever is not well is told what to do."""
    assert bool(finding.advice) == (finding.state != State.WELL)
    return finding.state.value, finding.sentence
