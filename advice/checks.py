"""Refuses to start a production that would betray an asker, and says what to set instead."""

import base64
import binascii
import re
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

MAKE_ONE = "`./dev keys` prints a fresh set"
SHORTEST_KEY = 32
MOST_WORK = 24


def faults(settings: Any) -> list[str]:
    """One sentence for everything in these settings that production must not run with."""
    if settings.MODE not in ("production", "local", "test"):
        return ["QUERENT_MODE must be production, local or test."]
    found = faults_of_keys(settings)
    if settings.LOG not in ("", "json"):
        found.append("QUERENT_LOG must be json, or not be set.")
    if 0 < len(settings.METRICS_TOKEN) < SHORTEST_KEY:
        found.append(f"QUERENT_METRICS_TOKEN is shorter than {SHORTEST_KEY} characters: anybody could guess it.")
    if settings.SHARED_CACHE and not settings.SHARED_CACHE.startswith(("redis://", "rediss://", "unix://")):
        found.append("QUERENT_CACHE must be the address of a Redis, such as redis://10.0.0.31:6379.")
    if not all(re.fullmatch(r"[^:/\s]+:\d{1,5}", address) for address in settings.SERVERS):
        found.append("QUERENT_SERVERS must name servers as host:port, with commas.")
    if settings.BACKUP_DAYS < 1:
        found.append("QUERENT_BACKUP_DAYS must be 1 or more: for so many days a backup is kept.")
    if not 0 <= settings.PROOF_OF_WORK <= MOST_WORK:
        found.append(f"QUERENT_PROOF_OF_WORK must be from 0 to {MOST_WORK} bits: more keeps phones busy for minutes.")
    if settings.MODE != "production":
        return found
    if settings.DEBUG:
        found.append("QUERENT_DEBUG must not be set: error pages would show what people wrote.")
    if not settings.ALLOWED_HOSTS:
        found.append("QUERENT_ALLOWED_HOSTS is not set: name the hosts this site answers to, with commas.")
    if any(host.strip(".") in ("*", "") for host in settings.ALLOWED_HOSTS):
        found.append("QUERENT_ALLOWED_HOSTS must name hosts; '*' would answer to any name.")
    if not settings.HTTPS:
        found.append("QUERENT_HTTPS must not be 0: questions would travel in clear.")
    return found


def faults_of_keys(settings: Any) -> list[str]:
    """The same for the keys alone."""
    found = [sentence for name in KEYS if (sentence := _fault_of_key(name, settings))]
    return found + _faults_of_sealing_keys(settings) + _faults_of_further_keys(settings)


KEYS = {
    "SECRET_KEY": "it signs what hosts' browsers hold",
    "RECEIPT_KEY": "it makes askers' receipts",
    "HISTORY_KEY": "it chains the history",
}


def _fault_of_key(name: str, settings: Any) -> str | None:
    variable, key = f"QUERENT_{name}", getattr(settings, name)
    if not key:
        return f"{variable} is not set: {KEYS[name]} ({MAKE_ONE})."
    if len(key) < SHORTEST_KEY:
        return f"{variable} is shorter than {SHORTEST_KEY} characters ({MAKE_ONE})."
    if settings.MODE != "test" and (key == settings.TEST_KEY or key.startswith("django-insecure-")):
        return f"{variable} is a key that everybody can read in a source file ({MAKE_ONE})."
    return None


def _faults_of_sealing_keys(settings: Any) -> list[str]:
    if not settings.SEALING_KEYS:
        return [f"QUERENT_SEALING_KEYS is not set: questions could not be sealed ({MAKE_ONE})."]
    if not all(_is_fernet_key(key) for key in settings.SEALING_KEYS):
        return [f"QUERENT_SEALING_KEYS holds something that is no Fernet key ({MAKE_ONE})."]
    if settings.MODE != "test" and settings.TEST_SEALING_KEY in settings.SEALING_KEYS:
        return [f"QUERENT_SEALING_KEYS holds a key that everybody can read in a source file ({MAKE_ONE})."]
    return []


def _faults_of_further_keys(settings: Any) -> list[str]:
    """The keys that may be left out, and of which there may be several."""
    given = {"QUERENT_BACKUP_KEY": settings.BACKUP_KEYS, "QUERENT_SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS}
    return [
        f"{variable} holds a key that is shorter than {SHORTEST_KEY} characters ({MAKE_ONE})."
        for variable, keys in given.items()
        if any(len(key) < SHORTEST_KEY for key in keys)
    ]


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (ValueError, binascii.Error):
        return False


def read_settings() -> tuple[ModuleType | None, list[str]]:
    """The settings, or in one sentence each what keeps them from being read."""
    try:
        return import_module("advice.settings"), []
    except ImportError:
        return None, ["The packages are not there for this Python: `./dev setup` installs them into .venv."]
    except (ValueError, OSError) as fault:
        # Ours say which variable to set; the system's name a file.
        return None, [str(fault)]


def refuse_unsafe_production() -> None:
    """End this process, with one sentence per fault, unless it may start."""
    settings, found = read_settings()
    refuse(found or (faults(settings) if settings else []))


def refuse_unreadable_settings() -> None:
    """The same where it matters only that settings can be read: for commands that need no keys, or look into faults."""
    refuse(read_settings()[1])


def refuse(found: list[str]) -> None:
    """End this process if there is anything to say."""
    if not found:
        return
    print("Querent does not start like this:", *found, sep="\n  ", file=sys.stderr)
    print("To look at it on your own machine, `make run` sets everything up.", file=sys.stderr, flush=True)
    raise SystemExit(1)
