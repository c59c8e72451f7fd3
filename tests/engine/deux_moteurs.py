"""The reference and the corrected engine on small data sets, and short ways to ask them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees, PositionVoeu
from mps_desktop.engine.moteur import Moteur, Suggestion
from mps_desktop.engine.profil import Choix, Profil, Statut
from tests.engine.petit_jeu import (
    JEU,
)

ROOT = Path(__file__).resolve().parents[2]


def both(jeu: JeuDeDonnees = JEU) -> tuple[Moteur, Moteur]:
    """The reference and the corrected engine on the same data."""
    return Moteur(jeu, "reference"), Moteur(jeu, "corrige")


def liked(*ids: str) -> tuple[Choix, ...]:
    return tuple(Choix(one, Statut.FAVORI) for one in ids)


def with_formation(jeu: JeuDeDonnees, formation: str, **changes: Any) -> JeuDeDonnees:
    """The same data with one formation changed."""
    formations = tuple(dataclasses.replace(f, **changes) if f.id == formation else f for f in jeu.formations)
    return dataclasses.replace(jeu, formations=formations)


def linked(*formations: FormationMoteur, metiers: tuple[tuple[str, str], ...] = (), **lists: Any) -> JeuDeDonnees:
    """Data where domaine dom1 leads to every formation given."""
    empty = {f.name: () for f in dataclasses.fields(JEU) if f.name not in ("villes", "libelles")}
    return dataclasses.replace(
        JEU,
        **{
            **empty,
            "formations": formations,
            "formation_domaine": tuple((f.id, "dom1") for f in formations),
            "metier_formation": metiers,
            **lists,
        },
    )


def formation(name: str, **champs: Any) -> FormationMoteur:
    base: dict[str, Any] = {
        "libelle": name, "type": name, "duree": 3, "apprentissage": False, "las": None, "capacite": 100,
        "voeux": (PositionVoeu(f"ta{name}", 48.0, 2.0),),
    }  # fmt: skip
    return FormationMoteur(id=name, **{**base, **champs})


def score(moteur: Moteur, critere: str, profil: Profil) -> dict[str, float]:
    found = moteur.affinites(profil)
    return dict(zip(found.ids, found.sous_scores[critere].tolist(), strict=True))


def order(moteur: Moteur, profil: Profil) -> list[str]:
    return [suggestion.formation_id for suggestion in moteur.classer(profil)]


def positive(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.formation_id for suggestion in suggestions if suggestion.affinite > 0]


def reasons(moteur: Moteur, profil: Profil, name: str) -> tuple[object, ...]:
    (found,) = moteur.expliquer(profil, (name,))
    return found.raisons


DOM1 = Profil(bac="Générale", interets=("dom1",))
