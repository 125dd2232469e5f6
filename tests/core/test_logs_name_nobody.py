"""A fault is logged by view and place in the code, with nothing that a person typed or opened."""

import logging
import os
import re
import socket
import subprocess
import sys
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from advice.discretion import DiscreetFormatter, NothingTyped

ROOT = Path(__file__).parents[2]
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


def printed_by_a_server(home: Path, *options: str) -> str:
    """What granian prints with these options while somebody asks three times for a page that it cannot show."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", port, *options]
    server = subprocess.Popen(
        [*map(str, command), "advice.wsgi:application"], cwd=ROOT, env=os.environ | {"QUERENT_HOME": str(home)},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    answers = 0
    while answers < 3 and server.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as visitor:
                visitor.request("GET", "/rosalind/?flatmate", headers={"User-Agent": "Rosalind"})
                answers += visitor.getresponse().status == HTTPStatus.INTERNAL_SERVER_ERROR
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.2)
    server.terminate()
    return server.communicate(timeout=30)[0]


@pytest.mark.pure
def test_the_server_that_run_starts_notes_no_request(tmp_path: Path) -> None:
    quiet = ["--log-level", "error", "--no-access-log"]
    assert ", ".join(f'"{option}"' for option in quiet) in (ROOT / "dev").read_text()
    assert not re.search("rosalind|flatmate|127.0.0.1", printed_by_a_server(tmp_path, *quiet), re.IGNORECASE)
    assert "/rosalind/" in printed_by_a_server(tmp_path, "--access-log")
