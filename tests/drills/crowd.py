"""Crowds: people who ask, press, decide, write and read whatever happens, and remember what they were told."""

import http.client
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from tests.drills.site import Site
from tests.drills.visitors import Host, Visitor, asker, take_time

NOT_SENT = (OSError, http.client.HTTPException)
"""How a line ends on which no answer came."""
NOT_DONE = (*NOT_SENT, AssertionError, StopIteration, IndexError)
"""How a deed ends that cannot be said to have been done."""
READ = ("/", "/episodes/", "/episodes/kept-whole/", "/feeds/episodes.rss")
"""What readers read, of a show that has an episode with this address."""


def is_known(site: Site, way: str, code: str) -> bool:
    answer = Visitor(site, way, address="192.0.2.10").post("/receipt/", {"code": code})
    return answer.status_code == 200


def dashed(ref: str) -> str:
    plain = ref.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


class Doings:
    """What people have done and been told was done, while the server kept dying."""

    def __init__(self, site: Site, way: str, seed: int) -> None:
        self.site, self.way = site, way
        self.chance = random.Random(seed)
        self.over = threading.Event()
        self.codes: list[tuple[str, str]] = []
        self.kept: list[str] = []
        self.saved: dict[str, str] = {}
        self.turned: list[str] = []
        self.tries = 0
        self.failed: list[str] = []

    def again_and_again(self, deed: Callable[[int], None]) -> threading.Thread:
        def go() -> None:
            number = 0
            while not self.over.is_set():
                number += 1
                self.tries += 1
                try:
                    deed(number)
                except NOT_DONE as fault:
                    self.failed.append(f"{type(fault).__name__}: {fault}")
                    time.sleep(0.05)

        thread = threading.Thread(target=go)
        thread.start()
        return thread

    def asks(self, place: int) -> Callable[[int], None]:
        visitor = Visitor(self.site, self.way, address=f"198.18.7.{place}")

        def ask(number: int) -> None:
            words = f"Asked while it fell over, {self.way} {place} {number}?"
            someone = asker(visitor)
            someone.looks_over(words).presses("send")
            assert someone.answer.status_code == 200
            self.codes.append((someone.code, words))

        return ask

    def decides(self, host: Host, refs: list[str]) -> Callable[[int], None]:
        def decide(_number: int) -> None:
            ref = self.chance.choice(refs)
            host.decides(ref, "keep")
            refs.remove(ref)
            self.kept.append(ref)

        return decide

    def writes(self, host: Host, ref: str) -> Callable[[int], None]:
        def write(number: int) -> None:
            body = f"Draft number {number} of the kills."
            host.writes(ref, text="Is it rude to nap?", body=body)
            self.saved[ref] = body

        return write

    def publishes(self, host: Host, episode: str) -> Callable[[int], None]:
        page = f"/desk/episodes/{episode}"

        def publish(_number: int) -> None:
            if self.turned and self.turned[-1] == "retract":
                host._post(f"{page}/preview/", to=f"{page}/publish/")
                self.turned.append("publish")
            else:
                host._post(f"{page}/retract/")
                self.turned.append("retract")

        return publish


class Readers:
    """People who read one page after the other through nginx, each on a line of their own."""

    def __init__(self, site: Site, *, pause: float = 0) -> None:
        self.site, self.pause, self.over = site, pause, threading.Event()
        self.read, self.wrong, self.slowest = 0, list[str](), 0.0
        self._threads = [threading.Thread(target=self._reads, args=[at]) for at in range(3)]
        for thread in self._threads:
            thread.start()

    def _reads(self, number: int) -> None:
        visitor = Visitor(self.site, "nginx", address=f"198.18.20.{number}")
        while not self.over.is_set():
            for path in READ:
                began = time.monotonic()
                try:
                    status = visitor.get(path).status_code
                except NOT_SENT as fault:
                    status = 0
                    self.wrong.append(f"{path} {type(fault).__name__}")
                self.read += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                if status not in (0, 200):
                    self.wrong.append(f"{path} {status}")
                time.sleep(self.pause)

    def end(self) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()


@dataclass
class Pressing:
    """Some askers with their questions looked over, each on a page of their own, who then all press at once."""

    site: Site
    way: str
    number: int
    words: str = "Asked while something was lost"
    codes: list[str] = field(default_factory=list)
    told: int = 0
    """How often somebody was told that nothing could be stored, with every word still there."""
    wrong: list[str] = field(default_factory=list)
    """What was answered otherwise."""
    slowest: float = 0.0

    def prepare(self) -> None:
        self.askers = [asker(Visitor(self.site, self.way, address=f"198.18.30.{at}")) for at in range(self.number)]
        for at, someone in enumerate(self.askers):
            someone.looks_over(f"{self.words} {at}?")
        take_time()
        self._over = threading.Event()
        self._lock = threading.Lock()

    def begin(self, *, at_once: int = 4, pause: float = 0.1) -> None:
        def go(first: int) -> None:
            for at in range(first, self.number, at_once):
                self.press(at)
                time.sleep(pause)

        self._crowd = [threading.Thread(target=go, args=[first]) for first in range(at_once)]
        for each in self._crowd:
            each.start()

    def press(self, at: int) -> None:
        """Until there is a ticket."""
        someone, page = self.askers[at], self.askers[at].answer
        until = time.monotonic() + 120
        while time.monotonic() < until:
            someone.answers.append(page)
            began = time.monotonic()
            with suppress(*NOT_SENT):
                someone.presses("send")
                status, content = someone.answer.status_code, someone.answer.content.decode()
                self.slowest = max(self.slowest, time.monotonic() - began)
                if status == HTTPStatus.OK:
                    with self._lock:
                        self.codes.append(someone.code)
                    return
                with self._lock:
                    if status == HTTPStatus.SERVICE_UNAVAILABLE and f"{self.words} {at}?" in content:
                        self.told += 1
                    else:
                        self.wrong.append(f"{status}: {content[:200]}")
            time.sleep(0.2)
        self.wrong.append("no ticket in two minutes")

    def end(self) -> None:
        for each in self._crowd:
            each.join()

    def all_open(self) -> bool:
        """Whether every ticket opens its question, and nobody is without one or there twice."""
        stored = self.site.rows("SELECT count(*) FROM questions_question")[0][0] - self.before
        opened = [is_known(self.site, self.way, code) for code in self.codes]
        return all(opened) and (len(set(self.codes)), stored) == (self.number, self.number)

    def count(self) -> None:
        """Remember how many questions there are before anybody sends."""
        self.before = self.site.rows("SELECT count(*) FROM questions_question")[0][0]
