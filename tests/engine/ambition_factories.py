"""Invented vœux and national figures, and the parameters that are shipped."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from mps_desktop.core.paths import find_resources
from mps_desktop.engine.acces import Chiffres
from mps_desktop.engine.ajustement import Voeux, fit_voeux
from mps_desktop.engine.classes import (
    ClasseVoeu,
    Mentions,
    References,
    Reglage,
    Regles,
    Seuils,
    StatsBac,
    StatsSession,
    StatsVoeu,
    TauxParent,
    TypeBac,
    VoeuBalance,
)
from mps_desktop.engine.intervalles import constant_intervals
from mps_desktop.engine.latent import Admis, Series
from mps_desktop.services.parametres import load_parametres

SERIES = Series(
    np.array([14.0, 12.9, 13.2]), np.array([1.9, 1.7, 1.7]), np.tile(np.array([12.5, 14.2, 15.9, 17.6]), (3, 1))
)
"""National facts close to the real ones."""

G, T, P = TypeBac.GENERAL, TypeBac.TECHNOLOGIQUE, TypeBac.PROFESSIONNEL


def shipped_seuils() -> Seuils:
    return load_parametres(find_resources()).seuils


def shipped_regles() -> Regles:
    return load_parametres(find_resources()).regles


def moyennes(centre: float = 13.0, spread: float = 2.0) -> tuple[float, ...]:
    """A triangular series of averages, cumulated as in the catalogue."""
    weights = [max(0.0, 1 - abs(i / 2 + 0.25 - centre) / (3 * spread)) for i in range(40)]
    total = sum(weights)
    return tuple(sum(weights[:i]) / total for i in range(40))


def references(candidats: int = 5000) -> References:
    rates = {G: 0.55, T: 0.45, P: 0.40}
    levels = (("filiere", "BTS fictif"), ("fili", "BTS"), ("national", ""))
    return References(
        parents={(level, key, bac): TauxParent(rates[bac], candidats) for level, key in levels for bac in TypeBac},
        moyennes={"Générale": moyennes(14.0), "STMG": moyennes(12.5), "P": moyennes(13.0), "NC": moyennes()},
        session_moyennes=2023,
    )


def voeu(
    rates: dict[int, float | None],
    candidats: tuple[int, ...] = (400, 300, 200),
    parts: tuple[float, ...] | None = (45.0, 33.0, 22.0),
    *,
    fili: str = "BTS",
    filiere: str = "BTS fictif",
    selectif: bool = True,
    apprentissage: bool = False,
    mentions: Mentions | None = None,
    pct_meme_academie: float | None = None,
) -> StatsVoeu:
    shares = parts or (None, None, None)
    stats = StatsVoeu(
        id="ta1",
        fili=fili,
        filiere=filiere,
        selectif=selectif,
        apprentissage=apprentissage,
        sessions=tuple(StatsSession(s, 30, 900 + s - 2023, 200, 30, rate) for s, rate in sorted(rates.items())),
        par_bac={
            bac: StatsBac(count, round(count / 4), share)
            for bac, count, share in zip(TypeBac, candidats, shares, strict=True)
        },
        mentions=mentions,
        pct_meme_academie=pct_meme_academie,
    )
    return fitted(stats)


def fitted(stats: StatsVoeu, seuils: Seuils | None = None, demi_largeur: float = 0.6) -> StatsVoeu:
    """The same vœu, fitted as when the catalogue is built, beside a large one of the BTS of these tests."""
    seuils = seuils or shipped_seuils()
    sister = replace(
        stats,
        filiere="BTS fictif",
        fili="BTS",
        sessions=(StatsSession(2023, 30, 900, 200, 30, 50.0),),
        par_bac={bac: StatsBac(5000, 900, share) for bac, share in zip(TypeBac, (37.0, 33.0, 30.0), strict=True)},
        mentions=None,
    )
    pair = (stats, sister)
    rates = [[one.taux_acces for one in voeu.sessions if one.taux_acces is not None] for voeu in pair]
    ahead = [
        np.nan if not known else known[-1] + seuils.mouvement.poids * (_before(known) - known[-1]) for known in rates
    ]
    numbers = [[voeu.par_bac.get(bac, StatsBac(0, None, None)) for bac in TypeBac] for voeu in pair]
    candidats = np.array([[one.candidats for one in row] for row in numbers], dtype=np.float64)
    admis = [[30 * (one.part_acces or 0.0) / 100 for one in row] for row in numbers]
    mentions = [voeu.mentions for voeu in pair]
    counts = [
        [0.0] * 5
        if one is None
        else [0.4 * part for part in (one.sans, one.assez_bien, one.bien, one.tres_bien, one.felicitations)]
        for one in mentions
    ]
    found = fit_voeux(
        Voeux(
            chiffres=Chiffres(
                taux=np.array([_published(voeu) for voeu in pair]) / 100,
                candidats=candidats,
                parts=np.array([[np.nan if o.part_acces is None else o.part_acces / 100 for o in r] for r in numbers]),
                filiere=np.array([0, 1 - (stats.filiere == sister.filiere)]),
                fili=np.array([0, 1 - (stats.fili == sister.fili)]),
            ),
            prevu=np.array(ahead) / 100,
            effectif=candidats.sum(axis=1),
            famille=np.zeros(2, dtype=np.int64),
            fili=(stats.fili, sister.fili),
            admis=Admis(np.array(admis, dtype=np.float64), np.array(admis) * 0.6, np.array(counts)),
        ),
        SERIES,
        constant_intervals(demi_largeur, 1),
        seuils,
    )
    kept = {
        bac: Reglage(*(float(found[field.name][0, rank]) for field in fields(Reglage)))
        for rank, bac in enumerate(TypeBac)
        if np.isfinite(found["niveau"][0, rank])
    }
    return replace(stats, reglages=kept)


def _published(stats: StatsVoeu) -> float:
    rate = next((one.taux_acces for one in stats.sessions if one.session == stats.session_bac), None)
    return np.nan if rate is None else rate


def _before(known: list[float]) -> float:
    return known[-2] if len(known) > 1 else known[-1]


def choisi(
    identifiant: str, formation: str, estimee: ClasseVoeu, *, bas: float | None = 0.7, **autres: object
) -> VoeuBalance:
    return VoeuBalance(identifiant, formation, estimee, bas, **autres)  # type: ignore[arg-type]  # test shorthand
