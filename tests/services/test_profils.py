from __future__ import annotations

from dataclasses import replace

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.engine.profil import Statut
from mps_desktop.services.profils import check_profil, completeness, engine_profil, known_moyenne, missing_fields
from mps_desktop.storage.records import FavoriRecord, ProfilRecord

PLEIN = ProfilRecord(
    situation="projet_precis", bac="Générale", specialites=("mat700",), moyenne=13.7, domaines=("dom27",),
    interets=("ci13",), metiers=("MET.1",), duree_etudes="courte", alternance="tres_interesse", communes=("44109",),
    favoris=(FavoriRecord("fl1", 1, ("ta1",)),), corbeille=("fl9",),
)  # fmt: skip


def formation_of(voeu_id: str) -> str | None:
    return {"ta1": "fl1", "ta2": "fl2"}.get(voeu_id)


def test_completeness_counts_what_is_expected_of_the_level():
    assert completeness(PLEIN, "terminale", has_specialites=True) == 100
    assert completeness(ProfilRecord(), "terminale", has_specialites=True) == 0
    without = replace(PLEIN, moyenne=None)
    assert completeness(without, "seconde", has_specialites=True) == 100
    assert completeness(without, "terminale", has_specialites=True) < 100


def test_an_empty_answer_is_missing_and_says_why():
    labels = dict(missing_fields(ProfilRecord(communes=()), "terminale", has_specialites=False))
    assert "Villes souhaitées" in labels
    assert "Spécialités" not in labels
    assert all(labels.values())


def test_refusing_to_tell_the_average_is_an_answer():
    silent = replace(PLEIN, moyenne=-1.0)
    assert completeness(silent, "terminale", has_specialites=True) == 100
    assert known_moyenne(silent) is None
    assert engine_profil(silent, "terminale").moyenne is None


def test_the_engine_reads_the_service_codes():
    profil = engine_profil(PLEIN, "terminale")
    assert (profil.niveau, profil.duree, profil.apprentissage) == ("term", "court", "A")
    assert profil.moyenne == 27.0
    assert profil.interets == ("ci13", "dom27")
    assert [(choix.id, choix.statut) for choix in profil.choix] == [
        ("fl1", Statut.FAVORI), ("MET.1", Statut.FAVORI), ("fl9", Statut.REJETE),
    ]  # fmt: skip
    assert engine_profil(ProfilRecord(), "").bac == "NC"


@pytest.mark.parametrize(
    ("profil", "words"),
    [
        (ProfilRecord(moyenne=20.5), "entre 0 et 20"),
        (ProfilRecord(moyenne=-0.5), "entre 0 et 20"),
        (ProfilRecord(favoris=(FavoriRecord("fl1"), FavoriRecord("fl1"))), "deux fois"),
        (ProfilRecord(metiers=("MET.1", "MET.1")), "deux fois"),
        (ProfilRecord(corbeille=("fl1", "fl1")), "deux fois"),
        (ProfilRecord(favoris=(FavoriRecord("fl1"),), corbeille=("fl1",)), "à la fois"),
        (ProfilRecord(favoris=(FavoriRecord("fl1", voeux=("ta1", "ta1")),)), "deux fois"),
        (ProfilRecord(favoris=(FavoriRecord("fl1", voeux=("ta2",)),)), "n’appartient pas"),
        (ProfilRecord(favoris=(FavoriRecord("fl1", note="x" * 4000),)), "4000 caractères"),
    ],
)
def test_what_cannot_be_saved(profil: ProfilRecord, words: str):
    with pytest.raises(EnvironmentFault, match=words):
        check_profil(profil, formation_of)


@pytest.mark.parametrize(
    "profil",
    [
        PLEIN,
        ProfilRecord(),
        ProfilRecord(moyenne=-1),
        ProfilRecord(favoris=(FavoriRecord("fl1", voeux=("ta-perdu",)),)),
    ],
)
def test_what_can_be_saved(profil: ProfilRecord):
    check_profil(profil, formation_of)
