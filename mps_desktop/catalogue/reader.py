"""The open catalogue: every fact the program asks for, as frozen records."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from mps_desktop.catalogue.admissions import read_references, read_statistiques
from mps_desktop.catalogue.geo import Point, nearest_km
from mps_desktop.catalogue.index import Index, build_index
from mps_desktop.catalogue.opening import damaged, open_read_only
from mps_desktop.catalogue.records import Bac, Commune, Element, Formation, Metier, Source, Voeu
from mps_desktop.engine.classes import References, StatsVoeu

_VOEU = (
    "id, formation_id, libelle, etablissement, uai, commune, departement, academie, region, lat, lng, statut,"
    " selectif, fili, apprentissage, capacite, derniere_session"
)
_COMMUNE = "code_insee, nom, codes_postaux, departement, lat, lng"
_IN_SIZE = 900
"""Values given at once to an IN clause, below the smallest limit of SQLite (999)."""


def open_catalogue(path: Path) -> Catalogue:
    """Open the reference data for reading.

    Raises:
        EnvironmentFault: absent, truncated, not a catalogue, or of another version.
    """
    return Catalogue(path, open_read_only(path))


class Catalogue:
    """Reads the catalogue file; safe from any thread. Unknown ids are skipped or give None.

    Args:
        path: the file, for messages.
        connection: read-only connection to it, closed by ``close``.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._lock = threading.Lock()
        self._index_lock = threading.Lock()
        self._indexes: dict[str, Index] = {}
        self._voeu = lru_cache(maxsize=4096)(self._read_voeu)
        self._commune = lru_cache(maxsize=1024)(self._read_commune)
        self._located = lru_cache(maxsize=32)(self._read_located)
        self._other_libelle = lru_cache(maxsize=1024)(self._read_other_libelle)

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

    # What the catalogue is made of

    def provenance(self) -> tuple[Source, ...]:
        """Official files that the catalogue was built from."""
        return tuple(
            Source(*row)
            for row in self.rows("SELECT fichier, jeu, producteur, licence, session, empreinte FROM sources")
        )

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
        return tuple(voeu for voeu, _ in self._located(formation_id))

    def voeux_near(
        self, formation_id: str, points: Sequence[Point], radius_km: float | None = None
    ) -> tuple[tuple[Voeu, float], ...]:
        """Vœux of a formation with their distance to the nearest point, nearest first.

        A vœu without published coordinates is placed at the centre of its commune; one whose
        commune is not published either cannot be near anything and is left out.

        Args:
            points: latitudes and longitudes, degrees; without any, every vœu is given, at an
                infinite distance.
            radius_km: largest distance kept; None = everywhere.
        """
        if not points:
            return tuple((voeu, math.inf) for voeu, _ in self._located(formation_id) if radius_km is None)
        placed = [(voeu, place) for voeu, place in self._located(formation_id) if place is not None]
        if not placed:
            return ()
        distances = nearest_km([place for _, place in placed], points)
        near = [(voeu, km) for (voeu, _), km in zip(placed, distances, strict=True)]
        return tuple(sorted((pair for pair in near if radius_km is None or pair[1] <= radius_km), key=_second))

    def distance_km(self, voeu_id: str, communes: Iterable[str]) -> float | None:
        """Distance from a vœu to the nearest of those communes; None when one end is not known."""
        place = self._place(voeu_id)
        points = [(c.lat, c.lng) for c in self.communes(communes) if c.lat is not None and c.lng is not None]
        return nearest_km([place], points)[0] if place and points else None

    # Places

    def commune(self, code_insee: str) -> Commune | None:
        """One commune or arrondissement."""
        return self._commune(code_insee)

    def communes(self, codes: Iterable[str]) -> tuple[Commune, ...]:
        """Those communes, in the order asked."""
        return tuple(found for found in map(self._commune, codes) if found is not None)

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

    def index(self, genre: str) -> Index:
        """Search index of one kind of thing (see ``schema.GENRES_RECHERCHE``), built when first asked."""
        with self._index_lock:
            if genre not in self._indexes:
                self._indexes[genre] = build_index(self, genre)
            return self._indexes[genre]

    def libelle(self, identifiant: str) -> str:
        """Label of anything that has an id; the id itself when the catalogue does not know it."""
        return self._libelles.get(identifiant) or self._other_libelle(identifiant)

    # Reading

    @cached_property
    def _formations(self) -> dict[str, Formation]:
        psup = self._lists("SELECT formation_id, psup_id FROM formations_psup ORDER BY formation_id, rang")
        domaines = self._lists("SELECT formation_id, domaine_id FROM formations_domaines ORDER BY formation_id, rang")
        metiers = self._lists("SELECT formation_id, metier_id FROM formations_metiers ORDER BY formation_id, rang")
        found: dict[str, Formation] = {}
        for i, libelle, kind, kind_libelle, duree, apprentissage, las, capacite, nb_voeux in self.rows(
            "SELECT id, libelle, type, type_libelle, duree, apprentissage, las, capacite, nb_voeux"
            " FROM formations ORDER BY id"
        ):
            found[i] = Formation(
                i, libelle, kind, kind_libelle, duree, bool(apprentissage), las, capacite, nb_voeux,
                tuple(psup[i]), tuple(domaines[i]), tuple(metiers[i]),
            )  # fmt: skip
        return found

    @cached_property
    def _metiers(self) -> dict[str, Metier]:
        return {row[0]: Metier(*row) for row in self.rows("SELECT id, libelle, code_rome FROM metiers ORDER BY id")}

    @cached_property
    def _elements(self) -> dict[str, tuple[Element, ...]]:
        found: dict[str, list[Element]] = {"domaine": [], "interet": []}
        for genre, *fields in self.rows("SELECT genre, id, libelle, categorie FROM elements ORDER BY genre, rang"):
            found[genre].append(Element(*fields))
        return {genre: tuple(elements) for genre, elements in found.items()}

    @cached_property
    def _specialites(self) -> tuple[Element, ...]:
        return tuple(Element(i, libelle, "") for i, libelle in self.rows("SELECT id, libelle FROM specialites"))

    @cached_property
    def _bacs(self) -> tuple[Bac, ...]:
        by_id = {specialite.id: specialite for specialite in self._specialites}
        of_bac = self._lists("SELECT bac_id, specialite_id FROM bacs_specialites ORDER BY bac_id, rang")
        return tuple(
            Bac(i, libelle, tuple(by_id[s] for s in of_bac[i]))
            for i, libelle in self.rows("SELECT id, libelle FROM bacs ORDER BY rang")
        )

    @cached_property
    def _references(self) -> References:
        return read_references(self)

    @cached_property
    def _libelles(self) -> dict[str, str]:
        """Labels of the small lists; the last one wins, so that a formation beats the filière of the same id."""
        lists = ("formations_psup", "atomes", "specialites", "bacs", "elements", "metiers", "formations")
        found: dict[str, str] = {}
        for table in lists:
            column = "psup_id" if table == "formations_psup" else "id"
            found.update((i, libelle) for i, libelle in self.rows(f"SELECT {column}, libelle FROM {table}"))
        return found

    def _lists(self, sql: str) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, value in self.rows(sql):
            found[key].append(value)
        return found

    def _read_voeu(self, voeu_id: str) -> Voeu | None:
        rows = self.rows(f"SELECT {_VOEU} FROM voeux WHERE id = ?", (voeu_id,))
        return _voeu_record(rows[0]) if rows else None

    def _read_commune(self, code_insee: str) -> Commune | None:
        rows = self.rows(f"SELECT {_COMMUNE} FROM communes WHERE code_insee = ?", (code_insee,))
        if not rows:
            return None
        code, nom, postaux, departement, lat, lng = rows[0]
        return Commune(code, nom, tuple(postaux.split()), departement, lat, lng)

    def _read_located(self, formation_id: str) -> tuple[tuple[Voeu, Point | None], ...]:
        """Vœux of a formation with the place that distances are counted from."""
        rows = self.rows(f"SELECT {_VOEU}, code_insee FROM voeux WHERE formation_id = ? ORDER BY id", (formation_id,))
        return tuple((voeu := _voeu_record(row[:-1]), self._place_of(voeu, row[-1])) for row in rows)

    def _place(self, voeu_id: str) -> Point | None:
        voeu = self._voeu(voeu_id)
        if voeu is None:
            return None
        if voeu.lat is not None and voeu.lng is not None:
            return voeu.lat, voeu.lng
        ((code_insee,),) = self.rows("SELECT code_insee FROM voeux WHERE id = ?", (voeu_id,))
        return self._place_of(voeu, code_insee)

    def _place_of(self, voeu: Voeu, code_insee: str | None) -> Point | None:
        if voeu.lat is not None and voeu.lng is not None:
            return voeu.lat, voeu.lng
        commune = self._commune(code_insee) if code_insee else None
        if commune is None or commune.lat is None or commune.lng is None:
            return None
        return commune.lat, commune.lng

    def _read_other_libelle(self, identifiant: str) -> str:
        """Label of a commune, a vœu or an établissement: too many to be kept in memory."""
        commune = self._commune(identifiant)
        if commune is not None:
            return commune.nom
        voeu = self._voeu(identifiant)
        if voeu is not None:
            place = f"{voeu.etablissement} ({voeu.commune})" if voeu.commune else voeu.etablissement
            return f"{voeu.libelle} – {place}"
        rows = self.rows("SELECT libelle FROM recherche WHERE genre = 'etablissement' AND id = ?", (identifiant,))
        return rows[0][0] if rows else identifiant


def _second(pair: tuple[Voeu, float]) -> float:
    return pair[1]


def _voeu_record(row: tuple[Any, ...]) -> Voeu:
    """Record of a row of the columns _VOEU: SQLite has no boolean, and a vœu may have no formation."""
    fields = list(row)
    fields[1] = fields[1] or ""
    fields[12], fields[14] = bool(fields[12]), bool(fields[14])
    return Voeu(*fields)
