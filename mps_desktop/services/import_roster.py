"""From teachers' files to the dossier: plan, preview, import in one transaction, take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.importers.lot import Source, read_rosters
from mps_desktop.importers.rows import RosterReading, VoeuLu
from mps_desktop.services.correspondances import Correspondances
from mps_desktop.services.plan_import import PlannedRow, plan_import
from mps_desktop.services.rapprocher_voeux import Rapprocheur, left_out
from mps_desktop.services.suivi_classe import SuiviClasses
from mps_desktop.services.views import ApercuImport, LigneApercu, ResultatImport, VoeuApercu
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ClasseRecord, EleveRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository

_ETATS = ("nouveau", "a_confirmer", "modifie", "inchange", "absent", "rejete")
_ADDED = ("nouveau", "a_confirmer")
_UNSURE = 0.7
_TOGETHER = 250  # students written by one statement
_ENCODAGES = MappingProxyType({
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "cp1252": "Windows", "mac_roman": "Macintosh",
    "iso-8859-15": "ISO 8859-15", "iso8859_15": "ISO 8859-15", "cp850": "MS-DOS",
})  # fmt: skip
"""Names of encodings for people."""
"""Columns below this confidence are named to the teacher."""


@dataclass(frozen=True, slots=True)
class UndoTicket:
    """How to take an import back and make it again: the same students under the same numbers, without the files.

    Attributes:
        ajoutes: students added, with the number that each one got.
        avant, apres: the others, before and after.
        classes: the classes before, with the school year that a class made anew would not get.
    """

    ajoutes: tuple[EleveRecord, ...]
    avant: tuple[EleveRecord, ...]
    apres: tuple[EleveRecord, ...]
    classes: tuple[ClasseRecord, ...]


class ImportRoster:
    """Reads rosters, says what they would change, and writes them.

    Args:
        database: the open dossier.
        libelle: label of a bac or spécialité id, for the preview.
        correspondances: columns that the teacher matched by hand.
        rapprocheur: finds the vœux that wishes are about; None = wishes are not read.
        suivi: keeps the state of the classes in the same transaction; None = not kept.
    """

    def __init__(
        self,
        database: Database,
        libelle: Callable[[str], str],
        correspondances: Correspondances | None = None,
        rapprocheur: Rapprocheur | None = None,
        suivi: SuiviClasses | None = None,
    ) -> None:
        self._database = database
        self._libelle = libelle
        self._correspondances = correspondances or Correspondances()
        self._rapprocheur = rapprocheur
        self._suivi = suivi

    def preview(
        self,
        paths: tuple[Source, ...],
        classe: str,
        progress: Progress,
        memes: frozenset[tuple[str, int]] = frozenset(),
    ) -> ApercuImport:
        """Read the files and compare them with the dossier; nothing is written.

        Args:
            paths: roster files, in the order of the teacher.
            classe: class of the lines that do not say theirs; may be empty.
            memes: (file, line) of the lines confirmed to be the stored student that they look like.

        Raises:
            ColonnesInconnues: the columns of a table must be told.
            EnvironmentFault: a file cannot be read as a roster.
        """
        readings = self._read_all(paths, progress)
        with self._database.read() as session:
            stored = EleveRepository(session).list()
        planned = self._plan(readings, stored, classe, memes)
        counts = {etat: sum(row.etat == etat for row in planned) for etat in _ETATS}
        return ApercuImport(
            fichiers=tuple(reading.fichier for reading in readings),
            resume=tuple(_describe(reading) for reading in readings),
            lignes=tuple(self._line(row) for row in planned),
            non_lu=tuple(dict.fromkeys(header for reading in readings for header in reading.non_lu)),
            nb_nouveaux=counts["nouveau"] + counts["a_confirmer"],
            nb_modifies=counts["modifie"],
            nb_inchanges=counts["inchange"],
            nb_rejetes=counts["rejete"],
            classe_demandee=not classe and any(not row.classe for reading in readings for row in reading.rows),
            nb_a_confirmer=counts["a_confirmer"],
            nb_absents=counts["absent"],
            voeux=self._voeux(readings),
        )

    def __call__(
        self,
        paths: tuple[Source, ...],
        classe: str,
        progress: Progress,
        memes: frozenset[tuple[str, int]] = frozenset(),
    ) -> ResultatImport:
        """Import the files in one transaction: all of it, or nothing.

        Raises:
            EnvironmentFault: a file cannot be read, holds no student, or no class is known.
            Cancelled: the user stopped; nothing was written.
        """
        readings = self._read_all(paths, progress)
        if not classe and any(not row.classe for reading in readings for row in reading.rows):
            raise EnvironmentFault("Le fichier ne dit pas de quelle classe il s’agit.", "Indiquez le nom de la classe.")
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            planned = self._plan(readings, repository.list(), classe, memes)
            classes = ClasseRepository(session).list()
            new = [row.apres for row in planned if row.etat in _ADDED and row.apres is not None]
            added: list[EleveRecord] = []
            for start in range(0, len(new), _TOGETHER):
                progress.step("Enregistrement des élèves", start, len(planned))
                lot = new[start : start + _TOGETHER]
                added += [replace(record, id=id_) for record, id_ in zip(lot, repository.add_many(lot), strict=True)]
            changed: dict[int, tuple[EleveRecord, EleveRecord]] = {}
            for done, row in enumerate(planned):
                progress.step("Enregistrement des élèves", done, len(planned))
                if row.etat == "modifie" and row.avant is not None and row.apres is not None:
                    _put(repository, row.apres)
                    first, _ = changed.get(row.avant.id, (row.avant, row.avant))  # a second file may change him again
                    changed[row.avant.id] = (first, row.apres)
            JournalRepository(session).add(Action.IMPORT, nombre=len(added) + len(changed))
            if self._suivi is not None:
                self._suivi.record_all(session)
            progress.step("Enregistrement des élèves", len(planned), len(planned))
        return ResultatImport(
            nb_ajoutes=len(added),
            nb_modifies=len(changed),
            nb_inchanges=sum(row.etat == "inchange" for row in planned),
            nb_rejetes=sum(row.etat == "rejete" for row in planned),
            eleve_ids=(*(record.id for record in added), *changed),
            annulation=UndoTicket(
                tuple(added),
                tuple(avant for avant, _ in changed.values()),
                tuple(apres for _, apres in changed.values()),
                classes,
            ),
            memes=memes,
            voeux_laisses=left_out(self._voeux(readings)),
        )

    def read_voeux(self, source: Source, progress: Progress) -> tuple[VoeuApercu, ...]:
        """Wishes of one candidate's screen, copied or saved as text.

        Raises:
            EnvironmentFault: it cannot be read, or is a list of students.
        """
        readings = read_rosters((source,), progress, self._correspondances.known())
        voeux = [voeu for reading in readings for voeu in reading.voeux_seuls]
        if not voeux or self._rapprocheur is None:
            raise EnvironmentFault(
                "Ce n’est pas l’écran des vœux d’un candidat.",
                "Sur Parcoursup, affichez les vœux de l’élève, tapez Ctrl+A puis Ctrl+C, et revenez ici. Une liste "
                "d’élèves se donne à « Importer une liste ».",
            )
        self._rapprocheur.prepare(voeux, progress)
        return self._rapprocheur.apercus(("", voeu) for voeu in voeux)

    def undo(self, resultat: ResultatImport) -> None:
        """Take a whole import back, in one transaction.

        Students that it added go, those that it changed become what they were before it.
        """
        ticket = _ticket(resultat)
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            ClasseRepository(session).put_back(ticket.classes)
            repository.delete(record.id for record in ticket.ajoutes)
            for record in ticket.avant:
                repository.put_back(record)
            JournalRepository(session).add(Action.IMPORT_ANNULE, nombre=len(ticket.ajoutes) + len(ticket.avant))
            if self._suivi is not None:
                self._suivi.record_all(session)

    def redo(self, resultat: ResultatImport) -> None:
        """Make an import that was taken back again, in one transaction: the files are not needed any more.

        Every student gets back the number that he had, so that later changes can be made again too.
        """
        ticket = _ticket(resultat)
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            for record in ticket.ajoutes:
                repository.add(record)
            for record in ticket.apres:
                _put(repository, record)
            JournalRepository(session).add(Action.IMPORT, nombre=len(ticket.ajoutes) + len(ticket.apres))
            if self._suivi is not None:
                self._suivi.record_all(session)

    def _read_all(self, paths: tuple[Source, ...], progress: Progress) -> tuple[RosterReading, ...]:
        if not paths:
            raise EnvironmentFault("Aucun fichier n’a été choisi.", "Déposez la liste de votre classe dans la fenêtre.")
        readings = read_rosters(paths, progress, self._correspondances.known())
        if not any(reading.rows for reading in readings):
            raise EnvironmentFault(
                "Ce sont les vœux d’un seul candidat, sans son nom.", "Collez-les dans la page de l’élève concerné."
            )
        if self._rapprocheur is not None:
            self._rapprocheur.prepare((voeu for _, voeu in _wishes(readings)), progress)
        return readings

    def _plan(
        self,
        readings: tuple[RosterReading, ...],
        stored: tuple[EleveRecord, ...],
        classe: str,
        memes: frozenset[tuple[str, int]],
    ) -> tuple[PlannedRow, ...]:
        if self._rapprocheur is None:
            return plan_import(readings, stored, classe, memes)
        return plan_import(readings, stored, classe, memes, self._rapprocheur.take)

    def _voeux(self, readings: tuple[RosterReading, ...]) -> tuple[VoeuApercu, ...]:
        return () if self._rapprocheur is None else self._rapprocheur.apercus(_wishes(readings))

    def _line(self, row: PlannedRow) -> LigneApercu:
        eleve = row.apres or (row.avant if row.etat == "absent" else None)
        if eleve is None:
            return LigneApercu(row.fichier, row.ligne, row.etat, row.extrait, "", "", "", "", row.detail)
        bac = self._libelle(eleve.profil.bac) if eleve.profil.bac else ""
        specialites = ", ".join(self._libelle(s) for s in eleve.profil.specialites)
        return LigneApercu(
            row.fichier, row.ligne, row.etat, eleve.nom, eleve.prenom, eleve.classe, bac, specialites, row.detail
        )


def _put(repository: EleveRepository, record: EleveRecord) -> None:
    repository.update_identity(record)
    repository.save_profil(record.id, record.profil)


def _ticket(resultat: ResultatImport) -> UndoTicket:
    ticket = resultat.annulation
    if not isinstance(ticket, UndoTicket):
        message = "not a ticket of this service"
        raise TypeError(message)
    return ticket


def _wishes(readings: tuple[RosterReading, ...]) -> list[tuple[str, VoeuLu]]:
    """Who wishes what, in file order."""
    return [(f"{row.nom} {row.prenom}", voeu) for reading in readings for row in reading.rows for voeu in row.voeux]


def _describe(reading: RosterReading) -> str:
    """One sentence about what was recognised in a file."""
    kind = reading.logiciel
    if reading.encodage:
        kind += f", texte {_ENCODAGES.get(reading.encodage, reading.encodage)}"
    header = f", en-tête ligne {reading.ligne_entete}" if reading.ligne_entete else ", sans en-tête"
    sentence = f"{reading.fichier}{NNBSP}: {kind}{header}, {plural(len(reading.rows), 'élève')}."
    unsure = [colonne.titre for colonne in reading.colonnes if colonne.titre and colonne.confiance < _UNSURE]
    voeux = sum(len(row.voeux) for row in reading.rows)
    if voeux:
        sentence += f" {plural(voeux, 'vœu lu', 'vœux lus')}."
    if unsure:
        sentence += f" Colonnes à vérifier{NNBSP}: {', '.join(unsure)}."
    return " ".join((sentence, *reading.avertissements))
