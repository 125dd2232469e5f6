"""The rows of an episode are put into another order without being typed again, and without a script."""

import pytest

from questions.models import Episode
from tests import cast
from tests.desk.test_assemble_episode import NEW, blank

pytestmark = pytest.mark.django_db

BOOKS = ("On naps", "On snoring", "On sofas")


def three_books(**others: object) -> dict[str, object]:
    rows = {
        f"resources-{place}-{name}": value
        for place, title in enumerate(BOOKS)
        for name, value in (("kind", "book"), ("title", title))
    }
    return blank(**{**rows, "resources-TOTAL_FORMS": 4, **others})


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("resources:0:down", ["On snoring", "On naps", "On sofas"]),
        ("resources:2:up", ["On naps", "On sofas", "On snoring"]),
        ("resources:0:up", list(BOOKS)),
        ("resources:2:down", list(BOOKS)),
        *(
            (nonsense, list(BOOKS))
            for nonsense in ("resources:9:up", "resources:-1:up", "resources:1:left", "x", ":::")
        ),
    ],
)
def test_a_row_is_moved_and_nothing_that_was_typed_is_lost(move: str, order: list[str]) -> None:
    desk = cast.signed_in(cast.tomas())
    response = desk.post(NEW, three_books(move=move, title="Half a title", summary="Half a summary"))
    assert response.status_code == 200
    assembly = response.context["assembly"]
    assert [row["title"].value() for row in assembly.row_sets["resources"]] == [*order, None]
    assert (assembly.form["title"].value(), assembly.form["summary"].value()) == ("Half a title", "Half a summary")
    assert not Episode.objects.exists()


def test_the_order_on_the_page_is_the_one_that_is_saved() -> None:
    desk = cast.signed_in(cast.tomas())
    shown = desk.post(NEW, three_books(move="resources:2:up")).context["assembly"].row_sets["resources"]
    sent = {row.add_prefix(name): row[name].value() or "" for row in shown for name in ("kind", "title")}
    assert desk.post(NEW, {**three_books(), **sent}).status_code == 302
    saved = Episode.objects.get().resources.order_by("position")
    assert [resource.title for resource in saved] == ["On naps", "On sofas", "On snoring"]
