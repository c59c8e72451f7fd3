"""What services give to screens and to the command line: rows ready to show, French texts included."""

from __future__ import annotations

from dataclasses import dataclass

from mps_desktop.services.vues_listes import CalendrierVue, CompteurLigne, EtapeCalendrier, PointSuivi, SuiviClasse
from mps_desktop.services.vues_raisons import RaisonPesee
from mps_desktop.storage.records import AvisRecord, FavoriRecord, ProfilRecord

__all__ = [
    "ApercuImport",
    "AvisRecord",
    "CalendrierVue",
    "ClasseVue",
    "CompteurLigne",
    "ConstatLigne",
    "DossierRecent",
    "EleveLigne",
    "EleveVue",
    "EquilibreVue",
    "EtapeCalendrier",
    "FavoriLigne",
    "FavoriRecord",
    "JalonLigne",
    "LigneApercu",
    "Option",
    "PointSuivi",
    "ProfilRecord",
    "PropositionLigne",
    "ResultatImport",
    "SuggestionLigne",
    "SuggestionsVue",
    "SuiviClasse",
    "VoeuApercu",
    "VoeuLigne",
]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose in a list: code stored, label shown, category for accordions."""

    code: str
    libelle: str
    categorie: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ConstatLigne:
    """A finding as people read it.

    Attributes:
        gravite: 1 to know, 2 to watch, 3 to solve.
        titre: the same in a few words, alike for every student of a class.
        geste, bouton: what its button does and says, empty = no button.
        ids: vœux or formations concerned.
    """

    code: str
    gravite: int
    phrase: str
    action: str
    titre: str = ""
    geste: str = ""
    bouton: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JalonLigne:
    """Milestone of the level as people read it. ``echeance``: when it is due, in words."""

    phrase: str
    atteint: bool
    fait: int
    attendu: int
    manques: tuple[str, ...]
    echeance: str = ""


@dataclass(frozen=True, slots=True)
class EleveLigne:
    """One row of the class table.

    Attributes:
        completude: 0..100, share of the profile that is filled.
        nb_ambitieux … nb_insuffisant: wishes by the class that counts.
        ecart_declare: largest distance between declared and estimated class, in steps (0, 1 or 2;
            negative when the student is more cautious than the figures).
        recherche: folded text for the filter box.
        specialites_courtes: initials of the spécialités, for the column.
    """

    id: int
    nom: str
    prenom: str
    classe: str
    niveau: str
    bac: str
    specialites: str
    situation: str
    completude: int
    nb_formations: int
    nb_metiers: int
    nb_ambitieux: int
    nb_realiste: int
    nb_securisant: int
    nb_insuffisant: int
    jalon: JalonLigne
    constats: tuple[ConstatLigne, ...]
    recherche: str
    ecart_declare: int = 0
    specialites_courtes: str = ""

    @property
    def nb_voeux(self) -> int:
        """All wishes of the student."""
        return self.nb_ambitieux + self.nb_realiste + self.nb_securisant + self.nb_insuffisant


@dataclass(frozen=True, slots=True)
class ClasseVue:
    """A class (or the whole dossier): rows in French alphabetical order, and its counts.

    Attributes:
        classes: names of all classes of the dossier, for the chooser.
        nb_*: number of students; nb_ecarts: those whose declared class is far from the figures.
        suivi: the class over time, None for the whole dossier.
    """

    classe: str
    classes: tuple[str, ...]
    lignes: tuple[EleveLigne, ...]
    nb_jalon_atteint: int
    nb_sans_voeu: int
    nb_sans_securisant: int
    nb_profil_vide: int
    nb_ecarts: int = 0
    suivi: SuiviClasse | None = None


@dataclass(frozen=True, slots=True)
class EleveVue:
    """Header and editable profile of one student.

    Attributes:
        manques_profil: (field label, why it matters) of what is not filled.
    """

    id: int
    nom: str
    prenom: str
    classe: str
    niveau: str
    naissance: str
    profil: ProfilRecord
    completude: int
    manques_profil: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SuggestionLigne:
    """One suggested formation.

    Attributes:
        affinite: 0..1 (the best formation not kept yet = 1; one that is kept may not pass it).
        detail: type, durée, apprentissage in one line.
        raisons: French sentences, strongest first.
        villes: where the nearest vœux are, with the distance.
        metiers: labels of the métiers that fit the profile best.
        etat: "" | "favori" | "masque".
        pesees: the same reasons with what each weighs, the heaviest first.
    """

    formation_id: str
    libelle: str
    detail: str
    rang: int
    affinite: float
    raisons: tuple[str, ...]
    villes: tuple[str, ...]
    metiers: tuple[str, ...]
    etat: str = ""
    pesees: tuple[RaisonPesee, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionsVue:
    """Suggestions of one student; ``message`` says what to fill in when there are none."""

    eleve_id: int
    lignes: tuple[SuggestionLigne, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class VoeuLigne:
    """One wish, or one vœu that could be added.

    Attributes:
        classe: class that counts ("A+", "A", "B", "?").
        estimee, declaree, enseignant: the three opinions, empty when there is none.
        estimation: in words, "entre 3 et 6 chances sur 10", or why there is none.
        chiffres: published figures with their session.
        faits: longer facts behind the estimate, for the note.
        connu: False when it is no longer in the catalogue (kept, never dropped).
        avis: the teacher's reason with who and when, in one sentence.
        motif, auteur: the same apart, for the dialog.
        historique: every opinion that was given or taken back, oldest first.
        parcours: what tells it from other vœux of the same formation at the same place, may be empty.
    """

    voeu_id: str
    formation_id: str
    formation: str
    etablissement: str
    commune: str
    distance_km: int | None
    classe: str
    estimee: str
    declaree: str
    enseignant: str
    estimation: str
    chiffres: tuple[str, ...]
    faits: tuple[str, ...]
    connu: bool = True
    parcours: str = ""
    avis: str = ""
    motif: str = ""
    auteur: str = ""
    historique: tuple[str, ...] = ()

    @property
    def nom(self) -> str:
        """Établissement, with the parcours that tells it from the others there."""
        return f"{self.etablissement} — {self.parcours}" if self.parcours else self.etablissement


@dataclass(frozen=True, slots=True)
class FavoriLigne:
    """One formation kept, with its wishes."""

    formation_id: str
    libelle: str
    declaree: str
    note: str
    voeux: tuple[VoeuLigne, ...]
    attendus_lus: bool = False


@dataclass(frozen=True, slots=True)
class PropositionLigne:
    """One addition that would help.

    Attributes:
        voeu: None when a formation alone is proposed.
        nouvelle: the formation is not kept yet.
        resout: what accepting it settles, one sentence each.
        ou: where it was looked for ("à moins de 50 km des villes souhaitées").
    """

    formation_id: str
    formation: str
    voeu: VoeuLigne | None
    nouvelle: bool
    resout: tuple[str, ...]
    ou: str


@dataclass(frozen=True, slots=True)
class EquilibreVue:
    """Wishes and balance of one student.

    Attributes:
        ecarts: class letter -> wishes missing to reach the target (0 = enough).
        sources: one line per source of the figures shown.
        chance: chance of at least one offer as a range in words, empty without any estimate.
        chance_note: what it rests on and what it leaves out.
        compteurs: what the list counts for on Parcoursup.
        propositions: what could be added, best first.
        refus: what nothing could be proposed for, and why.
        message_propositions: what to say above them.
    """

    eleve_id: int
    favoris: tuple[FavoriLigne, ...]
    comptes: dict[str, int]
    ecarts: dict[str, int]
    jalon: JalonLigne
    constats: tuple[ConstatLigne, ...]
    sources: tuple[str, ...]
    chance: str = ""
    chance_note: str = ""
    compteurs: tuple[CompteurLigne, ...] = ()
    propositions: tuple[PropositionLigne, ...] = ()
    refus: tuple[str, ...] = ()
    message_propositions: str = ""


@dataclass(frozen=True, slots=True)
class LigneApercu:
    """One line of an import preview.

    Attributes:
        etat: "nouveau" | "a_confirmer" | "modifie" | "inchange" | "absent" | "rejete".
        detail: what changes ("classe : TG1 → TG2"), whom it looks like, or why it is rejected.
    """

    fichier: str
    ligne: int
    etat: str
    nom: str
    prenom: str
    classe: str
    bac: str
    specialites: str
    detail: str


@dataclass(frozen=True, slots=True)
class VoeuApercu:
    """One wording of a wish met in files or in pasted text, and what it becomes.

    Attributes:
        cle: key of the wording, to say what it is about.
        ecrit: as written.
        eleves: names of those who wish it, none for a pasted screen.
        etat: "sur", "doute" (to choose), "choisi" (the teacher said) or "inconnu".
        choisi: id of the vœu (``ta…``) or formation that it becomes, empty when it is not taken.
        choix: what it may be, surest first; ``Option.categorie`` is "voeu" or "formation".
        confiance: 0..1.
    """

    cle: str
    ecrit: str
    eleves: tuple[str, ...]
    etat: str
    choisi: str
    choix: tuple[Option, ...]
    confiance: float


@dataclass(frozen=True, slots=True)
class ApercuImport:
    """What an import would do; nothing is written yet.

    Attributes:
        resume: one sentence per file, what was recognised.
        classe_demandee: True when a file does not say the class and one must be given.
        nb_nouveaux: students to add, those to confirm included.
        nb_a_confirmer: new names that look like somebody of the class.
        nb_absents: students of those classes that no file lists any more.
        voeux: wordings of the wishes read, those to look at first.
    """

    fichiers: tuple[str, ...]
    resume: tuple[str, ...]
    lignes: tuple[LigneApercu, ...]
    non_lu: tuple[str, ...]
    nb_nouveaux: int
    nb_modifies: int
    nb_inchanges: int
    nb_rejetes: int
    classe_demandee: bool
    nb_a_confirmer: int = 0
    nb_absents: int = 0
    voeux: tuple[VoeuApercu, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultatImport:
    """What an import did, with the ticket that takes it back.

    Attributes:
        eleve_ids: students added or changed.
        annulation: ticket for ``undo_import``; opaque to screens.
        memes: lines that were confirmed to be a stored student, to make the same import again.
        voeux_laisses: one sentence per wording of a wish that was not taken.
    """

    nb_ajoutes: int
    nb_modifies: int
    nb_inchanges: int
    nb_rejetes: int
    eleve_ids: tuple[int, ...]
    annulation: object
    memes: frozenset[tuple[str, int]] = frozenset()
    voeux_laisses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierRecent:
    """One line of the opening screen; no personal data."""

    chemin: str
    nom: str
    existe: bool
