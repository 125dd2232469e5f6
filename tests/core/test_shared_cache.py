"""A memory that servers share may go away: limits then count for this process alone, and nothing fails."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache.backends.locmem import LocMemCache
from pytest_django.fixtures import Settings
from redis.exceptions import ConnectionError as NoConnection

from advice import shared_cache
from advice.shared_cache import JsonValues, SharedCache

pytestmark = pytest.mark.pure

NOBODY_LISTENS = "redis://127.0.0.1:9"


class Elsewhere(LocMemCache):
    """Stands for a Redis: what it was told by which name, and whether it answers."""

    def __init__(self) -> None:
        super().__init__("elsewhere", {})
        self.is_away, self.names = False, list[str]()

    def make_key(self, key: str, version: int | None = None) -> str:
        self.names.append(key)
        if self.is_away:
            raise NoConnection
        return super().make_key(key, version)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    cache = Elsewhere()
    yield cache
    cache.is_away = False
    cache.clear()


@pytest.fixture
def shared(elsewhere: Elsewhere) -> Iterator[SharedCache]:
    cache = SharedCache(NOBODY_LISTENS, {})
    cache._shared = elsewhere  # type: ignore[assignment]
    yield cache
    cache._own.clear()


def test_what_one_server_keeps_the_other_finds(shared: SharedCache, elsewhere: Elsewhere) -> None:
    other = SharedCache(NOBODY_LISTENS, {})
    other._shared = elsewhere  # type: ignore[assignment]
    shared.set("limit", [1.5, 2.5])
    assert other.get("limit") == [1.5, 2.5]
    assert not other.add("limit", [])
    other.delete("limit")
    assert shared.get("limit", "gone") == "gone"


def test_without_it_each_goes_on_alone_and_asks_again_after_a_while(
    shared: SharedCache, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(shared_cache.time, "monotonic", lambda: now)
    elsewhere.is_away = True
    assert shared.add("limit", [1.5])
    assert not shared.add("limit", [])
    assert shared.get("limit") == [1.5]
    assert len(elsewhere.names) == 1, "it was asked again, though it had just not answered"
    elsewhere.is_away = False
    now += shared_cache.AWAY
    assert shared.get("limit") is None


def test_nobody_listening_keeps_nobody_waiting() -> None:
    cache = SharedCache(NOBODY_LISTENS, {})
    assert not cache.answers()
    cache.set("limit", 1)
    assert cache.get("limit") == 1
    cache.clear()


def test_a_name_tells_nothing_of_the_address_in_it_and_another_key_makes_another(
    shared: SharedCache, elsewhere: Elsewhere, settings: Settings
) -> None:
    settings.SECRET_KEY = "one" * 20
    shared.set("allauth:rl:account:login:ip:198.51.100.7", [1.5])
    settings.SECRET_KEY = "two" * 20
    shared.set("allauth:rl:account:login:ip:198.51.100.7", [1.5])
    assert [len(name) for name in elsewhere.names] == [64, 64]
    assert len(set(elsewhere.names)) == 2
    assert not any("198" in name for name in elsewhere.names)


def test_values_are_text_and_no_program() -> None:
    assert JsonValues().dumps([1.5, {"waiting": 3}]) == b'[1.5, {"waiting": 3}]'
    assert JsonValues().loads(b'[1.5, {"waiting": 3}]') == [1.5, {"waiting": 3}]
