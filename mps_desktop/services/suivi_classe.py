"""A class over time: its state is kept each day on which something changed. Counts only, never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from mps_desktop.core.dates import annee_scolaire, long_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import EleveLigne, PointSuivi, SuiviClasse
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import BilanRecord
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository

ECART_MAX = 2
"""Steps between declared and estimated class from which a student is counted."""


class SuiviClasses:
    """Keeps and reads the state of the classes.

    One diagnosis serves the whole session: after a change only the wishes that changed are estimated again.

    Args:
        socle: catalogue and parameters.
        database: the open dossier.
        today: day of the state; another one of the same day gives its place.
    """

    def __init__(self, socle: Socle, database: Database, today: date) -> None:
        self._database = database
        self._today = today
        self._diagnostiqueur = Diagnostiqueur(socle, today)

    def record(self, session: Session, classes: Iterable[str]) -> None:
        """Keep today's state of some classes, within the transaction that changed them."""
        repository = BilanRepository(session)
        for classe in sorted(set(classes) - {""}):
            lignes = self._diagnostiqueur.lignes(EleveRepository(session).list(classe))
            if lignes:
                repository.put(build_bilan(classe, self._today, lignes))

    def record_moved(self, session: Session, classes: Iterable[str]) -> None:
        """Keep today's state of the classes that a student left or joined; one that is gone leaves none of today."""
        self.record(session, classes)
        BilanRepository(session).forget_absent(self._today)

    def record_all(self, session: Session) -> None:
        """Keep today's state of every class, within the transaction of an import or of its undoing.

        A class that is gone, as when its import is taken back, leaves no state of today behind.
        """
        self.record(session, [classe.nom for classe in ClasseRepository(session).list()])
        BilanRepository(session).forget_absent(self._today)

    def load(self, classe: str, lignes: Sequence[EleveLigne]) -> SuiviClasse:
        """The class over time, today's state last even when nothing was changed today."""
        with self._database.read() as session:
            kept = BilanRepository(session).list(classe)
        return describe_suivi((*(b for b in kept if b.jour < self._today), build_bilan(classe, self._today, lignes)))


class ExportSuivi:
    """Writes the state and the evolution of a class as a spreadsheet."""

    def __init__(self, database: Database, today: date) -> None:
        self._database = database
        self._today = today

    def __call__(self, classe: str, lignes: Sequence[EleveLigne], suivi: SuiviClasse, target: Path) -> Path:
        """Write the file and return its path.

        Args:
            target: ``.xlsx``, or ``.csv`` for the evolution alone.

        Raises:
            EnvironmentFault: nothing to write, or the folder cannot be written.
        """
        from mps_desktop.reports.suivi_classe import SuiviReport, write_suivi

        if not lignes:
            raise EnvironmentFault("Il n’y a aucun élève à exporter.", "Choisissez une classe.")
        make_folder(target.parent)
        report = SuiviReport(
            classe=classe or "Toutes les classes",
            annee=annee_scolaire(self._today),
            jour=self._today,
            points=tuple(tuple(asdict(point).values()) for point in suivi.points),
            constats=_constats(lignes),
            eleves=tuple(
                (
                    ligne.nom, ligne.prenom, ligne.classe, ligne.nb_formations, ligne.nb_ambitieux, ligne.nb_realiste,
                    ligne.nb_securisant, ligne.nb_insuffisant, "oui" if ligne.jalon.atteint else "non",
                    describe_ecart(ligne.ecart_declare),
                    " ; ".join(constat.titre for constat in ligne.constats if constat.titre),
                )
                for ligne in lignes
            ),
        )  # fmt: skip
        write_suivi(report, target)
        return target


def build_bilan(classe: str, jour: date, lignes: Sequence[EleveLigne]) -> BilanRecord:
    """Counts of a class."""
    return BilanRecord(
        classe=classe,
        jour=jour,
        effectif=len(lignes),
        jalons_atteints=sum(ligne.jalon.atteint for ligne in lignes),
        sans_voeu=sum(not ligne.nb_voeux for ligne in lignes),
        sans_securisant=sum(bool(ligne.nb_voeux) and not ligne.nb_securisant for ligne in lignes),
        nb_ambitieux=sum(ligne.nb_ambitieux for ligne in lignes),
        nb_realiste=sum(ligne.nb_realiste for ligne in lignes),
        nb_securisant=sum(ligne.nb_securisant for ligne in lignes),
        nb_insuffisant=sum(ligne.nb_insuffisant for ligne in lignes),
        ecarts_declares=sum(abs(ligne.ecart_declare) >= ECART_MAX for ligne in lignes),
    )


def describe_ecart(ecart: int) -> str:
    """Largest gap between what the student declared and the estimates; empty when they agree.

    Args:
        ecart: steps, positive when he holds a formation for safer than the figures do.
    """
    if not ecart:
        return ""
    return f"{'plus sûr' if ecart > 0 else 'plus prudent'} ({plural(abs(ecart), 'cran')})"


def describe_suivi(kept: Sequence[BilanRecord]) -> SuiviClasse:
    """Points of the curve and its text equivalent."""
    points = tuple(
        PointSuivi(
            b.jour, b.effectif, b.jalons_atteints, b.sans_voeu, b.sans_securisant, b.nb_ambitieux, b.nb_realiste,
            b.nb_securisant, b.nb_insuffisant, b.ecarts_declares,
        )
        for b in kept
    )  # fmt: skip
    last = points[-1]
    now = f"{last.jalons_atteints} sur {last.effectif}"
    if len(points) == 1:
        return SuiviClasse(points, f"Jalon atteint par {now}{NNBSP}: le suivi commence aujourd’hui.")
    first = points[0]
    days = plural(len(points), "relevé")
    return SuiviClasse(
        points,
        f"Jalon atteint par {first.jalons_atteints} sur {first.effectif} le {long_date(first.jour)}, "
        f"{now} aujourd’hui ({days}).",
    )


def _constats(lignes: Sequence[EleveLigne]) -> tuple[tuple[str, int], ...]:
    """Findings with the number of students concerned, most serious first."""
    found: dict[tuple[int, str], int] = {}
    for ligne in lignes:
        for key in {(constat.gravite, constat.titre) for constat in ligne.constats if constat.titre}:
            found[key] = found.get(key, 0) + 1
    return tuple((title, number) for (_, title), number in sorted(found.items(), key=lambda i: (-i[0][0], -i[1], i[0])))
