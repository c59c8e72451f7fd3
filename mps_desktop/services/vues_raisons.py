"""What the reasons, the what-if and the spécialités simulator give to screens, French texts included."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RaisonPesee:
    """One reason of a suggestion, with what it weighs.

    Attributes:
        critere: criterion of the engine; "reste" = all those that hardly weigh, together.
        phrase: French sentence, a fact.
        favorable: it pushes the formation up; False = it holds it back.
        part: 0..1, share of all that pushes and holds back; those of one formation add up to 1.
        note: nature and session of the figure ("estimé, 2023"), may be empty.
        methode: how the figure was obtained, may be empty.
        pourcent: the share in whole percents, rounded so that those of one formation add up to 100.
    """

    critere: str
    phrase: str
    favorable: bool
    part: float
    note: str = ""
    methode: str = ""
    pourcent: int = 0


@dataclass(frozen=True, slots=True)
class PourquoiVue:
    """Why one formation has its place in the list of one student.

    Attributes:
        rang: from 1, None when it is not suggested.
        raisons: the heaviest first.
        chemins: how the student's choices lead there ("Soigner → infirmier → IFSI").
        pistes: what would change its place, worked out.
    """

    eleve_id: int
    formation_id: str
    libelle: str
    rang: int | None
    resume: str
    raisons: tuple[RaisonPesee, ...]
    chemins: tuple[str, ...]
    pistes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MouvementLigne:
    """One formation that moves; ``texte`` says from where to where ("12e → 3e")."""

    formation_id: str
    libelle: str
    avant: int | None
    apres: int | None
    texte: str


@dataclass(frozen=True, slots=True)
class EtSiVue:
    """What the list of suggestions would become.

    Attributes:
        resume: one sentence; says so when nothing moves.
        entrent, montent, descendent, sortent: in the order in which to show them.
    """

    eleve_id: int
    resume: str
    entrent: tuple[MouvementLigne, ...]
    montent: tuple[MouvementLigne, ...]
    descendent: tuple[MouvementLigne, ...]
    sortent: tuple[MouvementLigne, ...]


@dataclass(frozen=True, slots=True)
class AccesLigne:
    """One family of formations for the chosen spécialités.

    Attributes:
        acces: "plus", "autant", "moins", "rare" or "inconnu" (engine.eds.Acces).
        paire: the two spécialités that the figures are about.
        taux: 0..1, offered a place among those who asked; None when nobody asked.
        taux_tous: the same for all bacheliers généraux.
        resume: one line of figures.
        phrase: the same in full, for reading aloud and for screen readers.
        exemples: labels of a few formations of the family.
    """

    famille: str
    acces: str
    paire: str
    candidats: int
    taux: float | None
    taux_tous: float
    resume: str
    phrase: str
    exemples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimulationVue:
    """What two or three spécialités open, as observed.

    Attributes:
        titre: the spécialités in words.
        effectif: how many bacheliers the figures are about.
        lignes: families, most often offered first inside each ``acces``.
        message: why there is nothing to show.
    """

    titre: str
    effectif: str
    lignes: tuple[AccesLigne, ...]
    message: str = ""
