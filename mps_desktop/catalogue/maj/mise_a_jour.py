"""Make an updated catalogue aside, check it, put it in force; the old one stays until the last moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mps_desktop.catalogue.build import prepare_engine
from mps_desktop.catalogue.construction import ecriture
from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.maj.admissions import BilanAdmissions, apply_admissions
from mps_desktop.catalogue.maj.autres import apply_carte, apply_communes, apply_metiers
from mps_desktop.catalogue.maj.depot import Depot, fingerprint, newest_session
from mps_desktop.catalogue.maj.derivees import gone_ids, renew
from mps_desktop.catalogue.maj.fichiers import list_files
from mps_desktop.catalogue.maj.reconnaissance import FichierOfficiel, Genre, read_official
from mps_desktop.catalogue.maj.tables import Tables, read_tables
from mps_desktop.catalogue.memoire import Memoire, names_of
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.catalogue.verify import VerifyReport, verify_catalogue
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import french_spaces

_STEPS = 7
ESTIMATION = "ambition"
"""Code, in ``methodes``, of the figures that the estimate A+ / A / B was fitted on."""

_TAILLE = "taille (Mo)"
"""Control of what the program ships; an updated catalogue may be larger."""

_TOLERANCE = 5.0
"""Points of a share that an update may lose."""
_DATE = "taux d’accès de 2024"
"""Shares about given sessions."""

_ORDRE = (Genre.COMMUNES, Genre.METIERS, Genre.CARTE, Genre.ADMISSIONS)
_DISQUE = (
    "Le catalogue mis à jour n’a pas pu être écrit : le disque est plein, ou il a refusé l’écriture.",
    "Libérez de la place (une centaine de Mo), puis recommencez. Le catalogue en place n’a pas changé.",
)


@dataclass(frozen=True, slots=True)
class ResultatMaj:
    """What an update did.

    Attributes:
        fichiers: what each file is, and what it brought, for people.
        sessions: what each admission file changed.
        ancien, nouveau: the catalogue before, the one now in force.
        session: newest Parcoursup session of the new one.
        disparus: vœux offered before and not any more, whatever the file that says so.
        controles: number of figures checked.
        ajustement: sessions on which the estimate of the vœux was fitted ("2018-2025"); carried over, never fitted
            again here. Empty when the catalogue holds no estimate.
        sans_estimation: new vœux, which no estimate was fitted for.
    """

    fichiers: tuple[str, ...]
    sessions: tuple[BilanAdmissions, ...]
    ancien: Path
    nouveau: Path
    session: int
    disparus: tuple[str, ...]
    controles: int
    ajustement: str = ""
    sans_estimation: int = 0


def update_catalogue(
    paths: tuple[Path, ...], depot: Depot, resources: Path, now: datetime, progress: Progress
) -> ResultatMaj:
    """Read official files, put them onto the catalogue in force, check the result and put it in force.

    Args:
        paths: files, or folders of files.
        now: for the name of the new catalogue.

    Raises:
        EnvironmentFault: a file is not right, the result is worse than the present catalogue, the disk is
            full, another update runs. Nothing changed.
        Cancelled: stopped by the user. Nothing changed.
    """
    progress.step("Lecture des fichiers", 0, _STEPS)
    files = read_files(paths, resources, progress)
    make_folder(depot.dossier)
    with depot.exclusive():
        ancien = depot.choose().chemin
        progress.step("Lecture du catalogue en place", 1, _STEPS)
        before = read_tables(ancien)
        progress.step("Nouvelles données", 2, _STEPS)
        tables, notes, bilans = apply_files(before, files, progress)
        session = max((one.session for one in bilans), default=0)
        target = depot.new_file(max(session, newest_session(ancien)), now)
        try:
            progress.step("Écriture du nouveau catalogue", 4, _STEPS)
            _write(target, tables)
            progress.step("Contrôle du nouveau catalogue", 5, _STEPS)
            checked = check(target, ancien)
            progress.step("Mise en service", 6, _STEPS)
            depot.install(target, newest_session(target), now)
        except BaseException:
            if depot.choose().chemin != target:
                target.unlink(missing_ok=True)
            raise
        _remember(Memoire(depot.dossier), (ancien, target))
    gone = gone_ids(tables) - gone_ids(before)
    return ResultatMaj(
        fichiers=tuple(notes),
        sessions=tuple(bilans),
        ancien=ancien,
        nouveau=target,
        session=newest_session(target),
        disparus=tuple(sorted(gone, key=lambda one: int(one[2:]))),
        controles=checked,
        ajustement=next((str(row["session"]) for row in tables["methodes"] if row["code"] == ESTIMATION), ""),
        sans_estimation=sum(len(one.nouveaux) for one in bilans),
    )


def _remember(memoire: Memoire, files: tuple[Path, ...]) -> None:
    """Names of the catalogues that served, for the day when one that does not know them serves."""
    for file in files:
        empreinte = fingerprint(file)
        if not memoire.knows(empreinte):
            with closing(open_catalogue(file)) as catalogue:
                memoire.learn(empreinte, names_of(catalogue))


def read_files(paths: tuple[Path, ...], resources: Path, progress: Progress) -> tuple[FichierOfficiel, ...]:
    """Every file recognised, in the order in which they must be applied.

    In a folder, what is not an official file is an error too: better to say it than to guess.

    Raises:
        EnvironmentFault: one of them is not right, or two say the same thing.
    """
    files = [read_official(path, resources, progress) for path in list_files(paths)]
    seen: dict[tuple[Genre, int], str] = {}
    for one in files:
        other = seen.setdefault((one.genre, one.session), one.nom)
        if other != one.nom:
            raise EnvironmentFault(
                f"« {other} » et « {one.nom} » sont deux fois la même chose : {one.description}.",
                "Gardez le plus récent des deux.",
            )
    return tuple(sorted(files, key=lambda one: (_ORDRE.index(one.genre), one.session)))


def apply_files(
    tables: Tables, files: Sequence[FichierOfficiel], progress: Progress
) -> tuple[Tables, list[str], list[BilanAdmissions]]:
    """Tables with every file, derived figures made again; what each file brought; what sessions changed.

    Raises:
        EnvironmentFault: a file is not complete.
    """
    before = tables
    notes: list[str] = []
    bilans: list[BilanAdmissions] = []
    for number, one in enumerate(files):
        progress.step(french_spaces(f"{one.nom} : {one.genre}"), 2, _STEPS)
        if one.genre is Genre.ADMISSIONS:
            tables, bilan = apply_admissions(tables, one.lignes, one.session)
            bilans.append(bilan)
            note = f"{len(bilan.connus)} vœux mis à jour, {len(bilan.nouveaux)} nouveaux, {len(bilan.absents)} absents"
            if not bilan.plus_recente:
                note = f"Session plus ancienne que {bilan.recente} : {len(bilan.connus)} vœux en reçoivent l’historique"
        elif one.genre is Genre.CARTE:
            tables, note = apply_carte(tables, one.lignes, one.session)
        elif one.genre is Genre.METIERS:
            tables, note = apply_metiers(tables, one.lignes)
        else:
            tables, note = apply_communes(tables, one.lignes)
        notes.append(french_spaces(f"{one.nom} : {one.description}. {note}."))
        tables = {**tables, "sources": _sources(tables, files[number])}
    progress.step("Chiffres qui en découlent", 3, _STEPS)
    return renew(tables, before), notes, bilans


def check(target: Path, ancien: Path) -> int:
    """Verify a new catalogue against the present one; number of figures checked.

    Raises:
        EnvironmentFault: a figure that was good is not any more, or the file cannot be read to its end.
    """
    with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro", uri=True)) as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    before, now = verify_catalogue(ancien), verify_catalogue(target)
    worse = _worse(before, now)
    if sound != "ok" or worse:
        raise EnvironmentFault(
            f"Le nouveau catalogue n’a pas passé les contrôles ({worse or 'fichier abîmé'}).",
            "Il n’est pas utilisé : le catalogue en place n’a pas changé. Vérifiez que les fichiers sont complets.",
        )
    catalogue = open_catalogue(target)
    try:
        engine_dataset(catalogue)
    finally:
        catalogue.close()
    return len(now.controles) + len(now.mesures)


def _worse(before: VerifyReport, now: VerifyReport) -> str:
    """First figure that an update must not have made worse, empty when there is none.

    What is expected of a count, or must be zero, stays so; a share may lose a little, and those of the
    rates of older sessions say nothing here (a new vœu has none).
    """
    fine = {one.nom for one in before.controles if one.ok}
    for control in now.controles:
        if not control.ok and control.nom in fine and control.nom != _TAILLE:
            return f"{control.nom} : {control.valeur:g}, attendu {control.seuil:g}"
    shares = {(one.nom, one.sur): one.pourcent for one in before.mesures}
    for mesure in now.mesures:
        old = shares.get((mesure.nom, mesure.sur), 0.0)
        if (
            mesure.seuil is not None
            and not mesure.ok
            and mesure.pourcent < old - _TOLERANCE
            and _DATE not in mesure.nom
        ):
            return f"{mesure.nom} : {mesure.pourcent:g} %, avant {old:g} %"
    return ""


def _write(target: Path, tables: Tables) -> None:
    try:
        ecriture.write_catalogue(target, tables, prepare_engine)
    except sqlite3.OperationalError as exc:
        raise EnvironmentFault(*_DISQUE) from exc
    except EnvironmentFault as exc:
        raise EnvironmentFault(*_DISQUE) from exc


def _sources(tables: Tables, file: FichierOfficiel) -> list[dict[str, object]]:
    """Sources with one more file; the same data set of the same session is replaced, a name is never shared."""
    new = file.provenance
    kept = [
        row for row in tables["sources"] if (row["jeu"], row["session"]) != (new["jeu"], new["session"])
    ]  # fmt: skip
    names = {row["fichier"] for row in kept}
    name = str(new["fichier"])
    while name in names:
        name = f"{name} (session {new['session']})"
    return [*kept, {**new, "fichier": name}]
