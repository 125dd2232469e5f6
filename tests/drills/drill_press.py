"""Readers get printed pages through nginx and without it: the same, right after every deed, and without a database."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path

import pytest

from tests.drills.site import NGINX, Site
from tests.drills.visitors import Answer, Visitor

OF_THE_CONNECTION = {"connection", "date", "server", "accept-ranges"}
WAYS = ["nginx", "granian"] if NGINX else ["granian"]

RETRACT = (
    "from questions.models import Episode; from questions.actions.retract import retract;"
    "from questions.actions.acting import acting; from tests import cast;"
    "row = Episode.objects.get(slug='{slug}'); retract(row, by=acting(cast.noor()), seen=row.version)"
)
PUBLISH = (
    "from questions.models import Episode; from questions.actions.schedule import publish;"
    "from questions.actions.acting import acting; from tests import cast;"
    "row = Episode.objects.get(slug='{slug}'); publish(row, by=acting(cast.noor()), seen=row.version)"
)
SCHEDULE = (
    "from datetime import timedelta; from django.utils import timezone; from questions.models import Episode;"
    "from questions.actions.schedule import schedule; from questions.actions.acting import acting;"
    "from tests import cast; row = Episode.objects.get(slug='{slug}');"
    "schedule(row, at=timezone.now() + timedelta(seconds={seconds}), by=acting(cast.noor()), seen=row.version)"
)
MAKE = "from tests import factories; factories.{kind}_episode('{title}', number={number}, slug='{slug}')"


def do(site: Site, deed: str, **named: object) -> None:
    site.manage("shell", "-v0", "-c", deed.format(**named))


def get(site: Site, way: str, path: str, **headers: str) -> Answer:
    return Visitor(site, way, address="192.0.2.77", keeps_cookies=False, **headers).get(path)


def plain(headers: Message) -> dict[str, str]:
    names = [name.lower() for name in headers]
    assert len(names) == len(set(names)), names
    return {name.lower(): value for name, value in headers.items() if name.lower() not in OF_THE_CONNECTION}


@pytest.fixture(scope="module")
def show(site: Site) -> Site:
    for number in range(1, 4):
        do(site, MAKE, kind="published", title=f"Number {number}", number=number, slug=f"number-{number}")
    return site


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
def test_a_page_from_a_file_is_the_page_of_the_application_to_the_letter(show: Site) -> None:
    for path in ("/", "/episodes/", "/episodes/number-1/", "/about/", "/help-now/", "/feeds/"):
        for accepted in ("gzip", "identity"):
            first = get(show, "granian", path, Accept_Encoding=accepted)
            assert (show.cache / "now" / path.strip("/") / "index.html").exists(), path
            both = [get(show, way, path, Accept_Encoding=accepted) for way in ("nginx", "granian")]
            assert both[0].content == both[1].content == first.content
            assert plain(both[0].headers) == plain(both[1].headers), path
            tag = both[0].headers["ETag"]
            known = [get(show, way, path, Accept_Encoding=accepted, If_None_Match=tag) for way in ("nginx", "granian")]
            assert [answer.status_code for answer in known] == [304, 304]
            assert {answer.headers["ETag"] for answer in known} == {tag}


@pytest.mark.skipif(not NGINX, reason="NOT DRILLED: there is no nginx on this machine")
def test_nginx_hands_out_nothing_but_pages(show: Site) -> None:
    get(show, "granian", "/")
    for path in ("/index.html", "/index.html.gz", "/index.html.head", "/.weight", "/now/", "/pages/", "/state.json"):
        assert get(show, "nginx", path).status_code == 404, path
    visitor = Visitor(show, "nginx", address="192.0.2.77")
    assert visitor.post("/", {}).status_code in (403, 405)
    assert get(show, "nginx", "/episodes/../../../etc/passwd/").status_code in (400, 404)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_taken_down_and_put_back_is_right_at_the_next_read(show: Site, way: str) -> None:
    path = "/episodes/number-2/"
    for _time in range(3):
        assert get(show, way, path).status_code == 200
        assert path in get(show, way, "/episodes/").content.decode()
        do(show, RETRACT, slug="number-2")
        assert {get(show, way, path).status_code for _read in range(20)} == {410}
        assert {path in get(show, way, "/episodes/").content.decode() for _read in range(20)} == {False}
        do(show, PUBLISH, slug="number-2")
        assert {get(show, way, path).status_code for _read in range(20)} == {200}


@pytest.mark.parametrize("way", WAYS)
def test_an_episode_comes_out_at_its_second_and_no_worker_has_to_do_anything(show: Site, way: str) -> None:
    slug = f"later-{way}"
    number = 10 + WAYS.index(way)
    do(show, MAKE, kind="assembled", title="Later", number=number, slug=slug)
    do(show, SCHEDULE, slug=slug, seconds=3)
    ((due,),) = show.rows(f"SELECT release_at FROM questions_episode WHERE slug = '{slug}'")  # noqa: S608
    assert get(show, way, f"/episodes/{slug}/").status_code == 404
    assert slug not in get(show, way, "/episodes/").content.decode()
    time.sleep(3.2)
    assert due
    assert slug in get(show, way, "/episodes/").content.decode()
    assert get(show, way, f"/episodes/{slug}/").status_code == 200


def test_the_pages_that_matter_are_printed_before_anybody_asks(show: Site) -> None:
    do(show, RETRACT, slug="number-3")
    do(show, PUBLISH, slug="number-3")
    until = time.monotonic() + 30
    wanted = [show.cache / "now" / page / "index.html" for page in ("", "episodes", "episodes/number-3", "topics")]
    while not all(page.exists() for page in wanted):
        assert time.monotonic() < until, [str(page) for page in wanted if not page.exists()]
        time.sleep(0.1)


def test_a_killed_worker_leaves_no_half_page(show: Site, figures: list[str]) -> None:
    wrong: list[int] = []

    def reads(_number: int) -> None:
        answer = get(show, "granian", "/episodes/", Accept_Encoding="identity")
        if answer.status_code == 200 and not answer.content.rstrip().endswith(b"</html>"):
            wrong.append(len(answer.content))

    with ThreadPoolExecutor(8) as crowd:
        for _time in range(4):
            do(show, RETRACT, slug="number-1")
            do(show, PUBLISH, slug="number-1")
            os.kill(show.workers()[0], signal.SIGKILL)
            list(crowd.map(lambda number: _unless_refused(reads, number), range(40)))
    assert wrong == []
    figures.append("a worker killed 4 times while pages were printed: no half page")


def _unless_refused(deed: object, number: int) -> None:
    try:
        deed(number)  # type: ignore[operator]
    except OSError:
        time.sleep(0.05)


@pytest.mark.parametrize("way", WAYS)
def test_readers_get_what_was_printed_while_the_database_is_away_and_after_a_restart(show: Site, way: str) -> None:
    paths = ("/", "/episodes/", "/episodes/number-1/", "/topics/")
    before = {path: get(show, way, path).content for path in paths}
    do(show, RETRACT, slug="number-2")
    before = {path: get(show, way, path).content for path in paths}
    with show.database.broken():
        assert {path: get(show, way, path).content for path in paths} == before
        # Until somebody has noticed, whoever asks for a page that was never printed waits for the database.
        until = time.monotonic() + 20
        while get(show, way, "/episodes/number-2/").status_code != 503:
            assert time.monotonic() < until
        assert {path: get(show, way, path).content for path in paths} == before
        with show.without_server():
            pass
        assert {path: get(show, way, path).content for path in paths} == before
        assert get(show, way, "/episodes/number-2/").status_code == 503
    time.sleep(5)
    do(show, PUBLISH, slug="number-2")
    assert get(show, way, "/episodes/number-2/").status_code == 200


def test_what_was_printed_weighs_what_it_may(show: Site, figures: list[str]) -> None:
    files = [path for path in Path(show.cache).rglob("*") if path.is_file()]
    figures.append(f"printed pages on disk: {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
