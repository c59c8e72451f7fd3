"""The installed program checks itself: the main job in a temporary folder, read back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault, MpsError
from mps_desktop.core.paths import Paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.run_report import MOT_DE_PASSE_DEMO, run_demo
from mps_desktop.services.run_results import ControleAutoTest, ResultatAutoTest, ResultatRapport
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.storage.repositories.eleves import EleveRepository

_PDF_MAGIC = b"%PDF-"
_PDF_END = b"%%EOF"


class CheckFailed(MpsError):
    """One check did not find what it expected."""


def run_auto_test(socle: Socle, paths: Paths, today: date) -> ResultatAutoTest:
    """Search, import, encrypt, compute, print and read back, on the fictitious class."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mps-autotest-") as temporary:
        folder = Path(temporary)
        results: list[ControleAutoTest] = []
        reports: list[ResultatRapport] = []

        def job() -> str:
            reports.append(run_demo(socle, paths, folder, today, Progress()))
            return plural(len(reports[0].eleves), "élève fictif", "élèves fictifs")

        results.append(_check("Catalogue lisible", lambda: _catalogue(socle)))
        results.append(_check("Liste → dossier → suggestions → PDF", job))
        if reports:
            results.append(_check("Documents relus", lambda: _documents(reports[0])))
            results.append(_check("Dossier chiffré", lambda: _secret(reports[0])))
            results.append(_check("Dossier rouvert", lambda: _reopened(reports[0])))
            results.append(_check("Mauvais mot de passe refusé", lambda: _wrong_password(reports[0])))
    return ResultatAutoTest(tuple(results), time.perf_counter() - start)


def _check(name: str, work: Callable[[], str]) -> ControleAutoTest:
    """Run one check; anything it raises is its failure, told with its class."""
    try:
        return ControleAutoTest(name, ok=True, detail=work())
    except MpsError as exc:
        return ControleAutoTest(name, ok=False, detail=str(exc))
    except Exception as exc:  # noqa: BLE001  a self-test reports whatever breaks
        return ControleAutoTest(name, ok=False, detail=type(exc).__name__)


def _catalogue(socle: Socle) -> str:
    formations = len(socle.catalogue.formations())
    sources = len(socle.catalogue.provenance())
    if not formations or not sources:
        raise CheckFailed("Le catalogue est vide.")
    return f"{plural(formations, 'formation')}, {plural(sources, 'source')}"


def _documents(report: ResultatRapport) -> str:
    for file in report.fichiers:
        content = file.read_bytes()
        if not content.startswith(_PDF_MAGIC) or _PDF_END not in content[-64:]:
            raise CheckFailed(f"{file.name} n’est pas un PDF complet.")
    return plural(len(report.fichiers), "document")


def _secret(report: ResultatRapport) -> str:
    """No student's name in clear in any file of the dossier."""
    files = [file for file in _folder(report).rglob("*") if file.is_file()]
    for file in files:
        content = file.read_bytes()
        if any(eleve.ligne.nom.encode() in content for eleve in report.eleves):
            raise CheckFailed(f"Un nom est lisible dans {file.name}.")
    return f"{plural(len(files), 'fichier')}, aucun nom lisible"


def _reopened(report: ResultatRapport) -> str:
    opened = unlock_dossier(_folder(report), MOT_DE_PASSE_DEMO)
    try:
        with opened.database.read() as session:
            count = len(EleveRepository(session).list())
    finally:
        opened.close()
    if count != len(report.eleves):
        raise CheckFailed(f"{count} élèves retrouvés au lieu de {len(report.eleves)}.")
    return plural(count, "élève retrouvé", "élèves retrouvés")


def _wrong_password(report: ResultatRapport) -> str:
    try:
        opened = unlock_dossier(_folder(report), "un autre mot de passe")
    except EnvironmentFault as exc:
        return f"réponse{NNBSP}: {exc.message}"
    opened.close()
    raise CheckFailed("Le dossier s’est ouvert.")


def _folder(report: ResultatRapport) -> Path:
    if report.dossier is None:
        raise CheckFailed("La démonstration n’a pas gardé de dossier.")
    return report.dossier
