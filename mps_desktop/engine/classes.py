"""Words and figures shared by the estimate of a wish and by the balance of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mps_desktop.engine.categories import Categorie


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
        reglages: what was fitted when the catalogue was built; a bac type is absent when data do not suffice.
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
    reglages: Mapping[TypeBac, Reglage] = field(default_factory=dict[TypeBac, "Reglage"])


@dataclass(frozen=True, slots=True)
class Reglage:
    """What the fit of ``engine.ajustement`` keeps of one vœu for one bac type.

    Attributes:
        niveau: access of the bac type at the coming session, log-odds.
        dessous, dessus: how far the 80 % interval goes below and above, log-odds.
        seuil: average above which the vœu opens, points out of 20.
        seuil_bas, seuil_haut: the same at the lower and upper bounds of the interval (seuil_bas is the harder).
    """

    niveau: float
    dessous: float
    dessus: float
    seuil: float
    seuil_bas: float
    seuil_haut: float


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
        session_ajustement: last session that ``StatsVoeu.reglages`` were fitted on, 0 = unknown.
    """

    parents: Mapping[tuple[str, str, TypeBac], TauxParent]
    moyennes: Mapping[str, tuple[float, ...]]
    session_moyennes: int
    session_ajustement: int = 0


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
class Mouvement:
    """How the rate of a whole vœu is carried to the coming session.

    Attributes:
        poids: share of the way from the newest rate to the expected one, the session before included.
        familles_fideles: families where the newest rate alone is kept: there, repeating it misses less.
        pression: log-odds lost for one unit of the logarithm of candidates per place.
        pression_max: largest change of that logarithm that counts.
    """

    poids: float
    familles_fideles: tuple[str, ...]
    pression: float
    pression_max: float


@dataclass(frozen=True, slots=True)
class EffetMoyenne:
    """Parameters of the link between a general average and access; points are out of 20.

    Attributes:
        bruits: standard deviation of all that the average does not say, points, by family of vœux.
        bruit: the same for the other families.
        incertitude: standard deviation of the place of the threshold, points.
        parts_inconnue: quantiles of the averages that bound an unknown one.
        part_ecart: spread of the candidates of one vœu, as a share of that of their whole bac type.
        lien: standard deviation of the bac average for one general average.
        ecart_commun: how far the candidates of a vœu may stand from those of its family.
        ecart_type: the same, each bac type on its own.
        poids_bas: share that is kept of a shift towards weaker candidates.
    """

    bruits: Mapping[str, float]
    bruit: float
    incertitude: float
    parts_inconnue: tuple[float, float]
    part_ecart: float
    lien: float
    ecart_commun: float
    ecart_type: float
    poids_bas: float


@dataclass(frozen=True, slots=True)
class Seuils:
    """Cuts of the classes and parameters of the estimate, all read from a file.

    Attributes:
        session: session that they were set for.
        ambitieux: A+ below this probability.
        securisant, securisant_bas: B from this probability and this lower bound on.
        candidats_presence: candidates of the bac type below which nothing is estimated: the vœu may
            be closed to that type.
        candidats_min: candidates of the bac type below which nothing is read alone, and never B.
        candidats_min_parent: candidates of the bac type that make a parent usable.
        concentration: candidates that the expected rate weighs in the shrinkage.
        marge: rates are kept this far from 0 and 1.
        part_academie: percent of the admitted from the académie from which it is told.
        taux_ouvert: percent from which a vœu that does not select had a place for everybody.
        sessions_ouvert: sessions in a row that it takes to say so.
    """

    session: int
    ambitieux: float
    securisant: float
    securisant_bas: float
    candidats_presence: int
    candidats_min: int
    candidats_min_parent: int
    concentration: float
    marge: float
    part_academie: float
    taux_ouvert: float
    sessions_ouvert: int
    mouvement: Mouvement
    moyenne: EffetMoyenne


@dataclass(frozen=True, slots=True)
class Limites:
    """What Parcoursup accepts in one session.

    Attributes:
        voeux, voeux_apprentissage: vœux, a vœu multiple counting for one.
        sous_voeux, sous_voeux_total: counted sous-vœux of one vœu multiple, and of all.
        categories: the first that fits decides; a formation that none fits is an ordinary vœu.
    """

    session: int
    voeux: int
    voeux_apprentissage: int
    sous_voeux: int
    sous_voeux_total: int
    categories: tuple[Categorie, ...] = ()


@dataclass(frozen=True, slots=True)
class Regles:
    """What a list of wishes is held to, all read from files.

    Attributes:
        gravites: code of finding -> 1..3.
        voeux_par_formation: wishes expected for each formation in terminale.
        formations_min, metiers_min: expected in première.
        completude_vide: percent of the profile up to which it counts as empty.
        bas_solide: lower bound from which a B is solid, 0..1.
        ecart_declare: steps between declared and estimated class that are worth a word.
        auto_censure_min: classed wishes from which "all B" is looked at.
        ambitieux_min: classed wishes from which "all A+" is a finding.
        rayon_km: beyond it a vœu is outside the preferred towns.
        rayons_km: radii tried one after the other by the completion; then everywhere.
        propositions_max: wishes proposed at once.
        jalon_proche_jours: days before the due date from which it is recalled.
        part_commune: share of what decides an offer that is common to the wishes of one student.
        portee_haut: upper bound from which an ambitious vœu is still within reach, 0..1.
    """

    gravites: Mapping[str, int]
    voeux_par_formation: int
    formations_min: int
    metiers_min: int
    completude_vide: int
    bas_solide: float
    ecart_declare: int
    auto_censure_min: int
    ambitieux_min: int
    rayon_km: float
    limites: Limites
    rayons_km: tuple[float, ...] = (50.0, 100.0, 200.0)
    propositions_max: int = 6
    jalon_proche_jours: int = 30
    part_commune: float = 0.5
    portee_haut: float = 0.4


@dataclass(frozen=True, slots=True)
class VoeuBalance:
    """One wish of a list, with its three classes.

    Attributes:
        bas: lower bound of the estimate (0..1), None when there is none.
        connu: False when the vœu is no longer in the catalogue.
        distance_km: to the nearest preferred town, None when unknown or no town was stated.
        compatible_duree, compatible_alternance: False when it contradicts what was stated.
        apprentissage: counted apart in the limits of Parcoursup.
        fili: aggregated family; empty = unknown.
        categorie: how it counts on Parcoursup, empty = told by its family.
        etablissement: UAI, for the categories that count an établissement once.
        haut: upper bound of the estimate, as ``bas``.
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
    apprentissage: bool = False
    fili: str = ""
    categorie: str = ""
    etablissement: str = ""
    haut: float | None = None

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
