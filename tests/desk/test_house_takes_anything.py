"""No value in any field of the house is an error of ours, whoever sends it and whatever else is in the form."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from questions.models import CannedReply, DeclineReason, Show
from tests import cast, factories
from tests.desk.test_hostile_fields import HOSTILE

pytestmark = pytest.mark.django_db

WORSE = [*HOSTILE, "\ud83d", "a\r\nb"]


def pages() -> Iterator[str]:
    """Every form of the house, on a page of it."""
    reason = DeclineReason.objects.create(slug="no", label="No", words="No.")
    reply = CannedReply.objects.create(title="Hello", text="Hi.")
    episode = factories.assembled_episode(verdict=factories.verdict().words)
    yield from (reverse(f"desk:{name}") for name in ("edit-show", "edit-asking", "edit-promises", "new-topic"))
    yield reverse("desk:edit-crisis-line", args=[factories.crisis_line("116 000").pk])
    yield reverse("desk:edit-topic", args=[factories.topic().pk])
    yield reverse("desk:merge-topic", args=[factories.topic().pk])
    rows: dict[str, Any] = {
        "verdicts": episode.verdict, "seasons": episode.season, "decline-reasons": reason, "canned-replies": reply,
    }  # fmt: skip
    yield from (reverse("desk:edit-entry", args=[kind, row.pk]) for kind, row in rows.items())


def test_every_field_of_the_house_survives_everything() -> None:
    client = cast.signed_in(cast.noor())
    tried = 0
    for page in list(pages()):
        form = client.get(page).context["form"]
        shown = {name: value for name, value in form.initial.items() if value not in (None, "") and name != "shown"}
        for name in form.fields:
            for value in WORSE:
                body = urlencode({**shown, name: value}, doseq=True, errors="surrogatepass")
                response = client.post(page, body, content_type="application/x-www-form-urlencoded")
                assert response.status_code in (302, 409, 422), (page, name, value)
                # Whoever asks for a second step needs one from the next page on.
                Show.objects.update(asks_second_step=False)
                tried += 1
    assert tried > 250
