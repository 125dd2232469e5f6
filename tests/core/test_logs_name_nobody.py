"""A fault is logged by view and place in the code, with nothing that a person typed or opened."""

import ast
import json
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

from advice.discretion import DiscreetFormatter, JsonLines, NothingTyped

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


def logged_consequence(formatter: logging.Formatter) -> str:
    """The record of an error that came of another one, whose words are a person's."""
    try:
        try:
            fail_with(WORDS)
        except ValueError as cause:
            raise LookupError(WORDS) from cause
    except LookupError:
        record = logging.LogRecord("advice.clock", logging.ERROR, __file__, 1, "tick failed", None, sys.exc_info())
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


def test_as_json_a_fault_is_one_line_with_view_status_and_place_in_the_code() -> None:
    logged = logged_fault(request_for_sign_in(), JsonLines())
    assert len(logged.splitlines()) == 1
    said = json.loads(logged)
    where = [place.rpartition(" in ")[2] for place in said.pop("where")]
    assert where == ["logged_fault", "fail_with"]
    assert said == {
        "level": "ERROR",
        "logger": "django.request",
        "message": "500 in account_login",
        "view": "account_login",
        "status": 500,
        "error": "ValueError",
    }


def test_as_json_an_error_is_told_with_what_it_came_of() -> None:
    said = json.loads(logged_consequence(JsonLines()))
    assert (said["logger"], said["message"], said["error"]) == ("advice.clock", "tick failed", "LookupError")
    assert [(each["error"], len(each["where"])) for each in said["because"]] == [("ValueError", 2)]


@pytest.mark.parametrize("formatter", [DiscreetFormatter(), JsonLines()], ids=["text", "json"])
def test_neither_form_holds_a_word_an_address_or_a_time(formatter: logging.Formatter) -> None:
    lines = [
        logged_fault(request_for_sign_in(), formatter),
        logged_fault(RequestFactory().get("/guest/a-secret-token/?rosalind"), formatter),
        logged_consequence(formatter),
    ]
    said = " ".join(lines)
    assert not re.search(r"rosalind|flatmate|secret|/desk/|/guest/|127\.0\.0\.1|testserver", said, re.IGNORECASE)
    # No time of day, no date.
    assert not re.search(r"\d\d:\d\d|20\d\d-\d\d", said)


def test_the_settings_choose_the_form() -> None:
    program = (
        "import logging, logging.config; from advice import settings; logging.config.dictConfig(settings.LOGGING);"
        "logging.getLogger('advice.clock').error('tick failed')"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"QUERENT_LOG": form, "QUERENT_MODE": "test"},
            capture_output=True, text=True, check=True,
        ).stderr
        for form in ("", "json")
    ]  # fmt: skip
    assert said[0] == "ERROR advice.clock: tick failed\n"
    assert json.loads(said[1]) == {"level": "ERROR", "logger": "advice.clock", "message": "tick failed"}


def test_what_our_code_logs_is_written_in_the_code() -> None:
    """Every call of a logger has sentences of ours, and at most the name of an error's kind."""
    kinds_only, offenders = re.compile(r"type\(\w+\)\.__name__"), []
    for path in [*(ROOT / "advice").rglob("*.py"), *(ROOT / "questions").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            speaker = ast.unparse(node.func.value)
            if speaker in ("_log", "logger", "log") or speaker.startswith("logging."):
                said = [*node.args, *(keyword.value for keyword in node.keywords)]
                free = [each for each in said if not isinstance(each, ast.Constant)]
                offenders += [
                    f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
                    for each in free
                    if node.func.attr != "getLogger" and not kinds_only.fullmatch(ast.unparse(each))
                ]
    assert offenders == []


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
