"""Words and figures shared by the estimate of a wish and by the balance of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ClasseVoeu(StrEnum):
    """Class of a wish: ambitieux, réaliste, sécurisant, or not enough data to tell."""

    AMBITIEUX = "A+"
    REALISTE = "A"
    SECURISANT = "B"
    INSUFFISANT = "?"


class TypeBac(StrEnum):
    """The three bac types of the published figures."""

    GENERAL = "generale"
    TECHNOLOGIQUE = "technologique"
    PROFESSIONNEL = "professionnelle"


@dataclass(frozen=True, slots=True)
class StatsSession:
    """Figures of one vœu for one Parcoursup session (None = not published).

    Attributes:
        taux_acces: published access rate in percent (0..100); never filled from imputed values.
    """

    session: int
    capacite: int | None = None
    candidats: int | None = None
    propositions: int | None = None
    admis: int | None = None
    taux_acces: float | None = None


@dataclass(frozen=True, slots=True)
class StatsBac:
    """Figures of one vœu for one bac type (session 2023, the only complete one).

    Attributes:
        candidats: candidates of that type in phase principale.
        propositions: candidates of that type who were offered a place.
        part_acces: share in percent of that type among those in reach of an offer; the three
            types add up to 100. It is **not** a rate.
    """

    candidats: int
    propositions: int | None
    part_acces: float | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Shares in percent of the mentions at the bac among the admitted néo-bacheliers."""

    session: int
    sans: float
    assez_bien: float
    bien: float
    tres_bien: float
    felicitations: float


@dataclass(frozen=True, slots=True)
class StatsVoeu:
    """Everything published about one vœu that the estimate uses.

    Attributes:
        fili: aggregated family ("BTS", "BUT", "Licence", "CPGE"…).
        filiere: detailed filière, the first parent of the vœu for shrinkage.
        sessions: oldest first.
        par_bac: figures of session ``session_bac`` by bac type; empty when not published.
        pct_meme_academie: share of the admitted who come from the same académie, percent.
    """

    id: str
    fili: str
    filiere: str
    selectif: bool
    apprentissage: bool
    sessions: tuple[StatsSession, ...] = ()
    session_bac: int = 2023
    par_bac: Mapping[TypeBac, StatsBac] = field(default_factory=dict[TypeBac, StatsBac])
    mentions: Mentions | None = None
    pct_meme_academie: float | None = None


@dataclass(frozen=True, slots=True)
class TauxParent:
    """Access rate of a group of vœux for one bac type.

    Attributes:
        taux: 0..1.
        candidats: size of the group.
    """

    taux: float
    candidats: int


@dataclass(frozen=True, slots=True)
class References:
    """National figures that the estimate leans on.

    Attributes:
        parents: (level, key, bac type) -> rate; levels ``filiere``, ``fili``, ``national`` (key
            empty for national).
        moyennes: bac (``Générale``, ``STMG``…, ``NC``) -> 40 cumulated shares in 0..1 of the
            general average of the admitted; entry i = share whose average is below i/2 out of 20.
        session_moyennes: session of ``moyennes``.
    """

    parents: Mapping[tuple[str, str, TypeBac], TauxParent]
    moyennes: Mapping[str, tuple[float, ...]]
    session_moyennes: int


@dataclass(frozen=True, slots=True)
class Fait:
    """One published fact behind an estimate: a code that the wording knows, and its values."""

    code: str
    valeurs: Mapping[str, float | int | str]
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Estimation:
    """Estimated class of one wish for one student.

    Attributes:
        p, bas, haut: probability of an offer and its 80 % interval, 0..1; None when data are
            not sufficient.
        motif: code that says why data are not sufficient, else empty.
        faits: what the estimate rests on.
    """

    voeu_id: str
    classe: ClasseVoeu
    p: float | None = None
    bas: float | None = None
    haut: float | None = None
    motif: str = ""
    faits: tuple[Fait, ...] = ()


@dataclass(frozen=True, slots=True)
class VoeuBalance:
    """One wish of a list, with its three classes.

    Attributes:
        bas: lower bound of the estimate (0..1), None when there is none.
        connu: False when the vœu is no longer in the catalogue.
        distance_km: to the nearest preferred town, None when unknown or no town was stated.
        compatible_duree, compatible_alternance: False when it contradicts what was stated.
    """

    id: str
    formation_id: str
    estimee: ClasseVoeu
    bas: float | None = None
    declaree: ClasseVoeu | None = None
    enseignant: ClasseVoeu | None = None
    connu: bool = True
    distance_km: float | None = None
    compatible_duree: bool = True
    compatible_alternance: bool = True

    @property
    def retenue(self) -> ClasseVoeu:
        """The class that counts: the teacher's, else the estimate, else what was declared."""
        if self.enseignant is not None:
            return self.enseignant
        if self.estimee is not ClasseVoeu.INSUFFISANT:
            return self.estimee
        return self.declaree or ClasseVoeu.INSUFFISANT


@dataclass(frozen=True, slots=True)
class Constat:
    """Something to talk about in a list of wishes.

    Attributes:
        code: stable code, e.g. ``AUCUN_B``.
        gravite: 1 = to know, 2 = to watch, 3 = to solve.
        ids: vœux or formations concerned.
        valeurs: figures for the wording.
    """

    code: str
    gravite: int
    ids: tuple[str, ...] = ()
    valeurs: Mapping[str, float | int | str] = field(default_factory=dict[str, float | int | str])


@dataclass(frozen=True, slots=True)
class Jalon:
    """Milestone of a level: what must be there, what is.

    Attributes:
        niveau: ``seconde``, ``premiere`` or ``terminale``.
        atteint: everything is there.
        fait, attendu: steps done and expected, for a gauge.
        manques: codes of what is missing with the formation concerned (empty = the profile).
    """

    niveau: str
    atteint: bool
    fait: int
    attendu: int
    manques: tuple[Constat, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Diagnosis of a list of wishes."""

    comptes: Mapping[ClasseVoeu, int]
    ecarts: Mapping[ClasseVoeu, int]
    jalon: Jalon
    constats: tuple[Constat, ...] = ()
