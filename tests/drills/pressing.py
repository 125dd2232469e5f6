"""Askers who press “Send it” whatever happens, and look at what they are told."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from tests.drills.drill_crashes import NOT_SENT, is_known
from tests.drills.site import Site
from tests.drills.visitors import Visitor, asker, take_time


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
