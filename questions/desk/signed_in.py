"""Which browser is signed in where: what the door of the desk notes of each session, and nothing more."""

import re

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions import sessions
from questions.sessions import digest

_NOTED = "noted"
"""In the session: under which key and on which day it was last noted, so that a request costs no query."""

# The first that is found is meant: most browsers call themselves by their ancestors' names as well.
_BROWSERS = {
    "Edge": r"Edg(?:e|A|iOS)?/", "Opera": r"OPR/|Opera", "Samsung Internet": r"SamsungBrowser/", "Vivaldi": r"Vivaldi/",
    "Firefox": r"Firefox/|FxiOS/", "Chrome": r"Chrome/|CriOS/|Chromium/", "Safari": r"Safari/",
}  # fmt: skip
_SYSTEMS = {
    "Android": r"Android", "iPhone": r"iPhone", "iPad": r"iPad", "Windows": r"Windows", "macOS": r"Mac OS X|Macintosh",
    "ChromeOS": r"CrOS", "Linux": r"Linux|X11",
}  # fmt: skip


def browser_of(user_agent: str) -> str:
    """A coarse word such as "Firefox on Android"; empty where a browser says nothing that we know."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)[:40]
    return browser or system


def note_session(request: HttpRequest, key_before: str | None) -> None:
    """After a request to the desk: note that its session is in use today, or over. `key_before` is how it came."""
    key = request.session.session_key
    if not isinstance(request.user, User):
        if key_before and key_before != key:
            sessions.forgotten(digest(key_before))
        return
    today = timezone.localdate()
    if key is None or request.session.get(_NOTED) == [digest(key), today.isoformat()]:
        return
    moved_from = digest(key_before) if key_before and key_before != key else ""
    browser = browser_of(request.headers.get("User-Agent", ""))
    sessions.noticed(request.user, digest(key), browser=browser, today=today, moved_from=moved_from)
    request.session[_NOTED] = [digest(key), today.isoformat()]


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for name, mark in names.items() if re.search(mark, user_agent)), "")
