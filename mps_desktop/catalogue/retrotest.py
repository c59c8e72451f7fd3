"""Back-test of the estimate on real sessions: 2024 predicted without seeing it, then compared.

Strict for the points (sessions up to 2023 only), cross-fitted by établissement for the intervals.
Vœux whose 2024 or 2025 row was matched ambiguously are in no measure of the whole; those of the families
that have few others (``previsions.INCERTAINES``) teach their own intervals and are measured apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.construction import panel, parts_mentions, previsions, sources, statistiques
from mps_desktop.catalogue.construction.panel import Fiche
from mps_desktop.catalogue.construction.sources import Row, number
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import replacing
from mps_desktop.core.progress import Progress

COUPES = (0.40, 0.80)
GROUPE_MIN = 200
DEMI_LARGEUR_CONSTANTE = 0.14
FICHIERS = (
    sources.COLONNES, sources.PARCOURSUP_2018, sources.PARCOURSUP_2019, sources.PARCOURSUP_2023,
    sources.PARCOURSUP_2024, sources.PARCOURSUP_2025,
)  # fmt: skip
"""Those that the back-test reads."""
_STEPS = 5
_TOLERANCE = 1e-9
_MULTI = "_multi"

Vecteur = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mesure:
    """One predictor on the same rows. Points are 0..100, shares percent."""

    mae: float
    classes_exactes_pct: float
    classes_ecart_de_deux_pct: float


@dataclass(frozen=True, slots=True)
class Groupe:
    """One family or one fifth of the vœux by size. Widths in points, coverages in percent."""

    nom: str
    voeux: int
    mae: float
    mae_persistance: float
    couverture_pct: float
    largeur_mediane: float
    couverture_constante_pct: float
    classes_exactes_pct: float = 0.0
    classes_exactes_persistance_pct: float = 0.0

    @property
    def persistance_battue(self) -> bool:
        """The prediction misses less than repeating the last rate, or as much."""
        return self.mae <= self.mae_persistance


@dataclass(frozen=True, slots=True)
class Dizieme:
    """One tenth of the vœux by predicted rate, percent."""

    rang: int
    voeux: int
    prevu: float
    observe: float
    ecart: float


@dataclass(frozen=True, slots=True)
class MesureMentions:
    """Shares of the mentions of 2025, mean absolute error in points over the five shares."""

    voeux: int
    mae: float
    mae_persistance: float
    imputees_ecartees: int


@dataclass(frozen=True, slots=True)
class Retrotest:
    """Everything that the back-test measures.

    Attributes:
        connus: vœux present in 2023 and 2024, ambiguous matches included; what ``predictions`` lists.
        voeux: those with both rates, matched without ambiguity.
        ambigus: families with few sure matches, all their vœux; in no other measure.
        retrait: share of the way towards the expected rate for 0 candidates, and candidates that halve it.
        predictions: rows ``(code, predicted, low, high)``, points 0..100.
    """

    voeux: int
    connus: int
    modele: Mesure
    persistance: Mesure
    couverture_pct: float
    largeur_mediane: float
    largeur_moyenne: float
    constante: Groupe
    familles: tuple[Groupe, ...]
    ambigus: tuple[Groupe, ...]
    tailles: tuple[Groupe, ...]
    fiabilite: tuple[Dizieme, ...]
    fiabilite_persistance: tuple[Dizieme, ...]
    ecart_fiabilite_max: float
    mentions: MesureMentions
    retrait: tuple[float, float]
    predictions: tuple[tuple[str, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SessionsLues:
    """What the back-test reads. Later sessions are mappings by code."""

    session_2018: Mapping[str, Fiche]
    session_2019: Mapping[str, Fiche]
    session_2023: Mapping[str, Fiche]
    taux_2024: Mapping[str, float]
    incertains_2024: frozenset[str]
    mentions_2025: Mapping[str, tuple[float, ...]]
    imputees_2025: int = 0


def read_sessions(folder: Path) -> SessionsLues:
    """Read the official files of every session found below a folder.

    Raises:
        EnvironmentFault: a file is missing, damaged, or lacks a column; the others of the folder are not looked at.
    """
    official = sources.SourceFolder(folder, FICHIERS)
    columns = [list(row.values())[1] for row in official.rows(sources.COLONNES)]
    with sources.readable(sources.PARCOURSUP_2018):
        session_2018 = panel.read_ancienne(official.rows(sources.PARCOURSUP_2018))
    with sources.readable(sources.PARCOURSUP_2019):
        session_2019 = panel.read_ancienne(official.rows(sources.PARCOURSUP_2019))
    with sources.readable(sources.PARCOURSUP_2023):
        session_2023 = panel.read_2023(official.positional_rows(sources.PARCOURSUP_2023, columns))
    with sources.readable(sources.PARCOURSUP_2024):
        rows_2024 = [row for row in official.rows(sources.PARCOURSUP_2024) if row["cod_aff_form_apparie"]]
        rates = {row["cod_aff_form_apparie"]: number(row["Taux d’accès"]) for row in rows_2024}
        unsure = frozenset(row["cod_aff_form_apparie"] for row in rows_2024 if not _is_sure(row))
    with sources.readable(sources.PARCOURSUP_2025):
        rows_2025 = [row for row in official.rows(sources.PARCOURSUP_2025) if _is_sure(row)]
        shares = {row["cod_aff_form_apparie"]: statistiques.mentions_2025(row) for row in rows_2025}
        imputed = sum(row["mentions_suspect_imputees"] != "0" for row in rows_2025)
    return SessionsLues(
        session_2018=session_2018,
        session_2019=session_2019,
        session_2023=session_2023,
        taux_2024={code: np.nan if rate is None else rate / 100 for code, rate in rates.items()},
        incertains_2024=unsure,
        mentions_2025={code: tuple(part / 100 for part in parts) for code, parts in shares.items() if parts},
        imputees_2025=imputed,
    )


def run_retrotest(read: SessionsLues, progress: Progress) -> Retrotest:
    """Predict 2024 and the mentions of 2025 from the sessions up to 2023, then measure.

    Raises:
        EnvironmentFault: no vœu has a rate in both sessions.
        Cancelled: stopped by the user.
    """
    progress.step("Prévision de 2024 d’après 2018, 2019 et 2023", 0, _STEPS)
    prevision = previsions.predict_2024(read.session_2018, read.session_2019, read.session_2023)
    codes = [one.code for one in prevision.fiches]
    observed = np.array([read.taux_2024.get(code, np.nan) for code in codes])
    sure = np.array([code not in read.incertains_2024 for code in codes]) & np.isfinite(observed)
    progress.step("Intervalles, appris sur les autres établissements", 1, _STEPS)
    places = etablissements(prevision.fiches)
    low, high = previsions.cross_fit(prevision, previsions.teaching(prevision, observed, sure), places)
    progress.step("Mentions de 2025", 3, _STEPS)
    mentions = _mentions(read)
    progress.step("Mesures", 4, _STEPS)
    known = np.array([code in read.taux_2024 for code in codes])
    listed = tuple(
        (code, _points(middle), _points(below), _points(above))
        for code, middle, below, above, keep in zip(codes, prevision.prevu, low, high, known, strict=True)
        if keep
    )
    base, prevu, published = prevision.base[sure], prevision.prevu[sure], observed[sure]
    bounds = (low[sure], high[sure])
    if not len(base):
        raise EnvironmentFault(
            "Aucun vœu n’a de taux d’accès en 2023 et en 2024 dans ces fichiers.",
            "Vérifiez le dossier des sources, puis relancez la commande.",
        )
    table = _Mesures(base, prevu, published, *bounds)
    fifth = _fifths(prevision.candidats[sure])
    families = prevision.familles[sure]
    names = (*previsions.FILIS, "autres familles")
    reliability = _deciles(prevu, published)
    progress.step("Mesures terminées", _STEPS, _STEPS)
    return Retrotest(
        voeux=int(sure.sum()),
        connus=int(known.sum()),
        modele=_measure(prevu, published),
        persistance=_measure(base, published),
        couverture_pct=_percent(table.inside),
        largeur_mediane=_points(np.median(bounds[1] - bounds[0])),
        largeur_moyenne=_points(np.mean(bounds[1] - bounds[0])),
        constante=table.group("tous", np.ones(len(base), dtype=np.bool_)),
        familles=table.groups(names, families),
        ambigus=_ambiguous(prevision, observed, low, high),
        tailles=table.groups(_TAILLES, fifth),
        fiabilite=reliability,
        fiabilite_persistance=_deciles(base, published),
        ecart_fiabilite_max=max((abs(one.ecart) for one in reliability), default=0.0),
        mentions=mentions,
        retrait=(round(prevision.retrait.poids, 3), prevision.retrait.echelle),
        predictions=listed,
    )  # fmt: skip


def etablissements(fiches: tuple[Fiche, ...]) -> NDArray[np.int64]:
    """Number of the établissement of every vœu, spread over the folds; one without UAI is its own.

    The number depends on the établissement alone, so that a vœu more or less moves no fold.
    """
    return np.array([_spread(one.uai or one.code) for one in fiches], dtype=np.int64)


def write_predictions(retrotest: Retrotest, target: Path) -> None:
    """CSV of every vœu known in both sessions: ``cod_aff_form;prevu;bas;haut``, points 0..100.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    lines = ["cod_aff_form;prevu;bas;haut"]
    lines += [f"{code};{middle:.2f};{low:.2f};{high:.2f}" for code, middle, low, high in retrotest.predictions]
    with replacing(target) as neighbour:
        neighbour.write_text("\n".join(lines) + "\n", encoding="utf-8")


_TAILLES = ("très petits", "petits", "moyens", "grands", "très grands")


@dataclass(frozen=True, slots=True)
class _Mesures:
    """Rows that are measured, 0..1, shape (n,)."""

    base: Vecteur
    prevu: Vecteur
    observe: Vecteur
    bas: Vecteur
    haut: Vecteur

    @property
    def inside(self) -> NDArray[np.bool_]:
        return (self.observe >= self.bas - _TOLERANCE) & (self.observe <= self.haut + _TOLERANCE)

    def groups(self, names: tuple[str, ...], ranks: NDArray[np.int64]) -> tuple[Groupe, ...]:
        present = set(ranks.tolist())
        return tuple(self.group(name, ranks == rank) for rank, name in enumerate(names) if rank in present)

    def group(self, name: str, rows: NDArray[np.bool_]) -> Groupe:
        around = np.abs(self.base - self.observe) <= DEMI_LARGEUR_CONSTANTE + _TOLERANCE
        return Groupe(
            nom=name,
            voeux=int(rows.sum()),
            mae=_points(np.mean(np.abs(self.prevu - self.observe)[rows])),
            mae_persistance=_points(np.mean(np.abs(self.base - self.observe)[rows])),
            couverture_pct=_percent(self.inside[rows]),
            largeur_mediane=_points(np.median((self.haut - self.bas)[rows])),
            couverture_constante_pct=_percent(around[rows]),
            classes_exactes_pct=_percent(_class_gap(self.prevu, self.observe)[rows] == 0),
            classes_exactes_persistance_pct=_percent(_class_gap(self.base, self.observe)[rows] == 0),
        )


def _ambiguous(prevision: previsions.Prevision, observed: Vecteur, low: Vecteur, high: Vecteur) -> tuple[Groupe, ...]:
    """Measures of ``INCERTAINES``, ambiguous matches included: else nobody would know whether they hold."""
    known = np.isfinite(observed)
    table = _Mesures(prevision.base[known], prevision.prevu[known], observed[known], low[known], high[known])
    families = prevision.familles[known]
    ranks = zip(previsions.INCERTAINES, previsions.families_of(previsions.INCERTAINES), strict=True)
    return tuple(table.group(name, families == rank) for name, rank in ranks if (families == rank).any())


def _mentions(read: SessionsLues) -> MesureMentions:
    fiches, before, predicted = parts_mentions.predict_shares(read.session_2018, read.session_2019, read.session_2023)
    kept = [rank for rank, one in enumerate(fiches) if one.code in read.mentions_2025]
    if not kept:
        return MesureMentions(0, 0.0, 0.0, read.imputees_2025)
    after = np.array([read.mentions_2025[fiches[rank].code] for rank in kept])
    ours, last = (_points(np.mean(np.abs(shares[kept] - after))) for shares in (predicted, before))
    return MesureMentions(len(kept), ours, last, read.imputees_2025)


def _measure(predicted: Vecteur, observed: Vecteur) -> Mesure:
    gap = _class_gap(predicted, observed)
    return Mesure(_points(np.mean(np.abs(predicted - observed))), _percent(gap == 0), _percent(gap == 2))


def _class_gap(predicted: Vecteur, observed: Vecteur) -> NDArray[np.intp]:
    """Steps between the class of the prediction and the one that was observed."""
    return np.abs(np.digitize(predicted, COUPES) - np.digitize(observed, COUPES))


def _deciles(predicted: Vecteur, observed: Vecteur) -> tuple[Dizieme, ...]:
    """Mean predicted and observed rates of ten parts of equal size, lowest predictions first."""
    order = np.argsort(predicted, kind="stable")
    rows: list[Dizieme] = []
    for rank, part in enumerate(np.array_split(order, 10), start=1):
        if len(part):
            middle, seen = _points(predicted[part].mean()), _points(observed[part].mean())
            rows.append(Dizieme(rank, len(part), middle, seen, round(middle - seen, 2)))
    return tuple(rows)


def _fifths(candidates: Vecteur) -> NDArray[np.int64]:
    """Fifth of each vœu by candidates, 0 = the smallest; vœux of the same size share one."""
    return np.searchsorted(np.quantile(candidates, (0.2, 0.4, 0.6, 0.8)), candidates)


def _spread(text: str) -> int:
    """A number that depends on the text alone (the hash of Python changes at each start)."""
    total = 0
    for char in text:
        total = (total * 131 + ord(char)) % 1_000_003
    return total


def _is_sure(row: Row) -> bool:
    return bool(row["cod_aff_form_apparie"]) and not row["methode_appariement"].endswith(_MULTI)


def _points(value: float | np.floating) -> float:
    return round(100 * float(value), 2)


def _percent(hits: NDArray[np.bool_]) -> float:
    return round(100 * float(np.mean(hits)), 2)
