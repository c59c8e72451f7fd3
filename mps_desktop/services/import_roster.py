"""From teachers' files to the dossier: plan, preview, import in one transaction, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold, plural
from mps_desktop.importers.classes import read_classe
from mps_desktop.importers.lot import read_rosters
from mps_desktop.importers.rows import RosterReading, RosterRow
from mps_desktop.services.views import ApercuImport, LigneApercu, ResultatImport
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import EleveRecord, ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

_ETATS = ("nouveau", "modifie", "inchange", "rejete")


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one line of a file would do.

    Attributes:
        etat: "nouveau", "modifie", "inchange" or "rejete".
        avant: the stored student that the line is about, None when new or rejected.
        apres: the student as he would be stored, None when rejected.
    """

    etat: str
    fichier: str
    ligne: int
    detail: str = ""
    extrait: str = ""
    avant: EleveRecord | None = None
    apres: EleveRecord | None = None


@dataclass(frozen=True, slots=True)
class UndoTicket:
    """How to take an import back: students added, and the others as they were before."""

    ajoutes: tuple[int, ...]
    avant: tuple[EleveRecord, ...]


class ImportRoster:
    """Reads rosters, says what they would change, and writes them.

    Args:
        database: the open dossier.
        libelle: label of a bac or spécialité id, for the preview.
    """

    def __init__(self, database: Database, libelle: Callable[[str], str]) -> None:
        self._database = database
        self._libelle = libelle

    def preview(self, paths: tuple[Path, ...], classe: str, progress: Progress) -> ApercuImport:
        """Read the files and compare them with the dossier; nothing is written.

        Args:
            paths: roster files, in the order of the teacher.
            classe: class of the lines that do not say theirs; may be empty.

        Raises:
            EnvironmentFault: a file cannot be read as a roster.
        """
        readings = _read_all(paths, progress)
        with self._database.read() as session:
            stored = EleveRepository(session).list()
        planned = plan_import(readings, stored, classe)
        counts = {etat: sum(row.etat == etat for row in planned) for etat in _ETATS}
        return ApercuImport(
            fichiers=tuple(reading.fichier for reading in readings),
            resume=tuple(_describe(reading) for reading in readings),
            lignes=tuple(self._line(row) for row in planned),
            non_lu=tuple(dict.fromkeys(header for reading in readings for header in reading.non_lu)),
            nb_nouveaux=counts["nouveau"],
            nb_modifies=counts["modifie"],
            nb_inchanges=counts["inchange"],
            nb_rejetes=counts["rejete"],
            classe_demandee=not classe and any(not row.classe for reading in readings for row in reading.rows),
        )

    def __call__(self, paths: tuple[Path, ...], classe: str, progress: Progress) -> ResultatImport:
        """Import the files in one transaction: all of it, or nothing.

        Raises:
            EnvironmentFault: a file cannot be read, holds no student, or no class is known.
            Cancelled: the user stopped; nothing was written.
        """
        readings = _read_all(paths, progress)
        if not classe and any(not row.classe for reading in readings for row in reading.rows):
            raise EnvironmentFault("Le fichier ne dit pas de quelle classe il s’agit.", "Indiquez le nom de la classe.")
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            planned = plan_import(readings, repository.list(), classe)
            added: list[int] = []
            changed: list[EleveRecord] = []
            for done, row in enumerate(planned):
                progress.step("Enregistrement des élèves", done, len(planned))
                if row.etat == "nouveau" and row.apres is not None:
                    added.append(repository.add(row.apres))
                elif row.etat == "modifie" and row.avant is not None and row.apres is not None:
                    repository.update_identity(row.apres)
                    repository.save_profil(row.apres.id, row.apres.profil)
                    changed.append(row.avant)
            progress.step("Enregistrement des élèves", len(planned), len(planned))
        return ResultatImport(
            nb_ajoutes=len(added),
            nb_modifies=len(changed),
            nb_inchanges=sum(row.etat == "inchange" for row in planned),
            nb_rejetes=sum(row.etat == "rejete" for row in planned),
            eleve_ids=(*added, *(record.id for record in changed)),
            annulation=UndoTicket(tuple(added), tuple(changed)),
        )

    def undo(self, resultat: ResultatImport) -> None:
        """Take a whole import back, in one transaction.

        Students that it added go, those that it changed become what they were before it.
        """
        ticket = resultat.annulation
        if not isinstance(ticket, UndoTicket):
            message = "not a ticket of this service"
            raise TypeError(message)
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            repository.delete(ticket.ajoutes)
            for record in ticket.avant:
                repository.update_identity(record)
                repository.save_profil(record.id, record.profil)

    def _line(self, row: PlannedRow) -> LigneApercu:
        eleve = row.apres
        if eleve is None:
            return LigneApercu(row.fichier, row.ligne, row.etat, row.extrait, "", "", "", "", row.detail)
        bac = self._libelle(eleve.profil.bac) if eleve.profil.bac else ""
        specialites = ", ".join(self._libelle(s) for s in eleve.profil.specialites)
        return LigneApercu(
            row.fichier, row.ligne, row.etat, eleve.nom, eleve.prenom, eleve.classe, bac, specialites, row.detail
        )


def plan_import(
    readings: Iterable[RosterReading], stored: Iterable[EleveRecord], classe: str
) -> tuple[PlannedRow, ...]:
    """Decide what each line does to the dossier, in file order.

    A line is about a stored student when the INE is the same; else when surname, first name and
    birth date are; else when surname, first name and class are and neither INE nor birth date
    contradicts. Nothing is ever deleted.
    """
    index = _Index(stored)
    planned: list[PlannedRow] = []
    for reading in readings:
        start = len(planned)
        own_class = any(colonne.champ == "classe" for colonne in reading.colonnes)
        planned += [
            PlannedRow("rejete", reading.fichier, rejet.ligne, rejet.raison, rejet.extrait) for rejet in reading.rejets
        ]
        for row in reading.rows:
            # A class given by the teacher beats one that was guessed from a title or a file name.
            row_class = row.classe if own_class and row.classe else classe or row.classe
            known = index.find(row, row_class)
            after = _merge(known, row, row_class)
            if known is None:
                planned.append(PlannedRow("nouveau", reading.fichier, row.ligne, "", "", None, after))
                index.add(after)
                continue
            if known.id == 0:
                planned.append(_same_as_new(planned, known, after, reading.fichier, row, start))
            else:
                detail = _changes(known, after)
                etat = "modifie" if detail else "inchange"
                planned.append(PlannedRow(etat, reading.fichier, row.ligne, detail, "", known, after))
            if planned[-1].etat != "rejete":
                index.replace(known, after)
        planned[start:] = sorted(planned[start:], key=lambda row: row.ligne)
    return tuple(planned)


def _same_as_new(
    planned: list[PlannedRow], known: EleveRecord, after: EleveRecord, fichier: str, row: RosterRow, start: int
) -> PlannedRow:
    """A line about a student that an earlier line adds: a second file completes him, the same file repeats him."""
    place = next(n for n, earlier in enumerate(planned) if earlier.etat == "nouveau" and earlier.apres is known)
    if place >= start:
        return PlannedRow("rejete", fichier, row.ligne, "Élève déjà présent plus haut.", f"{row.nom} {row.prenom}"[:60])
    planned[place] = replace(planned[place], apres=after)
    detail = f"Même élève que dans {planned[place].fichier}, ligne {planned[place].ligne}{NNBSP}: les deux sont réunis."
    return PlannedRow("inchange", fichier, row.ligne, detail, "", None, after)


class _Index:
    """Students by the three keys of matching. New ones (id 0) are added on the way."""

    def __init__(self, stored: Iterable[EleveRecord]) -> None:
        self._by_ine: dict[str, EleveRecord] = {}
        self._by_birth: dict[tuple[str, date], EleveRecord] = {}
        self._by_classe: dict[tuple[str, str], EleveRecord] = {}
        for record in stored:
            self.add(record)

    def replace(self, before: EleveRecord, after: EleveRecord) -> None:
        """A student has changed on the way."""
        self._by_ine.pop(before.ine, None)
        if before.naissance:
            self._by_birth.pop((_name_key(before.nom, before.prenom), before.naissance), None)
        self._by_classe.pop((_name_key(before.nom, before.prenom), _class_key(before.classe)), None)
        self.add(after)

    def add(self, record: EleveRecord) -> None:
        name = _name_key(record.nom, record.prenom)
        if record.ine:
            self._by_ine[record.ine] = record
        if record.naissance:
            self._by_birth[name, record.naissance] = record
        self._by_classe[name, _class_key(record.classe)] = record

    def find(self, row: RosterRow, classe: str) -> EleveRecord | None:
        if row.ine and row.ine in self._by_ine:
            return self._by_ine[row.ine]
        name = _name_key(row.nom, row.prenom)
        if row.naissance and (name, row.naissance) in self._by_birth:
            return self._by_birth[name, row.naissance]
        found = self._by_classe.get((name, _class_key(classe)))
        if found is None or (row.ine and found.ine) or (row.naissance and found.naissance):
            return None
        return found


def _class_key(classe: str) -> str:
    """Key of a class: TSTMG 1 and TSTMG1 are the same."""
    return fold(classe).replace(" ", "")


def _name_key(nom: str, prenom: str) -> str:
    return f"{fold(nom)}|{fold(prenom)}"


def _merge(known: EleveRecord | None, row: RosterRow, classe: str) -> EleveRecord:
    """The stored student with what the line says; an empty cell never erases anything."""
    told = read_classe(classe)  # what the name of the class says, when the line does not
    niveau = row.niveau or guess_niveau(classe)
    bac = row.bac or (told.bac if told and known is None else "")
    if known is None:
        known = EleveRecord(0, row.nom, row.prenom, classe, niveau)
    profil = known.profil
    return replace(
        known,
        nom=row.nom,
        prenom=row.prenom,
        classe=classe,
        niveau=row.niveau or known.niveau or niveau,
        naissance=row.naissance or known.naissance,
        sexe=row.sexe or known.sexe,
        ine=row.ine or known.ine,
        profil=replace(
            profil,
            bac=bac or profil.bac,
            specialites=_merge_specialites(profil, row),
            moyenne=profil.moyenne if row.moyenne is None else row.moyenne,
        ),
    )


def _merge_specialites(profil: ProfilRecord, row: RosterRow) -> tuple[str, ...]:
    """Spécialités of the file, unless it shows fewer of the same than what is already known.

    A PRONOTE list shows only the options that the teacher displays, often one spécialité of two.
    """
    same_bac = not row.bac or profil.bac in (None, row.bac)
    if not row.specialites or (same_bac and set(row.specialites) <= set(profil.specialites)):
        return profil.specialites if same_bac else ()
    return row.specialites


def guess_niveau(classe: str) -> str:
    """Level told by the name of a class ("TG1", "1re 3", "2nde B"); terminale when it says nothing."""
    key = fold(classe)
    if key.startswith(("1", "p")):
        return "premiere"
    if key.startswith(("2", "s")):
        return "seconde"
    return "terminale"


def _changes(before: EleveRecord, after: EleveRecord) -> str:
    """What differs, for people: "classe : TG1 → TG2 ; INE ajouté". Empty when nothing does."""
    parts: list[str] = []
    for label, old, new in (
        ("classe", before.classe, after.classe),
        ("niveau", before.niveau, after.niveau),
        ("nom", before.nom, after.nom),
        ("prénom", before.prenom, after.prenom),
        ("né(e) le", _date(before.naissance), _date(after.naissance)),
        ("sexe", before.sexe, after.sexe),
        ("INE", before.ine, after.ine),
        ("bac", before.profil.bac or "", after.profil.bac or ""),
        ("moyenne", _number(before.profil.moyenne), _number(after.profil.moyenne)),
    ):
        if old != new:
            parts.append(f"{label}{NNBSP}: {old} → {new}" if old else f"{label} ajouté{NNBSP}: {new}")
    if before.profil.specialites != after.profil.specialites:
        parts.append("spécialités mises à jour")
    return f"{NNBSP}; ".join(parts)


def _date(day: date | None) -> str:
    return numeric_date(day) if day else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


def _read_all(paths: tuple[Path, ...], progress: Progress) -> tuple[RosterReading, ...]:
    if not paths:
        raise EnvironmentFault("Aucun fichier n’a été choisi.", "Déposez la liste de votre classe dans la fenêtre.")
    return read_rosters(paths, progress)


def _describe(reading: RosterReading) -> str:
    """One sentence about what was recognised in a file."""
    kind = reading.logiciel
    if reading.encodage:
        kind += f", {reading.encodage}"
    header = f", en-tête ligne {reading.ligne_entete}" if reading.ligne_entete else ", sans en-tête"
    sentence = f"{reading.fichier}{NNBSP}: {kind}{header}, {plural(len(reading.rows), 'élève')}."
    return " ".join((sentence, *reading.avertissements))
