"""Official fiches on this machine: import, what is installed, removal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mps_desktop.catalogue.fiches.extraction import read_official
from mps_desktop.catalogue.fiches.liens import Correspondances
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.fiches.records import JEUX, LotInstalle, LotLu
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.dates import long_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import plural


@dataclass(frozen=True, slots=True)
class Couverture:
    """How much of the catalogue has official texts.

    Attributes:
        voeux, nb_voeux: vœux whose formation has some, of all.
    """

    formations: int
    nb_formations: int
    metiers: int
    nb_metiers: int
    voeux: int
    nb_voeux: int


@dataclass(frozen=True, slots=True)
class EtatFiches:
    """What is installed, with its source and date.

    Attributes:
        lots: one per official file.
        phrases: one sentence per file, for people.
    """

    lots: tuple[LotInstalle, ...]
    phrases: tuple[str, ...]
    couverture: Couverture


@dataclass(frozen=True, slots=True)
class RapportFiches:
    """What an import did.

    Attributes:
        ajouts: one sentence per file read.
        etat: everything installed afterwards.
    """

    fichiers: tuple[str, ...]
    ajouts: tuple[str, ...]
    etat: EtatFiches


class FichesOfficielles:
    """Use cases of the official fiches, safe from any thread.

    Args:
        catalogue: what coverage is measured against.
        magasin: the local store.
        today: today's date, asked at each import.
    """

    def __init__(self, catalogue: Catalogue, magasin: Magasin, today: Callable[[], date]) -> None:
        self._catalogue = catalogue
        self._magasin = magasin
        self._today = today
        self.correspondances = Correspondances(catalogue, magasin)

    def on(self, catalogue: Catalogue) -> FichesOfficielles:
        """The same store, measured against another catalogue."""
        return FichesOfficielles(catalogue, self._magasin, self._today)

    def import_(self, fichiers: tuple[Path, ...], progress: Progress) -> RapportFiches:
        """Read these official files and install their fiches, all or nothing.

        A file of a kind already installed replaces it; different kinds complete each other.

        Raises:
            EnvironmentFault: a file is not one of those expected, is damaged, or cannot be kept; what was
                installed before is as it was.
            Cancelled: the user stopped it, likewise.
        """
        if not fichiers:
            raise EnvironmentFault("Aucun fichier n’a été donné.", "Choisissez au moins un fichier officiel.")
        lots: dict[str, LotLu] = {}
        for number, path in enumerate(fichiers):
            progress.step(f"Lecture de {path.name}", number, len(fichiers))
            for lot in read_official(path, progress):
                if lot.nature not in lots or lots[lot.nature].edition <= lot.edition:
                    lots[lot.nature] = lot
        self._magasin.install(lots.values(), self._today(), progress)
        ajouts = tuple(
            f"{JEUX[lot.nature]}\u202f: {plural(len(lot.fiches), 'fiche')}, données du {_day(lot.edition)}."
            for lot in lots.values()
        )
        return RapportFiches(tuple(path.name for path in fichiers), ajouts, self.etat())

    def etat(self) -> EtatFiches:
        """What is installed, its source and date, and how much of the catalogue it covers."""
        lots = self._magasin.lots()
        phrases = tuple(
            f"{lot.jeu}\u202f: {plural(lot.nb_fiches, 'fiche')}, données du {_day(lot.edition)}, "
            f"importées le {_day(lot.importe_le)}."
            for lot in lots
        )
        return EtatFiches(lots, phrases, self._couverture())

    def remove(self, nature: str | None = None) -> EtatFiches:
        """Take out the fiches of one kind (``LotInstalle.nature``), or all of them."""
        self._magasin.remove(nature)
        return self.etat()

    def _couverture(self) -> Couverture:
        known = self._magasin.ids()
        formations, metiers = self._catalogue.formations(), self._catalogue.metiers()
        covered = [one for one in formations if known.intersection(self.correspondances.ids(one))] if known else []
        return Couverture(
            len(covered),
            len(formations),
            sum(metier.id in known for metier in metiers),
            len(metiers),
            sum(one.nb_voeux for one in covered),
            sum(one.nb_voeux for one in formations),
        )


def _day(iso: str) -> str:
    try:
        return long_date(date.fromisoformat(iso))
    except ValueError:
        return "date inconnue"
