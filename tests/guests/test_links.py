"""The token of a link: nobody guesses one, nobody makes one up, and a changed letter is noticed."""

import base64

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from questions import links
from questions.models import LinkKind

pytestmark = pytest.mark.pure

KINDS = [kind.value for kind in LinkKind]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(kind=st.sampled_from(KINDS))
def test_a_token_opens_the_door_it_was_made_for_and_no_other(kind: str) -> None:
    token = links.mint(kind)
    assert [other for other in KINDS if links.genuine(other, token)] == [kind]


@given(kind=st.sampled_from(KINDS), place=st.integers(0, 43), letter=st.sampled_from(LETTERS))
def test_a_token_with_another_letter_is_none(kind: str, place: int, letter: str) -> None:
    token = links.mint(kind)
    changed = token[:place] + letter + token[place + 1 :]
    assert (links.genuine(kind, changed) is not None) == (changed == token)


@given(kind=st.sampled_from(KINDS), entry=st.one_of(st.text(), st.text(LETTERS, min_size=44, max_size=44)))
def test_nothing_made_up_is_a_token(kind: str, entry: str) -> None:
    assert links.genuine(kind, entry) is None


def test_a_token_carries_at_least_128_bits_that_nobody_knows() -> None:
    tokens = [links.mint("guest") for _ in range(200)]
    nonces = {base64.urlsafe_b64decode(token)[:17] for token in tokens}
    assert len(nonces) == 200
    # Every bit of the nonce is sometimes set and sometimes not.
    assert [bit for bit in range(136) if len({nonce[bit // 8] >> bit % 8 & 1 for nonce in nonces}) < 2] == []


def test_the_digest_says_nothing_without_the_key_and_another_key_ends_every_link() -> None:
    token = links.mint("guest")
    digest = links.digest(token)
    assert len(digest) == 64
    assert token[:8] not in digest
    with override_settings(SECRET_KEY="another key, for this line only"):
        assert links.digest(token) != digest
        assert links.genuine("guest", token) is None


def test_a_link_leads_on_while_the_old_key_is_a_fallback() -> None:
    token, old = links.mint("guest"), settings.SECRET_KEY
    digest = links.digest(token)
    with override_settings(SECRET_KEY="another key, for this line only", SECRET_KEY_FALLBACKS=[old]):
        assert links.genuine("guest", token) == token
        assert digest in links.digests(token)
        assert links.digest(token) != digest
        assert links.genuine("join", token) is None
