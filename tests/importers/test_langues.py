from __future__ import annotations

import pytest

from mps_desktop.importers.langues import split_langues


@pytest.mark.parametrize(
    "label", ["ANGLAIS LV1", "LV2 Espagnol", "AGL1", "ESP2", "Allemand LVB", "Italien", "anglais euro"]
)
def test_living_languages(label: str):
    assert split_langues([label]) == ((label,), ())


@pytest.mark.parametrize("label", ["LCA LATIN", "MATHS EXPERTES", "LITT. ANGLAIS", "THEATRE", "ALLEGRO", "DGEMC"])
def test_what_is_no_living_language(label: str):
    assert split_langues([label]) == ((), (label,))


def test_order_is_kept():
    assert split_langues(["MATEX", "ESP2", "DGEMC", "AGL1"]) == (("ESP2", "AGL1"), ("MATEX", "DGEMC"))
