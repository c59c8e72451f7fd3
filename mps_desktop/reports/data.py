"""What the conference report is drawn from: text that is ready to print, and a few figures.

Services fill it; nothing here knows a database. All texts are French and may hold any character:
the drawing checks that its font has a glyph for each.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoeuReport:
    """One wish of a student.

    Attributes:
        classe: "A+", "A", "B" or "?" (données insuffisantes), the class that counts.
        estimation: e.g. "entre 3 et 6 chances sur 10", or why there is none.
        chiffres: published figures with their session, e.g. "taux d'accès 2024 : 38 %".
        autres_classes: e.g. "élève : B", "enseignant : A", all that were said when they differ.
        avis: why the teacher states another class, who and when; empty when there is no reason.
    """

    etablissement: str
    formation: str
    commune: str
    classe: str
    estimation: str
    chiffres: tuple[str, ...]
    autres_classes: tuple[str, ...] = ()
    avis: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """One suggested formation.

    Attributes:
        affinite: 0..1, best = 1.
        detail: e.g. type, durée, number of towns.
        raisons: French sentences, strongest first.
    """

    libelle: str
    affinite: float
    detail: str
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConstatReport:
    """One finding. gravite: 1 to know, 2 to watch, 3 to solve."""

    gravite: int
    phrase: str
    action: str


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """What a conseil said of the student.

    Attributes:
        quand: which conseil and its date, in words.
    """

    quand: str
    avis: str
    decision: str
    auteur: str = ""


@dataclass(frozen=True, slots=True)
class EleveReport:
    """One page.

    Attributes:
        identite: (label, value) pairs for the header, e.g. ("Né(e) le", "14/02/2009").
        profil: (label, value) pairs of the profile; an empty value prints "non renseigné".
        completude: 0..100.
        jalon: milestone of the level in one sentence; jalon_atteint drives the mark.
        message_suggestions, message_voeux: what to say when the list is empty.
        ecarts: (class letter, wishes missing to reach the target); a class without entry misses
            one wish when it has none, since a list is spread over the three.
        chance: cautious chance of at least one offer as a range in words, may be empty.
        echeance: when the milestone is due, may be empty.
        decision: of the last conseil, None when there is nothing yet: lines to write on.
    """

    nom: str
    prenom: str
    classe: str
    identite: tuple[tuple[str, str], ...]
    profil: tuple[tuple[str, str], ...]
    completude: int
    suggestions: tuple[SuggestionReport, ...]
    message_suggestions: str
    voeux: tuple[VoeuReport, ...]
    message_voeux: str
    jalon: str
    jalon_atteint: bool
    jalon_manques: tuple[str, ...]
    constats: tuple[ConstatReport, ...]
    ecarts: tuple[tuple[str, int], ...] = ()
    chance: str = ""
    echeance: str = ""
    decision: DecisionReport | None = None


@dataclass(frozen=True, slots=True)
class LigneSynthese:
    """One student in the class synthesis. Never a ranking: order is alphabetical."""

    nom: str
    prenom: str
    bac: str
    nb_formations: int
    nb_ambitieux: int
    nb_realiste: int
    nb_securisant: int
    nb_insuffisant: int
    jalon_atteint: bool
    constat: str


@dataclass(frozen=True, slots=True)
class EvolutionReport:
    """Where the class stood on some days, oldest first.

    Attributes:
        jours: how each day is written.
        lignes: (what is counted, one value a day); the first line is that of the milestone.
        parts: share of the class that had reached the milestone, 0..1, one a day.
        phrase: the same in one sentence.
    """

    jours: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[float, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class SyntheseReport:
    """First page: the class.

    Attributes:
        classe: e.g. "TG1".
        indicateurs: (label, value) pairs to print large, e.g. ("Jalon atteint", "7 sur 12").
        constats: (phrase, number of students).
        evolution: None when nothing is known before today, or when the document is not about one whole class.
    """

    classe: str
    effectif: int
    indicateurs: tuple[tuple[str, str], ...]
    lignes: tuple[LigneSynthese, ...]
    constats: tuple[tuple[str, int], ...]
    evolution: EvolutionReport | None = None


@dataclass(frozen=True, slots=True)
class ConferenceReportData:
    """One document: one class synthesis, then one page per student.

    Attributes:
        annee: "2026-2027".
        date: "24 novembre 2026".
        sources: one line per source of figures with its licence and session.
        avertissement: the sentence that says what the figures cannot promise.
        fictif: True prints that every person is invented (demonstration).
    """

    titre: str
    annee: str
    date: str
    synthese: SyntheseReport
    eleves: tuple[EleveReport, ...]
    sources: tuple[str, ...]
    avertissement: str
    fictif: bool = False
