"""Published figures of a whole formation: its vœux put together, session by session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mps_desktop.catalogue.reader import Catalogue

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
    apprentissage: bool
    taux: float | None
    session_taux: int | None


def sessions_of(catalogue: Catalogue, formation_id: str) -> tuple[SessionFormation, ...]:
    """Figures of a formation, oldest session first."""
    rows = catalogue.rows(
        "SELECT s.session, s.capacite, s.candidats, s.admis, s.taux_acces FROM voeux_sessions s"
        " JOIN voeux v ON v.id = s.voeu_id WHERE v.formation_id = ? ORDER BY s.session",
        (formation_id,),
    )
    found: list[SessionFormation] = []
    for session in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == session]
        taux = sorted(row[4] for row in mine if row[4] is not None)
        found.append(
            SessionFormation(
                session,
                len(mine),
                _sum([row[1] for row in mine]),
                _sum([row[2] for row in mine]),
                _sum([row[3] for row in mine]),
                median(taux) if taux else None,
                taux[len(taux) // 4] if taux else None,
                taux[(3 * len(taux)) // 4] if taux else None,
                len(taux),
            )
        )
    return tuple(found)


def admis_of(catalogue: Catalogue, formation_id: str) -> tuple[AdmisFormation, ...]:
    """Bac types and mentions of the admitted, oldest session first."""
    columns = ", ".join(f"a.{name}" for name in (*(f"pct_{t}" for t in _TYPES), *_MENTIONS))
    rows = catalogue.rows(
        f"SELECT a.session, s.admis, {columns} FROM voeux_admis a JOIN voeux v ON v.id = a.voeu_id"
        " JOIN voeux_sessions s ON s.voeu_id = a.voeu_id AND s.session = a.session"
        " WHERE v.formation_id = ? AND s.admis > 0 ORDER BY a.session",
        (formation_id,),
    )
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
    rows = catalogue.rows(
        "SELECT r25, r75 FROM stats_percentiles WHERE formation_id = ? AND bac = 'NC'", (formation_id,)
    )
    return (rows[0][0] / 2, (rows[0][1] + 1) / 2) if rows else None


def specialites_of(catalogue: Catalogue, formation_id: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Spécialités of the admitted of general bac with their share in percent (estimated), largest first."""
    rows = catalogue.rows(
        "SELECT p.libelle, s.pct FROM stats_specialites s JOIN specialites p ON p.id = s.specialite_id"
        " WHERE s.formation_id = ? AND s.pct > 0 ORDER BY s.pct DESC, p.libelle LIMIT ?",
        (formation_id, limit),
    )
    return tuple((libelle, pct) for libelle, pct in rows)


def methode(catalogue: Catalogue, code: str) -> str:
    """How a figure was obtained, with its session, in our words; empty when the catalogue does not say."""
    rows = catalogue.rows("SELECT nature, session, texte FROM methodes WHERE code = ?", (code,))
    return f"Chiffre {rows[0][0]}, session {rows[0][1]}. {rows[0][2]}" if rows else ""


def voeux_of(catalogue: Catalogue, ids: Sequence[str]) -> tuple[VoeuChiffre, ...]:
    """Those vœux with their newest published taux d'accès, in the order asked."""
    taux: dict[str, tuple[float, int]] = {}
    for voeu_id, session, value in catalogue.rows_in(
        "SELECT voeu_id, session, taux_acces FROM voeux_sessions"
        " WHERE taux_acces IS NOT NULL AND voeu_id IN ({ids}) ORDER BY session",
        ids,
    ):
        taux[voeu_id] = (value, session)
    return tuple(
        VoeuChiffre(
            voeu.id, voeu.formation_id, voeu.libelle, voeu.etablissement, voeu.commune, voeu.uai, voeu.statut,
            voeu.capacite, voeu.derniere_session, voeu.apprentissage, *taux.get(voeu.id, (None, None)),
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
