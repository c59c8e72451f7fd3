"""Fit the estimate of every vœu from the official files, and pack it for the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.construction import admis, moyennes_admis, panel, previsions, sources, statistiques
from mps_desktop.catalogue.construction.panel import Fiche
from mps_desktop.catalogue.construction.sources import Row, count, number
from mps_desktop.catalogue.construction.voeux import Offre, Programme
from mps_desktop.catalogue.tableaux import encode
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.engine.acces import Chiffres
from mps_desktop.engine.ajustement import CHAMPS, Voeux, fit_voeux
from mps_desktop.engine.classes import Mouvement, Seuils
from mps_desktop.engine.intervalles import log_odds, rates_of
from mps_desktop.engine.latent import Admis, Series
from mps_desktop.engine.prevision import Retrait, Session, predict_rates
from mps_desktop.engine.seuils import build_seuils

TABLEAU = "ambition"
"""Name of the packed table: ``code`` (number of the vœu), ``type`` (rank of the bac type), then ``Reglage``."""
DECIMALES = 3

_GENERALE, _BAC = "-1", "-2"
_SERIES: tuple[tuple[str, ...], ...] = (
    ("Générale", "GEN", "G"),
    moyennes_admis.BACS_TECHNOLOGIQUES,
    moyennes_admis.BACS_PROFESSIONNELS,
)
_COUPES = (12.0, 14.0, 16.0, 18.0)
_NEUTRES = ((14.0, 2.0), (12.8, 1.8), (13.0, 1.8))
"""Mean and spread of a bac type of which the national file says nothing."""
Vecteur = NDArray[np.float64]


def fit_catalogue(programmes: Sequence[Programme], official: sources.SourceFolder, resources: Path) -> bytes:
    """Packed ``Reglage`` of every vœu and bac type that has enough data, by number of vœu.

    Raises:
        EnvironmentFault: a parameter file is missing or wrong.
    """
    seuils = read_seuils(resources)
    kept = sorted((one for one in programmes if one.offres and not one.apprentissage), key=lambda one: int(one.id[2:]))
    fiches = panel.read_2023(one.offres[2023].ligne for one in kept if 2023 in one.offres)
    prevision = previsions.predict_2024(
        panel.read_ancienne(official.rows(sources.PARCOURSUP_2018)),
        panel.read_ancienne(official.rows(sources.PARCOURSUP_2019)),
        fiches,
    )
    by_code = {one.id[2:]: one for one in kept}
    measured = [by_code[one.code] for one in prevision.fiches]
    rates = np.array([_rate_2024(one) for one in measured], dtype=np.float64)
    sure = np.array([_sure_rate(one) is not None for one in measured])
    everywhere = np.ones(len(rates), dtype=np.bool_)
    intervalles = previsions.learn(prevision, previsions.teaching(prevision, rates, sure), everywhere)
    strict = {one.code: float(rate) for one, rate in zip(prevision.fiches, prevision.prevu, strict=True)}
    ahead = predict_coming(kept, fiches, strict, seuils.mouvement)
    fields = fit_voeux(_voeux(kept, ahead), build_series(official.rows(sources.MOYENNES)), intervalles, seuils)
    return pack([int(one.id[2:]) for one in kept], fields)


def pack(codes: Sequence[int], fields: Mapping[str, Vecteur]) -> bytes:
    """One row per vœu and bac type that can be estimated; arrays of shape (n, 3)."""
    rows, types = np.nonzero(np.isfinite(fields[CHAMPS[0]]))
    columns = {"code": np.array(codes, dtype=np.int64)[rows], "type": types.astype(np.int64)}
    values = {name: fields[name][rows, types] for name in CHAMPS}
    return encode({**columns, **values}, dict.fromkeys(CHAMPS, DECIMALES), ("code",))


def read_seuils(resources: Path) -> Seuils:
    """Parameters of the estimate.

    Raises:
        EnvironmentFault: the file is missing, is not TOML, or lacks a value.
    """
    try:
        return build_seuils(tomllib.loads((resources / "parametres" / "classes.toml").read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as exc:
        raise EnvironmentFault(
            "Le fichier de paramètres « classes.toml » manque ou est mal écrit.", "Réinstallez MPS Bureau."
        ) from exc


def predict_coming(
    programmes: Sequence[Programme], fiches: Mapping[str, Fiche], strict: Mapping[str, float], mouvement: Mouvement
) -> Vecteur:
    """Rate of each whole vœu at the coming session, 0..1, NaN = no published rate, shape (n,).

    The rate of 2024 goes part of the way towards what 2023 and its neighbours lead to expect; one known in
    2023 only, towards its neighbours; candidates per place of 2025 then move both.
    """
    found = np.array([strict.get(one.id[2:], np.nan) for one in programmes])
    newest = [rank for rank, one in enumerate(programmes) if _sure_rate(one) is not None]
    if newest:
        session = _session_2024([programmes[rank] for rank in newest], fiches)
        predicted = predict_rates(session, Retrait(mouvement.poids, np.inf))
        faithful = np.array([_fili(programmes[rank]) in mouvement.familles_fideles for rank in newest])
        found[newest] = np.where(faithful, session.taux, predicted)
    pressure = np.array([_pressure(one, mouvement.pression_max) for one in programmes])
    return np.where(pressure == 0, found, rates_of(log_odds(found) - mouvement.pression * pressure))


def build_series(rows: Iterable[Row]) -> Series:
    """National averages by bac type, and the general average that is worth each mention.

    The average that half a type exceeds is worth the bac average that half exceeds, and so on: both
    distributions are published, not their link.
    """
    by_key = {(row["bac"], row["matiere_code"]): row for row in rows}
    centres, spreads, cuts = np.empty(3), np.empty(3), np.empty((3, len(_COUPES)))
    for rank, names in enumerate(_SERIES):
        general = np.sum([_histogram(by_key.get((name, _GENERALE))) for name in names], axis=0)
        at_bac = np.sum([_histogram(by_key.get((name, _BAC))) for name in names], axis=0)
        centres[rank], spreads[rank] = _moments(general, _NEUTRES[rank])
        cuts[rank] = _worth(general, at_bac)
    return Series(centres, spreads, cuts)


def _worth(general: Vecteur, at_bac: Vecteur) -> Vecteur:
    """General average at the same rank as each cut of the mentions; the cuts themselves without figures."""
    if not general.sum() or not at_bac.sum():
        return np.array(_COUPES)
    bounds = np.arange(len(general) + 1) / 2
    below, below_bac = _cumulated(general), _cumulated(at_bac)
    cuts = [float(np.interp(np.interp(cut, bounds, below_bac), below, bounds)) for cut in _COUPES]
    return np.array(cuts)


def _cumulated(histogram: Vecteur) -> Vecteur:
    """Share below each bound, 0 first."""
    return np.concatenate((np.zeros(1), np.cumsum(histogram) / histogram.sum())).astype(np.float64)


def _histogram(row: Row | None) -> Vecteur:
    """Admitted by half point of average, shape (40,); zeros for a series that the file does not have."""
    if row is None:
        return np.zeros(40)
    below = [count(row[f"cumul_{index / 2:04.1f}"]) or 0 for index in range(1, 41)]
    return np.maximum(np.diff(np.array([0, *below], dtype=np.float64)), 0.0)


def _moments(histogram: Vecteur, neutral: tuple[float, float]) -> tuple[float, float]:
    total = float(histogram.sum())
    if total <= 0:
        return neutral
    places = np.arange(len(histogram)) / 2 + 0.25
    centre = float(histogram @ places) / total
    return centre, max(0.5, float(histogram @ (places - centre) ** 2 / total) ** 0.5)


def _session_2024(programmes: Sequence[Programme], fiches: Mapping[str, Fiche]) -> Session:
    offres = [one.offres[2024] for one in programmes]
    past = [fiches.get(one.id[2:]) for one in programmes]
    keys = (
        [_fili(one) + "|" + statistiques.filiere_key(one) for one in programmes],
        [_fili(one) + "|" + offre.academie for one, offre in zip(programmes, offres, strict=True)],
        [_uai(one) or one.id for one in programmes],
    )
    return Session(
        taux=np.array([(offre.taux_acces or 0.0) / 100 for offre in offres]),
        candidats=np.array([float(offre.candidats or 0) for offre in offres]),
        places=np.array([np.nan if offre.capacite is None else float(offre.capacite) for offre in offres]),
        groupes=tuple(panel.number_groups(key) for key in keys),
        passe=(np.array([np.nan if fiche is None else fiche.taux for fiche in past]),),
    )


def _voeux(programmes: Sequence[Programme], ahead: Vecteur) -> Voeux:
    lines = [one.offres[2023].ligne if 2023 in one.offres else None for one in programmes]
    filis = tuple(_fili(one) for one in programmes)
    candidates = np.array([[_count(line, f"nb_voe_pp_{one}") for _, one, _ in admis.TYPES] for line in lines])
    shares = np.array([[_share(line, f"part_acces_{one}") for _, _, one in admis.TYPES] for line in lines])
    size = candidates.sum(axis=1)
    newest = np.array([float(next((o.candidats for o in one.newest() if o.candidats), 0)) for one in programmes])
    return Voeux(
        chiffres=Chiffres(
            taux=np.array([_share(line, "taux_acces_ens") for line in lines]),
            candidats=candidates,
            parts=shares,
            filiere=panel.number_groups([statistiques.filiere_key(one) or one.id for one in programmes]),
            fili=panel.number_groups(filis),
        ),
        prevu=ahead,
        effectif=np.where(size > 0, size, newest),
        famille=previsions.families_of(filis),
        fili=filis,
        admis=Admis(
            effectifs=np.array([[_count(line, f"acc_{one}") for _, one, _ in admis.TYPES] for line in lines]),
            avec_mention=np.array(
                [[_count(line, f"acc_{one}_mention") for _, one, _ in admis.TYPES] for line in lines]
            ),
            mentions=np.array([[_count(line, name) for name in admis.MENTIONS] for line in lines]),
        ),
    )


def _pressure(programme: Programme, most: float) -> float:
    """Change of the logarithm of candidates per place since the session of the rate, 0 when unknown."""
    newest = programme.offres.get(2025)
    base = programme.offres.get(2024) if _sure_rate(programme) is not None else programme.offres.get(2023)
    if newest is None or base is None or newest.incertain:
        return 0.0
    now, before = _per_place(newest), _per_place(base)
    return 0.0 if now is None or before is None else float(np.clip(np.log(now / before), -most, most))


def _per_place(offre: Offre) -> float | None:
    if not offre.candidats or not offre.capacite:
        return None
    return offre.candidats / offre.capacite


def _sure_rate(programme: Programme) -> float | None:
    """Rate published in 2024, 0..1, None when there is none or when the row may be another vœu's."""
    offre = programme.offres.get(2024)
    return None if offre is None or offre.incertain else _rate_2024(programme)


def _rate_2024(programme: Programme) -> float | None:
    """Rate published in 2024, 0..1, even when the row may be another vœu's; None when there is none."""
    offre = programme.offres.get(2024)
    return None if offre is None or offre.taux_acces is None else offre.taux_acces / 100


def _fili(programme: Programme) -> str:
    found = next((offre.fili for offre in programme.newest() if offre.fili), "")
    return found.replace("’", "'")


def _uai(programme: Programme) -> str:
    return next((offre.uai for offre in programme.newest() if offre.uai), "")


def _count(line: Row | None, column: str) -> float:
    return 0.0 if line is None else float(count(line.get(column, "")) or 0)


def _share(line: Row | None, column: str) -> float:
    found = None if line is None else number(line.get(column, ""))
    return np.nan if found is None else found / 100
