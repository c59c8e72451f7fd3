"""Quality of the corrected mode on the bundled catalogue, for hand-written students."""

from __future__ import annotations

import pytest

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.paths import build_paths
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil, Statut
from tests.services.profils_experts import PROFILS_EXPERTS, ProfilExpert

PREMIERES = 20
AIME_BEAUCOUP, AIME = 5, 3


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(engine_dataset(open_catalogue(build_paths().catalogue)))


def engine_profile(expert: ProfilExpert) -> Profil:
    return Profil(
        niveau="term",
        bac=expert.bac,
        duree=expert.duree,
        apprentissage=expert.apprentissage,
        communes=expert.communes,
        specialites=expert.specialites,
        interets=expert.gouts,
        moyenne=None if expert.moyenne is None else 2 * expert.moyenne,
        choix=(
            *(Choix(formation, Statut.FAVORI, score) for formation, score in expert.favoris.items()),
            *(Choix(metier, Statut.FAVORI) for metier in expert.metiers),
            *(Choix(formation, Statut.REJETE) for formation in expert.rejetees),
        ),
    )


@pytest.mark.parametrize("expert", PROFILS_EXPERTS, ids=lambda expert: expert.nom)
def test_what_the_expert_expects(moteur: Moteur, expert: ProfilExpert):
    ranked = [s.formation_id for s in moteur.classer(engine_profile(expert)) if s.affinite > 0]
    first = ranked[:PREMIERES]
    for formation, score in expert.favoris.items():
        if score >= AIME_BEAUCOUP:
            assert formation in first
        if score >= AIME:
            assert formation in ranked
    assert not set(expert.rejetees) & set(ranked)
    assert set(expert.attendues) & set(first)


def test_enough_students_of_every_stream():
    assert len(PROFILS_EXPERTS) >= 25
    assert len({expert.nom for expert in PROFILS_EXPERTS}) == len(PROFILS_EXPERTS)
    assert {expert.bac for expert in PROFILS_EXPERTS} >= {"Générale", "STMG", "STI2D", "STL", "ST2S", "STHR", "P", "NC"}


def test_every_id_is_known_to_the_catalogue(moteur: Moteur):
    known = set(moteur.graphe.noeuds)
    for expert in PROFILS_EXPERTS:
        ids = {*expert.gouts, *expert.metiers, *expert.favoris, *expert.rejetees, *expert.attendues}
        assert ids - known == set(), expert.nom
