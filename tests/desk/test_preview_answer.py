"""The preview shows what readers will see, and stores nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Event, Revision
from tests import cast
from tests.desk.test_write_answer import claimed, page, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return cast.signed_in(cast.tomas())


def test_the_piece_is_the_safe_html_that_readers_get(desk: Client) -> None:
    hostile = "Hello <script>alert(1)</script> [x](javascript:alert(1))"
    body = f"{hostile}\n\n# Ask\n\n::: checklist Before\n1. Tea\n:::"
    shown = desk.post(reverse("desk:preview-answer"), {"body": body}).content.decode()
    assert "<script" not in shown
    assert "javascript:" not in shown.replace("[x](javascript:alert(1))", "")
    assert '<p class="part__number">Part One</p>' in shown
    assert '<h2 class="part__title">Ask</h2>' in shown
    assert 'class="checklist"' in shown
    assert "1 part, 1 checklist" in shown
    assert "<html" not in shown


def test_a_preview_without_a_script_keeps_everything_typed_and_stores_nothing(desk: Client) -> None:
    question = claimed()
    events = Event.objects.count()
    words = typed(question, text="Another wording?", body="# Sleep\r\n\r\nTwo **rooms**.")
    response = desk.post(page(question), {**words, "action": "preview"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Two <strong>rooms</strong>." in shown
    assert "# Sleep" in shown
    assert "Another wording?</textarea>" in shown
    assert "<ins>Another wording?</ins>" in shown
    assert Event.objects.count() == events
    assert Revision.objects.count() == 0


def test_a_preview_is_asked_for_by_post_only(desk: Client) -> None:
    assert desk.get(reverse("desk:preview-answer")).status_code == 405


def test_a_preview_needs_the_token_of_the_page() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tomas().user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    assert client.post(reverse("desk:preview-answer"), {"body": "x"}).status_code == 403
