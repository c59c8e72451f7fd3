"""What a list of wishes counts for on Parcoursup, against what a session accepts.

A vœu multiple counts for one vœu; some families count its sous-vœux, others do not. Categories and
limits are data with the session that they were read for (resources/parametres/parcoursup.toml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mps_desktop.engine.categories import Categorie
from mps_desktop.engine.classes import Limites, VoeuBalance

Groupe = tuple[str, bool]
"""Formation and whether it is apprentissage: the two never share a vœu."""

ORDINAIRE = Categorie("ordinaire", "Vœu ordinaire", multiple=False, comptee=False)
"""One établissement, one vœu."""
INCONNUE = Categorie("", "", multiple=True, comptee=False)
"""No longer in the catalogue: counted low, so that only lists that are surely too long are told."""


@dataclass(frozen=True, slots=True)
class Decompte:
    """What a list counts for.

    Attributes:
        voeux, voeux_apprentissage: a vœu multiple counting for one.
        sous_voeux: (formation, apprentissage) -> counted sous-vœux of that vœu multiple.
    """

    voeux: int
    voeux_apprentissage: int
    sous_voeux: Mapping[Groupe, int]

    @property
    def sous_voeux_total(self) -> int:
        """Counted sous-vœux of all vœux multiples."""
        return sum(self.sous_voeux.values())


def find_categorie(limites: Limites, fili: str, formation: str) -> Categorie:
    """Category of a vœu: the first whose family or beginning of label fits.

    Args:
        fili: aggregated family of the catalogue, empty when the vœu is unknown.
        formation: label of its formation.
    """
    if not fili:
        return INCONNUE
    for categorie in limites.categories:
        if fili in categorie.filis or formation.startswith(categorie.debuts or ("\0",)):
            return categorie
    return ORDINAIRE


def count(voeux: Iterable[VoeuBalance], limites: Limites) -> Decompte:
    """Count a list. The order of the wishes does not matter."""
    singles: Counter[bool] = Counter()
    multiples: set[tuple[str, bool, str]] = set()
    counted: dict[Groupe, set[str]] = {}
    known = {categorie.code: categorie for categorie in limites.categories}
    for voeu in voeux:
        categorie = known.get(voeu.categorie) or _categorie(voeu, limites)
        group = (voeu.formation_id, voeu.apprentissage)
        if not categorie.multiple:
            singles[voeu.apprentissage] += 1
            continue
        place = voeu.etablissement or voeu.id
        multiples.add((*group, place if categorie.voeu_par_etablissement else ""))
        if categorie.comptee:
            counted.setdefault(group, set()).add(place if categorie.par_etablissement else voeu.id)
    grouped = Counter(apprentissage for _, apprentissage, _ in multiples)
    return Decompte(
        voeux=singles[False] + grouped[False],
        voeux_apprentissage=singles[True] + grouped[True],
        sous_voeux={group: len(places) for group, places in counted.items()},
    )


def same_count(voeu: VoeuBalance, limites: Limites) -> tuple[str, bool, str]:
    """Key of the vœux that count for the same: when one breaks a limit, so do the others."""
    categorie = _categorie(voeu, limites)
    places = categorie.par_etablissement or categorie.voeu_par_etablissement
    return voeu.formation_id, voeu.apprentissage, voeu.etablissement if places else ""


def accepts(before: Decompte, after: Decompte, limites: Limites) -> bool:
    """Whether adding wishes breaks nothing: what is already too long must at least not grow."""
    pairs = [
        (before.voeux, after.voeux, limites.voeux),
        (before.voeux_apprentissage, after.voeux_apprentissage, limites.voeux_apprentissage),
        (before.sous_voeux_total, after.sous_voeux_total, limites.sous_voeux_total),
        *((before.sous_voeux.get(group, 0), number, limites.sous_voeux) for group, number in after.sous_voeux.items()),
    ]
    return all(new <= max(limit, old) for old, new, limit in pairs)


def _categorie(voeu: VoeuBalance, limites: Limites) -> Categorie:
    if not voeu.categorie:
        return find_categorie(limites, voeu.fili, "")
    return next((c for c in limites.categories if c.code == voeu.categorie), ORDINAIRE)
