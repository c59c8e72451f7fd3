"""The main job without a window: roster files in, encrypted dossier, PDF conference reports out."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from mps_desktop.core.dates import annee_scolaire
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.paths import Paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import strip_accents
from mps_desktop.exchange.profils import read_profils
from mps_desktop.exchange.records import ProfilLu
from mps_desktop.services.demo_entretiens import write_invented_meetings
from mps_desktop.services.run_results import EleveResume, LigneRejetee, ResultatRapport
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import create_dossier

MOT_DE_PASSE_DEMO = "classe-fictive"
_NOM_MAX = 60
_NOM_DEMO = "Classes fictives"
_JOURS_AVANT = (63, 42, 21)
"""Days before today on which the past of the fictitious classes is played."""


def run_demo(socle: Socle, paths: Paths, sortie: Path, today: date, progress: Progress) -> ResultatRapport:
    """The main job on the bundled fictitious classes; the encrypted dossier is kept to be looked at.

    Raises:
        EnvironmentFault: the output folder cannot be written, or already holds a dossier.
    """
    start = time.perf_counter()
    make_folder(sortie)
    dossier = _free_name(sortie / "dossier-demo")
    try:
        session = create_demo(socle, paths, dossier, today, progress)
        try:
            resultat = _report(session, None, "", sortie, progress, (), start)
        finally:
            session.close()
    except BaseException:  # also Ctrl+C: a demonstration that stops leaves no dossier behind
        shutil.rmtree(dossier, ignore_errors=True)
        raise
    return ResultatRapport(
        **{field: getattr(resultat, field) for field in ("eleves", "rejets", "avertissements", "fichiers", "duree_s")},
        dossier=dossier.resolve(),
        mot_de_passe=MOT_DE_PASSE_DEMO,
    )


def create_demo(socle: Socle, paths: Paths, dossier: Path, today: date, progress: Progress) -> DossierSession:
    """A new encrypted dossier that holds the fictitious classes, open.

    Their past is played on invented days, through the same use cases as a real class: the list first, then
    formations, then vœux student after student. So the evolution shown is one that the program computed.

    Args:
        dossier: folder to create.
    """
    rosters = tuple(sorted(paths.demo.glob("*.csv")))
    profils = read_profils(paths.demo / "profils_fictifs.json")
    opened = create_dossier(dossier, _NOM_DEMO, MOT_DE_PASSE_DEMO)
    session = DossierSession(socle, opened, today, fictif=True)
    try:
        past = _invented_past(today, profils)
        first = DossierSession(socle, opened, past[0][0], fictif=True) if past else session
        first.import_roster(rosters, "", progress)
        for day, known in past:
            DossierSession(socle, opened, day, fictif=True).apply_profils(known)
        session.apply_profils(profils)
        write_invented_meetings(session, today)
    except BaseException:
        session.close()
        raise
    return session


def _invented_past(today: date, profils: tuple[ProfilLu, ...]) -> list[tuple[date, tuple[ProfilLu, ...]]]:
    """Days of this school year before today, and what the profiles said then."""
    bare = [replace(lu, favoris=tuple(replace(favori, voeux=()) for favori in lu.favoris)) for lu in profils]
    stages = (
        (),
        tuple(bare[::2]),
        tuple(lu if number % 3 else bare[number] for number, lu in enumerate(profils)),
    )
    days = [today - timedelta(days=before) for before in _JOURS_AVANT]
    past = zip(days, stages, strict=True)
    return [(day, known) for day, known in past if annee_scolaire(day) == annee_scolaire(today)]


def run_report(
    socle: Socle,
    fichiers: tuple[Path, ...],
    profils: Path | None,
    classe: str,
    sortie: Path,
    today: date,
    progress: Progress,
) -> ResultatRapport:
    """The main job on the user's own files. The dossier is temporary, encrypted, and gone at the end.

    Args:
        fichiers: roster files.
        profils: profiles and wishes in our JSON, or None.
        classe: class of the lines that do not say theirs, and the only one printed when it is given
            and exists.

    Raises:
        EnvironmentFault: a file cannot be read, the folder cannot be written; nothing was written.
    """
    start = time.perf_counter()
    lus = read_profils(profils) if profils is not None else None
    with tempfile.TemporaryDirectory(prefix="mps-") as temporary:
        password = secrets.token_urlsafe(24)
        session = DossierSession(socle, create_dossier(Path(temporary) / "dossier", "Rapport", password), today)
        try:
            apercu = session.preview_import(fichiers, classe, progress)
            rejets = tuple(
                LigneRejetee(ligne.fichier, ligne.ligne, ligne.detail)
                for ligne in apercu.lignes
                if ligne.etat == "rejete"
            )
            default = classe or (_file_class(fichiers[0]) if apercu.classe_demandee else "")
            session.import_roster(fichiers, default, progress)
            warnings = list(apercu.resume)
            if default and not classe:
                warnings.append(f"La liste ne dit pas la classe : « {default} », d’après le nom du fichier.")
            warnings += session.apply_profils(lus) if lus is not None else ()
            make_folder(sortie)
            return _report(session, rejets, classe, sortie, progress, tuple(warnings), start)
        finally:
            session.close()


def _report(
    session: DossierSession,
    rejets: tuple[LigneRejetee, ...] | None,
    classe: str,
    sortie: Path,
    progress: Progress,
    warnings: tuple[str, ...],
    start: float,
) -> ResultatRapport:
    """Draw one document per class and sum up."""
    vue = session.list_eleves(None)
    classes = (classe,) if classe in vue.classes else vue.classes
    if not vue.lignes:
        raise EnvironmentFault("Aucun élève n’a été trouvé dans les fichiers donnés.", "Vérifiez la liste.")
    files = tuple(
        session.export_report(None, name, sortie / f"conseil_{_safe(name)}.pdf", progress).resolve() for name in classes
    )
    resumes: list[EleveResume] = []
    for ligne in vue.lignes:
        if ligne.classe in classes:
            suggestions = session.compute_suggestions(ligne.id, 10).lignes
            first = suggestions[0].libelle if suggestions else ""
            resumes.append(EleveResume(ligne, first, len(suggestions)))
    return ResultatRapport(
        eleves=tuple(resumes),
        rejets=rejets or (),
        avertissements=warnings,
        fichiers=files,
        duree_s=time.perf_counter() - start,
    )


def _safe(name: str) -> str:
    """A class name as part of a file name, on any system."""
    plain = "".join(c if c.isalnum() or c in "-_" else "_" for c in strip_accents(name))
    return plain[:_NOM_MAX] or "classe"


def _file_class(path: Path) -> str:
    return path.stem[:40]


def _free_name(folder: Path) -> Path:
    """The folder itself when it is free, else the first free neighbour with a number."""
    candidate, number = folder, 1
    while candidate.exists():
        number += 1
        candidate = folder.with_name(f"{folder.name}-{number}")
    return candidate
