"""Seals of the psyEN's notes: they open with their key, in their place, unaltered, and in no other case."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mps_desktop.storage.scelles import PAS_OCTETS, BrokenSeal, new_note_id, seal, unseal

KEYS = st.binary(min_size=32, max_size=32)
IDS = st.integers(1, 10_000)
NOTES = st.text("0123456789abcdef", min_size=32, max_size=32)
TEXTS = st.binary(max_size=1500)


@given(KEYS, IDS, NOTES, TEXTS)
def test_what_is_sealed_comes_back(key: bytes, eleve_id: int, note_id: str, clair: bytes):
    contenu = seal(bytearray(key), eleve_id, note_id, clair)
    assert unseal(bytearray(key), eleve_id, note_id, contenu) == clair
    assert len(clair) < 8 or clair not in contenu


@given(KEYS, IDS, NOTES, TEXTS, st.data())
def test_any_flipped_bit_is_refused(key: bytes, eleve_id: int, note_id: str, clair: bytes, data: st.DataObject):
    altered = bytearray(seal(key, eleve_id, note_id, clair))
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BrokenSeal):
        unseal(key, eleve_id, note_id, bytes(altered))


@given(KEYS, IDS, NOTES, TEXTS, st.data())
def test_a_cut_seal_is_refused(key: bytes, eleve_id: int, note_id: str, clair: bytes, data: st.DataObject):
    contenu = seal(key, eleve_id, note_id, clair)
    with pytest.raises(BrokenSeal):
        unseal(key, eleve_id, note_id, contenu[: data.draw(st.integers(0, len(contenu) - 1))])


@given(KEYS, IDS, IDS, NOTES, NOTES, TEXTS)
def test_a_seal_opens_in_its_own_place_only(key: bytes, eleve: int, other: int, note: str, autre: str, clair: bytes):
    assume(eleve != other and note != autre)
    contenu = seal(key, eleve, note, clair)
    for place in ((other, note), (eleve, autre)):
        with pytest.raises(BrokenSeal):
            unseal(key, *place, contenu)


@given(KEYS, KEYS, IDS, NOTES, TEXTS)
def test_another_key_is_refused(key: bytes, other: bytes, eleve_id: int, note_id: str, clair: bytes):
    assume(key != other)
    with pytest.raises(BrokenSeal):
        unseal(other, eleve_id, note_id, seal(key, eleve_id, note_id, clair))


@given(st.integers(0, 3000))
def test_the_size_of_a_seal_goes_by_steps(length: int):
    sizes = {len(seal(bytes(32), 1, "n", bytes(n))) % PAS_OCTETS for n in (0, length)}
    assert sizes == {1 + 12 + 16}


def test_the_same_text_is_never_sealed_twice_alike():
    assert len({seal(bytes(32), 1, "n", b"texte") for _ in range(50)}) == 50
    assert len({new_note_id() for _ in range(50)}) == 50
