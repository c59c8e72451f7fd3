"""The open catalogue: every fact the program asks for, as frozen records."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from mps_desktop.catalogue.admissions import read_references, read_statistiques
from mps_desktop.catalogue.geo import Point, nearest_km
from mps_desktop.catalogue.index import Index
from mps_desktop.catalogue.listes import (
    read_bacs,
    read_elements,
    read_formations,
    read_libelles,
    read_metiers,
    read_other_libelle,
    read_specialites,
)
from mps_desktop.catalogue.opening import damaged, open_read_only
from mps_desktop.catalogue.places import read_etablissement, read_etablissements, read_lycee, read_lycees
from mps_desktop.catalogue.records import (
    Bac,
    Commune,
    EdsDoublet,
    Element,
    Etablissement,
    Formation,
    Lycee,
    Metier,
    Source,
    Souvenir,
    Voeu,
)
from mps_desktop.catalogue.specialites import read_doublets, read_eds_lists
from mps_desktop.catalogue.tableaux import Decodees, decode
from mps_desktop.engine.classes import References, StatsVoeu

_VOEU = (
    "id, formation_id, libelle, etablissement, uai, commune, departement, academie, region, lat, lng, statut,"
    " selectif, fili, apprentissage, capacite, derniere_session, precision, premiere_session, evolution"
)
_COMMUNE = "code_insee, nom, codes_postaux, departement, lat, lng"
_TABLEAUX_KEPT = 8
"""Packed tables kept once read: those of the figures of vœux take about 2 MB together."""

_IN_SIZE = 900
"""Values given at once to an IN clause, below the smallest limit of SQLite (999)."""


def open_catalogue(path: Path, memoire: Callable[[str], Souvenir | None] | None = None) -> Catalogue:
    """Open the reference data for reading.

    Args:
        memoire: what former catalogues said of an id (``memoire.Memoire.find``).

    Raises:
        EnvironmentFault: absent, truncated, not a catalogue, or of another version.
    """
    return Catalogue(path, open_read_only(path), memoire)


class Catalogue:
    """Reads the catalogue file; safe from any thread. Unknown ids are skipped or give None.

    Args:
        path: the file, for messages.
        connection: read-only connection to it, closed by ``close``.
        memoire: what former catalogues said of an id, for those that this one does not know.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, memoire: Callable[[str], Souvenir | None] | None = None
    ) -> None:
        self._path = path
        self._memoire = memoire
        self._connection = connection
        self._lock = threading.Lock()
        self._index_lock = threading.Lock()
        self._index: Index | None = None
        self._voeu = lru_cache(maxsize=4096)(self._read_voeu)
        self._commune = lru_cache(maxsize=1024)(self._read_commune)
        self._of_formation = lru_cache(maxsize=32)(self._read_of_formation)
        self._souvenir = lru_cache(maxsize=1024)(memoire or _nothing)
        self._other_libelle = lru_cache(maxsize=1024)(partial(read_other_libelle, self))
        self._tableau = lru_cache(maxsize=_TABLEAUX_KEPT)(self._read_tableau)

    def close(self) -> None:
        """Give the file back; nothing can be read afterwards."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one SELECT, for the other rooms of this package.

        Raises:
            EnvironmentFault: the file is damaged.
        """
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as exc:
            raise damaged(self._path) from exc

    def rows_in(self, sql: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Rows of a SELECT whose ``{ids}`` stands for the values of an IN clause, however many."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _IN_SIZE):
            part = wanted[start : start + _IN_SIZE]
            yield from self.rows(sql.format(ids=",".join("?" * len(part))), part)

    def tableau(self, nom: str) -> Decodees:
        """Packed columns by name (see ``schema.TABLEAUX``); none for an unknown table.

        Raises:
            EnvironmentFault: the file is damaged.
        """
        return self._tableau(nom)

    def packed(self, nom: str) -> bytes | None:
        """Bytes kept under a name in ``tableaux``, None for an unknown one.

        Raises:
            EnvironmentFault: the file is damaged.
        """
        rows = self.rows("SELECT contenu FROM tableaux WHERE nom = ?", (nom,))
        return rows[0][0] if rows else None

    # What the catalogue is made of

    def provenance(self) -> tuple[Source, ...]:
        """Official files that the catalogue was built from."""
        return tuple(
            Source(*row)
            for row in self.rows("SELECT fichier, jeu, producteur, licence, session, empreinte FROM sources")
        )

    def souvenir(self, identifiant: str) -> Souvenir | None:
        """What a former catalogue said of a vœu or formation that this one does not know."""
        return self._souvenir(identifiant)

    # Formations

    def formation(self, formation_id: str) -> Formation | None:
        """One reference formation."""
        return self._formations.get(formation_id)

    def mps_id(self, formation_id: str) -> str:
        """Id under which MonProjetSup knows a formation, which it may merge with others."""
        rows = self.rows("SELECT mps_id FROM formations_mps WHERE formation_id = ?", (formation_id,))
        return rows[0][0] if rows else formation_id

    def formations(self, ids: Iterable[str] | None = None) -> tuple[Formation, ...]:
        """Those formations in the order asked, or all of them in the order of their ids."""
        if ids is None:
            return tuple(self._formations.values())
        return tuple(self._formations[i] for i in ids if i in self._formations)

    # Vœux

    def voeu(self, voeu_id: str) -> Voeu | None:
        """One vœu."""
        return self._voeu(voeu_id)

    def voeux(self, ids: Iterable[str]) -> tuple[Voeu, ...]:
        """Those vœux, in the order asked."""
        wanted = tuple(ids)
        found = {
            row[0]: _voeu_record(row)
            for row in self.rows_in(f"SELECT {_VOEU} FROM voeux WHERE id IN ({{ids}})", wanted)
        }
        return tuple(found[i] for i in wanted if i in found)

    def voeux_of_formation(self, formation_id: str) -> tuple[Voeu, ...]:
        """Every vœu of a formation, in the order of their ids."""
        return self._of_formation(formation_id)

    def voeux_near(
        self, formation_id: str, points: Sequence[Point], radius_km: float | None = None
    ) -> tuple[tuple[Voeu, float], ...]:
        """Vœux of a formation with their distance to the nearest point, nearest first.

        A vœu that nothing locates, not even by its commune, cannot be near anything and is left out.

        Args:
            points: latitudes and longitudes, degrees; without any, every vœu is given, at an
                infinite distance.
            radius_km: largest distance kept; None = everywhere.
        """
        if not points:
            return tuple((voeu, math.inf) for voeu in self._of_formation(formation_id) if radius_km is None)
        placed = [(voeu, place) for voeu in self._of_formation(formation_id) if (place := _place(voeu)) is not None]
        if not placed:
            return ()
        distances = nearest_km([place for _, place in placed], points)
        near = [(voeu, km) for (voeu, _), km in zip(placed, distances, strict=True)]
        return tuple(sorted((pair for pair in near if radius_km is None or pair[1] <= radius_km), key=_second))

    def distance_km(self, voeu_id: str, communes: Iterable[str]) -> float | None:
        """Distance from a vœu to the nearest of those communes; None when one end is not known."""
        voeu = self._voeu(voeu_id)
        place = _place(voeu) if voeu is not None else None
        points = [(c.lat, c.lng) for c in self.communes(communes) if c.lat is not None and c.lng is not None]
        return nearest_km([place], points)[0] if place and points else None

    # Places

    def commune(self, code_insee: str) -> Commune | None:
        """One commune or arrondissement."""
        return self._commune(code_insee)

    def communes(self, codes: Iterable[str]) -> tuple[Commune, ...]:
        """Those communes, in the order asked."""
        return tuple(found for found in map(self._commune, codes) if found is not None)

    def etablissement(self, uai: str) -> Etablissement | None:
        """Main site (most vœux) of an établissement of vœux."""
        return read_etablissement(self, uai)

    def etablissements(self) -> tuple[Etablissement, ...]:
        """Every établissement and site where vœux are taught, by UAI."""
        return read_etablissements(self)

    def lycee(self, uai: str) -> Lycee | None:
        """One lycée."""
        return read_lycee(self, uai)

    def lycees(self) -> tuple[Lycee, ...]:
        """Every lycée, by UAI."""
        return read_lycees(self)

    # What a student ticks

    def metier(self, metier_id: str) -> Metier | None:
        """One métier."""
        return self._metiers.get(metier_id)

    def metiers(self, ids: Iterable[str] | None = None) -> tuple[Metier, ...]:
        """Those métiers in the order asked, or all of them in the order of their ids."""
        if ids is None:
            return tuple(self._metiers.values())
        return tuple(self._metiers[i] for i in ids if i in self._metiers)

    def domaines(self) -> tuple[Element, ...]:
        """Domaines professionnels, in the order of the screens."""
        return self._elements["domaine"]

    def interets(self) -> tuple[Element, ...]:
        """Centres d'intérêt, in the order of the screens."""
        return self._elements["interet"]

    def bacs(self) -> tuple[Bac, ...]:
        """Bac series with their spécialités, in the order of the screens."""
        return self._bacs

    def specialites(self, bac: str | None = None) -> tuple[Element, ...]:
        """Spécialités of a bac, or all of them; empty for an unknown bac."""
        if bac is None:
            return self._specialites
        return next((found.specialites for found in self._bacs if found.id == bac), ())

    # Published figures

    def statistiques(self, voeu_ids: Iterable[str]) -> Mapping[str, StatsVoeu]:
        """Published figures of those vœux; unknown ids are left out."""
        return read_statistiques(self, tuple(voeu_ids))

    def eds_doublets(self) -> tuple[EdsDoublet, ...]:
        """Bacheliers généraux by year, family of formations and pair of spécialités: asked, offered, accepted."""
        return read_doublets(self)

    def eds_familles(self) -> Mapping[str, str]:
        """Family of every reference formation in ``eds_doublets``."""
        return dict(self.rows("SELECT formation_id, famille FROM formations_eds"))

    def eds_specialites(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of spécialités behind each short name of ``eds_doublets`` (every art, every language…)."""
        return read_eds_lists(self)

    def references(self) -> References:
        """National figures that the estimate leans on."""
        return self._references

    def part_moyenne(self, bac: str, moyenne: float) -> int | None:
        """Percent of the admitted of a bac whose general average was that or less, rounded down.

        The published bins are half a point wide, so that 14 counts everybody below 14.5, as
        MonProjetSup does.

        Args:
            moyenne: 0..20.

        Returns:
            0..100, or None for a bac without figures.
        """
        shares = self._references.moyennes.get(bac)
        if shares is None:
            return None
        above = math.floor(2 * moyenne) + 1
        if above >= len(shares):
            return 100
        return math.floor(100 * shares[above] + 1e-9) if above > 0 else 0

    # Words

    def index(self) -> Index:
        """Search index of everything, read when first asked.

        Raises:
            EnvironmentFault: the file is damaged.
        """
        with self._index_lock:
            if self._index is None:
                try:
                    self._index = Index(self._read_tableau("recherche"))
                except (KeyError, ValueError, IndexError) as exc:
                    raise damaged(self._path) from exc
            return self._index

    def libelle(self, identifiant: str) -> str:
        """Label of anything that has an id; the id itself when the catalogue does not know it."""
        return self._libelles.get(identifiant) or self._other_libelle(identifiant)

    # Reading

    @cached_property
    def _formations(self) -> dict[str, Formation]:
        return read_formations(self)

    @cached_property
    def _metiers(self) -> dict[str, Metier]:
        return read_metiers(self)

    @cached_property
    def _elements(self) -> dict[str, tuple[Element, ...]]:
        return read_elements(self)

    @cached_property
    def _specialites(self) -> tuple[Element, ...]:
        return read_specialites(self)

    @cached_property
    def _bacs(self) -> tuple[Bac, ...]:
        return read_bacs(self, self._specialites)

    @cached_property
    def _references(self) -> References:
        return read_references(self)

    @cached_property
    def _libelles(self) -> dict[str, str]:
        return read_libelles(self)

    def _read_voeu(self, voeu_id: str) -> Voeu | None:
        rows = self.rows(f"SELECT {_VOEU} FROM voeux WHERE id = ?", (voeu_id,))
        return _voeu_record(rows[0]) if rows else None

    def _read_commune(self, code_insee: str) -> Commune | None:
        rows = self.rows(f"SELECT {_COMMUNE} FROM communes WHERE code_insee = ?", (code_insee,))
        if not rows:
            return None
        code, nom, postaux, departement, lat, lng = rows[0]
        return Commune(code, nom, tuple(postaux.split()), departement, lat, lng)

    def _read_tableau(self, nom: str) -> Decodees:
        content = self.packed(nom)
        try:
            return {} if content is None else decode(content)
        except ValueError as exc:
            raise damaged(self._path) from exc

    def _read_of_formation(self, formation_id: str) -> tuple[Voeu, ...]:
        rows = self.rows(f"SELECT {_VOEU} FROM voeux WHERE formation_id = ? ORDER BY id", (formation_id,))
        return tuple(map(_voeu_record, rows))


def _nothing(_identifiant: str) -> None:
    """A catalogue opened alone."""


def _second(pair: tuple[Voeu, float]) -> float:
    return pair[1]


def _place(voeu: Voeu) -> Point | None:
    return None if voeu.lat is None or voeu.lng is None else (voeu.lat, voeu.lng)


def _voeu_record(row: tuple[Any, ...]) -> Voeu:
    """Record of a row of the columns _VOEU: SQLite has no boolean, and a vœu may have no formation."""
    fields = list(row)
    fields[1], fields[12], fields[14] = fields[1] or "", bool(fields[12]), bool(fields[14])
    return Voeu(*fields)
