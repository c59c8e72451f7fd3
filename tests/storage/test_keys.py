from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.storage.errors import NotEnoughMemory, WrongPassword
from mps_desktop.storage.keys import STRONG, KdfParameters, key_check, new_data_key, unwrap_key, wrap_key
from tests.storage.samples import FAST

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_is_wrapped_comes_back(key: bytes, secret: str):
    wrap = wrap_key(key, secret, FAST)
    assert unwrap_key(wrap, secret) == key
    assert key not in wrap.wrapped + wrap.tag


@given(KEYS, st.sampled_from(["salt", "wrapped", "tag"]), st.data())
def test_any_flipped_bit_is_refused(key: bytes, part: str, data: st.DataObject):
    wrap = wrap_key(key, "mot de passe", FAST)
    altered = bytearray(getattr(wrap, part))
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(WrongPassword):
        unwrap_key(replace(wrap, **{part: bytes(altered)}), "mot de passe")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "cle-de-secours"},
        {"kdf": replace(FAST, passes=2)},
        {"kdf": replace(FAST, memory_kib=16)},
        {"wrapped": b"court"},
        {"wrapped": b""},
        {"tag": b""},
    ],
)
def test_an_altered_context_is_refused(change: dict[str, object]):
    wrap = wrap_key(new_data_key(), "mot de passe", FAST)
    with pytest.raises(WrongPassword):
        unwrap_key(replace(wrap, **change), "mot de passe")  # type: ignore[arg-type]  # fields of the wrap


def test_every_wrap_has_its_own_salt_and_mask():
    key = new_data_key()
    first, second = (wrap_key(key, "mot de passe", FAST) for _ in range(2))
    assert first.salt != second.salt
    assert first.wrapped != second.wrapped


@given(st.text(min_size=1).filter(lambda text: text != "mot de passe"))
def test_another_password_is_refused(other: str):
    wrap = wrap_key(bytes(32), "mot de passe", FAST)
    with pytest.raises((WrongPassword, UnicodeEncodeError)):
        unwrap_key(wrap, other)


def test_the_same_accent_typed_on_two_systems_opens():
    secret = "été à Nîmes"
    wrap = wrap_key(bytes(32), unicodedata.normalize("NFD", secret), FAST)
    assert unwrap_key(wrap, unicodedata.normalize("NFC", secret)) == bytes(32)


def test_the_check_of_a_key_recognises_it_only():
    key = new_data_key()
    assert key_check(key) == key_check(key)
    assert key_check(key) != key_check(new_data_key())
    assert key_check(key) not in key


def test_default_cost_is_the_second_option_of_rfc_9106():
    assert (STRONG.memory_kib, STRONG.passes, STRONG.lanes) == (65536, 3, 4)
    assert STRONG.plausible


@pytest.mark.parametrize(
    "kdf", [KdfParameters(0, 1, 1), KdfParameters(8, 0, 1), KdfParameters(8, 1, 2), KdfParameters(1 << 30, 1, 1)]
)
def test_costs_that_would_freeze_or_fail_are_implausible(kdf: KdfParameters):
    assert not kdf.plausible


def test_no_memory_for_the_derivation_is_told():
    with pytest.raises(NotEnoughMemory):
        wrap_key(bytes(32), "mot de passe", KdfParameters(memory_kib=(1 << 32) - 1, passes=1, lanes=1))
