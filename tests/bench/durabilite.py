"""Kill the program 200 times while it writes: nothing that it acknowledged may be lost, nothing may be half done.

A child process opens the dossier and works without pause (profiles, lists imported by the use case of the window and
taken back, backups, password changes), telling each change on its standard output once it is committed. The parent
kills it (SIGKILL) at a random instant, opens the dossier and compares. The other half of the kills falls during
migrations, exports, restorations and imports of dossiers (``durabilite_moments``, ``durabilite_coffre``). The disk
cache is the system's: what is proved is the process, not the power supply.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mps_desktop.core.errors import MpsError
from mps_desktop.core.progress import Progress
from mps_desktop.services.import_roster import ImportRoster
from mps_desktop.storage.acces import change_password
from mps_desktop.storage.backup import check_file
from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.sauvegardes import make_backup
from tests.bench import durabilite_moments as moments

_FAST = KdfParameters(8, 1, 1)
_SECRETS = ("phrase fictive numéro un", "phrase fictive numéro deux")
_IMPORT = 40
_SEED = 20261125
_MOMENTS = (
    "", "migration", "", "export", "", "restauration", "", "migration", "", "importation",
)  # fmt: skip
"""What each kill interrupts, in turn; empty = ordinary work."""
_LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")  # a list refuses a name with figures in it


def run(arguments: list[str]) -> dict[str, object]:
    """Kill and compare.

    Args:
        arguments: ``--arrets N`` (200 by default, half of them during ``_MOMENTS``), ``--graine N``;
            ``--enfant DOSSIER GRAINE`` and ``--moment MOMENT DOSSIER`` are the children's own.
    """
    if arguments[:1] == ["--enfant"]:
        work(Path(arguments[1]), int(arguments[2]))
    if arguments[:1] == ["--moment"]:
        moments.work(arguments[1], Path(arguments[2]))
        return {}
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    kills = int(options.get("--arrets", "200"))
    chance = random.Random(int(options.get("--graine", str(_SEED))))  # noqa: S311  instants of death, not secrets
    lost: list[str] = []
    counts = {"acquittees": 0, "dossiers_illisibles": 0, "imports_a_moitie": 0, "sauvegardes_illisibles": 0}
    counts |= {"migrations_a_moitie": 0, "exports_illisibles": 0, "restaurations_a_moitie": 0}
    counts |= {"noms_perdus": 0, "annulations_perdues": 0, "restes": 0}
    kinds: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="mps-durabilite-") as temporary:
        folder = Path(temporary) / "dossier"
        create_dossier(folder, "Durabilité", _SECRETS[0], _FAST).close()
        truth: dict[str, str] = {}
        gone: set[str] = set()
        for kill in range(kills):
            moment = _MOMENTS[kill % len(_MOMENTS)]
            if moment:
                found = f"tué pendant : {moment}, {moments.kill_at(moment, chance, counts)}"
                kinds[found] = kinds.get(found, 0) + 1
                continue
            told, running = _live_and_die(folder, kill, chance)
            for change in told:
                for nom in change.get("incertains", ()):
                    truth.pop(nom, None)  # being taken back: there or not, but all alike
                if "eleves" not in change:
                    continue
                counts["acquittees"] += 1
                kinds[change["genre"]] = kinds.get(change["genre"], 0) + 1
                truth.update(change["eleves"])
                gone.update(change.get("partis", ()))
            kinds[f"tué pendant : {running}"] = kinds.get(f"tué pendant : {running}", 0) + 1
            _compare(folder, truth, gone, lost, counts)
    return {
        "arrets": kills,
        **counts,
        "perdues": len(lost) + counts["noms_perdus"] + counts["annulations_perdues"],
        "perdues_detail": lost[:10],
        "par_genre": dict(sorted(kinds.items())),
    }


def _live_and_die(folder: Path, seed: int, chance: random.Random) -> tuple[list[dict[str, Any]], str]:
    """Start the child, kill it in the middle of its first change, or of one of those that follow.

    Returns:
        What it told: changes begun and acknowledged; and what it had begun and not acknowledged.
    """
    command = [sys.executable, "-m", "tests.bench", "durabilite", "--enfant", str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        output = child.stdout
        if output is None:
            message = "no output of the child"
            raise RuntimeError(message)
        first = output.readline()
        if chance.random() < 0.7:
            while '"eleves"' not in first.rpartition("\n{")[2]:
                first += output.readline()
        time.sleep(chance.random() * 0.15)
        child.send_signal(signal.SIGKILL)
        rest = output.read()
        if child.wait() != -signal.SIGKILL:
            message = f"the child stopped by itself: {child.returncode}"
            raise RuntimeError(message)
    lines = [line for line in (first + rest).split("\n") if line.endswith("}")]
    changes: list[dict[str, Any]] = [json.loads(line) for line in lines]
    running = changes[-1]["genre"] if changes and "debut" in changes[-1] else "rien"
    return changes, running


def _compare(folder: Path, truth: dict[str, str], gone: set[str], lost: list[str], counts: dict[str, int]) -> None:
    opened = _open(folder)
    if opened is None:
        counts["dossiers_illisibles"] += 1
        return
    with opened:
        check_file(opened.database)
        with opened.database.read() as session:
            stored = {eleve.nom: eleve.prenom for eleve in EleveRepository(session).list()}
    for nom, prenom in truth.items():
        # A later change of the same student may have been committed just before the acknowledgement was told.
        if nom not in stored or _count(stored[nom]) < _count(prenom):
            lost.append(f"{nom} : {stored.get(nom)} au lieu de {prenom}")
    counts["annulations_perdues"] += len(gone & stored.keys())
    counts["restes"] += sum(1 for path in folder.rglob("*.tmp"))
    imports: dict[str, int] = {}
    for nom in stored:
        if nom.startswith("IMPORT"):
            lot = nom.split()[1]
            imports[lot] = imports.get(lot, 0) + 1
    counts["imports_a_moitie"] += sum(number != _IMPORT for number in imports.values())
    for backup in (folder / "sauvegardes").glob("[0-9]*"):
        if _open(backup, close=True) is None:
            counts["sauvegardes_illisibles"] += 1


def _count(prenom: str) -> int:
    """How often a student was changed; one who was imported never is."""
    return int(prenom.removeprefix("P")) if prenom.startswith("P") else 1


def _open(folder: Path, close: bool = False) -> OpenDossier | None:
    """The dossier by whichever password its last acknowledged or unacknowledged change left."""
    for secret in _SECRETS:
        try:
            opened = unlock_dossier(folder, secret)
        except MpsError:
            continue
        if close:
            opened.close()
        return opened
    return None


def work(folder: Path, seed: int) -> None:
    """The child: change things for ever, acknowledging each change."""
    chance = random.Random(seed)  # noqa: S311  which change comes next
    opened = _open(folder)
    if opened is None:
        sys.exit(3)
    number = 0
    while True:
        number += 1
        kind = chance.choices(("profil", "import", "sauvegarde", "mot-de-passe"), (12, 3, 1, 1))[0]
        _tell({"debut": True, "genre": kind})
        if kind == "sauvegarde":
            make_backup(opened, "jour", datetime.now().astimezone())
            _tell({"genre": kind, "eleves": {}})
        elif kind == "mot-de-passe":
            opened.close()
            current = next(secret for secret in _SECRETS if _opens(folder, secret))
            change_password(folder, current, next(secret for secret in _SECRETS if secret != current), _FAST)
            opened = _open(folder) or sys.exit(3)
            _tell({"genre": kind, "eleves": {}})
        elif kind == "import":
            _import(opened, f"{seed}-{number}", take_back=chance.random() < 0.4)
        else:
            _tell({"genre": kind, "eleves": _change_one(opened, chance, seed, number)})


def _import(opened: OpenDossier, lot: str, take_back: bool) -> None:
    """A list, imported as the window does; sometimes taken back as Ctrl+Z does."""
    names = [f"IMPORT {lot.translate(_LETTERS)} {str(n).translate(_LETTERS)}" for n in range(_IMPORT)]
    source = opened.dossier.parent / "liste.csv"
    lines = ["Nom;Prénom;Classe;Formation", *(f"{nom};Bidon;TG1;TERMINALE GENERALE" for nom in names)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    use_case = ImportRoster(opened.database, str)
    done = use_case((source,), "", Progress())
    _tell({"genre": "import", "eleves": dict.fromkeys(names, "P1")})
    if take_back:
        _tell({"debut": True, "genre": "annulation", "incertains": names})
        use_case.undo(done)
        _tell({"genre": "annulation", "eleves": {}, "partis": names})


def _change_one(opened: OpenDossier, chance: random.Random, seed: int, number: int) -> dict[str, str]:
    """Add a student, or change one; his first name counts the changes."""
    with opened.database.transaction() as session:
        repository = EleveRepository(session)
        stored = [eleve for eleve in repository.list() if not eleve.nom.startswith("IMPORT")]
        if len(stored) < 30 or chance.random() < 0.1:
            nom = f"BIDON {seed}-{number}"
            repository.add(EleveRecord(0, nom, "P1", "TG1", "terminale"))
            return {nom: "P1"}
        eleve = chance.choice(stored)
        changed = replace(eleve, prenom=f"P{int(eleve.prenom.removeprefix('P')) + 1}")
        repository.update_identity(changed)
        repository.save_profil(eleve.id, replace(eleve.profil, moyenne=round(20 * chance.random(), 1)))
        return {changed.nom: changed.prenom}


def _opens(folder: Path, secret: str) -> bool:
    try:
        unlock_dossier(folder, secret).close()
    except MpsError:
        return False
    return True


def _tell(change: dict[str, object]) -> None:
    os.write(1, (json.dumps(change) + "\n").encode())
