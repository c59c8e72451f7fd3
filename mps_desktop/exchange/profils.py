"""Profiles of a class in one JSON file of ours; the format is described in resources/textes/profils.md."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import replacing
from mps_desktop.core.text import NNBSP
from mps_desktop.exchange.noeud import Noeud
from mps_desktop.exchange.records import FavoriLu, ProfilLu

FORMAT = "mps-bureau-profils/1"

SITUATIONS = ("aucune_idee", "quelques_pistes", "projet_precis")
DUREES = ("indifferent", "courte", "longue", "aucune_idee")
ALTERNANCES = ("pas_interesse", "indifferent", "interesse", "tres_interesse")
BACS = ("Générale", "P", "PA", "S2TMD", "ST2S", "STAV", "STD2A", "STHR", "STI2D", "STL", "STMG", "E", "NC")
CLASSES = ("A+", "A", "B")

_MAX_BYTES = 20 * 1024 * 1024
_MAX_NAME = 100
_MAX_NOTE = 3999
_SANS_REPONSE = -1.0
_FORMATION = (r"f[lr]\d{1,9}", "fl210")
_VOEU = (r"ta\d{1,9}", "ta1234")
_IDS = {
    "specialites": (r"(?:mat|sp)\d{1,9}", "mat700"),
    "domaines": (r"dom\d{1,4}", "dom12"),
    "interets": (r"ci\d{1,4}", "ci5"),
    "metiers": (r"MET\.\d{1,6}", "MET.123"),
    "communes": (r"(?:\d\d|2[AB])\d{3}", "35238"),
    "corbeille": _FORMATION,
}
_CODES = {"situation": SITUATIONS, "bac": BACS, "duree_etudes": DUREES, "alternance": ALTERNANCES}


def read_profils(path: Path) -> tuple[ProfilLu, ...]:
    """Read the profiles of a file, all of them or none.

    Raises:
        EnvironmentFault: the file cannot be read, is not of this format, or a field is wrong: the message says which
            and where ("eleves[3].favoris[0].voeux[1]", counted from 0).
    """
    return _read_document(Noeud(_parse(path), "", path.name))


def write_profils(path: Path, profils: tuple[ProfilLu, ...]) -> None:
    """Write profiles so that ``read_profils`` gives the same back; what a profile does not say is left out.

    Args:
        path: file to write or to replace.
        profils: checked as when they are read, so that no file is written that could not be read back.

    Raises:
        EnvironmentFault: a profile is wrong, or the file cannot be written.
    """
    document = {"format": FORMAT, "eleves": [_plain(profil) for profil in profils]}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    _read_document(Noeud(json.loads(text), "", path.name))
    with replacing(path) as neighbour:
        neighbour.write_text(text, encoding="utf-8")


def _read_document(root: Noeud) -> tuple[ProfilLu, ...]:
    if root.member("format") != FORMAT:
        raise root.wrong(
            f"ce n’est pas un fichier de profils au format « {FORMAT} »",
            f"Choisissez un fichier de profils{NNBSP}; une liste de classe s’importe à part.",
        )
    document = root.fields(("format", "eleves"), required=("eleves",))
    return tuple(_read_profil(item) for item in document["eleves"].items())


def _plain(record: ProfilLu | FavoriLu) -> dict[str, Any]:
    """Fields that say something; the identity always does."""
    blank = FavoriLu("") if isinstance(record, FavoriLu) else ProfilLu("", "")
    kept = {field.name: getattr(record, field.name) for field in fields(record)}
    kept = {name: value for name, value in kept.items() if value != getattr(blank, name)}
    if isinstance(record, ProfilLu) and record.favoris:
        kept["favoris"] = [_plain(favori) for favori in record.favoris]
    return kept


def _parse(path: Path) -> object:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as exc:
        raise EnvironmentFault(
            f"Le fichier de profils « {path.name} » ne peut pas être lu.",
            "Vérifiez qu’il n’a pas été déplacé et qu’il n’est pas ouvert ailleurs.",
        ) from exc
    if len(data) > _MAX_BYTES:
        raise EnvironmentFault(
            f"Le fichier « {path.name} » dépasse 20{NNBSP}Mo{NNBSP}: ce n’est pas un fichier de profils.",
            "Choisissez un fichier de profils.",
        )
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        line = f", ligne {exc.lineno}" if isinstance(exc, json.JSONDecodeError) else ""
        raise EnvironmentFault(
            f"Le fichier « {path.name} » n’est pas un JSON lisible{line}.",
            "Choisissez un fichier de profils écrit par le programme, ou corrigez cette ligne.",
        ) from exc


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise EnvironmentFault(
                f"Le champ « {name[:40]} » figure deux fois au même endroit du fichier.", "Gardez-en un seul."
            )
        found[name] = value
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _read_profil(noeud: Noeud) -> ProfilLu:
    names = tuple(field.name for field in fields(ProfilLu))
    said = noeud.fields(names, required=("nom", "prenom"))

    def code(name: str) -> str | None:
        return said[name].choice(_CODES[name]) if name in said else None

    def ids(name: str) -> tuple[str, ...]:
        return said[name].ids(*_IDS[name]) if name in said else ()

    corbeille = ids("corbeille")
    favoris = tuple(_read_favori(item) for item in said["favoris"].items()) if "favoris" in said else ()
    kept = [favori.formation_id for favori in favoris]
    for rank, formation_id in enumerate(kept):
        if formation_id in kept[:rank]:
            raise said["favoris"].wrong(f"la formation « {formation_id} » figure deux fois")
        if formation_id in corbeille:
            raise said["favoris"].wrong(f"la formation « {formation_id} » est aussi dans la corbeille")
    return ProfilLu(
        nom=said["nom"].filled_text(_MAX_NAME),
        prenom=said["prenom"].filled_text(_MAX_NAME),
        classe=said["classe"].text(_MAX_NAME).strip() if "classe" in said else "",
        situation=code("situation"),
        bac=code("bac"),
        specialites=ids("specialites"),
        moyenne=_read_moyenne(said["moyenne"]) if "moyenne" in said else None,
        domaines=ids("domaines"),
        interets=ids("interets"),
        metiers=ids("metiers"),
        duree_etudes=code("duree_etudes"),
        alternance=code("alternance"),
        communes=ids("communes"),
        favoris=favoris,
        corbeille=corbeille,
    )


def _read_moyenne(noeud: Noeud) -> float:
    moyenne = noeud.number()
    if moyenne != _SANS_REPONSE and not 0 <= moyenne <= 20:
        raise noeud.wrong("une moyenne va de 0 à 20, ou vaut -1 quand l’élève ne souhaite pas répondre")
    return moyenne


def _read_favori(noeud: Noeud) -> FavoriLu:
    names = tuple(field.name for field in fields(FavoriLu))
    said = noeud.fields(names, required=("formation_id",))
    voeux = said["voeux"].ids(*_VOEU) if "voeux" in said else ()
    stated = said["classes_enseignant"].pairs() if "classes_enseignant" in said else {}
    for voeu_id, value in stated.items():
        if voeu_id not in voeux:
            raise value.wrong("ce vœu n’est pas dans la liste « voeux » de la formation")
    return FavoriLu(
        formation_id=said["formation_id"].identifier(*_FORMATION),
        niveau_ambition=said["niveau_ambition"].integer(range(4)) if "niveau_ambition" in said else 0,
        voeux=voeux,
        classes_enseignant={voeu_id: value.choice(CLASSES) for voeu_id, value in stated.items()},
        note=said["note"].text(_MAX_NOTE) if "note" in said else "",
    )
