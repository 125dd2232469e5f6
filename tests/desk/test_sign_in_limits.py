"""Guessing a host's password is limited, and no network address is kept for it."""

import pickle
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from questions import throttle
from questions.throttle import Throttle
from tests import cast

pytestmark = pytest.mark.django_db

WRONG = "nine loud herons"
ADDRESSES = ["203.0.113.9", "2001:db8:77:42::9"]


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "SIGN_IN", Throttle())
    cache.clear()


def tries(name: str, *, password: str = WRONG, address: str = ADDRESSES[0]) -> Any:
    return Client(REMOTE_ADDR=address).post("/desk/account/login/", {"login": name, "password": password})


def is_let_in(answer: Any) -> bool:
    return (answer.status_code, answer.headers.get("Location")) == (302, "/desk/")


def limited(answer: Any) -> bool:
    return answer.status_code == 429 or "Too many failed login attempts" in answer.content.decode()


def everything_cached() -> str:
    """All keys and values of the cache, which is in memory."""
    store = caches["default"]
    assert isinstance(store, LocMemCache)
    kept: dict[str, bytes] = store._cache  # type: ignore[attr-defined]
    return " ".join(f"{key} {pickle.loads(value)!r}" for key, value in kept.items())  # noqa: S301 (our own)


@pytest.mark.parametrize("address", [*ADDRESSES, "127.0.0.1", ""], ids=["IPv4", "IPv6", "this machine", "a socket"])
def test_an_account_is_shut_for_a_while_after_five_wrong_passwords(address: str) -> None:
    cast.tomas()
    assert [limited(tries("tomas", address=address)) for _ in range(7)] == [False] * 5 + [True] * 2
    assert limited(tries("tomas", password=cast.PASSWORD, address=address))
    cast.noor()
    assert is_let_in(tries("noor", password=cast.PASSWORD, address=address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_network_that_tries_many_names_is_limited_and_others_are_not(address: str) -> None:
    cast.tomas()
    answers = [tries(f"somebody-{number}", address=address) for number in range(12)]
    assert [limited(answer) for answer in answers] == [False] * 10 + [True] * 2
    neighbour = address[:-1] + "7"
    assert limited(tries("tomas", password=cast.PASSWORD, address=neighbour))
    assert is_let_in(tries("tomas", password=cast.PASSWORD, address="198.51.100.7"))


def test_whoever_comes_from_no_network_cannot_shut_out_others_who_do() -> None:
    cast.tomas()
    for number in range(40):
        assert not limited(tries(f"somebody-{number}", address="127.0.0.1"))
    assert is_let_in(tries("tomas", password=cast.PASSWORD, address="127.0.0.1"))


def test_too_many_tries_at_once_are_answered_in_our_voice() -> None:
    answers = [tries("", address=ADDRESSES[0]) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert '<h1 class="title">Too many tries</h1>' in answers[-1].content.decode()


def test_the_cache_holds_no_network_address_and_no_name() -> None:
    cast.tomas()
    for address in ADDRESSES:
        tries("tomas", address=address)
        tries("tomas", password=cast.PASSWORD, address=address)
        tries("rosalind", address=address)
    kept = everything_cached()
    assert "login_failed" in kept
    traces = ["203.0.113", "cb0071", "2001:db8:77", "20010db800770042", "tomas", "rosalind"]
    assert [trace for trace in traces if trace in kept] == []


def test_a_limit_by_network_has_another_name_in_the_next_window() -> None:
    tries("tomas")
    first = {word for word in everything_cached().split() if ":ip:" in word}
    throttle.SIGN_IN = Throttle()
    cache.clear()
    tries("tomas")
    assert first.isdisjoint({word for word in everything_cached().split() if ":ip:" in word})
