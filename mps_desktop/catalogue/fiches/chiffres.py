"""Published figures of a whole formation: its vœux put together, session by session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median
from typing import Any

import numpy as np

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.text import sort_key

_TYPES = ("generale", "technologique", "professionnelle")
_MENTIONS = ("sans_mention", "assez_bien", "bien", "tres_bien", "felicitations")


@dataclass(frozen=True, slots=True)
class SessionFormation:
    """Sums over the vœux of one session; None = published for none of them.

    Attributes:
        taux_median, taux_bas, taux_haut: taux d'accès of the middle vœu and of the quarters, percent.
        nb_taux: vœux whose taux d'accès is published.
    """

    session: int
    nb_voeux: int
    capacite: int | None
    candidats: int | None
    admis: int | None
    taux_median: float | None
    taux_bas: float | None
    taux_haut: float | None
    nb_taux: int


@dataclass(frozen=True, slots=True)
class AdmisFormation:
    """Who was admitted in one session, percent, weighted by the number admitted; empty = not published."""

    session: int
    types: tuple[float, ...]
    mentions: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class VoeuChiffre:
    """One vœu in a list.

    Attributes:
        evolution: "nouveau" or "disparu" in the newest session, else empty.
        taux, session_taux: newest published taux d'accès, percent, and its session.
    """

    id: str
    formation_id: str
    libelle: str
    etablissement: str
    commune: str
    uai: str
    statut: str
    capacite: int | None
    derniere_session: int
    evolution: str
    apprentissage: bool
    taux: float | None
    session_taux: int | None


def sessions_of(catalogue: Catalogue, formation_id: str) -> tuple[SessionFormation, ...]:
    """Figures of a formation, oldest session first."""
    voeux = [voeu.id for voeu in catalogue.voeux_of_formation(formation_id)]
    rows = [one for stats in catalogue.statistiques(voeux).values() for one in stats.sessions]
    found: list[SessionFormation] = []
    for session in sorted({row.session for row in rows}):
        mine = [row for row in rows if row.session == session]
        taux = sorted(row.taux_acces for row in mine if row.taux_acces is not None)
        found.append(
            SessionFormation(
                session,
                len(mine),
                _sum([row.capacite for row in mine]),
                _sum([row.candidats for row in mine]),
                _sum([row.admis for row in mine]),
                median(taux) if taux else None,
                taux[len(taux) // 4] if taux else None,
                taux[(3 * len(taux)) // 4] if taux else None,
                len(taux),
            )
        )
    return tuple(found)


def admis_of(catalogue: Catalogue, formation_id: str) -> tuple[AdmisFormation, ...]:
    """Bac types and mentions of the admitted, oldest session first."""
    voeux = [voeu.id for voeu in catalogue.voeux_of_formation(formation_id)]
    admis = {
        (int(voeu_id.removeprefix("ta")), one.session): one.admis
        for voeu_id, stats in catalogue.statistiques(voeux).items()
        for one in stats.sessions
        if one.admis
    }
    names = ("voeu_id", "session", *(f"pct_{one}" for one in _TYPES), *_MENTIONS)
    rows = [
        (session, weight, *(None if isnan(share) else share for share in shares))
        for number, session, *shares in _lines(catalogue, "voeux_admis", "voeu_id", {one for one, _ in admis}, names)
        if (weight := admis.get((number, session))) is not None
    ]
    found: list[AdmisFormation] = []
    for session in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == session]
        types = _weighted([(row[1], row[2:5]) for row in mine])
        mentions = _weighted([(row[1], row[5:10]) for row in mine])
        if types or mentions:
            found.append(AdmisFormation(session, types, mentions))
    return tuple(found)


def middle_half(catalogue: Catalogue, formation_id: str) -> tuple[float, float] | None:
    """Bounds, out of 20, between which half of the admitted had their bac average (estimated)."""
    wanted = _numbers(catalogue, "stats_percentiles", "formation_id", formation_id)
    rows = _lines(catalogue, "stats_percentiles", "formation_id", wanted, ("bac.", "r25", "r75"))
    found = [(low, high) for bac, low, high in rows if bac == "NC"]
    return (found[0][0] / 2, (found[0][1] + 1) / 2) if found else None


def specialites_of(catalogue: Catalogue, formation_id: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Spécialités of the admitted of general bac with their share in percent (estimated), largest first."""
    wanted = _numbers(catalogue, "stats_specialites", "formation_id", formation_id)
    rows = _lines(catalogue, "stats_specialites", "formation_id", wanted, ("specialite_id.", "pct"))
    named = [(catalogue.libelle(specialite), int(pct)) for specialite, pct in rows if pct > 0]
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))[:limit]


def methode(catalogue: Catalogue, code: str) -> str:
    """How a figure was obtained, with its session, in our words; empty when the catalogue does not say."""
    rows = catalogue.rows("SELECT nature, session, texte FROM methodes WHERE code = ?", (code,))
    return f"Chiffre {rows[0][0]}, session {rows[0][1]}. {rows[0][2]}" if rows else ""


def voeux_of(catalogue: Catalogue, ids: Sequence[str]) -> tuple[VoeuChiffre, ...]:
    """Those vœux with their newest published taux d'accès, in the order asked."""
    taux = {
        voeu_id: (one.taux_acces, one.session)
        for voeu_id, stats in catalogue.statistiques(ids).items()
        for one in stats.sessions
        if one.taux_acces is not None
    }
    return tuple(
        VoeuChiffre(
            voeu.id, voeu.formation_id, voeu.libelle, voeu.etablissement, voeu.commune, voeu.uai, voeu.statut,
            voeu.capacite, voeu.derniere_session, voeu.evolution, voeu.apprentissage, *taux.get(voeu.id, (None, None)),
        )
        for voeu in catalogue.voeux(ids)
    )  # fmt: skip


def voeux_at(catalogue: Catalogue, uai: str) -> tuple[VoeuChiffre, ...]:
    """Vœux of one établissement, by label."""
    rows = catalogue.rows("SELECT id FROM voeux WHERE uai = ? ORDER BY libelle, id", (uai,))
    return voeux_of(catalogue, [row[0] for row in rows])


def last_session(catalogue: Catalogue) -> int:
    """Newest session in the catalogue."""
    rows = catalogue.rows("SELECT max(derniere_session) FROM voeux")
    return rows[0][0] or 0


def metiers_of_domaine(catalogue: Catalogue, domaine_id: str) -> tuple[str, ...]:
    """Métiers of a domaine, in French order of their labels."""
    rows = catalogue.rows("SELECT id FROM atomes WHERE element_id = ?", (domaine_id,))
    edges = catalogue.tableau("aretes")
    known = edges.get("source.valeurs", [])
    sources = {known.index(one) for one in (domaine_id, *(row[0] for row in rows)) if one in known}
    found = _lines(catalogue, "aretes", "source", sources, ("genre.", "cible."))
    metiers = catalogue.metiers(dict.fromkeys(cible for genre, cible in found if genre == "domaine_metier"))
    return tuple(one.id for one in sorted(metiers, key=lambda one: sort_key(one.libelle)))


def _numbers(catalogue: Catalogue, table: str, column: str, text: str) -> set[int]:
    """Number of a text in a packed column of texts, in a set that is empty when nothing has it."""
    known = catalogue.tableau(table).get(f"{column}.valeurs", [])
    return {known.index(text)} if text in known else set()


def _lines(
    catalogue: Catalogue, table: str, column: str, wanted: Iterable[int], names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Rows of a packed table whose ``column`` is one of those numbers; a name with a dot is read as its text."""
    columns = catalogue.tableau(table)
    if not columns:
        return []
    ranks = np.flatnonzero(np.isin(columns[column], sorted(wanted)))
    read = [columns[name.removesuffix(".")][ranks].tolist() for name in names]
    for at, name in enumerate(names):
        if name.endswith("."):
            texts = columns[f"{name}valeurs"]
            read[at] = [texts[number] for number in read[at]]
    return list(zip(*read, strict=True))


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _weighted(rows: list[tuple[int, tuple[float | None, ...]]]) -> tuple[float, ...]:
    """Mean of the shares weighted by the number admitted, over the vœux that publish all of them."""
    full = [(weight, [part for part in parts if part is not None]) for weight, parts in rows if None not in parts]
    total = sum(weight for weight, _ in full)
    if not total:
        return ()
    size = len(full[0][1])
    return tuple(sum(weight * parts[i] for weight, parts in full) / total for i in range(size))
