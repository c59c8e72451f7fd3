"""One row per vœu and session, in the few figures that predictions learn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.construction.sources import Row, count, number
from mps_desktop.engine.prevision import Session

_CODE_ANCIEN = "cod_aff_form (extrait du lien)"
_EFFECTIF = "Effectif total des candidats "
_ADMIS = "Dont effectif des admis néo bacheliers "
_MENTIONS_ANCIENNES = (
    "sans mention au bac",
    "avec mention Assez Bien au bac",
    "avec mention Bien au bac",
    "avec mention Très Bien au bac",
)
_MENTIONS_2023 = ("acc_sansmention", "acc_ab", "acc_b", "acc_tb", "acc_tbf")


@dataclass(frozen=True, slots=True)
class Fiche:
    """Figures of one vœu for one session; NaN = not published.

    Attributes:
        code: ``cod_aff_form``.
        taux: published access rate, 0..1.
        proportion: offers over candidates, 0..1.
        rang: rank of the last one called over candidates of the main phase, at most 1.
        candidats: of the main phase.
        mentions: admitted by mention, from none to très bien (2023: and félicitations).
    """

    code: str
    uai: str
    fili: str
    filiere: str
    academie: str
    taux: float
    proportion: float
    rang: float
    candidats: float
    places: float
    mentions: tuple[float, ...] = ()


def read_ancienne(rows: Iterable[Row]) -> dict[str, Fiche]:
    """Session 2018 or 2019 by code; rows without code are left out. No access rate was published then."""
    return {
        row[_CODE_ANCIEN]: Fiche(
            code=row[_CODE_ANCIEN],
            uai=row["Code UAI de l'établissement"],
            fili=row["Filière de formation très agrégée"],
            filiere=row["Filière de formation détaillée"],
            academie=row["Académie de l’établissement"],
            taux=np.nan,
            proportion=_ratio(
                row[_EFFECTIF + "ayant reçu une proposition d’admission de la part de l’établissement"],
                row[_EFFECTIF + "pour une formation"],
            ),
            rang=_ratio(row["Rang du dernier appelé"], row[_EFFECTIF + "en phase principale"]),
            candidats=_value(row[_EFFECTIF + "en phase principale"]),
            places=_value(row["Capacité de l’établissement par formation"]),
            mentions=tuple(float(count(row[_ADMIS + name]) or 0) for name in _MENTIONS_ANCIENNES),
        )
        for row in rows
        if row[_CODE_ANCIEN]
    }


def read_2023(rows: Iterable[Row]) -> dict[str, Fiche]:
    """Session 2023 by code, columns under their technical names."""
    return {
        row["cod_aff_form"]: Fiche(
            code=row["cod_aff_form"],
            uai=row["cod_uai"],
            fili=row["fili"],
            filiere=row["fil_lib_voe_acc"],
            academie=row["acad_mies"],
            taux=_value(row["taux_acces_ens"]) / 100,
            proportion=_ratio(row["prop_tot"], row["voe_tot"]),
            rang=np.nan,
            candidats=sum(float(count(row.get(f"nb_voe_pp_{one}")) or 0) for one in ("bg", "bt", "bp", "at")),
            places=_value(row["capa_fin"]),
            mentions=tuple(float(count(row[name]) or 0) for name in _MENTIONS_2023),
        )
        for row in rows
    }


def known_rates(fiches: Mapping[str, Fiche]) -> tuple[Fiche, ...]:
    """Vœux with a published access rate, in the order of their codes."""
    return tuple(sorted((one for one in fiches.values() if np.isfinite(one.taux)), key=lambda one: int(one.code)))


def build_session(fiches: Sequence[Fiche], taux: NDArray[np.float64], passe: Sequence[NDArray[np.float64]]) -> Session:
    """The shape that predictions read, one entry per vœu.

    Args:
        taux: rate to predict from, 0..1, in the same order.
        passe: older figures, in the same order.
    """
    keys = (
        [one.fili + "|" + one.filiere for one in fiches],
        [one.fili + "|" + one.academie for one in fiches],
        ["|".join((one.fili, one.filiere, one.academie)) for one in fiches],
        [one.uai for one in fiches],
    )
    return Session(
        taux=taux,
        candidats=values_of(fiches, "candidats"),
        places=values_of(fiches, "places"),
        groupes=tuple(number_groups(key) for key in keys),
        passe=tuple(passe),
    )


def number_groups(keys: Sequence[str]) -> NDArray[np.int64]:
    """Number of the group of each one, by its key."""
    numbers: NDArray[np.int64] = np.unique(np.array(keys, dtype=np.str_), return_inverse=True)[1]
    return numbers.astype(np.int64)


def values_of(fiches: Sequence[Fiche], name: str) -> NDArray[np.float64]:
    """One figure of every vœu, shape (n,)."""
    return np.array([getattr(one, name) for one in fiches], dtype=np.float64)


def past_values(fiches: Sequence[Fiche], older: Mapping[str, Fiche], name: str) -> NDArray[np.float64]:
    """One figure of the same vœux at an older session, NaN for those that it did not have."""
    return np.array(
        [getattr(older[one.code], name) if one.code in older else np.nan for one in fiches], dtype=np.float64
    )


def _value(text: str) -> float:
    found = number(text)
    return np.nan if found is None else found


def _ratio(part: str, whole: str) -> float:
    above, below = number(part), number(whole)
    return np.nan if above is None or not below else min(1.0, above / below)
