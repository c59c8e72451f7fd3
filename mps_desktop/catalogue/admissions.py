"""Published admission figures of the catalogue, in the shape that the estimate reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from math import isnan
from typing import Any, Protocol

from mps_desktop.catalogue.tableaux import MANQUANT, Decodees
from mps_desktop.engine.classes import (
    Mentions,
    References,
    Reglage,
    StatsBac,
    StatsSession,
    StatsVoeu,
    TauxParent,
    TypeBac,
)

_SESSION_COLUMNS = ("session", "capacite", "candidats", "propositions", "admis", "taux_acces")
_BAC_COLUMNS = ("type_bac", "session", "candidats", "propositions", "part_acces")
_ADMIS_COLUMNS = (
    "session", "pct_meme_academie", "sans_mention", "assez_bien", "bien", "tres_bien", "felicitations",
)  # fmt: skip
_TYPES = tuple(TypeBac)
_REGLAGE = tuple(field.name for field in fields(Reglage))
_SESSION_BAC = 2023
"""Session of the figures by bac type, the only one that published them in full."""


class Reader(Protocol):
    """The part of the catalogue that is needed here."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one SELECT."""
        ...

    def rows_in(self, sql: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Rows of a SELECT with an IN clause."""
        ...

    def tableau(self, nom: str) -> Decodees:
        """Packed columns of one table."""
        ...


def read_statistiques(reader: Reader, voeu_ids: Sequence[str]) -> Mapping[str, StatsVoeu]:
    """Figures of those vœux by id; unknown ids are left out.

    Mentions and share of the same académie are those of the newest session that published them.
    """
    figures = _Figures(reader)
    return {
        voeu_id: figures.of(voeu_id, fili, filiere, bool(selectif), bool(apprentissage))
        for voeu_id, fili, filiere, selectif, apprentissage in reader.rows_in(
            "SELECT id, fili, filiere, selectif, apprentissage FROM voeux WHERE id IN ({ids})", voeu_ids
        )
    }


class _Figures:
    """The three packed tables of figures by vœu."""

    def __init__(self, reader: Reader) -> None:
        self._sessions = reader.tableau("voeux_sessions")
        self._bacs = reader.tableau("voeux_bacs")
        self._admis = reader.tableau("voeux_admis")
        self._reglages = reader.tableau("ambition")
        self._types = [TypeBac(text) for text in self._bacs.get("type_bac.valeurs", [])]

    def of(self, voeu_id: str, fili: str, filiere: str, selectif: bool, apprentissage: bool) -> StatsVoeu:
        number = int(voeu_id.removeprefix("ta"))
        sessions = [StatsSession(*row) for row in _rows(self._sessions, number, _SESSION_COLUMNS)]
        par_bac: dict[TypeBac, StatsBac] = {}
        session_bac = _SESSION_BAC
        for type_bac, session, candidats, *shares in _rows(self._bacs, number, _BAC_COLUMNS):
            par_bac[self._types[type_bac]] = StatsBac(candidats or 0, *shares)
            session_bac = session
        mentions: Mentions | None = None
        meme_academie: float | None = None
        for session, academie, *shares in sorted(_rows(self._admis, number, _ADMIS_COLUMNS)):
            if None not in shares:
                mentions = Mentions(session, *shares)
            if academie is not None:
                meme_academie = academie
        return StatsVoeu(
            id=voeu_id,
            fili=fili,
            filiere=filiere,
            selectif=selectif,
            apprentissage=apprentissage,
            sessions=tuple(sorted(sessions, key=lambda one: one.session)),
            session_bac=session_bac,
            par_bac=par_bac,
            mentions=mentions,
            pct_meme_academie=meme_academie,
            reglages=self._fitted(number),
        )

    def _fitted(self, number: int) -> dict[TypeBac, Reglage]:
        """What was fitted for the vœu, by bac type."""
        columns = self._reglages
        if not columns:
            return {}
        first, last = columns["code"].searchsorted((number, number + 1)).tolist()
        rows = zip(*(columns[name][first:last].tolist() for name in ("type", *_REGLAGE)), strict=True)
        return {_TYPES[code]: Reglage(*values) for code, *values in rows}


def _rows(columns: Decodees, number: int, names: Sequence[str]) -> list[list[Any]]:
    """Rows of one vœu, None where a figure is not published."""
    if not columns:
        return []
    first, last = columns["voeu_id"].searchsorted((number, number + 1)).tolist()
    rows = zip(*(columns[name][first:last].tolist() for name in names), strict=True)
    return [[_known(value) for value in row] for row in rows]


def _known(value: float) -> float | None:
    """The value, None for those that mean "unknown" in packed columns."""
    return None if value == MANQUANT or isnan(value) else value


def read_references(reader: Reader) -> References:
    """National figures: rates of the groups of vœux, averages of the admitted by bac."""
    moyennes: defaultdict[str, list[float]] = defaultdict(list)
    for bac, part in reader.rows("SELECT bac, part FROM moyennes ORDER BY bac, rang"):
        moyennes[bac].append(part)
    sessions = dict(reader.rows("SELECT code, session FROM methodes WHERE code IN ('moyennes', 'ambition')"))
    return References(
        parents={
            (niveau, cle, TypeBac(type_bac)): TauxParent(taux, candidats)
            for niveau, cle, type_bac, taux, candidats in reader.rows(
                "SELECT niveau, cle, type_bac, taux, candidats FROM taux_parents"
            )
        },
        moyennes={bac: tuple(parts) for bac, parts in moyennes.items()},
        session_moyennes=int(sessions.get("moyennes", 2023)),
        session_ajustement=int(str(sessions.get("ambition", 0)).rpartition("-")[2]),
    )
