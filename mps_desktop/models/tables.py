"""Tables of the dossier: who is followed, what each one says, what was done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from mps_desktop.models.base import Base
from mps_desktop.models.enums import Alternance, ClasseEnseignant, DureeEtudes, Niveau, Sexe, Situation

NOTE_MAX = 3999  # characters, as in MonProjetSup
MOTIF_MAX = 500


class Classe(Base):
    """A class of the roster (TG1).

    ``annee`` is its school year ("2026-2027"), empty when an older version wrote it. Names stay unique: when a new
    year begins, those of the past year take it in their name, and the new TG1 is another class.
    """

    __tablename__ = "classe"
    __table_args__ = (CheckConstraint("nom <> ''", name="nom_rempli"), UniqueConstraint("nom"))

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(String(100))
    niveau: Mapped[Niveau]
    annee: Mapped[str] = mapped_column(String(9), server_default="")


class Eleve(Base):
    """Identity of a student: what a roster says and nothing else.

    An id is never given twice, so that a deleted student can come back under his own.
    """

    __tablename__ = "eleve"
    __table_args__ = (
        CheckConstraint("nom <> ''", name="nom_rempli"),
        CheckConstraint("ine <> ''", name="ine_rempli"),
        UniqueConstraint("ine"),
        Index(None, "classe_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(String(200))
    prenom: Mapped[str] = mapped_column(String(200))
    naissance: Mapped[date | None]
    sexe: Mapped[Sexe | None]
    ine: Mapped[str | None] = mapped_column(String(20))
    niveau: Mapped[Niveau]
    classe_id: Mapped[int | None] = mapped_column(ForeignKey("classe.id", ondelete="RESTRICT"))
    cree: Mapped[datetime]
    modifie: Mapped[datetime]


class Profil(Base):
    """What a student says, one row per student. NULL = never answered."""

    __tablename__ = "profil"
    __table_args__ = (
        CheckConstraint("moyenne = -1 OR (moyenne >= 0 AND moyenne <= 20)", name="moyenne_sur_20"),
        CheckConstraint("bac <> ''", name="bac_rempli"),
    )

    eleve_id: Mapped[int] = mapped_column(
        ForeignKey("eleve.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    situation: Mapped[Situation | None]
    bac: Mapped[str | None] = mapped_column(String(50))
    specialites: Mapped[tuple[str, ...]]
    moyenne: Mapped[float | None]
    domaines: Mapped[tuple[str, ...]]
    interets: Mapped[tuple[str, ...]]
    metiers: Mapped[tuple[str, ...]]
    duree_etudes: Mapped[DureeEtudes | None]
    alternance: Mapped[Alternance | None]
    communes: Mapped[tuple[str, ...]]


class Favori(Base):
    """A formation that a student keeps, in his order (``rang`` from 0)."""

    __tablename__ = "favori"
    __table_args__ = (
        UniqueConstraint("eleve_id", "formation_id"),
        CheckConstraint("rang >= 0", name="rang_positif"),
        CheckConstraint("niveau_ambition >= 0 AND niveau_ambition <= 3", name="niveau_ambition_connu"),
        CheckConstraint(f"length(note) <= {NOTE_MAX}", name="note_courte"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    eleve_id: Mapped[int] = mapped_column(ForeignKey("eleve.id", ondelete="CASCADE"))
    formation_id: Mapped[str] = mapped_column(String(20))
    rang: Mapped[int]
    niveau_ambition: Mapped[int]
    note: Mapped[str] = mapped_column(Text)


class Voeu(Base):
    """A vœu chosen for a formation kept, in the order of choice (``rang`` from 0)."""

    __tablename__ = "voeu"
    __table_args__ = (CheckConstraint("rang >= 0", name="rang_positif"),)

    favori_id: Mapped[int] = mapped_column(
        ForeignKey("favori.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    voeu_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    rang: Mapped[int]
    classe_enseignant: Mapped[ClasseEnseignant | None]


class Avis(Base):
    """One opinion of a teacher on the class of a vœu, or its removal (no class). Lines are never changed.

    The opinion in force is ``Voeu.classe_enseignant``; its reason, author and day are those of the last
    line here. ``jour`` is when the teacher gave it, ``enregistre`` when the line was written.
    """

    __tablename__ = "avis"
    __table_args__ = (
        CheckConstraint(f"length(motif) <= {MOTIF_MAX}", name="motif_court"),
        Index(None, "eleve_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    eleve_id: Mapped[int] = mapped_column(ForeignKey("eleve.id", ondelete="CASCADE"))
    voeu_id: Mapped[str] = mapped_column(String(20))
    classe: Mapped[ClasseEnseignant | None]
    motif: Mapped[str] = mapped_column(Text)
    auteur: Mapped[str] = mapped_column(String(200))
    jour: Mapped[date | None]
    enregistre: Mapped[datetime]


class AttendusLus(Base):
    """The attendus of a formation kept were read with the student."""

    __tablename__ = "attendus_lus"

    eleve_id: Mapped[int] = mapped_column(
        ForeignKey("eleve.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    formation_id: Mapped[str] = mapped_column(String(20), primary_key=True)


class Bilan(Base):
    """Where a class stood at the end of a day on which something changed. Counts only, nobody's name.

    The class is named and not referred to: the curve outlives a class that an import empties.
    """

    __tablename__ = "bilan"
    __table_args__ = (UniqueConstraint("classe", "jour"), CheckConstraint("effectif >= 0", name="effectif_positif"))

    id: Mapped[int] = mapped_column(primary_key=True)
    classe: Mapped[str] = mapped_column(String(100))
    jour: Mapped[date]
    effectif: Mapped[int]
    jalons_atteints: Mapped[int]
    sans_voeu: Mapped[int]
    sans_securisant: Mapped[int]
    nb_ambitieux: Mapped[int]
    nb_realiste: Mapped[int]
    nb_securisant: Mapped[int]
    nb_insuffisant: Mapped[int]
    ecarts_declares: Mapped[int]


class Corbeille(Base):
    """A formation that a student does not want to see (``rang`` from 0)."""

    __tablename__ = "corbeille"
    __table_args__ = (CheckConstraint("rang >= 0", name="rang_positif"),)

    eleve_id: Mapped[int] = mapped_column(
        ForeignKey("eleve.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    formation_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    rang: Mapped[int]


class Journal(Base):
    """Who did what and when. No personal value of a student: the number of one who left names nobody.

    ``eleve_id`` is no foreign key on purpose: the line outlives the student. ``utilisateur`` is the session name on
    the computer. ``objet`` says what part changed (names of fields), ``nombre`` how many things.
    """

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(50))
    eleve_id: Mapped[int | None]
    utilisateur: Mapped[str] = mapped_column(String(200), server_default="")
    objet: Mapped[str] = mapped_column(String(200), server_default="")
    nombre: Mapped[int | None]


class Entretien(Base):
    """A meeting with a student: what was said, what was decided, what comes next, when, and whether it was done."""

    __tablename__ = "entretien"
    __table_args__ = (
        CheckConstraint(f"length(notes) <= {NOTE_MAX}", name="notes_courtes"),
        CheckConstraint(f"length(decisions) <= {NOTE_MAX}", name="decisions_courtes"),
        CheckConstraint(f"length(suite) <= {MOTIF_MAX}", name="suite_courte"),
        Index(None, "eleve_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    eleve_id: Mapped[int] = mapped_column(ForeignKey("eleve.id", ondelete="CASCADE"))
    jour: Mapped[date]
    auteur: Mapped[str] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)
    suite: Mapped[str] = mapped_column(Text)
    echeance: Mapped[date | None]
    cree: Mapped[datetime]
    modifie: Mapped[datetime]
    suite_faite: Mapped[bool] = mapped_column(server_default=false())


class DecisionConseil(Base):
    """What the conseil de classe said of a student; ``conseil`` tells which one ("1er trimestre")."""

    __tablename__ = "decision_conseil"
    __table_args__ = (
        CheckConstraint(f"length(avis) <= {NOTE_MAX}", name="avis_court"),
        CheckConstraint(f"length(decision) <= {NOTE_MAX}", name="decision_courte"),
        Index(None, "eleve_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    eleve_id: Mapped[int] = mapped_column(ForeignKey("eleve.id", ondelete="CASCADE"))
    jour: Mapped[date]
    conseil: Mapped[str] = mapped_column(String(100))
    avis: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(Text)
    auteur: Mapped[str] = mapped_column(String(200))
    cree: Mapped[datetime]
    modifie: Mapped[datetime]


class ClePsyen(Base):
    """One way into the psyEN's compartment: its key, wrapped by a password or by a recovery key.

    No row = no compartment. Without the secret, these bytes say nothing of the key (``storage.keys``).
    """

    __tablename__ = "cle_psyen"

    type: Mapped[str] = mapped_column(String(20), primary_key=True)
    memoire_kio: Mapped[int]
    passes: Mapped[int]
    fils: Mapped[int]
    sel: Mapped[bytes]
    cle: Mapped[bytes]
    sceau: Mapped[bytes]


class NotePsyen(Base):
    """One note of the psyEN about a student, sealed with the compartment's key: date, author and text are inside.

    ``id`` is drawn at random and says nothing of the order.
    """

    __tablename__ = "note_psyen"
    __table_args__ = (Index(None, "eleve_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    eleve_id: Mapped[int] = mapped_column(ForeignKey("eleve.id", ondelete="CASCADE"))
    contenu: Mapped[bytes]
