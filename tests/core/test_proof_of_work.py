"""The work of a browser: cheap to check, and good for one question."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.proof_of_work import proves

pytestmark = pytest.mark.pure

NONCE = "Zm9yIHRoaXMgdGVzdCBvbmx5"


def first_solution(nonce: str, bits: int) -> str:
    """What a browser would find."""
    return next(number for number in map(str, count()) if proves(number, nonce=nonce, bits=bits))


def test_a_known_solution_holds_to_the_bit() -> None:
    """`printf %s Zm9yIHRoaXMgdGVzdCBvbmx5:NUMBER | sha256sum` shows the zeros."""
    assert first_solution(NONCE, 12) == "18644"
    assert proves("18644", nonce=NONCE, bits=12)
    assert not proves("18644", nonce=NONCE, bits=30)


def test_a_solution_is_of_no_use_for_another_form() -> None:
    solution = first_solution(NONCE, 12)
    assert not any(proves(solution, nonce=f"{NONCE}{number}", bits=12) for number in range(20))


def test_less_work_is_always_done_with_more() -> None:
    solution = first_solution(NONCE, 10)
    assert all(proves(solution, nonce=NONCE, bits=bits) for bits in range(11))


@given(number=st.text())
def test_whatever_is_sent_as_a_solution_is_answered(number: str) -> None:
    assert not proves(number, nonce=NONCE, bits=200)


@pytest.mark.parametrize("number", ["", " 7", "-7", "+7", "7.0", "٧", "²", "0x7", "1e3", "9" * 16, "9" * 100_000, "\0"])
def test_what_is_not_a_plain_number_is_no_solution(number: str) -> None:
    assert not proves(number, nonce=NONCE, bits=0)
