"""Which verbs a page offers: those that can succeed, and why the others cannot."""

from questions.actions.needs import unmet
from questions.lifecycle import Role, Table, Verb, verbs_from
from questions.models import Episode, Person, Question


def offered(table: Table, row: Question | Episode, host: Person) -> dict[Verb, str]:
    """The verbs that `host` may try from the state of `row`; each with the sentence that stands against it, if any."""
    verbs = verbs_from(table, row.state, Role(host.role))
    return {verb: next(filter(None, (unmet(need, row) for need in table[row.state, verb].needs)), "") for verb in verbs}


def possible(table: Table, row: Question | Episode, host: Person) -> list[Verb]:
    """The verbs against which nothing stands."""
    return [verb for verb, sentence in offered(table, row, host).items() if not sentence]
