"""A fault is logged by view and place in the code, with nothing that a person typed or opened."""

import logging
import sys
from pathlib import Path

from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from advice.discretion import DiscreetFormatter, NothingTyped

WORDS = "my flatmate Rosalind"


def fail_with(words: str) -> None:
    raise ValueError(words)


def logged_fault(request: HttpRequest, formatter: logging.Formatter) -> str:
    try:
        fail_with(WORDS)
    except ValueError:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Internal Server Error: %s",
            (request.path,),
            sys.exc_info(),
        )
    record.request, record.status_code = request, 500
    return formatter.format(record)


def request_for_sign_in() -> HttpRequest:
    path = "/desk/account/login/"
    request = RequestFactory().post(path, {"text": WORDS})
    request.resolver_match = resolve(path)
    return request


def test_a_fault_is_logged_by_view_and_place_in_the_code() -> None:
    lines = logged_fault(request_for_sign_in(), DiscreetFormatter()).splitlines()
    assert lines[0] == "ERROR django.request: 500 in account_login"
    assert [line.strip().rpartition(" in ")[2] for line in lines[1:-1]] == ["logged_fault", "fail_with"]
    assert Path(__file__).name in lines[1]
    assert lines[-1] == "ValueError"


def test_an_address_that_leads_nowhere_is_not_logged() -> None:
    logged = logged_fault(RequestFactory().get("/guest/a-secret-token/"), DiscreetFormatter())
    assert logged.splitlines()[0] == "ERROR django.request: 500 in no view"
    assert "a-secret-token" not in logged


def test_a_developer_sees_what_the_fault_said() -> None:
    logged = logged_fault(request_for_sign_in(), DiscreetFormatter(with_words=True))
    assert logged.splitlines()[-1] == f"ValueError: {WORDS}"


def test_an_error_report_shows_which_fields_were_sent_and_nothing_in_them() -> None:
    report, request = NothingTyped(), request_for_sign_in()
    assert report.get_post_parameters(request) == {"text": "********************"}
    frame = sys._getframe()
    assert set(dict(report.get_traceback_frame_variables(request, frame)).values()) == {"********************"}
