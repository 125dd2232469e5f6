"""Whatever anybody types is words: in every field nothing breaks or is lost, and on no page anything of it runs."""

import csv
import io
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from questions.models import Episode, Question, Show
from tests import cast, factories
from tests.doors.walking import House, every_door
from tests.hostile.strings import OWN, every_string, say_loudly_if_missing, seed
from tests.hostile.trying import (
    addresses_with,
    as_shown,
    everybody,
    faults_of_address,
    faults_of_field,
    found_by,
    post,
    text_of,
)
from tests.journeys.conftest import browser  # noqa: F401 (the browser of the journeys)

INPUTS = 10_000
EASY, HARD = 5, 1
"""How often a field is tried for each other one: pages of readers and askers are quick, the desk's are large."""

AT_A_TIME = 9_000
"""Letters of hostile strings in one question or answer."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NAMES = [
    '"><script>window.hostile=1</script><img src=x onerror=window.hostile=1>', "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'!A0", "</title></textarea></style></script><svg/onload=alert(1)>",
    "javascript:window.hostile=1//", "+1+1", "-2+3", "${7*7}{{7*7}}<%=7*7%>'\"`--><script>alert(1)</script>",
    "\t=1+1", "\u202e<b onmouseover=alert(1)>x",
]  # fmt: skip
"""What everything that has a name is called, one after the other."""


@pytest.mark.django_db
def test_ten_thousand_inputs_break_nothing_and_lose_nothing(figures: list[str]) -> None:
    say_loudly_if_missing()
    begins, strings, house = seed(), every_string(), House()
    chance = random.Random(begins)
    faults: list[str] = []
    fields = {(who.name, form.kind, form.action, name): (who, form, name)
              for who in everybody(house) for form in found_by(who) for name in form.fields.values()}  # fmt: skip
    weights = [HARD if who.name in ("host", "owner") else EASY for who, _form, _name in fields.values()]
    # Each field once with each of the worst kinds of string, and then by lot.
    turns = [*fields.values(), *chance.choices([*fields.values()], weights, k=INPUTS // 2)]
    for who, form, name in turns:
        faults += faults_of_field(who, form, name, chance.choice(OWN if chance.random() < 0.3 else strings))
    tried = len(turns)
    readers = [each for each in everybody(house) if each.name in ("reader", "owner")]
    while tried < INPUTS:
        for address in addresses_with(chance.choice(strings), house, chance):
            faults += faults_of_address(chance.choice(readers), address)
            tried += 1
    figures.append(
        f"{tried} hostile inputs, {len(fields)} fields, {len(strings)} strings; again: QUERENT_SEED={begins}"
    )
    assert not faults, "\n".join([f"QUERENT_SEED={begins}", *faults[:60]])


class Watched:
    """A page in a browser that notes whatever ran, was stopped from running, or went elsewhere."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site, self.faults, self.opened = site, [], 0  # type: ignore[var-annotated]
        context.route("**/*", self._only_here)
        self.page: Page = context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self._note(f"a script failed: {error}"))
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', event => console.error('POLICY ' + event.violatedDirective + "
            "' ' + event.blockedURI + ' ' + event.sample))"
        )

    def _only_here(self, route: Any) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(self.site).netloc:
            route.continue_()
        else:
            self._note(f"asks elsewhere: {route.request.url}")
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self._note(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, kind: str, text: str) -> None:
        # A page that is refused is a line as well, and says nothing of scripts.
        if kind == "error" and "server responded with a status of 4" not in text:
            self._note(text)

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.page.url if hasattr(self, 'page') else ''}: {fault}"[:500])

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}", wait_until="load")
        self.opened += 1
        if self.page.evaluate("window.hostile !== undefined"):
            self._note("window.hostile is set")


def watched(chromium: Browser, server: LiveServer, client: Client | None = None) -> Watched:
    context = chromium.new_context(base_url=server.url)
    if client:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{server.url}/desk/"}])
    return Watched(context, server.url)


def portions() -> Iterator[str]:
    """Every string, many at a time, each on a line of its own."""
    portion = ""
    for string in every_string():
        if len(portion) + len(string) > AT_A_TIME:
            yield portion
            portion = ""
        portion += as_shown(string).replace("\ufffd", "")[: AT_A_TIME // 2] + "\n\n"
    yield portion


def fill_the_house(house: House) -> int:
    """Send every form of the owner with a hostile name in each box in turn, and say how often one was taken."""
    taken = 0
    owner = next(each for each in everybody(house) if each.name == "owner")
    boxes = [(form, box) for form in found_by(owner) if form.method == "post" for box in sorted(form.written)]
    for number, (form, box) in enumerate(boxes):
        cache.clear()
        name = NAMES[number % len(NAMES)][: form.longest.get(box, 200)]
        taken += post(owner.client, form.action, form.filled({box: name})).status_code == 302
        Show.objects.update(asks_second_step=False)
    return taken


@pytest.fixture
def stored(transactional_db: None) -> House:
    """Every published string in a question and in an answer that has aired; hostile names everywhere else."""
    say_loudly_if_missing()
    house = House()
    # Twice, since what is taken moves the version that other forms of the page were made for.
    assert sum(fill_the_house(house) for _round in range(2)) > 25
    for number, portion in enumerate(portions(), 1):
        name = NAMES[number % len(NAMES)]
        asked = factories.asked(portion, name)
        factories.published_episode(
            f"{name} {number}", season=2, number=number, slug=f"hostile-{number}", summary=name, note=name,
            answers=[factories.approved_answer("Is it rude?", name, body=portion)],
        )  # fmt: skip
        factories.report(text=portion[:3000], episode=Episode.objects.get(slug=f"hostile-{number}"))
        assert asked.pk
    return house


def test_nothing_that_is_stored_runs_in_a_browser_and_no_export_holds_a_formula(
    stored: House,
    live_server: LiveServer,
    browser: Browser,  # noqa: F811 (so pytest is asked for it)
    figures: list[str],
) -> None:
    no_export_holds_a_formula_and_every_feed_is_well_formed()
    every = [door for door in every_door() if not door.name.startswith(("asking:", "reading:", "guests:", "join:"))]
    desk = [stored.address_of(door).path for door in every if "2fa" not in door.route and "logout" not in door.route]
    desk += [reverse("desk:question", args=[ref]) for ref in Question.objects.values_list("ref", flat=True)]
    desk += [reverse("desk:edit-episode", args=[ref]) for ref in Episode.objects.values_list("ref", flat=True)][:12]
    journeys = ("reading:", "asking:", "guests:")
    public = [stored.address_of(door).path for door in every_door() if door.name.startswith(journeys)]
    public += [episode.get_absolute_url() for episode in Episode.objects.all()]
    public += [
        f"/search/?q={word}" for word in ("script", "alert", "%3Cscript%3E", "%22%3E%3Csvg%2Fonload%3Dalert(1)%3E")
    ]
    faults = []
    for client, paths in ((cast.signed_in(cast.noor()), desk), (None, public)):
        watching = watched(browser, live_server, client)
        for path in paths:
            # A refusal without a page, and a file, show nothing that could run.
            answer = (client or Client()).get(path, follow=True)
            if answer.headers["Content-Type"].startswith("text/html") and answer.content:
                watching.opens(path)
        faults += watching.faults
        figures.append(f"{watching.opened} pages opened in a browser {'at the desk' if client else 'as a reader'}")
    assert not faults, "\n".join(faults[:40])


def no_export_holds_a_formula_and_every_feed_is_well_formed() -> None:
    desk = cast.signed_in(cast.noor())
    tables = ["/desk/history/history.csv", *(f"/desk/insights/{name}.csv" for name in ("weeks", "topics", "declined"))]
    for address in tables:
        rows = [*csv.reader(io.StringIO(text_of(desk.get(address)).lstrip("\ufeff")))]
        assert rows, address
        cells = [cell for row in rows for cell in row if cell.startswith(FORMULA) and not cell.lstrip("-").isdecimal()]
        assert cells == [], address
    assert desk.get("/desk/history/history.json").status_code == 200
    for kind in ("episodes", "safe/episodes", "topics/sleep", "people/tomas"):
        for end in ("rss", "atom"):
            ElementTree.fromstring(Client().get(f"/feeds/{kind}.{end}").content)  # noqa: S314 (our own)
        assert Client().get(f"/feeds/{kind}.json").json()["version"]
