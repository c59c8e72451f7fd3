"""What a person may ask for: the whole of what the dossier keeps about one student, to read and to reuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mps_desktop.core.dates import long_date, numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder, replacing
from mps_desktop.core.text import NNBSP, fold
from mps_desktop.reports.document import DocumentData, SectionDoc, write_document
from mps_desktop.services.garde import local_now
from mps_desktop.services.journal import describe
from mps_desktop.services.notes_remises import NotesRemises, sections_of
from mps_desktop.services.options import Options
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import (
    AvisPasse,
    DecisionRecord,
    EleveRecord,
    EntretienRecord,
    FavoriRecord,
    JournalRecord,
)
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import DecisionRepository, EntretienRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository

_JOURNAL_MAX = 10_000
_DECLARE = {0: "", 1: "B", 2: "A", 3: "A+"}
_SEXES = {"F": "féminin", "M": "masculin"}


@dataclass(frozen=True, slots=True)
class DonneesEleve:
    """Everything that the dossier keeps about one student; of the psyEN's notes, what he agreed to.

    Attributes:
        cree: when he was added to the dossier.
        annee: school year of his class, empty when it is not known.
    """

    eleve: EleveRecord
    cree: datetime
    annee: str
    avis: tuple[AvisPasse, ...]
    entretiens: tuple[EntretienRecord, ...]
    decisions_conseil: tuple[DecisionRecord, ...]
    journal: tuple[JournalRecord, ...]
    notes_psyen: NotesRemises


@dataclass(frozen=True, slots=True)
class ExportEleve:
    """The two files written."""

    eleve: str
    json: Path
    pdf: Path


def find_eleve(database: Database, texte: str) -> int:
    """Number of the one student whose name holds these words, or whose number this is.

    Raises:
        EnvironmentFault: nobody, or several.
    """
    with database.read() as session:
        eleves = EleveRepository(session).list()
    words = fold(texte).split()
    found = [e for e in eleves if str(e.id) == texte.strip()] or [
        e for e in eleves if words and set(words) <= set(fold(f"{e.nom} {e.prenom}").split())
    ]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise EnvironmentFault(f"Aucun élève ne s’appelle «{NNBSP}{texte}{NNBSP}».", "Donnez son nom et son prénom.")
    listed = ", ".join(f"{e.id} = {e.nom} {e.prenom} ({e.classe or 'sans classe'})" for e in found[:8])
    raise EnvironmentFault(f"Plusieurs élèves portent ce nom{NNBSP}: {listed}.", "Donnez le numéro de l’élève.")


def export_eleve(
    database: Database,
    options: Options,
    eleve_id: int,
    folder: Path,
    today: date,
    notes_psyen: NotesRemises,
    now: Callable[[], datetime] = local_now,
) -> ExportEleve:
    """Write the data of one student as JSON and as a readable PDF; the journal keeps that it was done.

    Args:
        notes_psyen: their number; their text only when the psyEN opened them and asked for it.

    Raises:
        EnvironmentFault: he is no longer in the dossier, or the folder cannot be written.
    """
    make_folder(folder)
    with database.transaction() as session:
        eleve = EleveRepository(session).get(eleve_id)
        donnees = DonneesEleve(
            eleve,
            EleveRepository(session).added(eleve_id),
            next((c.annee for c in ClasseRepository(session).list() if c.nom == eleve.classe), ""),
            list_avis(session, eleve_id),
            EntretienRepository(session).list(eleve_id),
            DecisionRepository(session).list(eleve_id),
            JournalRepository(session).list(_JOURNAL_MAX, eleve_id),
            notes_psyen,
        )
        stem = f"donnees-eleve-{eleve_id}"  # no name in a file name: recent lists and mail subjects show it
        target, pdf = folder / f"{stem}.json", folder / f"{stem}.pdf"
        with replacing(target) as neighbour:
            neighbour.write_text(_as_json(donnees, options, today), encoding="utf-8")
        write_document(_as_document(donnees, options, today), pdf)
        JournalRepository(session, now).add(Action.ELEVE_EXPORTE, (eleve_id,))
    return ExportEleve(f"{donnees.eleve.nom} {donnees.eleve.prenom}", target, pdf)


def _as_json(donnees: DonneesEleve, options: Options, today: date) -> str:
    codes = sorted(_codes(donnees.eleve))
    content: dict[str, Any] = {
        "origine": "MPS Bureau",
        "date": today.isoformat(),
        **asdict(donnees),
        "libelles": {code: options.libelle(code) for code in codes},
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _codes(eleve: EleveRecord) -> set[str]:
    p = eleve.profil
    listed = {*p.specialites, *p.domaines, *p.interets, *p.metiers, *p.communes, *p.corbeille}
    for favori in p.favoris:
        listed |= {favori.formation_id, *favori.voeux}
    return listed | ({p.bac} if p.bac else set())


def _as_document(donnees: DonneesEleve, options: Options, today: date) -> DocumentData:
    eleve, profil = donnees.eleve, donnees.eleve.profil

    def listed(codes: tuple[str, ...]) -> str:
        return ", ".join(options.libelle(code) for code in codes)

    moyenne = (
        "" if profil.moyenne is None else "ne souhaite pas le dire" if profil.moyenne < 0 else f"{profil.moyenne:g}"
    )
    sections = [
        SectionDoc(
            "Identité",
            (
                ("Nom", eleve.nom),
                ("Prénom", eleve.prenom),
                ("Né(e) le", numeric_date(eleve.naissance) if eleve.naissance else ""),
                ("Sexe", _SEXES.get(eleve.sexe, "")),
                ("INE", eleve.ine),
                ("Classe et niveau", f"{eleve.classe or 'sans classe'}, {eleve.niveau}"),
                ("Année scolaire", donnees.annee),
                ("Dans le dossier depuis", f"le {long_date(donnees.cree.astimezone().date())}"),
            ),
        ),
        SectionDoc(
            "Profil",
            (
                ("Avancement du projet", options.reponse("situation", profil.situation)),
                ("Bac", options.libelle(profil.bac) if profil.bac else ""),
                ("Spécialités", listed(profil.specialites)),
                ("Moyenne générale", moyenne.replace(".", ",")),
                ("Domaines", listed(profil.domaines)),
                ("Centres d’intérêt", listed(profil.interets)),
                ("Métiers", listed(profil.metiers)),
                ("Durée d’études", options.reponse("duree", profil.duree_etudes)),
                ("Alternance", options.reponse("alternance", profil.alternance)),
                ("Villes", listed(profil.communes)),
                ("Formations écartées", listed(profil.corbeille)),
            ),
        ),
        *(_favori(favori, options) for favori in profil.favoris),
    ]
    if donnees.avis:
        pairs = tuple(
            (
                f"{a.enregistre.astimezone():%d/%m/%Y %H:%M}",
                f"{options.libelle(a.voeu_id)}{NNBSP}: {a.classe or 'avis retiré'}. {a.motif} {a.auteur}".strip(),
            )
            for a in donnees.avis
        )
        sections.append(SectionDoc("Avis des enseignants", pairs))
    for e in donnees.entretiens:
        due = f" (pour le {long_date(e.echeance)})" if e.echeance else ""
        done = " — fait" if e.suite_faite else ""
        pairs = (
            ("Notes", e.notes),
            ("Décisions", e.decisions),
            ("Suite", f"{e.suite}{due}{done}"),
            ("Auteur", e.auteur),
        )
        sections.append(SectionDoc(f"Entretien du {long_date(e.jour)}", pairs))
    for d in donnees.decisions_conseil:
        pairs = (("Conseil", d.conseil), ("Avis", d.avis), ("Décision, suite", d.decision), ("Auteur", d.auteur))
        sections.append(SectionDoc(f"Conseil de classe du {long_date(d.jour)}", pairs))
    sections += sections_of(donnees.notes_psyen)
    lines = tuple(
        (f"{li.quand.astimezone():%d/%m/%Y %H:%M}", f"{describe(li)} — {li.utilisateur}") for li in donnees.journal
    )
    sections.append(SectionDoc("Ce qui a été fait (valeurs non conservées)", lines))
    return DocumentData(
        f"Données de {eleve.nom} {eleve.prenom}",
        f"Tout ce que le dossier MPS Bureau conserve au {long_date(today)}. {donnees.notes_psyen.phrase}",
        tuple(sections),
        "Document personnel, remis à l’élève ou à ses responsables légaux. Rectification auprès du professeur "
        "principal.",
    )


def _favori(favori: FavoriRecord, options: Options) -> SectionDoc:
    def voeu(code: str) -> str:
        said = favori.classes_enseignant.get(code)
        return options.libelle(code) + (f" — avis de l’enseignant{NNBSP}: {said}" if said else "")

    voeux = tuple((f"Vœu {rank}", voeu(code)) for rank, code in enumerate(favori.voeux, start=1))
    return SectionDoc(
        f"Formation retenue{NNBSP}: {options.libelle(favori.formation_id)}",
        (
            ("Classe déclarée", _DECLARE.get(favori.niveau_ambition, "")),
            ("Attendus lus", "oui" if favori.attendus_lus else "non"),
            *voeux,
            ("Note", favori.note),
        ),
    )
