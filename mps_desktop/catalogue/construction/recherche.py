"""The search index: what people may type for each thing, with a weight between equal matches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.metiers import FicheMetier
from mps_desktop.catalogue.indexation import Entree, index_columns
from mps_desktop.catalogue.schema import GENRES_RECHERCHE
from mps_desktop.catalogue.tableaux import encode
from mps_desktop.core.text import fold, typography

SearchRow = tuple[str, str, str, str, str, float]
"""genre, id, libelle, detail, mots, poids"""

_ALIASES = {
    # What people say for what is written, folded beginning of the label -> more words.
    "licence": "l1 fac universite",
    "dn made": "diplome national des metiers d art et du design",
    "pass": "medecine sante maieutique odontologie pharmacie",
    "ecole d ingenieurs": "ingenieur prepa integree",
    "ecole de commerce": "management business bachelor",
    "cpge": "prepa classe preparatoire",
    "cpes": "prepa classe preparatoire",
    "de infirmier": "ifsi infirmiere",
    "sciences po": "iep",
    "but": "iut dut",
}
_POIDS_FORMATION = 1.0
_POIDS_METIER = 0.9
_POIDS_ELEMENT = 0.8
_POIDS_ETABLISSEMENT, _POIDS_VOEUX = 0.4, 0.3
_POIDS_LYCEE, _POIDS_SECTION = 0.5, 0.25
_POIDS_VOEU, _POIDS_OLD_VOEU = 0.3, 0.1
_BEAUCOUP_DE_VOEUX = 60
_GRANDE_VILLE = 2_000_000
_SECTIONS = (334, 335, 370)
_STUCK = re.compile(r"([^\W\d_]{3,})(\d)")
_SIGLE = re.compile(r"[A-ZÉ0-9&/+]{2,8}")

Values = Mapping[str, object]


def extra_words(libelle: str, *others: str) -> str:
    """Folded words of the other texts that the label does not already hold, without repetition."""
    known = set(fold(libelle).split())
    return " ".join(dict.fromkeys(word for text in others for word in fold(text).split() if word not in known))


def formation_rows(references: Iterable[Reference]) -> list[SearchRow]:
    """Formations, found by label, by family words and by their id; ``formations_mots`` adds their other names."""
    rows: list[SearchRow] = []
    for one in references:
        label = fold(one.libelle)
        extra = " ".join(words for start, words in _ALIASES.items() if label.startswith(start))
        words = extra_words(one.libelle, extra, one.id)
        size = min(1.0, max(0, one.capacite) / 20_000)
        rows.append(
            ("formation", one.id, one.libelle, one.type_libelle, words, round((_POIDS_FORMATION + size) / 2, 4))
        )
    return rows


def metier_rows(metiers: Iterable[FicheMetier]) -> list[SearchRow]:
    """Métiers, found by label and by synonym."""
    return [
        (
            "metier",
            one.id,
            one.libelle,
            "",
            extra_words(one.libelle, *one.synonymes),
            _POIDS_METIER,
        )
        for one in metiers
    ]


def element_rows(elements: Iterable[Mapping[str, object]]) -> list[SearchRow]:
    """Domaines and interests by label and category."""
    return [
        (
            str(one["genre"]),
            str(one["id"]),
            str(one["libelle"]),
            str(one["categorie"]),
            extra_words(str(one["libelle"]), str(one["categorie"])),
            _POIDS_ELEMENT,
        )
        for one in elements
    ]


def pack_index(tables: Mapping[str, Sequence[Values]]) -> bytes:
    """The packed index of everything that can be found.

    Args:
        tables: plain rows; ``recherche`` = formations, métiers, domaines and interests (columns of
            ``SearchRow``), ``etablissements`` with their numbers.
    """
    groups: dict[str, list[Entree]] = {genre: [] for genre in GENRES_RECHERCHE}
    mots: defaultdict[str, list[str]] = defaultdict(list)
    for row in tables.get("formations_mots", ()):
        mots[str(row["formation_id"])].append(str(row["mot"]))
    for row in tables.get("recherche", ()):
        key, genre = str(row["id"]), str(row["genre"])
        if genre in {"formation", "metier", "domaine", "interet"}:
            names = mots[key] if genre == "formation" else []
            groups[genre].append(
                Entree(
                    key, _text(row["libelle"]), " ".join((str(row["mots"]), *filter(_is_sigle, names))),
                    float(str(row["poids"])), " ".join(name for name in names if not _is_sigle(name)),
                )
            )  # fmt: skip
    groups["voeu"] = _voeux(tables.get("voeux", ()), mots)
    groups["etablissement"] = [
        Entree(
            str(row["numero"]), _text(row["nom"]), f"{_apart(str(row['nom']))} {row['uai']}",
            _POIDS_ETABLISSEMENT + _POIDS_VOEUX * min(1.0, int(str(row["nb_voeux"])) / _BEAUCOUP_DE_VOEUX),
            lieu=str(row["commune"]),
        )
        for row in tables.get("etablissements", ())
        if row["uai"]
    ]  # fmt: skip
    groups["lycee"] = [
        Entree(
            str(row["uai"]), _text(row["nom"]), str(row["uai"]),
            _POIDS_SECTION if row["nature"] in _SECTIONS else _POIDS_LYCEE, lieu=str(row["commune"]),
        )
        for row in tables.get("lycees", ())
    ]  # fmt: skip
    groups["commune"] = [
        Entree(
            str(row["code_insee"]), _text(row["nom"]),
            f"{row['codes_postaux']} {row['departement']} {row['code_departement']}",
            round(min(1.0, int(str(row["population"])) / _GRANDE_VILLE), 3),
        )
        for row in tables.get("communes", ())
    ]  # fmt: skip
    return encode(index_columns(groups), dense=False)


def _voeux(voeux: Sequence[Values], mots: Mapping[str, Sequence[str]]) -> list[Entree]:
    """Vœux that belong to a formation, found by what is taught, where, and by the short names of the formation."""
    newest = max((int(str(row["derniere_session"])) for row in voeux), default=0)
    return [
        Entree(
            str(row["id"]), _text(row["libelle"]),
            " ".join(filter(_is_sigle, mots.get(str(row["formation_id"]), ()))),
            _POIDS_VOEU if row["derniere_session"] == newest else _POIDS_OLD_VOEU,
            _apart(str(row["etablissement"])), str(row["commune"]),
        )
        for row in voeux
        if row["formation_id"] is not None
    ]  # fmt: skip


def _apart(nom: str) -> str:
    """Numbers told apart from the words that they are stuck to: "IUT Lyon1" is in Lyon."""
    return _STUCK.sub(r"\1 \2", nom)


def _is_sigle(mot: str) -> bool:
    return _SIGLE.fullmatch(mot) is not None


def _text(value: object) -> str:
    return typography(str(value))
