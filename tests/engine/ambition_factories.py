"""Invented vœux and national figures, and the parameters that are shipped."""

from __future__ import annotations

from mps_desktop.core.paths import find_resources
from mps_desktop.engine.classes import (
    ClasseVoeu,
    Mentions,
    References,
    Regles,
    Seuils,
    StatsBac,
    StatsSession,
    StatsVoeu,
    TauxParent,
    TypeBac,
    VoeuBalance,
)
from mps_desktop.services.parametres import load_parametres

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
    return StatsVoeu(
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


def choisi(
    identifiant: str, formation: str, estimee: ClasseVoeu, *, bas: float | None = 0.7, **autres: object
) -> VoeuBalance:
    return VoeuBalance(identifiant, formation, estimee, bas, **autres)  # type: ignore[arg-type]  # test shorthand
