"""Kill the program while it puts a backup back, or makes a dossier from an exported file: moments of ``durabilite``.

A restoration replaces a dossier that reads: after any kill it must open, by the password that goes with what it holds,
with the people of one whole state; and nobody may be lost: who is not in the dossier is in a backup that opens. An
import of a dossier appears whole or not at all.
"""

from __future__ import annotations

import itertools
from datetime import datetime
from pathlib import Path

from mps_desktop.core.errors import MpsError
from mps_desktop.storage.acces import change_password, find_key
from mps_desktop.storage.backup import check_file
from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.header import read_header
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.sauvegardes import list_backups, make_backup, restore_backup
from mps_desktop.storage.transport import SUFFIX, export_dossier, import_dossier

_FAST = KdfParameters(8, 1, 1)
_SECRETS = ("phrase fictive du lundi", "phrase fictive du mardi")
_LUNDI = frozenset(f"LUNDI {n}" for n in range(60))
_MARDI = _LUNDI | {f"MARDI {n}" for n in range(60)}
_LEFT = (".*.tmp", "mps-export-*")


def prepare(moment: str, folder: Path) -> None:
    """A dossier of Monday, backed up; then people and the password of Tuesday. Exported when it is to be imported."""
    with create_dossier(folder, "Durabilité", _SECRETS[0], _FAST) as opened:
        _add(opened, _LUNDI)
        make_backup(opened, "demande", datetime.now().astimezone())
        _add(opened, _MARDI - _LUNDI)
        if moment == "importation":
            export_dossier(opened, folder.parent / "export")
    change_password(folder, _SECRETS[0], _SECRETS[1], _FAST)


def work(moment: str, folder: Path) -> None:
    """The child, for ever: restorations of one state then of the other, or imports into one folder after another."""
    for number in itertools.count():
        if moment == "importation":
            import_dossier(folder.parent / f"export{SUFFIX}", folder.parent / f"recu{number}", _SECRETS[0])
            continue
        known = list_backups(folder)
        source = known[-1] if number % 2 == 0 else known[0]  # Monday's, then the one made of what it replaced
        restore_backup(folder, source.dossier, _secret_of(source.dossier), datetime.now().astimezone())


def judge(moment: str, folder: Path, counts: dict[str, int]) -> str:
    """What was found; the failures are added to ``counts``."""
    return _judge_import(folder, counts) if moment == "importation" else _judge_restore(folder, counts)


def _judge_restore(folder: Path, counts: dict[str, int]) -> str:
    try:
        secret = _secret_of(folder)
        found = _people(folder, secret)
    except MpsError:
        counts["dossiers_illisibles"] += 1
        return "illisible"
    expected = {_SECRETS[0]: _LUNDI, _SECRETS[1]: _MARDI}
    counts["restaurations_a_moitie"] += found not in (_LUNDI, _MARDI)
    counts["restes"] += sum(len(list(place.glob(mark))) for place in (folder, folder / "sauvegardes") for mark in _LEFT)
    everybody = set(found)
    for backup in list_backups(folder):
        try:
            everybody |= _people(backup.dossier, _secret_of(backup.dossier))
        except MpsError:
            counts["sauvegardes_illisibles"] += 1
    counts["noms_perdus"] += len(_MARDI - everybody)
    state = "lundi" if found == _LUNDI else "mardi"
    return state if found == expected[secret] else f"{state}, mot de passe de l’autre jour"


def _judge_import(folder: Path, counts: dict[str, int]) -> str:
    received = sorted(folder.parent.glob("recu*"), key=lambda path: int(path.name.removeprefix("recu")))
    for one in received[-2:]:
        try:
            counts["noms_perdus"] += len(_MARDI ^ _people(one, _SECRETS[0]))
        except MpsError:
            counts["dossiers_illisibles"] += 1
            return "illisible"
    return "dossiers complets" if received else "aucun dossier"


def _people(folder: Path, secret: str) -> frozenset[str]:
    with unlock_dossier(folder, secret) as opened:
        check_file(opened.database)
        with opened.database.read() as session:
            return frozenset(eleve.nom for eleve in EleveRepository(session).list())


def _secret_of(folder: Path) -> str:
    header = read_header(folder)
    for secret in _SECRETS:
        try:
            find_key(header, secret)
        except MpsError:
            continue
        return secret
    return _SECRETS[0]


def _add(opened: OpenDossier, names: frozenset[str]) -> None:
    with opened.database.transaction() as session:
        repository = EleveRepository(session)
        for nom in sorted(names):
            repository.add(EleveRecord(0, nom, "Bidon", "TG1", "terminale"))
