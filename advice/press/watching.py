"""What a worker does beside answering: look after the edition, and after each change print what matters."""

import gc
import logging
import threading
import time
from hashlib import blake2b
from pathlib import Path

import django
from django.conf import settings
from django.db import Error, connections

from advice.encoding import Application
from advice.press.press import Press
from advice.press.warming import warm_up
from questions import edition
from questions.mirror import Generation, Standing

EVERY_SECONDS = 0.5
"""How often it is looked whether somebody on another machine, or a process that died, has begun a new edition."""
_log = logging.getLogger(__name__)


def put_in_front_of(application: Application, build: str = "") -> Press:
    """The press of this process, which knows what the database says or, out of its reach, what was known last.

    `build` names the code that prints, which is this one.
    """
    mirror, build = edition.mirror(), build or build_of()
    press = Press(application, mirror)

    def as_known() -> Standing:
        return mirror.standing() or Standing(number=1, floor=1)

    try:
        mirror.follow(edition.standing, build)
    except Error:
        press.is_cut_off = True
        mirror.follow(as_known, build)
    except OSError:
        _log.exception("pages cannot be printed: their folder cannot be written")
    finally:
        connections.close_all()
    return press


def build_of() -> str:
    """A name for the code that prints and for all settings that show on a page: another release prints anew."""
    digest = blake2b(digest_size=6)
    named = ("SITE_ADDRESS", "HTTPS", "STATIC_URL", "LANGUAGE_CODE", "DEBUG")
    digest.update(repr([django.VERSION, *(getattr(settings, name) for name in named)]).encode())
    base = Path(settings.BASE_DIR)
    folders = [base / name for name in ("advice", "questions", "templates", "static", "locale")]
    files = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    for path in sorted([*files, Path(settings.STATIC_ROOT, "staticfiles.json")]):
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}".encode())
    return digest.hexdigest()


class Watch(threading.Thread):
    """Keeps what this machine knows of the edition true, and has the pages that matter printed after a change."""

    def __init__(self, press: Press) -> None:
        super().__init__(name="press", daemon=True)
        self._press, self._mirror = press, edition.mirror()
        self._seen: Generation | None = None
        self._has_told = False
        self._warming: threading.Thread | None = None

    def join_warming(self) -> None:
        """Wait until the pages of the change that was seen last are warm."""
        if self._warming:
            self._warming.join()

    def run(self) -> None:
        while True:
            self.look()
            now, standing = time.time(), self._mirror.standing()
            time.sleep(min(EVERY_SECONDS, max(0.001, standing.until(now) - now if standing else EVERY_SECONDS)))

    def look(self) -> None:
        """Compare with the database, and see to what follows from a change. Nothing is raised."""
        try:
            self._follow()
            self._mirror.point_to_now()
        except OSError:
            # Once is enough: a full disk stays full for a while.
            if not self._has_told:
                _log.exception("what is known of the edition could not be written")
            self._has_told = True
        generation = self._mirror.generation()
        if generation and generation != self._seen:
            is_first, self._seen = self._seen is None, generation
            if not is_first:
                self._press.forget()
            self._warming = threading.Thread(target=self._warm, name="warming", daemon=True)
            self._warming.start()

    def _follow(self) -> None:
        """Raises OSError where it cannot be written down."""
        try:
            known, now = self._mirror.standing(), time.time()
            # When a release has passed the row may be the same, but more releases may be known to come.
            if known is None or edition.current() != known.number or known.since(now) != known.releases[0]:
                self._mirror.look_again()
                edition.follow()
            self._press.is_cut_off = False
        except Error:
            self._press.is_cut_off = True
        finally:
            connections.close_all()

    def _warm(self) -> None:
        """Print what matters until the edition stays as it is; one worker of this machine does it."""
        warmed: Generation | None = None
        with self._press.store.alone_in_warming() as is_alone:
            while is_alone and (generation := self._mirror.generation()) and generation != warmed:
                warm_up(self._press, generation)
                if standing := self._mirror.standing():
                    self._press.store.clear_away(current=generation, floor=standing.floor)
                warmed = generation
        # Rendering so many pages leaves much behind that only a collection finds.
        gc.collect()
