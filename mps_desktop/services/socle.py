"""What every use case shares and nobody changes: catalogue, parameters, engine."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from mps_desktop.catalogue.dataset import engine_arrays, engine_dataset
from mps_desktop.catalogue.maj.depot import Choix, Depot
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.preparation import TableauxPerimes
from mps_desktop.services.alentours import Lieux
from mps_desktop.services.calendrier import CalendrierStore
from mps_desktop.services.options import Options
from mps_desktop.services.parametres import Parametres

if TYPE_CHECKING:
    from mps_desktop.services.fiche import SocleFiches


class Socle:
    """The read-only ground of the program, safe from any thread.

    Args:
        catalogue: the open reference data.
        parametres: thresholds, calendar and wording tables.
        fiches: our own texts and the official fiches.
        depot: the catalogues of this user, None when the one given is the only one.
        choix: which of them was opened.
        calendriers: the user's own calendar, None = only the shipped one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        parametres: Parametres,
        fiches: SocleFiches,
        depot: Depot | None = None,
        choix: Choix | None = None,
        calendriers: CalendrierStore | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.parametres = parametres
        self.fiches = fiches
        self.calendriers = calendriers or CalendrierStore(parametres.calendriers)
        self.options = Options(catalogue)
        self.references = catalogue.references()
        self.lieux = Lieux(catalogue)
        self.depot = depot
        self._choix = choix
        self._moteur: Moteur | None = None
        self._lock = threading.Lock()

    @property
    def moteur(self) -> Moteur:
        """The suggestion engine, built on first use: opening a dossier must not wait for it."""
        with self._lock:
            if self._moteur is None:
                self._moteur = load_moteur(self.catalogue)
            return self._moteur

    @property
    def avertissement(self) -> str:
        """Why an updated catalogue was not taken, empty when all is well."""
        return "" if self._choix is None else self._choix.avertissement

    def is_current(self) -> bool:
        """The catalogue opened is still the one in force."""
        return self.depot is None or self._choix is None or self.depot.choose().chemin == self._choix.chemin


def load_moteur(catalogue: Catalogue) -> Moteur:
    """The engine on the arrays prepared with the catalogue; worked out again when they are of another version."""
    arrays = engine_arrays(catalogue)
    if arrays is not None:
        try:
            return Moteur.from_arrays(arrays)
        except TableauxPerimes:
            pass
    return Moteur(engine_dataset(catalogue))
