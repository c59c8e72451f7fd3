"""What every use case shares and nobody changes: catalogue, parameters, engine."""

from __future__ import annotations

import threading

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.engine.moteur import Moteur
from mps_desktop.services.calendrier import CalendrierStore
from mps_desktop.services.options import Options
from mps_desktop.services.parametres import Parametres


class Socle:
    """The read-only ground of the program, safe from any thread.

    Args:
        catalogue: the open reference data.
        parametres: thresholds, calendar and wording tables.
        calendriers: the user's own calendar, None = only the shipped one.
    """

    def __init__(
        self, catalogue: Catalogue, parametres: Parametres, calendriers: CalendrierStore | None = None
    ) -> None:
        self.catalogue = catalogue
        self.parametres = parametres
        self.calendriers = calendriers or CalendrierStore(parametres.calendriers)
        self.options = Options(catalogue)
        self.references = catalogue.references()
        self._moteur: Moteur | None = None
        self._lock = threading.Lock()

    @property
    def moteur(self) -> Moteur:
        """The suggestion engine, built on first use: opening a dossier must not wait for it."""
        with self._lock:
            if self._moteur is None:
                self._moteur = Moteur(engine_dataset(self.catalogue))
            return self._moteur
