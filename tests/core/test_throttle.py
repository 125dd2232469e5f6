"""Limits that do not remember who: counts end with their window, and an address is never in them."""

import threading
from ipaddress import IPv6Address
from typing import Any

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from questions import throttle
from questions.throttle import Throttle, network, network_of

HERE, THERE = b"\xcb\x00\x71", b"\xc6\x33\x64"


class Clock:
    """Shows the seconds it is told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def everything_kept_by(limit: Throttle) -> str:
    """Its whole memory, as text and as hexadecimal digits."""

    def shown(value: Any) -> str:
        if isinstance(value, dict):
            return " ".join(shown(part) for pair in value.items() for part in pair)
        return f"{value!r} {value.hex()}" if isinstance(value, bytes) else repr(value)

    return shown(vars(limit))


def test_each_source_is_counted_by_itself() -> None:
    limit = Throttle(clock=Clock())
    assert [limit.count(HERE), limit.count(HERE), limit.count(THERE), limit.count(HERE)] == [1, 2, 1, 3]
    assert (limit.seen(HERE), limit.seen(THERE), limit.seen(b"new")) == (3, 1, 0)


def test_whoever_has_no_network_is_not_counted() -> None:
    limit = Throttle(clock=Clock())
    assert [limit.count(None) for _ in range(1000)] == [0] * 1000
    assert limit.seen(None) == 0


@given(steps=st.lists(st.tuples(st.sampled_from([HERE, THERE, b"c"]), st.integers(0, 700)), max_size=60))
def test_no_count_outlives_its_window(steps: list[tuple[bytes, int]]) -> None:
    """Against a simple model: counts since the window began, and a window begins with whoever comes after its end."""
    clock = Clock()
    limit, begun, counts = Throttle(window=600, clock=clock), 0.0, dict.fromkeys((HERE, THERE, b"c"), 0)
    for source, pause in steps:
        clock.seconds += pause
        if clock.seconds >= begun + 600:
            begun, counts = clock.seconds, dict.fromkeys(counts, 0)
        counts[source] += 1
        assert limit.count(source) == counts[source]
        assert 1 <= limit.seconds_left() <= 600


@given(pause=st.floats(600, 1e6))
def test_a_source_has_another_name_in_every_window(pause: float) -> None:
    clock = Clock()
    limit = Throttle(window=600, clock=clock)
    before = limit.pseudonym(HERE)
    assert limit.pseudonym(HERE) == before
    assert limit.pseudonym(THERE) != before
    assert Throttle(clock=clock).pseudonym(HERE) != before
    clock.seconds += pause
    assert limit.pseudonym(HERE) != before


def test_a_window_that_has_ended_leaves_nothing_once_the_server_ticks() -> None:
    clock = Clock()
    limit = Throttle(window=600, clock=clock)
    limit.count(HERE)
    old_key, name = limit._key.hex(), limit.pseudonym(HERE)
    assert name in everything_kept_by(limit)
    clock.seconds = 599
    limit.forget_if_over()
    assert name in everything_kept_by(limit)
    clock.seconds = 600
    limit.forget_if_over()
    assert name not in everything_kept_by(limit)
    assert old_key not in everything_kept_by(limit)


@pytest.mark.django_db
def test_the_tick_ends_the_windows_of_every_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    names = [name for name, value in vars(throttle).items() if isinstance(value, Throttle)]
    for name in names:
        monkeypatch.setattr(throttle, name, Throttle(clock=clock))
    limits = [getattr(throttle, name) for name in names]
    for limit in limits:
        limit.count(HERE)
    clock.seconds = 601
    call_command("tick")
    assert len(limits) == 6
    assert [limit._counts for limit in limits] == [{}] * 6


@given(address=st.ip_addresses())
def test_the_memory_of_a_throttle_holds_no_address(address: object) -> None:
    limit = Throttle(clock=Clock())
    source = network(str(address))
    limit.count(source)
    kept = everything_kept_by(limit)
    assert str(address) not in kept
    if source:
        assert len(limit._counts) == 1
        assert source.hex() not in kept
        assert repr(source) not in kept


def test_beyond_the_most_sources_nobody_is_counted_and_those_inside_still_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(throttle, "MOST_SOURCES", 100)
    limit = Throttle(clock=Clock())
    for number in range(1000):
        assert limit.count(number.to_bytes(8, "big")) == (1 if number < 100 else 0)
    assert len(limit._counts) == 100
    assert limit.count((99).to_bytes(8, "big")) == 2
    assert limit.seen((500).to_bytes(8, "big")) == 0


def test_threads_that_count_at_once_miss_nothing() -> None:
    limit = Throttle(clock=Clock())
    threads = [threading.Thread(target=lambda: [limit.count(HERE) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert limit.seen(HERE) == 4000


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("203.0.113.9", "cb0071"),
        ("203.0.113.200", "cb0071"),
        ("::ffff:203.0.113.9", "cb0071"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::", "20010db800010002"),
        ("2001:db8:1:3::", "20010db800010003"),
    ],
)
def test_an_address_is_cut_down_to_its_network(address: str, found: str) -> None:
    assert network(address) == bytes.fromhex(found)


@given(number=st.integers(0, 2**32 - 1))
def test_an_old_address_in_new_clothes_is_in_the_same_network(number: int) -> None:
    mapped = IPv6Address(0xFFFF << 32 | number)
    assert mapped.ipv4_mapped
    assert network(str(mapped)) == network(str(mapped.ipv4_mapped))


@pytest.mark.parametrize(
    "address",
    [
        *("", "unix:", "unknown", "localhost", "203.0.113", "203.0.113.9:443", "[2001:db8::1]", "\0", "9" * 5000),
        *("127.0.0.1", "127.9.9.9", "::1", "::", "0.0.0.0", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),  # noqa: S104
        *("10.0.0.1", "172.17.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1", "fe80::1", "fe80::1%eth0", "fd00::1"),
    ],
)
def test_what_is_nobodys_and_what_is_no_address_has_no_network(address: str) -> None:
    assert network(address) is None


@pytest.mark.parametrize(
    "forwarded", ["", ",", ", ,", "\x00", "203.0.113.9, ", "a" * 9000, "203.0.113.9, 1.2.3.4.5", "’"]
)
def test_a_hostile_header_names_no_network_and_breaks_nothing(forwarded: str, settings: Settings) -> None:
    settings.TRUSTED_PROXY = True
    assert network_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)) is None


def test_a_forwarded_address_is_believed_only_when_told_and_only_the_last(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="8.8.8.8, 203.0.113.9")
    assert network_of(request) == THERE
    settings.TRUSTED_PROXY = True
    assert network_of(request) == HERE
    assert network_of(RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")) == THERE
