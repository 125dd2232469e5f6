"""One memory for several servers: a Redis or Valkey, which may go away at any time.

It holds limits on signing in, one-time codes that were used, and counts of the desk for a few seconds; nothing of an
asker. Each server keeps these by itself where it is the only one, and for as long as the shared memory is away: limits
then count for each process, and nobody is kept out.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

LONGEST_WAIT = 0.25
"""Seconds a request waits for the shared memory, at most."""
AWAY = 5.0
"""Seconds for which nobody asks it again once it did not answer."""


class JsonValues:
    """Values as JSON: whoever gets at the shared memory can then put no program into ours, as with pickles."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value).encode()

    def loads(self, kept: bytes) -> Any:
        return json.loads(kept)


class SharedCache(BaseCache):
    """Asks the shared memory, and the process's own where that does not answer.

    Keys are made unreadable first: in those of allauth stands the address of whoever signs in.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        waits = {"socket_connect_timeout": LONGEST_WAIT, "socket_timeout": LONGEST_WAIT}
        options = {"serializer": JsonValues, "retry": Retry(NoBackoff(), 0), **waits}
        self._shared = RedisCache(server, {**params, "OPTIONS": options})
        self._own = LocMemCache("while-the-shared-one-is-away", {"OPTIONS": {"MAX_ENTRIES": 20_000}})
        self._away_until = 0.0

    def make_key(self, key: str, version: int | None = None) -> str:
        named = super().make_key(key, version)
        return hmac.digest(settings.SECRET_KEY.encode(), named.encode(), hashlib.sha256).hex()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._either(lambda cache, name: cache.add(name, value, timeout), key, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._either(lambda cache, name: cache.get(name, default), key, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._either(lambda cache, name: cache.set(name, value, timeout), key, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._either(lambda cache, name: cache.touch(name, timeout), key, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._either(lambda cache, name: cache.delete(name), key, version))

    def clear(self) -> None:
        self._own.clear()
        self._either(lambda cache, _name: cache.clear(), "", None)

    def answers(self) -> bool:
        """Whether the shared memory answers right now."""
        try:
            self._shared.get("does-it-answer")
        except (RedisError, OSError):
            return False
        return True

    def _either(self, deed: Callable[[BaseCache, str], Any], key: str, version: int | None) -> Any:
        name = self.make_key(key, version)
        if time.monotonic() >= self._away_until:
            try:
                return deed(self._shared, name)
            except (RedisError, OSError):
                self._away_until = time.monotonic() + AWAY
        return deed(self._own, name)
