"""Published admission figures of the catalogue, in the shape that the estimate reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from mps_desktop.engine.classes import Mentions, References, StatsBac, StatsSession, StatsVoeu, TauxParent, TypeBac

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


def read_statistiques(reader: Reader, voeu_ids: Sequence[str]) -> Mapping[str, StatsVoeu]:
    """Figures of those vœux by id; unknown ids are left out.

    Mentions and share of the same académie are those of the newest session that published them.
    """
    sessions: defaultdict[str, list[StatsSession]] = defaultdict(list)
    for voeu_id, *figures in reader.rows_in(
        "SELECT voeu_id, session, capacite, candidats, propositions, admis, taux_acces"
        " FROM voeux_sessions WHERE voeu_id IN ({ids}) ORDER BY voeu_id, session",
        voeu_ids,
    ):
        sessions[voeu_id].append(StatsSession(*figures))
    par_bac: defaultdict[str, dict[TypeBac, StatsBac]] = defaultdict(dict)
    session_bac: dict[str, int] = {}
    for voeu_id, type_bac, session, *figures in reader.rows_in(
        "SELECT voeu_id, type_bac, session, candidats, propositions, part_acces"
        " FROM voeux_bacs WHERE voeu_id IN ({ids})",
        voeu_ids,
    ):
        par_bac[voeu_id][TypeBac(type_bac)] = StatsBac(*figures)
        session_bac[voeu_id] = session
    mentions: dict[str, Mentions] = {}
    meme_academie: dict[str, float] = {}
    for voeu_id, session, pct_meme_academie, *shares in reader.rows_in(
        "SELECT voeu_id, session, pct_meme_academie, sans_mention, assez_bien, bien, tres_bien, felicitations"
        " FROM voeux_admis WHERE voeu_id IN ({ids}) ORDER BY voeu_id, session",
        voeu_ids,
    ):
        if None not in shares:
            mentions[voeu_id] = Mentions(session, *shares)
        if pct_meme_academie is not None:
            meme_academie[voeu_id] = pct_meme_academie
    return {
        voeu_id: StatsVoeu(
            id=voeu_id,
            fili=fili,
            filiere=filiere,
            selectif=bool(selectif),
            apprentissage=bool(apprentissage),
            sessions=tuple(sessions[voeu_id]),
            session_bac=session_bac.get(voeu_id, _SESSION_BAC),
            par_bac=par_bac[voeu_id],
            mentions=mentions.get(voeu_id),
            pct_meme_academie=meme_academie.get(voeu_id),
        )
        for voeu_id, fili, filiere, selectif, apprentissage in reader.rows_in(
            "SELECT id, fili, filiere, selectif, apprentissage FROM voeux WHERE id IN ({ids})", voeu_ids
        )
    }


def read_references(reader: Reader) -> References:
    """National figures: rates of the groups of vœux, averages of the admitted by bac."""
    moyennes: defaultdict[str, list[float]] = defaultdict(list)
    for bac, part in reader.rows("SELECT bac, part FROM moyennes ORDER BY bac, rang"):
        moyennes[bac].append(part)
    session = reader.rows("SELECT session FROM methodes WHERE code = 'moyennes'")
    return References(
        parents={
            (niveau, cle, TypeBac(type_bac)): TauxParent(taux, candidats)
            for niveau, cle, type_bac, taux, candidats in reader.rows(
                "SELECT niveau, cle, type_bac, taux, candidats FROM taux_parents"
            )
        },
        moyennes={bac: tuple(parts) for bac, parts in moyennes.items()},
        session_moyennes=int(session[0][0]) if session else 2023,
    )
