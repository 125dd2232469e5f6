"""No value in any field of the desk is an error of ours, and what cannot be meant is never taken."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from questions.models import DeclineReason, Episode
from tests import cast, factories
from tests.desk.test_assemble_episode import blank
from tests.desk.test_decide_question import in_state

pytestmark = pytest.mark.django_db

HOSTILE = ["9" * 30, "-1", "\x00", "a", "💥" * 200]

Sent = dict[str, Any]


def forms_on(response: Any) -> Iterator[forms.BaseForm]:
    """Every form that a page shows."""
    context = response.context
    if detail := context.get("detail"):
        yield from (panel.form for panel in detail.panels.values())
    elif assembly := context.get("assembly"):
        yield assembly.form
        for rows in assembly.row_sets.values():
            yield rows.management_form
            yield from rows
    else:
        yield context["form"]


def pages() -> Iterator[tuple[str, str, Sent]]:
    """Each page with forms, where they go (each to its own verb, if empty), and what is sent along."""
    DeclineReason.objects.get_or_create(slug="no", defaults={"label": "No", "words": "No."})
    factories.topic("Sleep")
    for state in ("waiting", "answering", "declined"):
        page = reverse("desk:question", args=[in_state(state).ref])
        yield page, "", {}
    writing = reverse("desk:write-answer", args=[in_state("answering").ref])
    yield writing, writing, {"text": "Words", "seen": 2}
    new = reverse("desk:new-episode")
    yield new, new, blank(title="Naps", season="", number=9)
    episode = factories.assembled_episode()
    edit = reverse("desk:edit-episode", args=[episode.ref])
    yield edit, edit, blank(seen=episode.version, slug=episode.slug, **{"credits-TOTAL_FORMS": 3})
    preview = reverse("desk:preview-episode", args=[episode.ref])
    yield preview, reverse("desk:schedule-episode", args=[episode.ref]), {"seen": episode.version}
    published = factories.published_episode(slug="out")
    correct = reverse("desk:correct-episode", args=[published.ref])
    yield correct, correct, {"seen": published.version, "body_1": "New.", "words": "All."}


def is_free_text(field: forms.Field) -> bool:
    # A link, a place or a length has a form of its own; a box is ticked by anything.
    return type(field).__name__ in ("CharField", "ProseField", "BooleanField")


def test_every_field_of_every_form_survives_everything() -> None:
    client = cast.signed_in(cast.tomas())
    tried: set[tuple[str, str]] = set()
    taken = []
    for page, target, sent in list(pages()):
        shown = client.get(page)
        assert shown.status_code == 200
        panels = [] if target else shown.context["detail"].panels.values()
        addresses = {id(panel.form): panel.address for panel in panels}
        for form in list(forms_on(shown)):
            for name, field in form.fields.items():
                # The same field of the same form on another page has nothing new to tell.
                kind = (type(form).__name__, form.add_prefix(name))
                if kind in tried:
                    continue
                tried.add(kind)
                for value in HOSTILE[2:] if is_free_text(field) else HOSTILE:
                    response = client.post(target or addresses[id(form)], {**sent, form.add_prefix(name): value})
                    assert response.status_code in (302, 409, 422), (page, name, value)
                    if response.status_code == 302 and not is_free_text(field):
                        taken.append((name, value))
    assert len(tried) > 50
    # An address may well be the letter a or thirty digits.
    assert [(name, value) for name, value in taken if name != "slug"] == []
    assert Episode.objects.count() >= 2
