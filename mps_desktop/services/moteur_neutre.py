"""The engine on files in the neutral shape: data set, profiles, answers, and their comparison."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from mps_desktop.core.errors import EnvironmentFault, system_reason
from mps_desktop.core.files import replacing
from mps_desktop.engine.comparaison import Comparaison, compare
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.jeu_neutre import read_jeu, read_profils
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.regles import Mode
from mps_desktop.engine.reponse_neutre import answers
from mps_desktop.engine.valeurs_neutres import FormeInattendue, Neutre

T = TypeVar("T")

_COMPRESSE = ".gz"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was computed, and where it was written.

    Attributes:
        nb_erreurs: profiles on which the reference fails (bac or town that is null).
        nb_silencieux: profiles that say nothing that suggestions can start from.
    """

    mode: str
    nb_profils: int
    nb_erreurs: int
    nb_silencieux: int
    sortie: Path


def evaluate(jeu: Path, profils: Path, mode: Mode, sortie: Path) -> Evaluation:
    """Run the engine on every profile of a file and write its answers.

    Raises:
        EnvironmentFault: a file cannot be read, has not the expected shape, or the answer cannot be written.
    """
    asked = load_profils(profils)
    if not sortie.parent.is_dir():
        # Known before the work, not after it.
        raise EnvironmentFault(
            f"Le dossier « {sortie.parent} » n’existe pas : « {sortie.name} » ne peut pas y être écrit.",
            "Créez-le, ou choisissez un autre dossier ; rien n’a été écrit.",
        )
    found = answers(Moteur(load_jeu(jeu), mode), asked)
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    with replacing(sortie) as target:
        target.write_bytes(gzip.compress(content, 6, mtime=0) if sortie.suffix == _COMPRESSE else content)
    return Evaluation(
        mode=mode,
        nb_profils=len(found["profiles"]),
        nb_erreurs=sum("error" in profil for profil in found["profiles"]),
        nb_silencieux=sum(bool(profil.get("nothing_personal")) for profil in found["profiles"]),
        sortie=sortie,
    )


def compare_files(attendu: Path, obtenu: Path) -> Comparaison:
    """Differences between two files of answers.

    Raises:
        EnvironmentFault: one of them cannot be read or has not the expected shape.
    """
    expected, found = read_json(attendu), read_json(obtenu)
    if expected.get("profiles") == []:
        raise EnvironmentFault(
            f"Le fichier « {attendu.name} » ne contient aucune réponse.",
            "Il n’y a rien à comparer : choisissez-en un autre.",
        )
    return _shaped(
        lambda _: compare(expected, found),
        expected,
        f"« {attendu.name} » ou « {obtenu.name} »",
        "des réponses du moteur",
    )


def load_jeu(file: Path) -> JeuDeDonnees:
    """Read a data set.

    Raises:
        EnvironmentFault: it cannot be read or has not the expected shape.
    """
    return _shaped(read_jeu, read_json(file), f"« {file.name} »", "un jeu de données du moteur")


def load_profils(file: Path) -> tuple[tuple[str, Profil], ...]:
    """Read a file of profiles: (id, profile), in its order.

    Raises:
        EnvironmentFault: it cannot be read, has not the expected shape, or holds no profile.
    """
    found = _shaped(read_profils, read_json(file), f"« {file.name} »", "un fichier de profils")
    if not found:
        raise EnvironmentFault(
            f"Le fichier « {file.name} » ne contient aucun profil.",
            "Ajoutez au moins un profil à sa liste « profiles ».",
        )
    return found


def read_json(file: Path) -> Neutre:
    """Content of a JSON file, compressed or not.

    Raises:
        EnvironmentFault: it is missing, or is not such a file.
    """
    try:
        raw = file.read_bytes()
    except OSError as exc:
        raise EnvironmentFault(
            f"Le fichier « {file.name} » ne peut pas être lu ({system_reason(exc)}).",
            "Vérifiez son chemin et vos droits.",
        ) from exc
    try:
        content: Any = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except (ValueError, EOFError, OSError, zlib.error, RecursionError) as exc:
        raise EnvironmentFault(
            f"Le fichier « {file.name} » n’est pas du JSON lisible.", "Il est peut-être incomplet : recopiez-le."
        ) from exc
    if not isinstance(content, dict):
        raise EnvironmentFault(f"Le fichier « {file.name} » n’a pas la forme attendue.", "Ce doit être un objet JSON.")
    return cast("Neutre", content)


def _shaped(read: Callable[[Neutre], T], content: Neutre, name: str, what: str) -> T:
    try:
        return read(content)
    except KeyError as exc:
        raise EnvironmentFault(
            f"Il manque « {exc.args[0]} » dans {name} : ce n’est pas {what}.", "Choisissez un autre fichier."
        ) from exc
    except FormeInattendue as exc:
        raise EnvironmentFault(
            f"Une valeur de {name} n’a pas la forme attendue ({exc}) : ce n’est pas {what}.",
            "Corrigez-la, ou choisissez un autre fichier.",
        ) from exc
    except (TypeError, ValueError, AttributeError, IndexError) as exc:
        raise EnvironmentFault(
            f"Une valeur de {name} n’a pas la forme attendue : ce n’est pas {what}.", "Choisissez un autre fichier."
        ) from exc
