"""Licences accès santé on the bundled catalogue: shown to whom health draws, without filling the list."""

from __future__ import annotations

import dataclasses

import pytest

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.paths import build_paths
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil, Statut

PASS_, INFIRMIER = "fl2047", "fl550001"
SVT_PHYSIQUE = ("mat702", "mat701")
SOIGNER, AIDER, SANTE, DROIT = "ci13", "ci14", "dom27", "dom15"

SEUL = Profil(bac="Générale", interets=(SOIGNER,))
DRAWN_TO_HEALTH = {
    "soigner seul": SEUL,
    "soigner et aider": Profil(
        bac="Générale", specialites=SVT_PHYSIQUE, interets=(SOIGNER, AIDER, SANTE), moyenne=28.0
    ),
    "infirmier": Profil(
        bac="Générale", specialites=SVT_PHYSIQUE, interets=(SOIGNER, SANTE), moyenne=26.0,
        choix=(Choix(INFIRMIER, Statut.FAVORI),),
    ),
    "un PASS et rien d’autre": Profil(bac="Générale", choix=(Choix(PASS_, Statut.FAVORI),)),
    "ST2S": Profil(bac="ST2S", interets=(SOIGNER, AIDER, SANTE), moyenne=24.0),
}  # fmt: skip


@pytest.fixture(scope="module")
def jeu() -> JeuDeDonnees:
    return engine_dataset(open_catalogue(build_paths().catalogue))


@pytest.fixture(scope="module")
def moteur(jeu: JeuDeDonnees) -> Moteur:
    return Moteur(jeu)


@pytest.fixture(scope="module")
def mothers(jeu: JeuDeDonnees) -> dict[str, str]:
    return {f.id: f.las for f in jeu.formations if f.las is not None}


def first(moteur: Moteur, profil: Profil, count: int = 20) -> list[str]:
    return [s.formation_id for s in moteur.classer(profil, count) if s.affinite > 0]


@pytest.mark.parametrize("name", DRAWN_TO_HEALTH)
def test_a_third_of_the_first_twenty_at_most(moteur: Moteur, mothers: dict[str, str], name: str):
    assert sum(one in mothers for one in first(moteur, DRAWN_TO_HEALTH[name])) <= 6


def test_health_alone_still_shows_the_pass_and_some_licences(moteur: Moteur, mothers: dict[str, str]):
    shown = first(moteur, SEUL)
    assert shown[0] == PASS_
    assert sum(one in mothers for one in shown) >= 2


def test_a_licence_is_shown_once_its_own_subject_is_liked(moteur: Moteur, mothers: dict[str, str], jeu: JeuDeDonnees):
    (droit,) = (f.id for f in jeu.formations if f.las == "fl2002")
    both = dataclasses.replace(SEUL, interets=(SOIGNER, DROIT))
    assert droit not in first(moteur, SEUL)
    assert droit in first(moteur, both, 10)
    health = dataclasses.replace(SEUL, interets=(SOIGNER, SANTE))
    places = [{s.formation_id: s.rang for s in moteur.classer(one)} for one in (health, both)]
    assert places[1][droit] < places[0][droit]
