"""Quality of the corrected mode on the bundled catalogue, for hand-written students."""

from __future__ import annotations

import dataclasses

import pytest

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.paths import build_paths
from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.graphe import is_formation
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.preparation import Tableaux, prepare, unpack_texts
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.engine.profils_synthetiques import synthetic_profiles, vocabulary
from tests.services.profils_experts import PROFILS_EXPERTS, ProfilExpert

PREMIERES = 20
AIME_BEAUCOUP, AIME = 5, 3


@pytest.fixture(scope="module")
def donnees() -> Tableaux:
    return prepare(engine_dataset(open_catalogue(build_paths().catalogue)))


@pytest.fixture(scope="module")
def moteur(donnees: Tableaux) -> Moteur:
    return Moteur.from_arrays(donnees)


def tied_to(moteur: Moteur, taste: str) -> set[str]:
    """Formations that a taste leads to, in one edge or two."""
    ids = tuple(node for node in moteur.graphe.noeuds if is_formation(node))
    vectors = Chemins(moteur.graphe, ids, 2).from_source(taste)
    assert vectors is not None
    return {one for one, value in zip(ids, vectors.scores_formations.tolist(), strict=True) if value > 0}


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


@pytest.mark.parametrize("seed", range(4))
def test_a_taste_never_costs_a_place_to_the_formations_that_it_matches(moteur: Moteur, donnees: Tableaux, seed: int):
    """Against the formations of the same type that it does not match, on invented students."""
    types = dict(zip(unpack_texts(donnees["formations"]), unpack_texts(donnees["types"]), strict=True))
    words = vocabulary(donnees)
    for rank, profil in enumerate(synthetic_profiles(words, 6, seed)):
        taste = words.elements[(11 * seed + 7 * rank) % len(words.elements)]
        vectors = tied_to(moteur, taste)
        more = dataclasses.replace(profil, interets=(*profil.interets, taste))
        before, after = (
            {s.formation_id: s.rang for s in moteur.classer(one) if s.affinite > 0} for one in (profil, more)
        )
        tied = before.keys() & vectors
        assert tied <= after.keys()
        for formation in tied:
            for other in (before.keys() & after.keys()) - vectors:
                if types[other] == types[formation] and before[formation] < before[other]:
                    assert after[formation] < after[other]


def test_enough_students_of_every_stream():
    assert len(PROFILS_EXPERTS) >= 25
    assert len({expert.nom for expert in PROFILS_EXPERTS}) == len(PROFILS_EXPERTS)
    assert {expert.bac for expert in PROFILS_EXPERTS} >= {"Générale", "STMG", "STI2D", "STL", "ST2S", "STHR", "P", "NC"}


def test_every_id_is_known_to_the_catalogue(moteur: Moteur):
    known = set(moteur.graphe.noeuds)
    for expert in PROFILS_EXPERTS:
        ids = {*expert.gouts, *expert.metiers, *expert.favoris, *expert.rejetees, *expert.attendues}
        assert ids - known == set(), expert.nom
