"""What the catalogue keeps of the fit, on the invented files, and how sessions are carried."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.construction.ambition import build_series, fit_catalogue, pack, predict_coming, read_seuils
from mps_desktop.catalogue.construction.sources import MOYENNES, SourceFolder
from mps_desktop.catalogue.construction.voeux import Offre, Programme, read_2023
from mps_desktop.catalogue.tableaux import decode
from mps_desktop.core.paths import find_resources
from mps_desktop.engine.ajustement import CHAMPS
from tests.catalogue.sources_factices import DROIT, write_sources

SEUILS = read_seuils(find_resources())


def offre(session: int, rate: float | None, candidats: int = 1000, capacite: int = 100, **changes: object) -> Offre:
    one = read_2023([{name: str(value) for name, value in DROIT.items()}])["1"]
    one = replace(one, fili="BTS", session=session, taux_acces=rate, candidats=candidats, capacite=capacite)
    return replace(one, **changes)  # type: ignore[arg-type]  # test shorthand


def programme(*offres: Offre, identifiant: str = "ta1") -> Programme:
    return Programme(identifiant, "BTS - Essai", "fl464", "fl464", offres={one.session: one for one in offres})


def coming(*offres: Offre) -> float:
    return float(predict_coming([programme(*offres)], {}, {"1": 0.4}, SEUILS.mouvement)[0])


def test_a_rate_of_2024_replaces_the_prediction_of_2023():
    assert coming(offre(2023, 50.0)) == pytest.approx(0.4)
    assert coming(offre(2023, 50.0), offre(2024, 70.0)) == pytest.approx(0.7, abs=0.01)
    unsure = offre(2024, 70.0, incertain=True)
    assert coming(offre(2023, 50.0), unsure) == pytest.approx(0.4)


@given(st.integers(10, 5000), st.integers(10, 5000))
def test_more_candidates_in_2025_never_raise_the_rate(one: int, other: int):
    few, many = sorted((one, other))
    base = offre(2024, 60.0)
    assert coming(base, offre(2025, None, many)) <= coming(base, offre(2025, None, few)) + 1e-12


def test_the_provisional_rate_of_2025_is_never_read():
    base = offre(2024, 60.0)
    assert coming(base, offre(2025, 99.0)) == coming(base, offre(2025, None))
    assert coming(base, offre(2025, None, 9000, incertain=True)) == coming(base)


def test_the_fit_of_the_invented_files(tmp_path):
    official = SourceFolder(write_sources(tmp_path / "sources"))
    voeux = [
        programme(offre(2023, 50.0), offre(2024, 60.0)),
        replace(programme(offre(2023, 50.0), identifiant="ta2"), apprentissage=True),
        programme(offre(2023, None), identifiant="ta3"),
    ]
    packed = fit_catalogue(voeux, official, find_resources())
    assert packed == fit_catalogue(list(reversed(voeux)), official, find_resources())
    found = decode(packed)
    assert set(found["code"].tolist()) == {1}, "neither apprenticeship nor a vœu without rate"
    assert found["type"].tolist() == [0, 1, 2]
    assert np.all(found["seuil_haut"] < found["seuil"])
    assert np.all(found["seuil"] < found["seuil_bas"])
    assert np.all(found["dessous"] > 0)
    assert found["niveau"][0] > found["niveau"][1], "part d’accès 80 % for 600 of 1000 candidates"
    assert np.all(np.diff(build_series(official.rows(MOYENNES)).coupes, axis=1) > 0)


def test_what_cannot_be_estimated_is_not_packed():
    fields = {name: np.array([[1.5, np.nan, 2.25]]) for name in CHAMPS}
    found = decode(pack([7], fields))
    assert found["code"].tolist() == [7, 7]
    assert found["type"].tolist() == [0, 2]
    assert found["seuil"].tolist() == [1.5, 2.25]
