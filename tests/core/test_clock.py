"""The server ticks by itself."""

import threading

import pytest

from advice import clock


def test_the_clock_ticks_until_it_is_stopped() -> None:
    ticks: list[int] = []
    twice = threading.Event()

    def deed() -> None:
        ticks.append(1)
        if len(ticks) == 2:
            twice.set()

    stop = clock.start(every=0.01, deed=deed)
    assert twice.wait(10)
    stop.set()


@pytest.mark.django_db(transaction=True)
def test_a_tick_that_fails_does_not_end_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(name: str) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(clock, "call_command", failing)
    clock.tick()
