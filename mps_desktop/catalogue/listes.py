"""The small lists of the catalogue, read whole: formations, métiers, what a student ticks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from mps_desktop.catalogue.records import Bac, Element, Formation, Metier

if TYPE_CHECKING:
    from mps_desktop.catalogue.reader import Catalogue


class Reader(Protocol):
    """The part of the catalogue that is needed here."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one SELECT."""
        ...


def read_formations(reader: Reader) -> dict[str, Formation]:
    """Reference formations by id, in the order of the ids."""
    lists = [
        _lists(reader, f"SELECT formation_id, {column} FROM {table} ORDER BY formation_id, rang")
        for table, column in (
            ("formations_psup", "psup_id"),
            ("formations_domaines", "domaine_id"),
            ("formations_metiers", "metier_id"),
            ("formations_mots", "mot"),
            ("formations_fiches", "fiche_id"),
        )
    ]
    found: dict[str, Formation] = {}
    for i, libelle, kind, kind_libelle, duree, apprentissage, las, capacite, nb_voeux, disparue in reader.rows(
        "SELECT id, libelle, type, type_libelle, duree, apprentissage, las, capacite, nb_voeux, disparue"
        " FROM formations ORDER BY id"
    ):
        psup, domaines, metiers, mots, fiches = (tuple(dict.fromkeys(values[i])) for values in lists)
        found[i] = Formation(
            i, libelle, kind, kind_libelle, duree, bool(apprentissage), las, capacite, nb_voeux, psup, domaines,
            metiers, mots, fiches, bool(disparue),
        )  # fmt: skip
    return found


def read_metiers(reader: Reader) -> dict[str, Metier]:
    """Métiers by id, in the order of the ids."""
    rows = reader.rows("SELECT id, libelle, code_rome, niveau FROM metiers ORDER BY id")
    return {row[0]: Metier(*row) for row in rows}


def read_elements(reader: Reader) -> dict[str, tuple[Element, ...]]:
    """Domaines and interests, by genre, in the order of the screens."""
    found: dict[str, list[Element]] = {"domaine": [], "interet": []}
    for genre, *fields in reader.rows("SELECT genre, id, libelle, categorie FROM elements ORDER BY genre, rang"):
        found[genre].append(Element(*fields))
    return {genre: tuple(elements) for genre, elements in found.items()}


def read_specialites(reader: Reader) -> tuple[Element, ...]:
    """Every spécialité."""
    return tuple(Element(i, libelle, "") for i, libelle in reader.rows("SELECT id, libelle FROM specialites"))


def read_bacs(reader: Reader, specialites: Sequence[Element]) -> tuple[Bac, ...]:
    """Bac series with their spécialités, in the order of the screens."""
    by_id = {specialite.id: specialite for specialite in specialites}
    of_bac = _lists(reader, "SELECT bac_id, specialite_id FROM bacs_specialites ORDER BY bac_id, rang")
    return tuple(
        Bac(i, libelle, tuple(by_id[s] for s in of_bac[i]))
        for i, libelle in reader.rows("SELECT id, libelle FROM bacs ORDER BY rang")
    )


def read_libelles(reader: Reader) -> dict[str, str]:
    """Labels of the small lists; the last one wins, so that a formation beats the filière of the same id."""
    lists = ("formations_psup", "atomes", "specialites", "bacs", "elements", "metiers", "formations")
    found: dict[str, str] = {}
    for table in lists:
        column = "psup_id" if table == "formations_psup" else "id"
        found.update((i, libelle) for i, libelle in reader.rows(f"SELECT {column}, libelle FROM {table}"))
    return found


def _lists(reader: Reader, sql: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in reader.rows(sql):
        found[key].append(value)
    return found


def read_other_libelle(catalogue: Catalogue, identifiant: str) -> str:
    """Label of a commune, a vœu or an établissement (too many to be kept in memory), or of what is no longer there."""
    commune = catalogue.commune(identifiant)
    if commune is not None:
        return commune.nom
    voeu = catalogue.voeu(identifiant)
    if voeu is not None:
        place = f"{voeu.etablissement} ({voeu.commune})" if voeu.commune else voeu.etablissement
        return f"{voeu.libelle} – {place}"
    lieu = catalogue.etablissement(identifiant) or catalogue.lycee(identifiant)
    if lieu is not None:
        return lieu.nom
    former = catalogue.souvenir(identifiant)
    if former is None:
        return identifiant
    return f"{former.libelle} – {former.lieu}" if former.lieu else former.libelle
