"""Which headers the pages for askers, for the desk and for readers carry."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from advice.headers import headers_middleware

pytestmark = pytest.mark.pure


def answer_to(path: str, **set_by_view: str) -> HttpResponseBase:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={name.replace("_", "-"): value for name, value in set_by_view.items()})

    return headers_middleware(view)(RequestFactory().get(path))


@pytest.mark.parametrize("path", ["/ask/", "/receipt/", "/guest/abc/", "/preview/abc/", "/join/abc/"])
def test_a_page_for_askers_and_for_those_with_a_link_is_kept_nowhere_and_tells_nobody_where_one_was(path: str) -> None:
    answer = answer_to(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.mark.parametrize("path", ["/desk/", "/desk/account/login/"])
def test_a_page_for_hosts_is_kept_nowhere(path: str) -> None:
    answer = answer_to(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_an_answer_to_the_operator_is_kept_nowhere_and_loads_nothing(path: str) -> None:
    answer = answer_to(path)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("path", ["/", "/episodes/asking/", "/asking-for-a-friend/", "/nowhere"])
def test_a_page_for_readers_may_be_kept_and_found(path: str) -> None:
    answer = answer_to(path)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=1"
    assert not answer.has_header("X-Robots-Tag")


def test_only_pages_with_episodes_may_show_a_player() -> None:
    players = "frame-src https://www.youtube-nocookie.com https://player.vimeo.com"
    paths = ("/", "/preview/abc/", "/ask/", "/receipt/", "/desk/")
    assert [players in answer_to(path)["Content-Security-Policy"] for path in paths] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("path", ["/", "/preview/abc/", "/ask/", "/receipt/", "/desk/", "/guest/abc/"])
def test_no_page_runs_or_wears_anything_written_inline_or_from_elsewhere(path: str) -> None:
    policy = answer_to(path)["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert (rules["default-src"], rules["base-uri"], rules["frame-ancestors"]) == ("'none'",) * 3
    assert {rules[name] for name in ("script-src", "style-src", "img-src", "font-src", "form-action")} == {"'self'"}


def test_what_a_view_has_set_stands() -> None:
    assert answer_to("/feeds/", Cache_Control="public, max-age=60")["Cache-Control"] == "public, max-age=60"
