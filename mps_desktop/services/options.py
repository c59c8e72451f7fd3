"""What a profile can be filled with: lists of the catalogue and fixed answers."""

from __future__ import annotations

import re

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Element
from mps_desktop.services.views import Option

_SITUATIONS = (
    Option("aucune_idee", "Aucune idée pour l’instant"),
    Option("quelques_pistes", "Quelques pistes"),
    Option("projet_precis", "Un projet précis"),
)
_DUREES = (
    Option("indifferent", "Indifférent"),
    Option("courte", "Courte, 3 ans ou moins"),
    Option("longue", "Longue, 5 ans ou plus"),
    Option("aucune_idee", "Ne sait pas encore"),
)
_ALTERNANCES = (
    Option("pas_interesse", "Pas intéressé"),
    Option("indifferent", "Indifférent"),
    Option("interesse", "Intéressé"),
    Option("tres_interesse", "Très intéressé"),
)


_SIGLE = re.compile(r"\(([A-Z0-9]{2,6})\)$")


class Options:
    """Choices of the profile form, and the label of any id.

    Args:
        catalogue: the open reference data.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.situations = _SITUATIONS
        self.durees = _DUREES
        self.alternances = _ALTERNANCES
        self.bacs = tuple(Option(bac.id, bac.libelle) for bac in catalogue.bacs() if bac.id != "NC")
        self._specialites = {bac.id: tuple(_option(s) for s in bac.specialites) for bac in catalogue.bacs()}
        self.domaines = tuple(_option(domaine) for domaine in catalogue.domaines())
        self.interets = tuple(_option(interet) for interet in catalogue.interets())
        self._fixed = {
            "situation": {option.code: option.libelle for option in _SITUATIONS},
            "duree": {option.code: option.libelle for option in _DUREES},
            "alternance": {option.code: option.libelle for option in _ALTERNANCES},
        }

    def specialites(self, bac: str | None) -> tuple[Option, ...]:
        """Spécialités of a bac; empty when it has none or is not known."""
        return self._specialites.get(bac or "", ())

    def libelle(self, identifiant: str) -> str:
        """Label of any id of the catalogue (bac, spécialité, formation, vœu, métier, commune…)."""
        return self._catalogue.libelle(identifiant)

    def bac_court(self, bac: str | None) -> str:
        """Name of a bac for a column that is already headed "Bac": Général, STMG, Professionnel."""
        name = self._catalogue.libelle(bac).removeprefix("Bac ") if bac else ""
        return name[:1].upper() + name[1:]

    def specialite_courte(self, identifiant: str) -> str:
        """Initials of a spécialité when it has some ("SES"), else its name: for a column."""
        name = self._catalogue.libelle(identifiant)
        initials = _SIGLE.search(name)
        return initials[1] if initials else name.replace("Mathématiques", "Maths")

    def reponse(self, champ: str, code: str | None) -> str:
        """Label of a fixed answer ("situation", "duree" or "alternance"); empty when none was given."""
        return self._fixed[champ].get(code or "", "")

    def part_moyenne(self, bac: str | None, moyenne: float) -> int | None:
        """Percent of the admitted of that bac whose general average was that or less; None = unknown."""
        return self._catalogue.part_moyenne(bac or "NC", moyenne)


def _option(element: Element) -> Option:
    return Option(element.id, element.libelle, element.categorie)
