"""What the dossier gives to services: frozen copies, never live ORM objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AvisRecord:
    """Why a teacher stated the class of a vœu.

    Attributes:
        motif: in his words, at most 500 characters.
        auteur: who, as he signs.
        jour: when he gave it.
    """

    motif: str
    auteur: str = ""
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class AvisPasse:
    """One line of the history of opinions on a vœu. ``classe`` empty = the opinion was taken back."""

    voeu_id: str
    classe: str
    motif: str
    auteur: str
    jour: date | None
    enregistre: datetime


@dataclass(frozen=True, slots=True)
class BilanRecord:
    """Where a class stood on a day: numbers of students, then wishes by class."""

    classe: str
    jour: date
    effectif: int
    jalons_atteints: int
    sans_voeu: int
    sans_securisant: int
    nb_ambitieux: int
    nb_realiste: int
    nb_securisant: int
    nb_insuffisant: int
    ecarts_declares: int


@dataclass(frozen=True, slots=True)
class FavoriRecord:
    """A formation that the student keeps, with the vœux chosen for it.

    Attributes:
        niveau_ambition: declared class 1 = B, 2 = A, 3 = A+, 0 = not said.
        voeux: ``ta…`` ids in the order of choice.
        classes_enseignant: vœu id -> class stated by the teacher ("A+", "A", "B").
        note: free text of the student or the teacher, at most 3999 characters.
        attendus_lus: what the formation expects was read with the student.
        avis: vœu id -> why the teacher stated its class; none for a class stated without a word.
    """

    formation_id: str
    niveau_ambition: int = 0
    voeux: tuple[str, ...] = ()
    classes_enseignant: dict[str, str] = field(default_factory=dict[str, str])
    note: str = ""
    avis: dict[str, AvisRecord] = field(default_factory=dict[str, AvisRecord])
    attendus_lus: bool = False


@dataclass(frozen=True, slots=True)
class ProfilRecord:
    """Profile of one student, field by field as in MonProjetSup. None = never answered.

    Attributes:
        situation: ``aucune_idee``, ``quelques_pistes``, ``projet_precis``.
        moyenne: out of 20; -1 = the student does not want to say.
        domaines: ``dom…``; interets: ``ci…``; metiers: ``MET.…``.
        duree_etudes: ``indifferent``, ``courte``, ``longue``, ``aucune_idee``.
        alternance: ``pas_interesse``, ``indifferent``, ``interesse``, ``tres_interesse``.
        communes: INSEE codes.
        corbeille: formations that the student does not want to see.
    """

    situation: str | None = None
    bac: str | None = None
    specialites: tuple[str, ...] = ()
    moyenne: float | None = None
    domaines: tuple[str, ...] = ()
    interets: tuple[str, ...] = ()
    metiers: tuple[str, ...] = ()
    duree_etudes: str | None = None
    alternance: str | None = None
    communes: tuple[str, ...] = ()
    favoris: tuple[FavoriRecord, ...] = ()
    corbeille: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EleveRecord:
    """One student. ``id`` is 0 before it is stored."""

    id: int
    nom: str
    prenom: str
    classe: str
    niveau: str
    naissance: date | None = None
    sexe: str = ""
    ine: str = ""
    profil: ProfilRecord = ProfilRecord()
    modifie: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClasseRecord:
    """A class of the roster. ``annee`` is its school year ("2026-2027"), empty when it is not known."""

    id: int
    nom: str
    niveau: str
    nb_eleves: int
    annee: str = ""


@dataclass(frozen=True, slots=True)
class EntretienRecord:
    """A meeting with a student. ``id`` is 0 before it is stored.

    Attributes:
        notes, decisions: at most 3999 characters; suite: the next action, at most 500.
        echeance: when the next action is due.
        suite_faite: the next action was done.
    """

    id: int
    eleve_id: int
    jour: date
    notes: str
    decisions: str = ""
    suite: str = ""
    echeance: date | None = None
    auteur: str = ""
    suite_faite: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What a conseil de classe said of a student. ``id`` is 0 before it is stored.

    Attributes:
        conseil: which one ("1er trimestre"), at most 100 characters.
        avis, decision: at most 3999 characters.
    """

    id: int
    eleve_id: int
    jour: date
    conseil: str
    avis: str = ""
    decision: str = ""
    auteur: str = ""


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """One line of what was done.

    Attributes:
        action: stable code, see ``repositories.journal.Action``.
        eleve_id: student concerned, None for the dossier itself; he may be gone since.
        utilisateur: session name on the computer, empty for the lines of older versions.
        objet: what part changed: names of fields, never their values.
        nombre: how many things, None when it is one.
    """

    quand: datetime
    action: str
    eleve_id: int | None
    utilisateur: str = ""
    objet: str = ""
    nombre: int | None = None
